package xmlsig

import (
	"crypto/elliptic"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

// An ECDSA value is r and s, each as long as the order of the curve, and has no
// other form (XML-DSig 1.1, section 6.4.3).
func TestECDSAValueHasOneForm(t *testing.T) {
	id := newIdentity(t, ecSigner(t, elliptic.P256()))
	xml := signTest(t, message, "_a", id.options())
	text := strings.TrimSuffix(strings.TrimPrefix(cut(t, xml, "<SignatureValue>", "</SignatureValue>"), "<SignatureValue>"), "</SignatureValue>")
	value, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(value) != 64 {
		t.Fatalf("%d bytes, %v", len(value), err)
	}
	zero := []byte{0}
	for name, c := range map[string]struct {
		value []byte
		want  State
	}{
		"as it is made":          {value, Holds},
		"a zero before s":        {slices.Concat(value[:32], zero, value[32:]), Broken},
		"a zero before both":     {slices.Concat(zero, value[:32], zero, value[32:]), Broken},
		"a byte behind":          {slices.Concat(value, zero), Broken},
		"without the last byte":  {value[:63], Broken},
		"r alone":                {value[:32], Broken},
		"nothing":                {nil, Broken},
		"r and s change places":  {slices.Concat(value[32:], value[:32]), Broken},
		"zeros, which sign all":  {make([]byte, 64), Broken},
		"the value, given twice": {slices.Concat(value, value), Broken},
	} {
		s := Examine(parseTest(t, strings.Replace(xml, text, base64.StdEncoding.EncodeToString(c.value), 1)), []Key{id.key}, Options{})[0]
		if s.State != c.want || s.Valid != (c.want == Holds) {
			t.Errorf("%s: state %s, want %s", name, s.State, c.want)
		}
	}
}

// InclusiveNamespaces is defined for exclusive canonicalization alone: under
// another algorithm readers differ on whether it counts.
func TestInclusiveNamespacesOnlyWhereExclusive(t *testing.T) {
	g := newGenuine(t)
	list := `<InclusiveNamespaces xmlns="` + spaceExc + `" PrefixList="xs"/>`
	method := func(algorithm string) string {
		return resign(t, g.swap(t, `<CanonicalizationMethod Algorithm="`+ExclusiveC14N+`">`, `<CanonicalizationMethod Algorithm="`+algorithm+`">`+list), g.id)
	}
	g.judge(t, method(ExclusiveC14N), "")
	g.judge(t, method(ExclusiveC14NWithComments), "")
	g.judge(t, method(C14N10), "signature-malformed")
	g.judge(t, method(C14N11), "signature-malformed")
}
