package sanitize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samlcheck/samlcheck/saml"
)

// TestDifferences holds what counts as another finding.
func TestDifferences(t *testing.T) {
	expired := saml.Finding{Code: "assertion-expired", Severity: saml.Error, Stage: saml.StageConditions}
	milder := saml.Finding{Code: "assertion-expired", Severity: saml.Warning, Stage: saml.StageConditions}
	posted := saml.Finding{Code: "posted-elsewhere", Severity: saml.Warning, Stage: saml.StageConditions}
	twice := saml.Finding{Code: "base64-twice", Severity: saml.Warning, Stage: saml.StageCapture}
	for _, c := range []struct {
		what          string
		before, after []saml.Finding
		lost          []Difference
		left          []string
	}{
		{"the same, in another order", []saml.Finding{expired, twice}, []saml.Finding{twice, expired}, nil, nil},
		{"one is gone", []saml.Finding{expired, expired}, []saml.Finding{expired}, []Difference{{"assertion-expired", saml.Error, -1}}, nil},
		{"one more", nil, []saml.Finding{expired}, []Difference{{"assertion-expired", saml.Error, 1}}, nil},
		{"another severity", []saml.Finding{expired}, []saml.Finding{milder}, []Difference{{"assertion-expired", saml.Error, -1}, {"assertion-expired", saml.Warning, 1}}, nil},
		{"of the traffic around it", []saml.Finding{posted}, nil, nil, []string{"posted-elsewhere"}},
		{"of the form of the capture", []saml.Finding{twice}, nil, nil, []string{"base64-twice"}},
		{"of the form, where there was none", nil, []saml.Finding{twice}, []Difference{{"base64-twice", saml.Warning, 1}}, nil},
	} {
		lost, left := differences(c.before, c.after)
		if diff := cmp.Diff(c.lost, lost) + cmp.Diff(c.left, left); diff != "" {
			t.Errorf("%s: (-want +found)\n%s", c.what, diff)
		}
	}
}
