package samltest

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

const (
	protocolSpace  = "urn:oasis:names:tc:SAML:2.0:protocol"
	assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion"
	signatureSpace = "http://www.w3.org/2000/09/xmldsig#"
)

// A draft is a response that is being made. Its edits are text edits at places
// that the parsed document gives, so that all else keeps its bytes. The first
// edit that fails is remembered, and later ones do nothing.
type draft struct {
	text  string
	login Login // filled
	tune  []func(*xmlsig.SignOptions)
	err   error
}

func (d *draft) apply(m Mutation, when Stage) {
	if d.err != nil || m.When != when {
		return
	}
	before, tuned := d.text, len(d.tune)
	m.edit(d)
	switch {
	case d.err != nil:
		d.err = fmt.Errorf("mutation %q: %w", m.Name, d.err)
	case d.text == before && len(d.tune) == tuned:
		d.err = fmt.Errorf("mutation %q changes nothing in this response", m.Name)
	}
}

func (d *draft) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf(format, args...)
	}
}

// root parses the text as it is now.
func (d *draft) root() xmldoc.Element {
	if d.err != nil {
		return xmldoc.Element{}
	}
	doc, err := xmldoc.Parse([]byte(d.text), xmldoc.MetadataLimits())
	if err != nil {
		d.err = err
		return xmldoc.Element{}
	}
	return doc.Root()
}

// find gives the first element at a path of local names below the root, such
// as "Assertion/Subject"; the root itself for the empty path. A name in the
// form Attribute(x) is the attribute x of AWS.
func (d *draft) find(path string) xmldoc.Element {
	e := d.root()
	if path == "" {
		return e
	}
	for name := range strings.SplitSeq(path, "/") {
		next := child(e, name)
		if d.err == nil && !next.Present() {
			d.fail("there is no %q in %q (of %q)", name, e.Local(), path)
		}
		e = next
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

// has reports whether there is an element at the path.
func (d *draft) has(path string) bool {
	e := d.root()
	for name := range strings.SplitSeq(path, "/") {
		e = child(e, name)
	}
	return e.Present()
}

// splice puts text in the place of what stands between two offsets.
func (d *draft) splice(from, to int, text string) {
	if d.err == nil {
		d.text = d.text[:from] + text + d.text[to:]
	}
}

// drop takes an element out.
func (d *draft) drop(path string) { d.replace(path, "") }

// replace puts text in the place of an element.
func (d *draft) replace(path, text string) {
	e := d.find(path)
	d.splice(e.Offset(), e.End(), text)
}

// raw gives an element as it is written.
func (d *draft) raw(path string) string { return d.find(path).Raw() }

// setContent puts markup in the place of an element's content.
func (d *draft) setContent(path, markup string) {
	e := d.find(path)
	if e.SelfClosing() {
		d.fail("%q is an empty element", path)
	}
	from := e.Offset() + len(e.StartTag())
	d.splice(from, from+len(e.Content()), markup)
}

// append puts markup at the end of an element's content.
func (d *draft) append(path, markup string) {
	d.setContent(path, d.find(path).Content()+markup)
}

// before puts markup in front of an element.
func (d *draft) before(path, markup string) {
	at := d.find(path).Offset()
	d.splice(at, at, markup)
}

// after puts markup behind an element.
func (d *draft) after(path, markup string) {
	at := d.find(path).End()
	d.splice(at, at, markup)
}

// set gives an attribute another value, or adds it.
func (d *draft) set(path, name, value string) {
	e := d.find(path)
	if d.err != nil {
		return
	}
	escaped, err := escape(value)
	if err != nil {
		d.err = err
		return
	}
	if a := e.Attr("", name); a.Present() {
		d.splice(a.ValueOffset(), a.ValueOffset()+len(a.Raw()), escaped)
		return
	}
	at := e.Offset() + 1 + len(e.QName())
	d.splice(at, at, fmt.Sprintf(` %s="%s"`, name, escaped))
}

// unset takes an attribute away.
func (d *draft) unset(path, name string) {
	a := d.find(path).Attr("", name)
	if d.err == nil && !a.Present() {
		d.fail("%q has no attribute %q", path, name)
	}
	d.splice(a.Offset()-1, a.ValueOffset()+len(a.Raw())+1, "")
}

// tag gives a name with the prefix that an element has, so that markup fits
// the product.
func tag(like xmldoc.Element, local string) string {
	if p := like.Prefix(); p != "" {
		return p + ":" + local
	}
	return local
}
