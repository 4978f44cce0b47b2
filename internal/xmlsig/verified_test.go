package xmlsig

import (
	"slices"
	"strings"
	"testing"
)

// What a Signature covers is its parent without itself, and without anything
// beside the parent.
func TestWhatIsCovered(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	xml := signTest(t, message, "_a", id.options())
	v := examineOne(t, xml, []Key{id.key}, Options{}).Verified
	if v == nil {
		t.Fatal("the Signature is not accepted")
	}
	assertion := strings.Index(xml, `<Assertion`)
	signature := strings.Index(xml, `<Signature`)
	behind := strings.Index(xml, `</Signature>`) + len(`</Signature>`)
	end := strings.Index(xml, `</Assertion>`) + len(`</Assertion>`)
	if assertion < 0 || signature < assertion || behind < signature || end < behind {
		t.Fatalf("the message is written otherwise: %d, %d, %d, %d", assertion, signature, behind, end)
	}
	for offset, want := range map[int]bool{
		0: false, assertion - 1: false, assertion: true, signature - 1: true, signature: false,
		strings.Index(xml, "<DigestValue"): false, behind - 1: false, behind: true, end - 1: true, end: false,
	} {
		if got := v.Covers(offset); got != want {
			t.Errorf("offset %d, at %.20q, is covered: %v, want %v", offset, xml[offset:], got, want)
		}
	}
	var want []string
	for e := range v.Element().Descendants() {
		if e.Offset() < signature || e.Offset() >= behind {
			want = append(want, e.Path())
		}
	}
	var got []string
	for _, e := range v.Sources()[1:] {
		got = append(got, e.Path())
	}
	if !slices.Equal(got, want) || v.Sources()[0] != v.Element() {
		t.Errorf("the sources are %q, want %q", got, want)
	}
	if v.Source(-1).Present() || v.Source(v.Len()).Present() {
		t.Error("there is a source beyond what is covered")
	}
}
