package claims_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// STS looks for the provider, and at what it demands, before it looks at the
// pairs: a role that the response does not offer does not hide that. The role's
// own faults are told, and count for no other role.
func TestRoleThatIsNotOffered(t *testing.T) {
	const (
		account  = "arn:aws:iam::111122223333:"
		provider = account + "saml-provider/WAAD"
		policy   = `{"StringEquals":{"SAML:aud":"https://eu-west-1.signin.aws.amazon.com/saml"}}`
	)
	role := `{"Role":` + iamRole("Lost", "WAAD", policy) + `}`
	for _, test := range []struct {
		name, message string
		basis         saml.Basis
		pairs         []string
		iam           string
		required      bool
		codes         []string
		offered       string
	}{
		{name: "trust policy and length", message: "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", basis: saml.Inferred, iam: role, codes: []string{"role-not-asserted", "duration-exceeds-role", "trust-condition-failed"}, offered: claims.Success},
		{name: "no such provider", message: "Specified provider doesn't exist", basis: saml.Inferred, iam: `{"SAMLProviderList":[{"Arn":"` + account + `saml-provider/Other"}]}`, codes: []string{"role-not-asserted", "provider-unknown"}, offered: "InvalidIdentityToken"},
		{name: "no such role", message: "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", basis: saml.Inferred, iam: `{"Roles":[` + iamRole("Admin", "WAAD", "{}") + `]}`, codes: []string{"role-not-asserted", "role-unknown"}, offered: claims.Success},
		{name: "encryption demanded", message: "Invalid base64 SAMLResponse", basis: saml.Inferred, required: true, codes: []string{"provider-encryption-required", "role-not-asserted"}, offered: "InvalidIdentityToken"},
		{name: "several providers", message: "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", basis: saml.Observed, pairs: []string{account + "role/Admin," + provider, account + "role/Audit," + account + "saml-provider/Other"}, iam: role, codes: []string{"role-not-asserted"}, offered: claims.Success},
	} {
		login := samltest.Login{Sign: samltest.SignAssertion, Roles: test.pairs}
		if test.pairs == nil {
			login.Roles = []string{account + "role/Admin," + provider}
		}
		message, metadata, options := signed(t, login)
		options.Role, options.Duration = account+"role/Lost", 7200
		if options.IAM = parsed(t, test.iam); test.required {
			options.IAM = demanding(t, login, provider)
		}
		r := claims.Check(message, metadata, options)
		if got := r.AWS.STS; got.Message != test.message || got.Basis != test.basis {
			t.Errorf("%s: answered %+v, want %q (%s)", test.name, *got, test.message, test.basis)
		}
		if got := r.Roles[0].STS.Code; got != test.offered {
			t.Errorf("%s: the role that is offered is answered %s, want %s", test.name, got, test.offered)
		}
		if got := r.AWS.Console; got.Code == claims.Success && !strings.HasPrefix(got.Reason, "for a role that the response offers") {
			t.Errorf("%s: the page signs in, for which role is not said: %+v", test.name, *got)
		}
		if got := errorCodes(r); !slices.Equal(got, test.codes) {
			t.Errorf("%s: errors %v, want %v", test.name, got, test.codes)
		}
	}
}

func parsed(t *testing.T, output string) *claims.IAM {
	t.Helper()
	if output == "" {
		return nil
	}
	iam, err := claims.ParseIAM([]byte(output))
	if err != nil {
		t.Fatal(err)
	}
	return iam
}

// demanding gives a provider that takes encrypted assertions only.
func demanding(t *testing.T, login samltest.Login, arn string) *claims.IAM {
	t.Helper()
	metadata, err := login.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	output, err := json.Marshal(map[string]any{"SAMLMetadataDocument": string(metadata), "AssertionEncryptionMode": "Required", "PrivateKeyList": []any{map[string]string{"KeyId": "SAMLPKEXAMPLE"}}})
	if err != nil {
		t.Fatal(err)
	}
	iam, err := claims.ParseIAMProvider(arn, output)
	if err != nil {
		t.Fatal(err)
	}
	return iam
}

func errorCodes(r *claims.Report) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Severity == saml.Error {
			out = append(out, f.Code)
		}
	}
	return out
}
