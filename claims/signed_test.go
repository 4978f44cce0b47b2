package claims_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// signed gives a login's response and metadata, decoded, and options that judge
// it half a minute after it was issued.
func signed(t *testing.T, login samltest.Login) (*saml.Message, *saml.Metadata, claims.Options) {
	t.Helper()
	response, err := login.Response()
	if err != nil {
		t.Fatal(err)
	}
	data, err := login.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	return saml.Decode(response), metadata, claims.Options{Options: saml.Options{Time: samltest.Instant().Add(30 * time.Second)}}
}

func TestGoodResponsesPass(t *testing.T) {
	for _, product := range samltest.Products() {
		// Okta and Keycloak sign the response by default; AWS wants the assertion signed.
		message, metadata, options := signed(t, samltest.Login{Product: product, Sign: samltest.SignAssertion})
		r := claims.Check(message, metadata, options)
		if r.Verdict != saml.Pass || !r.SAML.Verified || len(r.Roles) != 2 || r.RoleSessionName == "" {
			t.Errorf("%s: verdict %s, verified %v, roles %v, session %q", product, r.Verdict, r.SAML.Verified, r.Roles, r.RoleSessionName)
		}
		for _, f := range r.Findings {
			if f.Severity == saml.Error {
				t.Errorf("%s: %s: %s", product, f.Code, f.Message)
			}
		}
	}
}

// A claim that is wrong makes a verified message fail, unless its code is
// ignored; its finding rests on verified bytes.
func TestWrongClaimOfVerifiedMessage(t *testing.T) {
	message, metadata, options := signed(t, samltest.Login{Sign: samltest.SignAssertion, SessionName: "Jane Doe"})
	r := claims.Check(message, metadata, options)
	i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == "session-name-malformed" })
	if i < 0 || r.Findings[i].Unverified || r.Verdict != saml.Fail || !r.SAML.Verified {
		t.Fatalf("verdict %s, verified %v, findings %+v", r.Verdict, r.SAML.Verified, r.Findings)
	}
	options.Ignore = []string{"session-name-malformed"}
	if r := claims.Check(message, metadata, options); r.Verdict != saml.Pass {
		t.Errorf("verdict %s although the only error is ignored", r.Verdict)
	}
}

// What is wrong with the claims does not hide that the proof is missing.
func TestWrongClaimOfUnverifiedMessage(t *testing.T) {
	message, _, options := signed(t, samltest.Login{Sign: samltest.SignAssertion, SessionName: "Jane Doe"})
	r := claims.Check(message, nil, options)
	i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == "session-name-malformed" })
	if i < 0 || !r.Findings[i].Unverified || r.Verdict != saml.Unverified {
		t.Errorf("verdict %s, findings %+v", r.Verdict, r.Findings)
	}
}

// The place of a value that was read from verified bytes is that in the
// capture.
func TestPlacesOfVerifiedClaims(t *testing.T) {
	message, metadata, options := signed(t, samltest.Login{Sign: samltest.SignAssertion, SessionName: "Jane Doe"})
	r := claims.Check(message, metadata, options)
	for _, f := range r.Findings {
		if f.Code == "session-name-malformed" {
			at := string(message.XML()[f.Offset:])
			if element, _, _ := strings.Cut(at, "</"); !strings.HasPrefix(at, "<") || !strings.HasSuffix(element, ">Jane Doe") {
				t.Errorf("at offset %d stands %q", f.Offset, element)
			}
		}
	}
}

func ExampleCheck() {
	login := samltest.Login{Sign: samltest.SignAssertion, SessionName: "Jane Doe"}
	captured, _ := login.Response()
	federation, _ := login.Metadata()

	metadata, err := saml.ParseMetadata(federation)
	if err != nil {
		fmt.Println(err)
		return
	}
	report := claims.Check(saml.Decode(captured), metadata, claims.Options{Options: saml.Options{Time: samltest.Instant()}})
	fmt.Println(report.Verdict, report.SAML.Verified)
	for _, role := range report.Roles {
		fmt.Println(role.Account(), role.Name())
	}
	for _, f := range report.Findings {
		if f.Severity == saml.Error {
			fmt.Println(f.Code)
		}
	}
	// Output:
	// fail true
	// 111122223333 Admin
	// 444455556666 Auditors
	// session-name-malformed
}

func ExampleParseARN() {
	role, _ := claims.ParseARN("arn:aws:iam::111122223333:role/team/Admin")
	fmt.Println(role.Account, role.Path, role.Name)
	_, err := claims.ParseARN("arn:aws:iam::12345:role/Admin")
	fmt.Println(err)
	// Output:
	// 111122223333 /team/ Admin
	// at character 14: an account is 12 digits, but "12345" has 5 digits
}
