package claims

import (
	"slices"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// The values of AWS's attributes are text: an element inside is one fault,
// said once, and the value counts for nothing. Values of other attributes may
// be structured.
func TestValuesAreText(t *testing.T) {
	const inside = `<x xmlns="urn:example">`
	for name, c := range map[string]struct {
		said said
		want bool
	}{
		"role":             {withRoles(otherPair, inside+goodPair+"</x>"), true},
		"session name":     {said{attributes: []string{roles(otherPair), session(inside + "jane</x>")}}, true},
		"session duration": {with(duration(inside + "3600</x>")), true},
		"tag":              {with(tagged("Project", inside+"a</x>")), true},
		"source identity":  {with(attr(prefix+"SourceIdentity", inside+"jane</x>")), true},
		"transitive key":   {with(tagged("Project", "a"), attr(prefix+"TransitiveTagKeys", inside+"Project</x>")), true},
		"other attribute":  {with(attr("urn:example:name", inside+"jane</x>")), false},
	} {
		r := check(t, c.said)
		if got := slices.Contains(codes(r), "element-in-value"); got != c.want {
			t.Errorf("%s: element-in-value is %v, want %v: %v", name, got, c.want, codes(r))
		}
		if own := ownCodes(r); len(own) > 0 {
			t.Errorf("%s: the fault is said again: %v", name, own)
		}
		if len(r.Roles) != 1 {
			t.Errorf("%s: the roles are %v, want one", name, r.Roles)
		}
	}
}

// What the caller takes for text stays so.
func TestTextAttributesOfTheCaller(t *testing.T) {
	s := with(attr("urn:example:name", `<x xmlns="urn:example">jane</x>`))
	r := checkWith(t, s, Options{Options: saml.Options{TextAttributes: []string{"urn:example:*"}}})
	if !slices.Contains(codes(r), "element-in-value") {
		t.Errorf("element-in-value is expected, found %v", codes(r))
	}
}
