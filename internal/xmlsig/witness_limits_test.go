package xmlsig

import (
	"strings"
	"testing"
)

// What anybody can write into KeyInfo, which goxmldsig is not shown, excuses no
// disagreement; where it is signed it does.
func TestKeyInfoExcusesNothing(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	for name, odd := range map[string]string{
		"a tab in an attribute":        `<x a="b&#9;c	d"/>`,
		"attributes of two namespaces": `<x xmlns:p="urn:p" xmlns:q="urn:q" p:a="1" q:b="2"/>`,
		"no default namespace":         `<x xmlns=""/>`,
		"a declaration of xml":         `<x xmlns:xml="http://www.w3.org/XML/1998/namespace"/>`,
		"a carriage return":            "<?x a\rb?>",
		"many elements":                strings.Repeat("<x/>", 1000),
	} {
		signed := signTest(t, message, "_a", id.options())
		s := examineOne(t, rewrite(t, signed, "<KeyInfo>", "<KeyInfo>"+odd), []Key{id.key}, Options{})
		if s.Verified == nil || s.Witness != Agrees {
			t.Errorf("%s: the witness %s: %s", name, s.Witness, s.WitnessReason)
		}
		if reason := mistaken(s); reason != "" {
			t.Errorf("%s in KeyInfo would excuse a disagreement: %s", name, reason)
		}
		if name == "many elements" { // they count before the Signature only
			continue
		}
		signed = signTest(t, rewrite(t, message, "</Attribute>", odd+"</Attribute>"), "_a", id.options())
		if reason := mistaken(examineOne(t, signed, []Key{id.key}, Options{})); reason == "" {
			t.Errorf("%s in what is signed excuses no disagreement", name)
		}
	}
}
