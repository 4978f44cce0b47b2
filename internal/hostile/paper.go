package hostile

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A paper is a document that is being edited. Edits are edits of text at places
// that the parsed document gives, so that all else keeps its bytes. The first
// one that fails is remembered, and later ones do nothing. swap alone works on
// what is not well-formed any more.
type paper struct {
	text string
	err  error
}

func (p *paper) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

func (p *paper) root() xmldoc.Element {
	if p.err != nil {
		return xmldoc.Element{}
	}
	doc, err := xmldoc.Parse([]byte(p.text), xmldoc.MetadataLimits())
	if err != nil {
		p.err = err
		return xmldoc.Element{}
	}
	return doc.Root()
}

// find gives the first element at a path of local names below the root; the
// root itself for the empty path. Attribute(x) is the attribute x of AWS.
func (p *paper) find(path string) xmldoc.Element {
	e := p.look(path)
	if p.err == nil && !e.Present() {
		p.fail("there is no element at %q", path)
	}
	return e
}

func (p *paper) has(path string) bool { return p.look(path).Present() }

func (p *paper) look(path string) xmldoc.Element {
	e := p.root()
	if path == "" {
		return e
	}
	for name := range strings.SplitSeq(path, "/") {
		e = child(e, name)
	}
	return e
}

func child(e xmldoc.Element, name string) xmldoc.Element {
	local, attribute, named := strings.Cut(strings.TrimSuffix(name, ")"), "(")
	for c := range e.Children() {
		if c.Local() == local && (!named || c.Get("Name") == awsAttribute+attribute) {
			return c
		}
	}
	return xmldoc.Element{}
}

func (p *paper) splice(from, to int, text string) {
	if p.err == nil {
		p.text = p.text[:from] + text + p.text[to:]
	}
}

func (p *paper) raw(path string) string { return p.find(path).Raw() }

func (p *paper) replace(path, markup string) {
	e := p.find(path)
	p.splice(e.Offset(), e.End(), markup)
}

func (p *paper) drop(path string) { p.replace(path, "") }

// take takes an element out and gives it.
func (p *paper) take(path string) string {
	raw := p.raw(path)
	p.drop(path)
	return raw
}

func (p *paper) before(path, markup string) {
	at := p.find(path).Offset()
	p.splice(at, at, markup)
}

func (p *paper) after(path, markup string) {
	at := p.find(path).End()
	p.splice(at, at, markup)
}

// content gives an element other content.
func (p *paper) content(path, markup string) {
	e := p.find(path)
	if p.err != nil {
		return
	}
	if e.SelfClosing() {
		start := strings.TrimRight(strings.TrimSuffix(e.Raw(), "/>"), " ")
		p.splice(e.Offset(), e.End(), start+">"+markup+"</"+e.QName()+">")
		return
	}
	from := e.Offset() + len(e.StartTag())
	p.splice(from, from+len(e.Content()), markup)
}

func (p *paper) append(path, markup string)  { p.content(path, p.find(path).Content()+markup) }
func (p *paper) prepend(path, markup string) { p.content(path, markup+p.find(path).Content()) }

// set gives an attribute another value, or adds it, whatever its prefix.
func (p *paper) set(path, name, value string) {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(value)); err != nil {
		p.fail("%w", err)
	}
	p.setRaw(path, name, b.String())
}

func (p *paper) setRaw(path, name, markup string) {
	e := p.find(path)
	if p.err != nil {
		return
	}
	for a := range e.Attrs() {
		if a.QName() == name {
			p.splice(a.ValueOffset(), a.ValueOffset()+len(a.Raw()), markup)
			return
		}
	}
	at := e.Offset() + 1 + len(e.QName())
	p.splice(at, at, fmt.Sprintf(` %s="%s"`, name, markup))
}

func (p *paper) unset(path, name string) {
	a := p.find(path).Attr("", name)
	if p.err == nil && !a.Present() {
		p.fail("%q has no attribute %q", path, name)
	}
	p.splice(a.Offset()-1, a.ValueOffset()+len(a.Raw())+1, "")
}

// swap puts one text in the place of another, once.
func (p *paper) swap(old, text string) {
	if p.err == nil && !strings.Contains(p.text, old) {
		p.fail("there is no %q", old)
	}
	if p.err == nil {
		p.text = strings.Replace(p.text, old, text, 1)
	}
}

// tag gives a name with the prefix of an element.
func (p *paper) tag(like, local string) string {
	if prefix := p.find(like).Prefix(); prefix != "" {
		return prefix + ":" + local
	}
	return local
}

// wrapped gives markup inside a new element with the prefix of another.
func (p *paper) wrapped(like, local, markup string) string {
	name := p.tag(like, local)
	return "<" + name + ">" + markup + "</" + name + ">"
}

// The edits that many recipes consist of.

func dropping(path string) func(*paper) { return func(p *paper) { p.drop(path) } }
func setting(path, name, value string) func(*paper) {
	return func(p *paper) { p.set(path, name, value) }
}
func unsetting(path, name string) func(*paper)    { return func(p *paper) { p.unset(path, name) } }
func containing(path, markup string) func(*paper) { return func(p *paper) { p.content(path, markup) } }
func swapping(old, text string) func(*paper)      { return func(p *paper) { p.swap(old, text) } }
func beforeThat(path, markup string) func(*paper) { return func(p *paper) { p.before(path, markup) } }
func appending(path, markup string) func(*paper)  { return func(p *paper) { p.append(path, markup) } }
func repeating(path string) func(*paper)          { return func(p *paper) { p.after(path, p.raw(path)) } }

// doing does several edits.
func doing(all ...func(*paper)) func(*paper) {
	return func(p *paper) {
		for _, edit := range all {
			edit(p)
		}
	}
}
