package config

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// TestDocs reads the file that docs/configuration.md shows: it holds every setting
// and ignores a code that there is.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(page)
	if shown == nil {
		t.Fatal("docs/configuration.md shows no file")
	}
	f, err := Parse(Name, shown[1], onlySome)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Metadata) != 1 || len(f.Audiences) != 1 || len(f.Recipients) != 2 || f.Profile.Value == "" || f.FailOn.Value == "" || len(f.Ignore) != 1 {
		t.Errorf("not every setting is shown: %+v", f)
	}
	if !slices.ContainsFunc(claims.AllRules(), func(r saml.Rule) bool { return r.Code == f.Ignore[0].Code }) {
		t.Errorf("there is no code %s", f.Ignore[0].Code)
	}
}
