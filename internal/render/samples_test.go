package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// TestSampleReports renders the report of every response and assertion of the
// samples: as JSON it meets the schema, as text it fits, and both are safe.
func TestSampleReports(t *testing.T) {
	names, err := filepath.Glob("../../../shared/samples/*s/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skip("../shared/samples is not here")
	}
	schema := compile(t)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		o := claims.Check(saml.Decode(data), nil, claims.Options{}).Object()
		line, err := JSON(o)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, schema, line); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		mustBeSafe(t, strings.TrimSuffix(line, "\n"))
		mustBeSafeText(t, Text(o, Style{}))
		if o.Verified || o.Verdict == saml.Pass {
			t.Errorf("%s: verified without metadata", name)
		}
	}
}
