package xmlsig

import (
	"strings"
	"testing"
)

func TestSignThenExamine(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	for _, target := range []string{"_a", "_r"} {
		s := examineOne(t, signTest(t, message, target, id.options()), []Key{id.key}, Options{})
		if !s.Valid || s.Verified == nil || len(s.Faults) != 0 || s.Parent.Get("ID") != target {
			t.Fatalf("%s: valid %v, verified %v, %+v", target, s.Valid, s.Verified != nil, s.Faults)
		}
		if s.Key.SPKI != id.key.SPKI || s.Method != spaceMore+"rsa-sha256" || s.Canonicalization != ExclusiveC14N || s.References[0].URI != "#"+target {
			t.Errorf("%s: %s %s %s", target, s.Method, s.Canonicalization, s.References[0].URI)
		}
	}
}

// Each element of the octets is paired with the element that was captured.
func TestSources(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	xml := signTest(t, signTest(t, message, "_a", id.options()), "_r", id.options())
	for _, s := range Examine(parseTest(t, xml), []Key{id.key}, Options{}) {
		if s.Verified == nil {
			t.Fatal(s.Explanation)
		}
		sources, n := s.Verified.Sources(), 0
		for e := range parseTest(t, string(s.Verified.Octets())).Elements() {
			if n >= len(sources) || sources[n].QName() != e.QName() || sources[n].Text() != e.Text() && !sources[n].Contains(s.Element.Node) {
				t.Fatalf("element %d of the octets is %s", n, e.QName())
			}
			n++
		}
		if n != len(sources) || sources[0] != s.Parent || strings.Contains(string(s.Verified.Octets()), s.ValueText) {
			t.Errorf("%d elements in the octets, %d sources", n, len(sources))
		}
	}
}
