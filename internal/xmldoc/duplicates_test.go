package xmldoc

import (
	"fmt"
	"strings"
	"testing"
)

// With few attributes and with many, whichever way they are compared.
func TestAttributesThatStandTwice(t *testing.T) {
	for _, others := range []int{0, fewAttrs, 60} {
		var b strings.Builder
		for i := range others {
			fmt.Fprintf(&b, ` a%d=""`, i)
		}
		for _, c := range []struct{ name, attributes, want string }{
			{"the same name", ` x="" x=""`, `the attribute "x" stands twice in one tag`},
			{"two prefixes of one namespace", ` p:x="" q:x=""`, `the attribute "q:x" stands twice in one tag, first written "p:x"`},
			{"a prefix that is declared anew", ` p:x="" r:x=""`, `the attribute "r:x" stands twice in one tag, first written "p:x"`},
			{"two namespaces", ` p:x="" s:x="" x=""`, ""},
		} {
			t.Run(fmt.Sprintf("%d/%s", others, c.name), func(t *testing.T) {
				text := `<e xmlns:p="urn:p" xmlns:q="urn:p" xmlns:s="urn:s"><e xmlns:r="urn:p"` + b.String() + c.attributes + `/></e>`
				_, err := Parse([]byte(text), MessageLimits())
				if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
					t.Errorf("expected %q, found %v", c.want, err)
				}
			})
		}
	}
}

// A prefix that is taken over by another namespace inside is that namespace's
// from there on, and the outer one's again behind.
func TestAttributesOfAPrefixThatIsTakenOver(t *testing.T) {
	const text = `<e xmlns:p="urn:p" xmlns:q="urn:q"><e xmlns:p="urn:q"%s/><e p:x="" q:x=""/></e>`
	if _, err := Parse([]byte(fmt.Sprintf(text, ` p:x="" q:x=""`)), MessageLimits()); err == nil {
		t.Error("expected the attribute of two prefixes of one namespace to be refused inside")
	}
	if _, err := Parse([]byte(fmt.Sprintf(text, ` p:x="" x=""`)), MessageLimits()); err != nil {
		t.Errorf("expected attributes of two namespaces to be accepted, found %v", err)
	}
}
