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
	for _, line := range Wrap(Escape(text), Columns-indent) {
		p.write(indent, p.style.paint(decoration, line))
	}
}

// labelled writes a text beside a label, with its further lines under its first
// one. A label that leaves no gap stands on a line of its own.
func (p *page) labelled(indent int, label string, gap int, decoration, text string) {
	label = Escape(label)
	if displayWidth(label) >= gap {
		p.paragraph(indent, dim, label)
		label = under
	}
	for i, line := range Wrap(Escape(text), Columns-indent-gap) {
		if i > 0 {
			label = under
		}
		pad := strings.Repeat(" ", gap-displayWidth(label))
		p.write(indent, p.style.paint(dim, label)+pad+p.style.paint(decoration, line))
	}
}

// under is the label of what belongs to the label above it.
const under = ""

// write writes one line that is safe and wrapped already.
func (p *page) write(indent int, line string) {
	p.out.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+line, " "))
	p.out.WriteByte('\n')
}
