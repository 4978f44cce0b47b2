// Package roff writes manual pages: text with the macros of man(7), which groff and
// mandoc read alike.
package roff

import (
	"fmt"
	"strings"
)

// A Page is a manual page in the making. All that it is given is text, not markup:
// nothing in it acts on the formatter.
type Page struct {
	out   strings.Builder
	begun bool // something stands in the section: the next is set apart from it
}

// NewPage begins the page of a command, in section 1. It holds no date, so that the
// same text gives the same bytes.
func NewPage(name, summary string) *Page {
	p := &Page{}
	p.macro("TH", strings.ToUpper(name), "1", "", name, "User Commands")
	p.Section("NAME")
	p.out.WriteString(escape(name) + ` \- ` + escape(summary) + "\n")
	return p
}

// String gives the page.
func (p *Page) String() string { return p.out.String() }

// Section begins a section.
func (p *Page) Section(title string) {
	p.macro("SH", title)
	p.begun = false
}

// apart begins a paragraph.
func (p *Page) apart() {
	if p.begun {
		p.out.WriteString(".PP\n")
	}
	p.begun = true
}

// Paragraph writes a text that is filled.
func (p *Page) Paragraph(text string) {
	p.apart()
	p.text(text)
}

// Synopsis writes a command line as it is.
func (p *Page) Synopsis(line string) {
	p.apart()
	p.out.WriteString("\\fB" + onLine(line) + "\\fR\n")
}

// Item writes a text behind a term, whose words in bold are given and whose last one
// is a name for what is put in; either may be empty.
func (p *Page) Item(term, placeholder, text string) {
	p.begun = true
	p.out.WriteString(".TP\n\\fB" + onLine(term) + "\\fR")
	if placeholder != "" {
		p.out.WriteString(" \\fI" + onLine(placeholder) + "\\fR")
	}
	p.out.WriteByte('\n')
	p.text(text)
}

// Example writes a command, and below it what it does.
func (p *Page) Example(command, text string) {
	p.apart()
	p.out.WriteString("\\fB" + onLine(command) + "\\fR\n.RS 4\n")
	p.text(text)
	p.out.WriteString(".RE\n")
}

func (p *Page) macro(name string, arguments ...string) {
	p.out.WriteString("." + name)
	for _, a := range arguments {
		p.out.WriteString(` "` + strings.ReplaceAll(onLine(a), `"`, `\(dq`) + `"`)
	}
	p.out.WriteByte('\n')
}

// text writes the lines of a text, each safe.
func (p *Page) text(text string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			p.out.WriteString(escape(line) + "\n")
		}
	}
}

// onLine escapes what has to stay on one line.
func onLine(text string) string { return escape(strings.Join(strings.Fields(text), " ")) }

// escape takes from a line all that would act on the formatter: backslashes, what a
// control line begins with, and hyphens, which it may draw as another character that
// cannot be copied into a command. What is not ASCII is named.
func escape(line string) string {
	var b strings.Builder
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		b.WriteString(`\&`)
	}
	for _, r := range line {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r == '\'':
			b.WriteString(`\(aq`)
		case r == '`':
			b.WriteString("\\`")
		case r == '~':
			b.WriteString(`\(ti`)
		case r == '^':
			b.WriteString(`\(ha`)
		case r < ' ' || r == 0x7f:
			b.WriteByte(' ')
		case r > 0x7f:
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
