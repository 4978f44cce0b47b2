package claims_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A reported row is a situation of which a user or a vendor quotes the answer.
type reported struct {
	name    string
	login   samltest.Login
	after   time.Duration // of the call after the issue
	options claims.Options
	sts     recordedAnswer
	console string // what the page shows, without the tail; empty where it is not quoted
}

func late() recordedAnswer {
	return refusedAs("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance")
}

const generic = "Your request included an invalid SAML response. To logout, click here."

func reportedAnswers() []reported {
	pair := refusedAs("InvalidIdentityToken", "SAML Assertion doesn't contain the requested Role and Metadata in the attributes")
	name := refusedAs("InvalidIdentityToken", "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
	required := refusedAs("InvalidIdentityToken", "RoleSessionName is required in AuthnResponse")
	arn := func(what string) recordedAnswer { return refusedAs("ValidationError", what+" ARN is invalid") }
	asking := func(seconds int) claims.Options { return claims.Options{Duration: seconds} }
	return []reported{
		// OneLogin and Okta let assertions live for 3 and 5 minutes, Entra for an hour.
		{name: "late, valid for an hour", after: 6 * time.Minute, sts: late(), console: late().message + " Please try again."},
		{name: "late and expired", login: samltest.Login{Product: samltest.Okta}, after: 6 * time.Minute, sts: late()},
		{name: "used at the last moment", after: 5 * time.Minute, sts: success()},
		{name: "expired within the five minutes", login: samltest.Login{Product: samltest.Keycloak}, after: 2 * time.Minute, sts: expired()},
		{name: "signed with another key", login: samltest.Login{Key: samltest.NextKey}, sts: badSignature(), console: badSignature().message + " Please try again."},
		{name: "session name with a blank", login: samltest.Login{SessionName: "Dana Fixture"}, sts: name, console: name.message + " Please try again."},
		{name: "session name of 65 characters", login: samltest.Login{SessionName: strings.Repeat("a", 65)}, sts: name},
		{name: "no session name", login: samltest.Login{Mutations: []string{"session-name-missing"}}, sts: required, console: required.message + " Please try again."},
		{name: "no role", login: samltest.Login{Mutations: []string{"role-missing"}}, sts: pair, console: generic},
		{name: "attribute names in lower case", login: samltest.Login{Mutations: []string{"role-name-lowercase"}}, sts: pair, console: generic},
		{name: "role of another kind", login: samltest.Login{Roles: []string{"arn:aws:iam::111122223333:role/Ad min,arn:aws:iam::111122223333:saml-provider/WAAD"}}, sts: arn("Request"), console: generic},
		{name: "DurationSeconds 43201", options: asking(43201), sts: refusedAs("ValidationError", "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200")},
	}
}

func TestReportedAnswers(t *testing.T) {
	for _, r := range reportedAnswers() {
		t.Run(r.name, func(t *testing.T) {
			response, err := r.login.Response()
			if err != nil {
				t.Fatal(err)
			}
			// The provider knows the key that the product signs with.
			metadata := samltestMetadata(t, samltest.Login{Product: r.login.Product})
			options := r.options
			options.Time = samltest.Instant().Add(r.after)
			report := claims.Check(saml.Decode([]byte(response.Base64())), metadata, options)
			if got := report.AWS.STS; got.Code != r.sts.code || got.Message != r.sts.message {
				t.Errorf("users quote %s %q, foretold is %s %q (%s)", r.sts.code, r.sts.message, got.Code, got.Message, got.Reason)
			}
			if got := report.AWS.Console; r.console != "" && got.Message != r.console {
				t.Errorf("the page shows %q, foretold is %s %q (%s)", r.console, got.Code, got.Message, got.Reason)
			}
		})
	}
}

func samltestMetadata(t *testing.T, login samltest.Login) *saml.Metadata {
	t.Helper()
	return parsedMetadata(t, login.Metadata)
}

func parsedMetadata(t *testing.T, made func() ([]byte, error)) *saml.Metadata {
	t.Helper()
	data, err := made()
	if err != nil {
		t.Fatal(err)
	}
	m, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Five faults at once: the one that STS meets first is foretold, and the others
// are findings all the same.
func TestFirstOfFiveFaults(t *testing.T) {
	login := samltest.Login{Audience: "https://sp.example.com/", SessionName: "Dana Fixture", Roles: []string{"arn:aws:iam::111122223333:role/Admin"}}
	steps := []struct {
		mutations []string
		after     time.Duration
		want      recordedAnswer
		codes     []string
	}{
		{[]string{"authn-statement-missing", "nameid-edited"}, 6 * time.Minute, structure(), []string{"authn-statement-missing", "digest-mismatch", "redemption-late", "role-pair-malformed", "session-name-malformed", "audience-mismatch"}},
		{[]string{"nameid-edited"}, 6 * time.Minute, badSignature(), []string{"digest-mismatch", "redemption-late", "role-pair-malformed", "session-name-malformed", "audience-mismatch"}},
		{nil, 6 * time.Minute, late(), []string{"redemption-late", "role-pair-malformed", "session-name-malformed", "audience-mismatch"}},
		{nil, time.Minute, refusedAs("InvalidIdentityToken", "SAML Assertion doesn't contain the requested Role and Metadata in the attributes"), []string{"role-pair-malformed", "session-name-malformed", "audience-mismatch"}},
	}
	for i, s := range steps {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			broken := login
			broken.Mutations = s.mutations
			response, err := broken.Response()
			if err != nil {
				t.Fatal(err)
			}
			options := claims.Options{}
			options.Time = samltest.Instant().Add(s.after)
			report := claims.Check(saml.Decode([]byte(response.Base64())), samltestMetadata(t, samltest.Login{}), options)
			got := report.AWS.STS
			if got.Code != s.want.code || got.Message != s.want.message || got.Basis != saml.Inferred {
				t.Errorf("expected %s %q, inferred, found %s %q, %s", s.want.code, s.want.message, got.Code, got.Message, got.Basis)
			}
			for _, code := range s.codes {
				if !hasFinding(report, code) {
					t.Errorf("there is no finding %s", code)
				}
			}
		})
	}
}

func hasFinding(r *claims.Report, code string) bool {
	for _, f := range r.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}
