package xmlsig

import "github.com/samlcheck/samlcheck/internal/xmldoc"

// Verified is the element that an accepted Signature covers, as the octets
// that were digested. Values are read from these octets only.
//
// The gate looks at the Signature, not at what it covers: a comment, a
// processing instruction or an element inside a covered value is for the reader
// of the octets to refuse.
type Verified struct {
	octets  string
	element xmldoc.Element // in the captured document
	omitted xmldoc.Element // the Signature that the enveloped-signature transform left out
}

// Octets gives a copy of the canonical octets that were digested.
func (v *Verified) Octets() []byte { return []byte(v.octets) }

// Text gives the canonical octets that were digested.
func (v *Verified) Text() string { return v.octets }

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
	out := append(make([]xmldoc.Element, 0, v.element.Count()), v.element)
	for e := range v.element.Descendants() {
		if !v.omitted.Contains(e.Node) {
			out = append(out, e)
		}
	}
	return out
}
