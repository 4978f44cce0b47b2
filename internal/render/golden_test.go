package render

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

var update = flag.Bool("update", false, "write the golden files anew; read them before they are committed")

// TestTextGolden compares reports with texts that were read before they were
// committed.
func TestTextGolden(t *testing.T) {
	for name, v := range exampleReports() {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".txt", Text(v, Style{}))
		})
	}
	golden(t, "fail-colour.txt", Text(exampleReports()["fail"], Style{Colour: true}))
}

// TestMetadataGolden shows metadata of the test identity provider, whose
// fingerprints were compared with those that openssl gives.
func TestMetadataGolden(t *testing.T) {
	m := NewMetadata(parsed(t, samltest.Entra), nil, *at("11:00:00"))
	m.Source = "metadata.xml"
	weak := Key{Use: "signing", Algorithm: "RSA", Bits: 512, KeySHA256: strings.Repeat("0b", 32), Refused: "RSA modulus of 512 bits"}
	days := -3
	over := Key{Subject: "CN=old", Algorithm: "ECDSA", Bits: 256, SHA256: strings.Repeat("0c", 32), SHA1: strings.Repeat("0d", 20),
		NotBefore: at("10:00:00"), NotAfter: at("10:30:00"), DaysLeft: &days}
	m.Entities = append(m.Entities, Entity{Keys: []Key{weak, over}})
	m.Findings = []saml.Finding{{Code: "key-weak", Severity: saml.Warning, Stage: saml.StageMetadata, Message: "a key of 512 bits is never used"}}
	golden(t, "metadata.txt", MetadataText(m, Style{}))
}

