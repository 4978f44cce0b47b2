package claims_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// iamRole gives a role that trusts a provider of its account, on a condition.
func iamRole(name, provider, condition string) string {
	return fmt.Sprintf(`{"Arn":"arn:aws:iam::111122223333:role/%s","MaxSessionDuration":3600,"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/%s"},"Action":"sts:AssumeRoleWithSAML","Condition":%s}}}`, name, provider, condition)
}

// What is denied is answered so for its role alone, also for the roles beyond
// those that findings are listed for.
func TestPredictionsOfManyRoles(t *testing.T) {
	const n = 70
	var pairs, roles []string
	for i := range n {
		name, provider := fmt.Sprintf("R%02d", i), "Other"
		if i == n-1 {
			provider = "WAAD"
		}
		pairs = append(pairs, "arn:aws:iam::111122223333:role/"+name+",arn:aws:iam::111122223333:saml-provider/WAAD")
		roles = append(roles, iamRole(name, provider, "{}"))
	}
	message, metadata, options := signed(t, samltest.Login{Sign: samltest.SignAssertion, Roles: pairs})
	iam, err := claims.ParseIAM([]byte(`{"Roles":[` + strings.Join(roles, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	options.IAM = iam
	r := claims.Check(message, metadata, options)
	for i, role := range r.Roles {
		want := "AccessDenied"
		if i == n-1 {
			want = claims.Success
		}
		if role.STS.Code != want || role.STS.Reason != "" {
			t.Errorf("%s: answered %+v, want %s", role.Name(), *role.STS, want)
		}
	}
	if len(r.Roles) != n || r.AWS.STS.Code != claims.Success {
		t.Errorf("%d roles; the whole is answered %+v", len(r.Roles), *r.AWS.STS)
	}
}

// A success rests on the documentation where a condition on a key decides of
// which no answer of AWS is on record.
func TestBasisOfTrust(t *testing.T) {
	for condition, want := range map[string]string{
		`{}`: "observed",
		`{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}`:                                   "observed",
		`{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}`:                         "documented",
		`{"Bool":{"aws:SecureTransport":"true"}}`:                                                    "inferred", // undetermined
		`{"StringEqualsIfExists":{"saml:eduPersonOrgDN":"o=example"},"Null":{"saml:aud":["false"]}}`: "documented",
	} {
		message, metadata, options := signed(t, samltest.Login{Sign: samltest.SignAssertion, Roles: []string{"arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/WAAD"}})
		iam, err := claims.ParseIAM([]byte(`{"Role":` + iamRole("Admin", "WAAD", condition) + `}`))
		if err != nil {
			t.Fatal(err)
		}
		options.IAM = iam
		sts := claims.Check(message, metadata, options).AWS.STS
		code := claims.Success
		if want == "inferred" {
			code = claims.Undetermined
		}
		if string(sts.Basis) != want || sts.Code != code {
			t.Errorf("%s: answered %+v, want %s %s", condition, *sts, code, want)
		}
	}
}

// A long DurationSeconds takes the role's MaxSessionDuration for granted where
// that is not given, and only there.
func TestSuccessSaysWhatItRestsOn(t *testing.T) {
	for name, tt := range map[string]struct {
		duration int
		without  bool // MaxSessionDuration, as in get-account-authorization-details
		want     string
	}{
		"short":                {3600, true, ""},
		"long, and it is told": {7200, false, ""},
		"long":                 {7200, true, "not judged: the role's MaxSessionDuration"},
	} {
		message, metadata, options := signed(t, samltest.Login{Sign: samltest.SignAssertion, Roles: []string{"arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/WAAD"}})
		text := strings.Replace(iamRole("Admin", "WAAD", "{}"), ":3600", ":7200", 1)
		if tt.without {
			text = strings.Replace(text, `"MaxSessionDuration":7200,`, "", 1)
		}
		iam, err := claims.ParseIAM([]byte(`{"RoleDetailList":[` + text + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		options.IAM, options.Duration = iam, tt.duration
		sts := claims.Check(message, metadata, options).AWS.STS
		if sts.Code != claims.Success || tt.want == "" && sts.Reason != "" || !strings.HasSuffix(sts.Reason, tt.want) {
			t.Errorf("%s: answered %+v", name, *sts)
		}
	}
}
