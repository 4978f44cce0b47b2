package render

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// TestFirstLineGivesTheReason holds that a report which fails without an error
// among its findings still tells why, and that warnings are counted in words.
func TestFirstLineGivesTheReason(t *testing.T) {
	failed := failReport()
	failed.Verified = false
	failed.Findings = []saml.Finding{{Code: "metadata-tenant-wide", Severity: saml.Warning}}
	one, two := passReport(), passReport()
	one.Findings = []saml.Finding{{Code: "algorithm-weak", Severity: saml.Warning}}
	two.Findings = append(one.Findings, saml.Finding{Code: "key-weak", Severity: saml.Warning})
	unknown := unverifiedReport()
	unknown.Findings = []saml.Finding{{Code: "canonicalization-unsupported", Severity: saml.Error}}
	open := failReport()
	open.Roles = append(open.Roles, claims.RoleObject{Role: "arn:aws:iam::111122223333:role/Ops", STS: &claims.Prediction{Code: claims.Undetermined}})
	call := failReport()
	call.AWS = answered(call.AWS.(*claims.Predictions).STS, &claims.ConsolePrediction{Code: claims.Success})
	for _, report := range []*saml.Object{open, call} {
		const want = "FAIL: the response is genuine, but it is not right for AWS"
		if got, _, _ := strings.Cut(Text(report, Style{}), "\n"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, report := range map[string]*saml.Object{
		"UNVERIFIED: the signature uses an algorithm that is not supported, so nothing proves the response": unknown,
		"FAIL: the response is signed with a key that the metadata does not hold":                           failed,
		"PASS: the response is genuine, and nothing in it is wrong for AWS, but mind the warning":           one,
		"PASS: the response is genuine, and nothing in it is wrong for AWS, but mind the 2 warnings":        two,
		"PASS: the response is genuine, and nothing in it is wrong for AWS":                                 passReport(),
		"UNVERIFIED: no metadata is given, so nothing proves the response":                                  unverifiedReport(),
		"FAIL: the response is genuine, but AWS will not accept it":                                         failReport(),
		"FAIL: the response is built so that its signature does not prove what it says":                     wrappedReport(),
		"FAIL: there is no SAML response in the input":                                                      nothingReport(),
	} {
		if got, _, _ := strings.Cut(Text(report, Style{}), "\n"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestNoResponseHasNoClaims holds that a signed message of another kind, such
// as metadata, is not shown as a response that claims something.
func TestNoResponseHasNoClaims(t *testing.T) {
	v := passReport()
	v.Verdict, v.Verified = saml.Fail, false
	v.Findings = []saml.Finding{{Code: "message-not-response", Severity: saml.Error, Message: "federation metadata"}}
	v.Skipped = []saml.Skip{{Codes: make([]string, 40), Reason: "one"}, {Codes: make([]string, 2), Reason: "another"}}
	got := Text(v, Style{})
	if strings.Contains(got, "claims") || !strings.HasSuffix(got, "\n\nNot judged: 42 rules, since no response was read\n\nFAIL with 1 error, 0 warnings, 0 info\n") {
		t.Error(got)
	}
}
