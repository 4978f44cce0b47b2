package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/sanitize"
	"github.com/samlcheck/samlcheck/saml"
)

// TestSanitizeSaysWhatIsLost holds that a fixture with other findings is refused,
// and with --force told of.
func TestSanitizeSaysWhatIsLost(t *testing.T) {
	lost := []sanitize.Difference{{Code: "digest-mismatch", Severity: saml.Error, More: -1}}
	for _, c := range []struct {
		what   string
		made   sanitize.Fixture
		force  bool
		status int
		want   string
	}{
		{"nothing", sanitize.Fixture{}, false, statusPass, ""},
		{"a finding on the container", sanitize.Fixture{Left: []string{"posted-elsewhere"}}, false, statusPass, "posted-elsewhere speaks of what stood around the message"},
		{"a finding", sanitize.Fixture{Lost: lost}, false, statusError, "digest-mismatch (error): 1 fewer than in the capture"},
		{"a finding, and --force", sanitize.Fixture{Lost: lost}, true, statusFail, "digest-mismatch (error): 1 fewer than in the capture"},
	} {
		var stderr bytes.Buffer
		tool := newTool(os.Stdin, &bytes.Buffer{}, &stderr)
		run := &sanitizing{checker: &checker{tool: tool, settings: &settings{}}, flags: &sanitizeFlags{force: c.force}}
		run.sayLost("a.b64", &c.made)
		if tool.status != c.status || !strings.Contains(stderr.String(), c.want) || c.want == "" && stderr.Len() > 0 {
			t.Errorf("%s is lost: status %d and %q, expected %d and %q", c.what, tool.status, stderr.String(), c.status, c.want)
		}
	}
}

// TestSanitizeHoldsTheMap holds that a map which another run has written since it
// was read is left alone, and that nothing is written then.
func TestSanitizeHoldsTheMap(t *testing.T) {
	name := filepath.Join(t.TempDir(), "map.json")
	begin := func() *sanitizing {
		run := &sanitizing{checker: &checker{tool: newTool(os.Stdin, &bytes.Buffer{}, &bytes.Buffer{}), settings: &settings{}}, flags: &sanitizeFlags{mapFile: name}}
		if !run.readMap() {
			t.Fatal("the map cannot be read")
		}
		return run
	}
	file := func(n string) []newFile { return []newFile{{filepath.Join(filepath.Dir(name), n), []byte("x")}} }
	first, second := begin(), begin()
	if err := first.writeWithMap(file("first")); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.writeWithMap(file("second")); err == nil || !strings.Contains(err.Error(), "another run has changed the map") {
		t.Errorf("the second run: %v", err)
	}
	after, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the map was changed (%v)", err)
	}
	left, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(left) != 2 {
		t.Errorf("%v stand in the folder (%v), expected the map and the first file", left, err)
	}
	if err := begin().writeWithMap(file("third")); err != nil {
		t.Errorf("the third run: %v", err)
	}
}
