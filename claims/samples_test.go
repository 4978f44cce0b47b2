package claims_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// The captures bound for AWS among the samples, with what their authors' tests
// read from them.
func TestSamplesBoundForAWS(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "samples", "responses")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("../shared/samples is not here")
	}
	tests := []struct {
		file    string
		roles   int
		session string
		own     []string // codes of the stage claims
	}{
		{"aws-google-auth--valid-response.xml", 3, "first.last@example.com", []string{"session-duration-capped"}},
		{"aws-google-auth--too-many-commas.xml", 0, "first.last@example.com", []string{"role-pair-malformed", "role-pair-malformed", "role-pair-malformed", "session-duration-capped"}},
		{"aws-adfs--test_assertion_extractor--L68.xml", 2, "beer.lover@awesome.company.com", []string{"role-pair-reversed"}},
		{"onelogin-aws-cli--saml_multi_role.xml", 3, "", nil},
		{"onelogin-aws-cli--saml_single_role.xml", 1, "", nil},
	}
	for _, tt := range tests {
		data, err := os.ReadFile(filepath.Join(dir, tt.file))
		if err != nil {
			t.Error(err)
			continue
		}
		message := saml.Decode(data)
		r := claims.Check(message, nil, claims.Options{})
		var own []string
		for _, f := range r.Findings {
			if f.Stage == saml.StageClaims {
				own = append(own, f.Code)
			}
		}
		if len(r.Roles) != tt.roles || r.RoleSessionName != tt.session || !slices.Equal(own, tt.own) {
			t.Errorf("%s: %d roles, session %q, findings %v", tt.file, len(r.Roles), r.RoleSessionName, own)
		}
	}
}
