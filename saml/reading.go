package saml

import (
	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// A reading is a document that values are read from, with the way back from
// each of its elements to the captured document.
type reading struct {
	doc      *xmldoc.Document // that is read
	verified *xmlsig.Verified // whose octets are read; nil where the capture itself is read
	// decrypt gives what the encrypted part holds that was read from source; the
	// zero Element where it cannot be decrypted. It may be nil.
	decrypt func(part, source xmldoc.Element, wanted string) xmldoc.Element
}

// decrypted gives what an encrypted part holds, and the document to read it in.
func (r *reading) decrypted(part xmldoc.Element, wanted string) (*reading, xmldoc.Element) {
	if r.decrypt == nil || !part.Present() {
		return nil, xmldoc.Element{}
	}
	e := r.decrypt(part, r.source(part), wanted)
	return &reading{doc: e.Document(), decrypt: r.decrypt}, e
}

// readVerified scans the octets that a signature covers. They came out of our
// own canonicaliser, so that a failure here is a fault of ours: nothing is read
// then, and nothing is called verified.
func readVerified(v *xmlsig.Verified, limits xmldoc.Limits) (*reading, xmldoc.Element, bool) {
	doc, err := xmldoc.ParseString(v.Text(), canonicalLimits(limits, len(v.Text())))
	if err != nil || doc.Len() != v.Len() {
		return nil, xmldoc.Element{}, false
	}
	return &reading{doc: doc, verified: v}, doc.Root(), true
}

// canonicalLimits are the limits for the canonical octets of a document within
// the given ones. Canonicalization writes values out, declares a prefix again
// at every element that uses it, and hands down xml:* attributes.
func canonicalLimits(limits xmldoc.Limits, octets int) xmldoc.Limits {
	const handedDown = 4 // xml:base, xml:id, xml:lang, xml:space
	limits.Bytes = max(limits.Bytes, octets)
	limits.Tokens = limits.Bytes // an empty element has two tags there
	limits.ValueBytes, limits.Declarations, limits.InScope, limits.DeclarationBase = limits.Bytes, limits.Bytes, limits.Bytes, limits.Bytes
	limits.Attributes += handedDown
	return limits
}

// source gives the element of the capture that e was read from.
func (r *reading) source(e xmldoc.Element) xmldoc.Element {
	if r == nil || r.verified == nil || !e.Present() {
		return e
	}
	return r.verified.Source(e.Number())
}

// placeOf gives the place of an element of the capture.
func placeOf(e xmldoc.Element) Place {
	if !e.Present() {
		return Place{}
	}
	return placeAt(e.Path(), e.Node, e.Offset())
}

// placeOfAttr gives the place of an attribute without a prefix, or of the
// element where it has no such attribute.
func placeOfAttr(e xmldoc.Element, name string) Place {
	for a := range e.Attrs() {
		if a.QName() == name {
			return placeAt(e.Path()+"/@"+name, e.Node, a.Offset())
		}
	}
	return placeOf(e)
}

// placeOfNode gives the place of a comment, an instruction or text, with the
// path of the element around it.
func placeOfNode(n xmldoc.Node) Place {
	if e := n.AsElement(); e.Present() {
		return placeOf(e)
	}
	return placeAt(n.Parent().Path(), n, n.Offset())
}

// placeAt gives a place in the capture: what was decrypted stands where its
// ciphertext does.
func placeAt(path string, n xmldoc.Node, offset int) Place {
	n, offset = inCapture(n, offset)
	line, column := n.Document().Position(offset)
	return Place{Path: path, Line: line, Column: column, Offset: offset}
}

// inCapture gives the node of the capture, and the offset in it, that stand for
// those of any document.
func inCapture(n xmldoc.Node, offset int) (xmldoc.Node, int) {
	for o := n.Document().Origin(); o.Present(); o = o.Document().Origin() {
		n, offset = o.Node, o.Offset()
	}
	return n, offset
}

// A Value is the text of one element or attribute, and where it stands.
type Value struct {
	Text    string   // all text, across comments and CDATA, references resolved
	in      *reading // nil where there is no value
	element int32    // number of the element, or of the one that bears the attribute
	attr    int32    // number of the attribute in the element, from 1; 0 for an element
}

// Present reports whether the element or attribute is there, if empty.
func (v Value) Present() bool { return v.in != nil }

// at gives the element, or the one that bears the attribute.
func (v Value) at() xmldoc.Element {
	if v.in == nil {
		return xmldoc.Element{}
	}
	return v.in.doc.Element(int(v.element))
}

// source gives the same in the capture.
func (v Value) source() xmldoc.Element { return v.in.source(v.at()) }

// attribute gives the name of the attribute; empty for an element.
func (v Value) attribute() string {
	n := int32(0)
	for a := range v.at().Attrs() {
		if n++; n == v.attr {
			return a.QName()
		}
	}
	return ""
}

// String gives the text.
func (v Value) String() string { return v.Text }

// Place gives the place in the capture, also of a value that was read from
// verified octets.
func (v Value) Place() Place {
	if v.attr != 0 {
		return placeOfAttr(v.source(), v.attribute())
	}
	return placeOf(v.source())
}

// Nested reports whether other elements stand inside the element.
func (v Value) Nested() bool {
	for range v.at().Children() {
		return true
	}
	return false
}

func (r *reading) text(e xmldoc.Element) Value {
	if !e.Present() {
		return Value{}
	}
	return Value{Text: e.Text(), in: r, element: int32(e.Number())}
}

// attribute gives an attribute without a prefix; the Value is absent where e
// has none of this name.
func (r *reading) attribute(e xmldoc.Element, name string) Value {
	n := int32(0)
	for a := range e.Attrs() {
		if n++; a.QName() == name {
			return Value{Text: a.Value(), in: r, element: int32(e.Number()), attr: n}
		}
	}
	return Value{}
}
