package saml

import (
	"strings"
	"testing"
)

func TestEntraErrors(t *testing.T) {
	got := EntraErrors("Sorry, but we're having trouble: aadsts50105: The signed in user is not assigned. AADSTS99999999 AADSTS50105")
	if len(got) != 2 || got[0].Code != "AADSTS50105" || !strings.Contains(got[0].Meaning, "not assigned to the application") || got[0].Fix == "" || got[0].Source.URL == "" {
		t.Fatalf("%+v", got)
	}
	if got[1].Code != "AADSTS99999999" || got[1].Meaning != "" {
		t.Errorf("a code without a text: %+v", got[1])
	}
	for _, text := range []string{"", "50105", "AADSTS", "AADSTS12", strings.Repeat("x", 1<<17) + "AADSTS50105"} {
		if got := EntraErrors(text); len(got) != 0 {
			t.Errorf("%.20q: %+v", text, got)
		}
	}
}
