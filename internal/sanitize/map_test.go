package sanitize_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/sanitize"
	"github.com/samlcheck/samlcheck/saml"
)

// nameOf makes a fixture of a capture and gives who it is about, and whether its
// role is the one that is named.
func nameOf(t *testing.T, m *sanitize.Map, capture string) string {
	t.Helper()
	c := trial{message: saml.Decode(readFile(t, capture))}
	s, err := sanitize.New(sanitize.Options{Map: m, Check: claims.Options{Options: saml.Options{Profile: saml.ProfileAWS}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Learn(c.message); err != nil {
		t.Fatal(err)
	}
	f, err := s.Message(c.message, issued)
	if err != nil {
		t.Fatal(err)
	}
	return claims.Check(saml.Decode(f.Text), nil, claims.Options{}).SAML.Claimed.NameID().Text
}

// TestMapKeepsReplacements holds that a map makes the same of the same in another
// run, and that another map does not.
func TestMapKeepsReplacements(t *testing.T) {
	first := sanitize.NewMap()
	name := nameOf(t, first, "captures/entra-good.b64")
	if name == "dana.fixture@example.com" || !strings.Contains(name, "@") {
		t.Fatalf("the name became %q", name)
	}
	text, err := first.Text()
	if err != nil {
		t.Fatal(err)
	}
	again, err := sanitize.ReadMap(text)
	if err != nil {
		t.Fatal(err)
	}
	// Another product, with the same user.
	if got := nameOf(t, again, "captures/okta-good.b64"); got != name {
		t.Errorf("%q with the map of the first run, %q in that", got, name)
	}
	if got := nameOf(t, sanitize.NewMap(), "captures/entra-good.b64"); got == name {
		t.Errorf("%q with another map too", got)
	}
	for _, original := range []string{"dana", "fixture@", "example.com", "111122223333", "5f0c1e2d"} {
		if bytes.Contains(bytes.ToLower(text), []byte(original)) {
			t.Errorf("the map holds %q", original)
		}
	}
	if !bytes.Contains(text[:40], []byte(`"secret": "A secret`)) {
		t.Errorf("the map begins %q, which does not say that it is a secret", text[:40])
	}
}

func TestReadMapRefuses(t *testing.T) {
	for _, c := range []struct{ what, text, want string }{
		{"no map", "x", "the map of an earlier run"},
		{"another version", `{"version":2}`, "version 1 is expected, found version 2"},
		{"no key", `{"version":1,"key":"AAAA"}`, "a key of 32 bytes"},
		{"an empty replacement", `{"version":1,"key":"` + strings.Repeat("A", 43) + `=","entries":{"w00":""}}`, "holds what no replacement is"},
		{"markup", `{"version":1,"key":"` + strings.Repeat("A", 43) + `=","entries":{"w00":"a<b"}}`, "holds what no replacement is"},
		{"a strange entry", `{"version":1,"key":"` + strings.Repeat("A", 43) + `=","entries":{"":"x"}}`, "no kind"},
	} {
		if _, err := sanitize.ReadMap([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, expected %q", c.what, err, c.want)
		}
	}
	if _, err := sanitize.ReadMap([]byte(`{"version":1,"key":"` + strings.Repeat("A", 43) + `="}`)); err != nil {
		t.Errorf("a map without entries: %v", err)
	}
}
