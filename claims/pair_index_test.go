package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A pair is offered once in each spelling, in the order of their first values,
// and each value tells which was the first in any spelling.
func TestEachSpellingIsOfferedOnce(t *testing.T) {
	name := func(name string) string { return strings.Replace(goodPair, "Admin", name, 1) }
	provider := strings.Replace(goodPair, "Example", "example", 1)
	r := check(t, withRoles(name("Admin"), name("admin"), name("ADMIN"), name("admin"), name("Admin"), name("ADMIN"), provider, name("Other"), provider))
	var got []string
	for _, role := range r.Roles {
		got = append(got, role.Role+","+role.Provider+" "+role.Path())
	}
	at := func(pair string, n int) string {
		return fmt.Sprintf("%s /Response/Assertion/AttributeStatement/Attribute[1]/AttributeValue[%d]", pair, n)
	}
	if want := []string{at(name("Admin"), 1), at(name("admin"), 2), at(name("ADMIN"), 3), at(provider, 7), at(name("Other"), 8)}; !slices.Equal(got, want) {
		t.Errorf("offered are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var found []string
	for _, f := range r.Findings {
		if f.Code == "role-duplicate" {
			_, how, _ := strings.Cut(f.Message, "stands here ")
			found = append(found, f.Path[strings.LastIndexByte(f.Path, '/')+1:]+" "+how)
		}
	}
	var want []string
	for _, n := range []int{2, 3, 4, 5, 6, 7, 9} {
		how := "again in another letter case"
		if n == 5 {
			how = "again"
		}
		want = append(want, fmt.Sprintf("AttributeValue[%d] %s; it is value 1 of the Role attribute already", n, how))
	}
	if !slices.Equal(found, want) {
		t.Errorf("found are\n%s\nwant\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
}

// Pairs of one role with two providers are two pairs, and the other way round.
func TestPairsOfOneRoleWithTwoProviders(t *testing.T) {
	all := []string{goodPair, strings.Replace(goodPair, "Example", "Second", 1), strings.Replace(goodPair, "Admin", "Second", 1)}
	r := check(t, withRoles(append(all, all...)...))
	if len(r.Roles) != 3 {
		t.Errorf("%d pairs are offered, want 3", len(r.Roles))
	}
}
