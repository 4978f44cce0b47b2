package render

import "strings"

// A page is a text in the making. What it is given is foreign until it has
// been escaped here: nothing is written that was not.
type page struct {
	style Style
	out   strings.Builder
}

// blank writes an empty line, unless the page is empty.
func (p *page) blank() {
	if p.out.Len() > 0 {
		p.out.WriteByte('\n')
	}
}

// paragraph writes a text, wrapped, each line at an indent.
func (p *page) paragraph(indent int, decoration, text string) {
	for _, line := range p.wrapped(indent, text) {
		p.write(p.fitting(indent, line), p.style.paint(decoration, line))
	}
}

func (p *page) wrapped(indent int, text string) []string {
	return wrap(Escape(text), p.style.columns()-indent, Columns)
}

// fitting moves a line to the left that would be too long at its indent.
func (p *page) fitting(indent int, line string) int {
	return min(indent, max(0, p.style.columns()-displayWidth(line)))
}

// labelled writes a text beside a label, with its further lines under its first
// one. A label that leaves no gap stands on a line of its own.
func (p *page) labelled(indent int, label string, gap int, decoration, text string) {
	label = Escape(label)
	if displayWidth(label) >= gap {
		p.paragraph(indent, dim, label)
		label = under
	}
	for _, line := range p.wrapped(indent+gap, text) {
		if fit := p.fitting(indent+gap, line); fit < indent+gap {
			if label != under {
				p.write(indent, p.style.paint(dim, label))
			}
			p.write(fit, p.style.paint(decoration, line))
		} else {
			pad := strings.Repeat(" ", gap-displayWidth(label))
			p.write(indent, p.style.paint(dim, label)+pad+p.style.paint(decoration, line))
		}
		label = under
	}
}

// under is the label of what belongs to the label above it.
const under = ""

// write writes one line that is safe and wrapped already.
func (p *page) write(indent int, line string) {
	p.out.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+line, " "))
	p.out.WriteByte('\n')
}
