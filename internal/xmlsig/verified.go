package xmlsig

import "github.com/samlcheck/samlcheck/internal/xmldoc"

// Verified is the element that an accepted Signature covers, as the octets
// that were digested. Values are read from these octets only.
//
// The gate looks at the Signature, not at what it covers: a comment, a
// processing instruction or an element inside a covered value is for the reader
// of the octets to refuse.
type Verified struct {
	octets  []byte
	element xmldoc.Element // in the captured document
	omitted xmldoc.Element // the Signature that the enveloped-signature transform left out
}

// Octets gives the canonical octets that were digested. The caller must not
// change them.
func (v *Verified) Octets() []byte { return v.octets }

// Element gives the element of the captured document that is covered.
func (v *Verified) Element() xmldoc.Element { return v.element }

// Covers reports whether an offset in the captured document lies inside the
// covered element, and not in the Signature that was left out.
func (v *Verified) Covers(offset int) bool {
	inside := func(e xmldoc.Element) bool { return e.Present() && e.Offset() <= offset && offset < e.End() }
	return inside(v.element) && !inside(v.omitted)
}

// Sources gives the covered elements of the captured document in document
// order. The element of number n in the octets is Sources()[n].
func (v *Verified) Sources() []xmldoc.Element {
	out := []xmldoc.Element{v.element}
	for e := range v.element.Descendants() {
		if !v.omitted.Contains(e.Node) {
			out = append(out, e)
		}
	}
	return out
}
