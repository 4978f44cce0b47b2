package xmlsig

import (
	"strings"
	"testing"
)

// Of many Signatures in one element, each of which covers all others, four are
// digested; the gate refuses all.
func TestSignaturesBesideEachOther(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	signed := signTest(t, message, "_r", id.options())
	signature := cut(t, signed, "<Signature", "</Signature>")
	crowd := rewrite(t, signed, signature, strings.Repeat(signature, MaxSignatures))
	for i, s := range Examine(parseTest(t, crowd), []Key{id.key}, Options{}) {
		if digested := s.References[0].Computed != nil; digested != (i < 4) || !s.Refused() || s.Verified != nil || s.State != Holds {
			t.Errorf("Signature %d: digested %t, refused %t, verified %t, SignedInfo %s", i, digested, s.Refused(), s.Verified != nil, s.State)
		}
	}
}
