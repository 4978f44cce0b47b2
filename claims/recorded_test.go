package claims_test

import (
	"crypto"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// The answers that were recorded, and those that users and vendors quote word
// for word. The recordings are those of the source that the rules name
// (2026-09-11, us-east-1; one third party's).

func success() recordedAnswer {
	return recordedAnswer{code: "Success", audience: signInURL, subjectType: "persistent", seconds: 3600}
}

func successWith(change func(*recordedAnswer)) recordedAnswer {
	a := success()
	change(&a)
	return a
}

func atAudience(s string) recordedAnswer {
	return successWith(func(a *recordedAnswer) { a.audience = s })
}
func lasting(n int) recordedAnswer { return successWith(func(a *recordedAnswer) { a.seconds = n }) }
func ofType(s string) recordedAnswer {
	return successWith(func(a *recordedAnswer) { a.subjectType = s })
}

func refusedAs(code, message string) recordedAnswer {
	return recordedAnswer{code: code, message: message}
}

func structure() recordedAnswer {
	return refusedAs("InvalidIdentityToken", "Invalid base64 SAMLResponse")
}
func unsignedAnswer() recordedAnswer {
	return refusedAs("InvalidIdentityToken", "Response (with optional signature) must contain an assertion with a mandatory signature")
}
func badSignature() recordedAnswer {
	return refusedAs("InvalidIdentityToken", "Response signature invalid")
}
func expired() recordedAnswer { return refusedAs("ExpiredTokenException", "Response has expired") }
func denied() recordedAnswer {
	return refusedAs("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")
}

// Parts of the assertion that rows replace.
func notOnOrAfter() string { return `NotOnOrAfter="` + recordedTime(5*time.Minute) + `"` }
func conditionsTag() string {
	return `<saml:Conditions NotBefore="` + recordedTime(-time.Minute) + `" ` + notOnOrAfter() + `>`
}

func notBefore(d time.Duration) edit {
	return replacing(conditionsTag(), `<saml:Conditions NotBefore="`+recordedTime(d)+`" `+notOnOrAfter()+`>`)
}

func without(start, end string) edit {
	return func(s string) string {
		before, rest, found := strings.Cut(s, start)
		_, after, ends := strings.Cut(rest, end)
		if !found || !ends {
			panic("the assertion does not hold " + start)
		}
		return before + after
	}
}

func twice(start, end string) edit {
	return func(s string) string {
		_, rest, _ := strings.Cut(s, start)
		inner, _, found := strings.Cut(rest, end)
		if !found {
			panic("the assertion does not hold " + start)
		}
		return strings.Replace(s, start+inner+end, strings.Repeat(start+inner+end, 2), 1)
	}
}

func recipient(s string) edit {
	return replacing(`Recipient="`+signInURL+`"`, `Recipient="`+s+`"`)
}

func sessionEnd(d time.Duration) edit {
	return replacing(`<saml:AuthnStatement `, `<saml:AuthnStatement SessionNotOnOrAfter="`+recordedTime(d)+`" `)
}

const (
	providerPath = "https://us-east-1.signin.aws.amazon.com/saml/acs/SAMLSP0TESTPROVIDER0000"
	wrongPath    = "https://us-east-1.signin.aws.amazon.com/saml/acs/SAMLWRONGPROVIDER"
	unrelated    = "https://unrelated.example.test/saml"
)

// recordedResponses are the recordings of plain responses.
func recordedResponses() []recording {
	return []recording{
		{name: "assertion signed", want: success()},
		{name: "response signed", sign: "response", want: unsignedAnswer()},
		{name: "both signed", sign: "both", want: success()},
		{name: "unsigned", sign: "none", want: unsignedAnswer()},
		{name: "subject changed after signing", after: []edit{replacing("subject-123", "subject-999")}, want: badSignature()},
		{name: "other audience", edits: []edit{replacing("urn:amazon:webservices", "urn:unrelated:application")}, want: success()},
		{name: "no audience restriction", edits: []edit{without("<saml:AudienceRestriction>", "</saml:AudienceRestriction>")}, want: success()},
		{name: "no conditions", edits: []edit{without("<saml:Conditions", "</saml:Conditions>")}, want: structure()},
		{name: "other recipient", edits: []edit{recipient(unrelated)}, want: atAudience(unrelated)},
		{name: "recipient with the provider's ID", edits: []edit{recipient(providerPath)}, want: atAudience(providerPath)},
		{name: "recipient that is no URL", edits: []edit{recipient("not-a-url")}, want: atAudience("not-a-url")},
		{name: "no recipient", edits: []edit{replacing(` Recipient="`+signInURL+`"`, "")}, want: structure()},
		{name: "no expiry of the confirmation", edits: []edit{replacing(signInURL+`" `+notOnOrAfter(), signInURL+`"`)}, want: structure()},
		{name: "conditions expired", edits: []edit{replacing(conditionsTag(), strings.Replace(conditionsTag(), notOnOrAfter(), `NotOnOrAfter="`+recordedTime(-time.Minute)+`"`, 1))}, want: expired()},
		{name: "confirmation expired", edits: []edit{replacing(signInURL+`" `+notOnOrAfter(), signInURL+`" NotOnOrAfter="`+recordedTime(-time.Minute)+`"`)}, want: expired()},
		{name: "session expired", edits: []edit{sessionEnd(-time.Minute)}, want: expired()},
		{name: "conditions from 60 s on", edits: []edit{notBefore(time.Minute)}, want: success()},
		{name: "conditions from 240 s on", edits: []edit{notBefore(4 * time.Minute)}, want: success()},
		{name: "conditions from 360 s on", edits: []edit{notBefore(6 * time.Minute)}, want: success()},
		{name: "conditions from 24 h on", edits: []edit{notBefore(24 * time.Hour)}, want: success()},
		{name: "NotBefore that is no time", edits: []edit{replacing(`NotBefore="`+recordedTime(-time.Minute)+`"`, `NotBefore="invalid"`)}, want: structure()},
		{name: "confirmation from 24 h on", edits: []edit{replacing("<saml:SubjectConfirmationData ", `<saml:SubjectConfirmationData NotBefore="`+recordedTime(24*time.Hour)+`" `)}, want: success()},
		{name: "no expiry of the conditions", edits: []edit{replacing(conditionsTag(), strings.Replace(conditionsTag(), " "+notOnOrAfter(), "", 1))}, want: success()},
		{name: "no authentication statement", edits: []edit{without("<saml:AuthnStatement", "</saml:AuthnStatement>")}, want: structure()},
		{name: "session ends in 10 minutes", edits: []edit{sessionEnd(10 * time.Minute)}, later: 2 * time.Second, want: lasting(598)},
		{name: "SessionDuration 900", edits: []edit{withAttribute("SessionDuration", "900")}, want: lasting(900)},
		{name: "SessionDuration 7200", edits: []edit{withAttribute("SessionDuration", "7200")}, want: lasting(3600)},
		{name: "DurationSeconds 7200", duration: 7200, policy: trustPolicy(""), want: lasting(7200)},
		{name: "provider before role", edits: []edit{replacing(recordedRole+","+recordedProvider, recordedProvider+","+recordedRole)}, want: success()},
		{name: "another role", edits: []edit{replacing(recordedRole+",", "arn:aws:iam::123456789012:role/other,")}, want: refusedAs("InvalidIdentityToken", "SAML Assertion doesn't contain the requested Role and Metadata in the attributes")},
		{name: "NameID of format emailAddress", edits: []edit{nameFormat("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")}, want: ofType("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")},
		{name: "NameID of another format", edits: []edit{nameFormat("custom-format")}, want: ofType("custom-format")},
		{name: "NameID without format", edits: []edit{replacing(` Format="`+persistent+`"`, "")}, want: structure()},
		{name: "source identity and tags", policy: trustPolicy(""), edits: []edit{withAttribute("SourceIdentity", "source-123"), withAttribute("PrincipalTag:team", "engineering"), withAttribute("TransitiveTagKeys", "team")}, want: successWith(func(a *recordedAnswer) { a.sourceIdentity = "source-123" })},
		{name: "two confirmations", edits: []edit{twice("<saml:SubjectConfirmation ", "</saml:SubjectConfirmation>")}, want: structure()},
		{name: "one-time use", edits: []edit{replacing("</saml:Conditions>", "<saml:OneTimeUse/></saml:Conditions>")}, want: success()},
		{name: "proxy restriction", edits: []edit{replacing("</saml:Conditions>", `<saml:ProxyRestriction Count="0"/></saml:Conditions>`)}, want: success()},
		{name: "another issuer of the Response", issuer: "https://other.example.test", want: success()},
		{name: "Response with another SignatureValue", sign: "both", after: []edit{otherSignatureValue}, want: badSignature()},
	}
}

const persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"

func nameFormat(f string) edit { return replacing(persistent, f) }

// otherSignatureValue puts zeroes in the place of the first SignatureValue,
// which is that of the Response.
func otherSignatureValue(s string) string {
	before, rest, _ := strings.Cut(s, "SignatureValue>")
	_, after, found := strings.Cut(rest, "</")
	if !found {
		panic("there is no SignatureValue")
	}
	return before + "SignatureValue>" + strings.Repeat("A", 342) + "==</" + after
}

// recordedEncryptions are the recordings of encrypted assertions.
func recordedEncryptions() []recording {
	oaep := func(size int, gcm bool, digest, mgf crypto.Hash, legacy bool) *recordedEncryption {
		return &recordedEncryption{size: size, gcm: gcm, digest: digest, mgf: mgf, legacy: legacy}
	}
	usual := oaep(16, false, crypto.SHA1, crypto.SHA1, true)
	return []recording{
		{name: "AES-128-CBC", encrypt: usual, want: success()},
		{name: "AES-256-CBC", encrypt: oaep(32, false, crypto.SHA1, crypto.SHA1, true), want: success()},
		{name: "AES-128-GCM", encrypt: oaep(16, true, crypto.SHA1, crypto.SHA1, true), want: success()},
		{name: "AES-256-GCM", encrypt: oaep(32, true, crypto.SHA1, crypto.SHA1, true), want: success()},
		{name: "OAEP with SHA-256 and MGF1 of SHA-1", encrypt: oaep(16, false, crypto.SHA256, crypto.SHA1, true), want: success()},
		{name: "OAEP with SHA-256 and MGF1 of SHA-256", encrypt: oaep(16, false, crypto.SHA256, crypto.SHA256, false), want: success()},
		{name: "required, with the provider's ID", provider: "Required", encrypt: usual, edits: []edit{recipient(providerPath)}, want: atAudience(providerPath)},
		{name: "required, plain", provider: "Required", want: structure()},
		{name: "required, with the plain URL", provider: "Required", encrypt: usual, want: success()},
		{name: "required, with another ID", provider: "Required", encrypt: usual, edits: []edit{recipient(wrongPath)}, want: atAudience(wrongPath)},
	}
}

// trustPolicy gives a policy that lets the provider's users in, with a
// condition.
func trustPolicy(condition string) string {
	return trustOf(fmt.Sprintf(`{"Federated":%q}`, recordedProvider), condition)
}

func trustOf(principal, condition string) string {
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal + `,"Action":["sts:AssumeRoleWithSAML","sts:TagSession","sts:SetSourceIdentity"]` + condition + `}]}`
}

// recordedTrust are the recordings of trust policies.
func recordedTrust() []recording {
	out := []recording{
		{name: "the provider as principal", policy: trustPolicy(""), want: success()},
		{name: `principal {"AWS":"*"}`, policy: trustOf(`{"AWS":"*"}`, ""), want: denied()},
		{name: "provider made anew, its key", key: samltest.NextKey, holds: samltest.NextKey, policy: trustPolicy(""), want: success()},
		{name: "provider made anew, the old key", holds: samltest.NextKey, policy: trustPolicy(""), want: badSignature()},
	}
	add := func(operator, key, value string, allowed bool) {
		r := recording{name: fmt.Sprintf("%s %s %s", operator, key, value), policy: trustPolicy(fmt.Sprintf(`{%q:{%q:%q}}`, operator, key, value)), want: denied()}
		if allowed {
			r.want = success()
		}
		out = append(out, r)
	}
	for key, present := range map[string]bool{"aws:PrincipalAccount": true, "aws:PrincipalArn": false, "aws:PrincipalType": true, "aws:userid": true} {
		add("Null", key, "true", !present)
		add("Null", key, "false", present)
	}
	add("StringEquals", "aws:PrincipalAccount", "123456789012", true)
	add("StringEquals", "aws:PrincipalAccount", "anonymous", false)
	add("StringEquals", "aws:PrincipalArn", recordedProvider, false)
	for _, kind := range []string{"Federated", "Anonymous", "SAMLUser", "WebIdentityUser", "FederatedUser", "AssumedRole", "Role", "User"} {
		add("StringEquals", "aws:PrincipalType", kind, kind == "User")
	}
	sum := sha1.Sum([]byte(recordedIssuer + "123456789012" + "/" + "saml-test"))
	qualifier := base64.StdEncoding.EncodeToString(sum[:])
	for _, id := range []string{qualifier + ":subject-123", recordedProvider + ":subject-123", "saml-test:subject-123", "subject-123", "",
		"123456789012", "AIDAEXAMPLE", "SAMLSP0TESTPROVIDER0000", qualifier} {
		add("StringEquals", "aws:userid", id, false)
	}
	add("StringEquals", "aws:userid", recordedProvider, true)
	for pattern, allowed := range map[string]bool{"*:*": true, "?*": true, "*subject-123*": false, "AROA*:saml-session": false, "AIDA*": false} {
		add("StringLike", "aws:userid", pattern, allowed)
	}
	return out
}

// TestRecordedAnswers holds the prediction against every answer of STS that is
// on record: code, message, audience, subject and seconds.
func TestRecordedAnswers(t *testing.T) {
	rows, agree := 0, 0
	for _, group := range []struct {
		name string
		rows []recording
	}{{"response", recordedResponses()}, {"encryption", recordedEncryptions()}, {"trust", recordedTrust()}} {
		for _, r := range group.rows {
			rows++
			if t.Run(group.name+"/"+r.name, func(t *testing.T) { r.compare(t) }) {
				agree++
			}
		}
	}
	t.Logf("%d of %d recorded answers agree", agree, rows)
	if rows < 80 {
		t.Errorf("only %d recordings were held against", rows)
	}
}

func (r recording) compare(t *testing.T) {
	report := r.check(t)
	got, want := report.AWS.STS, r.want
	if got.Code != want.code || got.Message != want.message {
		t.Errorf("AWS answered %s %q, foretold is %s %q (%s)", want.code, want.message, got.Code, got.Message, got.Reason)
		for _, f := range report.Findings {
			t.Logf("%s %s: %s", f.Severity, f.Code, f.Message)
		}
	}
	if want.code != claims.Success {
		return
	}
	if got.Audience != want.audience || got.Subject != "subject-123" || got.SubjectType != want.subjectType || got.SourceIdentity != want.sourceIdentity {
		t.Errorf("AWS returned %+v, foretold is %+v", want, got)
	}
	if got.SessionSeconds != want.seconds {
		t.Errorf("the session had %d seconds, foretold are %d", want.seconds, got.SessionSeconds)
	}
	if got.Basis != saml.Observed {
		t.Errorf("the answer is on record, its basis is given as %s", got.Basis)
	}
}

// A finding stands where STS accepts: both are said.
func TestFindingsBesideSuccess(t *testing.T) {
	codes := map[string]string{
		"other audience": "audience-mismatch", "no audience restriction": "audience-missing", "other recipient": "recipient-mismatch",
		"conditions from 24 h on": "assertion-early", "recipient that is no URL": "recipient-mismatch",
	}
	for _, r := range recordedResponses() {
		code, ok := codes[r.name]
		if !ok {
			continue
		}
		delete(codes, r.name)
		report := r.check(t)
		if report.Verdict != saml.Fail || report.AWS.STS.Code != claims.Success || report.AWS.Console.Code != claims.Undetermined {
			t.Errorf("%s: verdict %s, STS %s, console %s", r.name, report.Verdict, report.AWS.STS.Code, report.AWS.Console.Code)
		}
		for _, f := range report.Findings {
			if f.Code == code && (len(f.AWS) != 1 || f.AWS[0].Code != claims.Success || f.AWS[0].Basis != saml.Observed) {
				t.Errorf("%s: the finding %s says of AWS %v", r.name, code, f.AWS)
			}
		}
	}
	if len(codes) > 0 {
		t.Errorf("there are no rows %v", codes)
	}
}
