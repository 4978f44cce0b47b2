package saml

import "slices"

// Describes reports whether the metadata has an entity of this ID, or
// certificates, which stand for any issuer.
func (m *Metadata) Describes(issuer string) bool {
	return m != nil && (len(m.index[issuer]) > 0 || len(m.index[""]) > 0)
}

// HoldsSigners reports whether the metadata has, as signing keys of the issuer,
// all keys that verified a Signature of the Response or the Assertion of a
// report. It tells whether other metadata than the one that the report was made
// with would do as well; it says nothing on the report's verdict.
func (m *Metadata) HoldsSigners(issuer string, r *Report) bool {
	if m == nil {
		return false
	}
	known := map[[32]byte]bool{}
	for _, e := range slices.Concat(m.index[issuer], m.index[""]) {
		for _, k := range e.ready().keys {
			known[k.SPKI] = true
		}
	}
	return !slices.ContainsFunc(r.signers, func(spki [32]byte) bool { return !known[spki] })
}

// signers gives the keys of the metadata that verify a Signature on the message
// that is read.
func (f *facts) signers() [][32]byte {
	var out [][32]byte
	for _, s := range f.ownSignatures() {
		if s.Valid && s.Key != nil && (s.Parent.Is(nsProtocol, "Response") || s.Parent.Is(nsAssertion, "Assertion")) {
			out = append(out, s.Key.SPKI)
		}
	}
	return out
}
