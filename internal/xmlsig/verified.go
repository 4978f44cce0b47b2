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
	// The numbers of elements that are covered, and left out among them, which
	// each value asks for that tells where it stands.
	covered, left int
}

// newVerified counts. The omitted element may be the zero Element, or stand
// elsewhere.
func newVerified(octets string, element, omitted xmldoc.Element) *Verified {
	v := &Verified{octets: octets, element: element, omitted: omitted}
	if element.Contains(omitted.Node) {
		v.left = omitted.Count()
	}
	v.covered = element.Count() - v.left
	return v
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

// Len gives the number of elements that are covered.
func (v *Verified) Len() int { return v.covered }

// Source gives the element of the captured document that is the one of this
// number in the octets: they hold the covered elements in document order.
func (v *Verified) Source(number int) xmldoc.Element {
	if number < 0 || number >= v.Len() {
		return xmldoc.Element{}
	}
	number += v.element.Number()
	if v.left > 0 && number >= v.omitted.Number() {
		number += v.left
	}
	return v.element.Document().Element(number)
}

// Sources gives all of them.
func (v *Verified) Sources() []xmldoc.Element {
	out := make([]xmldoc.Element, v.Len())
	for i := range out {
		out[i] = v.Source(i)
	}
	return out
}