func TestExplainGolden(t *testing.T) {
	r := saml.Rule{Code: "role-pair-malformed", Stage: saml.StageClaims, Severity: saml.Error, Varies: "a warning while another pair is sound",
		Profiles: []saml.Profile{saml.ProfileAWS}, Title: "Role value that is no pair of ARNs", Fix: "write the value as ROLE,PROVIDER",
		Explanation: "each value of the Role attribute is the ARN of one role and the ARN of one SAML provider with a comma between them; a value is cut at a comma that an ARN follows",
		Sources:     []saml.Source{{Text: "AWS IAM User Guide", URL: "https://docs.aws.amazon.com/IAM/latest/UserGuide/"}, {Text: "a report by a user"}},
		AWS: []saml.Answer{{By: "console", Message: "Your request included an invalid SAML response. To logout, click here.", Basis: saml.Documented},
			{By: "iam", Code: "InvalidInput", Basis: saml.Documented}, {By: "sts", Basis: saml.Inferred}}, Replaces: []string{"role-missing", "attribute-unknown"}}
	golden(t, "explain.txt", Explain(r, Style{}))
	golden(t, "rules.txt", RuleList([]saml.Rule{r, {Code: "xml-malformed", Stage: saml.StageXML, Severity: saml.Error, Title: "no XML"}}, Style{}))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// TestTextFits holds every example against the width, and plain text against
// coloured text without its colours.
func TestTextFits(t *testing.T) {
	for name, v := range exampleReports() {
		plain := Text(v, Style{})
		for line := range strings.Lines(plain) {
			if w := displayWidth(strings.TrimSuffix(line, "\n")); w > Columns {
				t.Errorf("%s: %d columns: %s", name, w, line)
			}
		}
		coloured := Text(v, Style{Colour: true})
		for _, code := range []string{"0", bold, dim, red, green, yellow, blue} {
			coloured = strings.ReplaceAll(coloured, "\x1b["+code+"m", "")
		}
		if diff := cmp.Diff(plain, coloured); diff != "" {
			t.Errorf("%s: colour changes the text:\n%s", name, diff)
		}
	}
}

func at(clock string) *time.Time {
	t, err := time.Parse(time.RFC3339, "2026-09-11T"+clock+"Z")
	if err != nil {
		return nil
	}
	return &t
}

// exampleReports gives one report for each verdict, and odd ones.
func exampleReports() map[string]*saml.Object {
	return map[string]*saml.Object{"pass": passReport(), "fail": failReport(), "unverified": unverifiedReport(), "tampered": tamperedReport(), "wrapped": wrappedReport(), "nothing": nothingReport(), "configured": configuredReport()}
}

func passReport() *saml.Object {
	hour := 3600
	return &saml.Object{
		Version: 1, Profile: saml.ProfileAWS, Source: "response.b64", Form: saml.FormBase64, At: at("11:02:00"),
		Verdict: saml.Pass, Verified: true,
		Metadata: []saml.MetadataUse{{Source: "metadata.xml", EntityID: "https://sts.windows.net/00000000-0000-0000-0000-000000000001/", Keys: 2}},
		Issuer:   "https://sts.windows.net/00000000-0000-0000-0000-000000000001/",
		Subject: saml.ObjectSubject{NameID: "jane@example.com",
			Format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"},
		Audiences: []string{"urn:amazon:webservices"}, Recipient: "https://signin.aws.amazon.com/saml",
		IssueInstant: at("11:00:00"), NotBefore: at("10:55:00"), NotOnOrAfter: at("12:00:00"), SessionNotOnOrAfter: at("23:00:00"),
		RoleSessionName: "jane@example.com", SessionDuration: &hour, SourceIdentity: "jane",
		PrincipalTags: []saml.ObjectTag{{Key: "Department", Value: "R&D"}, {Key: "CostCenter", Value: "4711"}}, TransitiveTagKeys: []string{"Department"},
		Signatures: []saml.Signature{{On: "assertion", Path: "/Response/Assertion/Signature", Verified: true,
			SignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Witness: "agrees",
			Certificate: &saml.Certificate{Subject: "CN=Test signing key 1", SHA256: strings.Repeat("0a", 32), NotAfter: at("23:59:59")}}},
		Roles:  []any{role("111122223333", "Admin"), role("444455556666", "ReadOnly")},
		AWS:    answered(accepting("111122223333", "Admin"), &claims.ConsolePrediction{Code: claims.Success, Basis: saml.Documented, Reason: noPolicy, SessionSeconds: 3600}),
		Decode: []string{"base64: 9112 characters"}, Findings: []saml.Finding{}, Skipped: []saml.Skip{}, Opinions: []any{},
	}
}

func answered(sts *claims.Prediction, console *claims.ConsolePrediction) *claims.Predictions {
	return &claims.Predictions{STS: sts, Console: console}
}

const noPolicy = "as far as the response decides; not judged: the role's trust policy"

func accepting(account, name string) *claims.Prediction {
	return &claims.Prediction{Code: claims.Success, Basis: saml.Observed, Reason: noPolicy, Role: "arn:aws:iam::" + account + ":role/" + name,
		Audience: "https://signin.aws.amazon.com/saml", SessionSeconds: 3600, Subject: "jane@example.com",
		SubjectType: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", NameQualifier: "1uAJanUnBc2XeUkHURMht+xam2c=", SourceIdentity: "jane"}
}

// refusing gives the answers to a response that comes too late.
func refusing() *claims.Predictions {
	const late = "Token must be redeemed within 5 minutes of issuance"
	return answered(&claims.Prediction{Code: "ExpiredTokenException", Message: late, Basis: saml.Inferred, Role: "arn:aws:iam::111122223333:role/Admin"},
		&claims.ConsolePrediction{Code: "ExpiredTokenException", Message: late + " Please try again.", Basis: saml.Inferred})
}

// undecidedAnswers gives the answers where the signature cannot be verified.
func undecidedAnswers() *claims.Predictions {
	const reason = "it is not known whether the signature holds, since no metadata is given to verify it with (metadata-missing)"
	return answered(&claims.Prediction{Code: claims.Undetermined, Basis: saml.Inferred, Reason: reason},
		&claims.ConsolePrediction{Code: claims.Undetermined, Basis: saml.Inferred, Reason: reason})
}

func role(account, name string) claims.RoleObject {
	return claims.RoleObject{Role: "arn:aws:iam::" + account + ":role/" + name, Provider: "arn:aws:iam::" + account + ":saml-provider/Entra",
		Account: account, Name: name, Path: "/Response/Assertion/AttributeStatement/Attribute[1]/AttributeValue"}
}

func failReport() *saml.Object {
	v := passReport()
	v.Verdict, v.AWS = saml.Fail, refusing()
	v.At, v.CapturedAt, v.URL = at("12:30:00"), at("11:01:00"), "https://signin.aws.amazon.com/saml"
	v.RoleSessionName = "jane doe"
	late := []saml.Answer{{By: "sts", Code: "ExpiredTokenException", Message: "Token must be redeemed within 5 minutes of issuance", Basis: saml.Inferred}}
	value := "/Response/Assertion/AttributeStatement/Attribute[3]/AttributeValue"
	v.Findings = []saml.Finding{
		{Code: "redemption-late", Severity: saml.Warning, Stage: saml.StageMessage, Path: "/Response/Assertion/@IssueInstant", Line: 1, Column: 410, AWS: late,
			Message: "the response is judged 1 hour 30 minutes after its IssueInstant, AWS takes it for 5 minutes", Fix: "sign in again and capture a new response"},
		{Code: "assertion-expired", Severity: saml.Error, Stage: saml.StageConditions, Path: "/Response/Assertion/Conditions/@NotOnOrAfter", Line: 1, Column: 2812, AWS: late,
			Message: "NotOnOrAfter of Conditions was 2026-09-11T12:00:00Z, 30 minutes ago", Fix: "sign in again and capture a new response"},
		{Code: "audience-mismatch", Severity: saml.Error, Stage: saml.StageConditions, Path: "/Response/Assertion/Conditions/AudienceRestriction/Audience", Line: 1, Column: 2901,
			Message: `Audience is "urn:amazon:webservice", expected one of "urn:amazon:webservices", "https://signin.aws.amazon.com/saml": one character is missing`,
			Fix:     "set the Identifier (Entity ID) of the application to urn:amazon:webservices", Ignored: true},
		{Code: "text-confusable", Severity: saml.Warning, Stage: saml.StageSubject, Path: value + "[1]", Line: 1, Column: 3001, Unverified: true,
			Message: `"Adm\u0131n" holds U+0131 at position 4`, Fix: "write the value in one script"},
		{Code: "text-confusable", Severity: saml.Warning, Stage: saml.StageSubject, Path: value + "[2]", Line: 1, Column: 3101, Unverified: true,
			Message: `"\u0410dmin" holds U+0410 at position 1`, Fix: "write the value in one script"},
		{Code: "session-name-malformed", Severity: saml.Error, Stage: saml.StageClaims, Path: value, Line: 1, Column: 3401,
			Message: `RoleSessionName is "jane doe", expected 2 to 64 of the characters [a-zA-Z_0-9+=,.@-]: U+0020 at position 5`, Fix: "send user.mail or another value without blanks",
			AWS: []saml.Answer{{By: "sts", Code: "InvalidIdentityToken", Message: "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", Basis: saml.Documented},
				{By: "console", Message: "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64} Please try again.", Basis: saml.Inferred}}},
		{Code: "role-pair-reversed", Severity: saml.Info, Stage: saml.StageClaims, Path: value, Line: 1, Column: 3201,
			Message: "the provider stands before the role: AWS takes it, some command-line tools do not"},
	}
	v.Skipped = []saml.Skip{{Codes: []string{"request-unexpected"}, Reason: "no request ID is given"}}
	return v
}

func unverifiedReport() *saml.Object {
	v := passReport()
	v.Verdict, v.Verified, v.Metadata, v.Source, v.AWS = saml.Unverified, false, nil, "-", undecidedAnswers()
	v.Signatures[0].Verified, v.Signatures[0].Certificate, v.Signatures[0].Witness = false, nil, "not-asked"
	v.Signatures[0].Explanation = "there is no key to check the signature with"
	v.Findings = []saml.Finding{{Code: "metadata-missing", Severity: saml.Error, Stage: saml.StageMetadata,
		Message: "no metadata is given, so that no key is known to verify the signature with", Fix: "give the federation metadata with --metadata FILE"}}
	v.Skipped = []saml.Skip{{Reason: "no metadata is given", Codes: []string{"metadata-entity-missing", "metadata-key-missing",
		"metadata-certificate-malformed", "metadata-expired", "key-weak", "certificate-expired", "signature-key-unknown", "metadata-size"}}}
	return v
}

func tamperedReport() *saml.Object {
	v := passReport()
	v.Verdict, v.Verified, v.Index, v.Profile, v.AWS = saml.Fail, false, 2, saml.ProfileSAML, nil
	v.Source, v.Subject.NameID = "cap\x1b[31mture\u202e.har", "root\u202e@example.com"
	v.Signatures[0].Verified, v.Signatures[0].Certificate, v.Signatures[0].Witness = false, nil, "not-asked"
	v.Signatures[0].Explanation = "SignedInfo is authentic, the content is not: the digest computed is another"
	v.Findings = []saml.Finding{{Code: "digest-mismatch", Severity: saml.Error, Stage: saml.StageSignature,
		Path: "/Response/Assertion/Signature/SignedInfo/Reference/DigestValue", Line: 1, Column: 812,
		Message: "the digest of the Assertion is " + strings.Repeat("A", 43) + "=, expected " + strings.Repeat("B", 43) + "=: the content was changed after it was signed",
		Fix:     "capture the response again, unchanged", AWS: []saml.Answer{{By: "sts", Code: "InvalidIdentityToken", Message: "Response signature invalid", Basis: saml.Observed}}}}
	return v
}

func wrappedReport() *saml.Object {
	v := passReport()
	v.Verdict, v.Verified, v.AWS = saml.Fail, false, undecidedAnswers()
	v.Signatures[0].Witness = "cannot-judge"
	v.Findings = []saml.Finding{{Code: "assertion-misplaced", Severity: saml.Error, Stage: saml.StageMessage, Path: "/Response/Extensions/Assertion",
		Line: 1, Column: 300, Unverified: true, Message: "an Assertion stands in Extensions, expected as a child of Response: the signed one is not the one that is read",
		Fix: "do not trust this response: it is built like an attack"}}
	return v
}

func nothingReport() *saml.Object {
	return &saml.Object{Version: 1, Profile: saml.ProfileAWS, Form: saml.FormText, Verdict: saml.Fail, At: at("11:00:00"), Findings: []saml.Finding{
		{Code: "input-empty", Severity: saml.Error, Stage: saml.StageCapture, Message: "the input is empty, a SAML response is expected", Fix: "copy the value of the form field SAMLResponse"}}}
}
