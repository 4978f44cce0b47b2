package main

import (
	"bytes"
	"os"
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
		run := &sanitizing{checker: &checker{tool: tool}, flags: &sanitizeFlags{force: c.force}}
		run.sayLost("a.b64", &c.made)
		if tool.status != c.status || !strings.Contains(stderr.String(), c.want) || c.want == "" && stderr.Len() > 0 {
			t.Errorf("%s is lost: status %d and %q, expected %d and %q", c.what, tool.status, stderr.String(), c.status, c.want)
		}
	}
}
