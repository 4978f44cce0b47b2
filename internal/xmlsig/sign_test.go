package xmlsig

import "testing"

func TestSignThenExamine(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	for _, target := range []string{"_a", "_r"} {
		xml := signTest(t, message, target, id.options())
		doc := parseTest(t, xml)
		got := Examine(doc, []Key{id.key}, Options{})
		if len(got) != 1 || !got[0].Valid || got[0].Verified == nil {
			t.Fatalf("%s: %+v", target, got[0])
		}
		if len(got[0].Faults) != 0 {
			t.Errorf("%s: faults %+v", target, got[0].Faults)
		}
		t.Log(got[0].Explanation)
	}
}
