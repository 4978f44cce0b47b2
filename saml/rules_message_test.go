package saml_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// An edit replaces text in a response; a nil edit leaves it as it is.
type edit []string

func edited(t *testing.T, xml string, e edit) string {
	t.Helper()
	for i := 0; i+1 < len(e); i += 2 {
		if !strings.Contains(xml, e[i]) {
			t.Fatalf("the response does not hold %q", e[i])
		}
		xml = strings.Replace(xml, e[i], e[i+1], 1)
	}
	return xml
}

func issue(t *testing.T, login samltest.Login) string {
	t.Helper()
	r, err := login.Response()
	if err != nil {
		t.Fatal(err)
	}
	return string(r)
}

func metadataOf(t *testing.T, login samltest.Login) *saml.Metadata {
	t.Helper()
	xml, err := login.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	m, err := saml.ParseMetadata(xml)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// codesOf gives code and severity of each finding, as "code" for an error,
// "code:warning" and "code:info".
func codesOf(findings []saml.Finding) []string {
	var out []string
	for _, f := range findings {
		if f.Severity == saml.Error {
			out = append(out, f.Code)
			continue
		}
		out = append(out, f.Code+":"+string(f.Severity))
	}
	return out
}

const (
	statusOK    = `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>`
	issuerText  = `https://sts.windows.net/`
	assertionNS = `xmlns="urn:oasis:names:tc:SAML:2.0:assertion"`
)

// messageCases are the rules on the message: what yields a finding and what
// comes near and does not. The edits work on the response of an Entra login.
var messageCases = []struct {
	want    string
	login   samltest.Login
	options saml.Options
	yields  edit
	near    edit
}{
	{want: "version-unsupported", yields: edit{`Version="2.0" IssueInstant`, `Version="1.1" IssueInstant`}, near: edit{`Version="2.0"`, `Version='2.0'`}},
	{want: "status-not-success", yields: edit{`status:Success"/>`, `status:Responder"/>`}, near: edit{`status:Success"/>`, `status:Success"></samlp:StatusCode>`}},
	{want: "status-not-success", yields: edit{statusOK, ``}, near: edit{statusOK, strings.Replace(statusOK, "</samlp:Status>", "<samlp:StatusMessage>AADSTS50105</samlp:StatusMessage></samlp:Status>", 1)}},
	{want: "assertion-missing", yields: edit{`<Assertion `, `<samlp:Wrapper><Assertion `, `</Assertion>`, `</Assertion></samlp:Wrapper>`}, near: nil},
	{want: "assertion-missing", yields: edit{`<Assertion `, `<Assertion2 `, `</Assertion>`, `</Assertion2>`},
		near: edit{`status:Success"/>`, `status:Responder"/>`, `<Assertion `, `<Assertion2 `, `</Assertion>`, `</Assertion2>`}},
	{want: "assertion-multiple", yields: edit{`</Assertion>`, `</Assertion><Assertion ` + assertionNS + ` ID="_b" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"><Issuer>x</Issuer></Assertion>`}, near: nil},
	{want: "assertion-multiple", yields: edit{`</Assertion>`, `</Assertion><EncryptedAssertion ` + assertionNS + `/>`},
		near: edit{`</Subject>`, `</Subject><Advice><Assertion/></Advice>`}},
	{want: "assertion-misplaced", yields: edit{statusOK, `<samlp:Extensions><Assertion ` + assertionNS + `/></samlp:Extensions>` + statusOK}, near: nil},
	{want: "assertion-misplaced:warning", yields: edit{`</Conditions>`, `</Conditions><Advice><Assertion/></Advice>`}, near: edit{`</Conditions>`, `</Conditions><Advice/>`}},
	{want: "element-repeated", yields: edit{statusOK, statusOK + statusOK}, near: edit{`</AttributeStatement>`, `</AttributeStatement><AttributeStatement><Attribute Name="x"/></AttributeStatement>`}},
	{want: "element-repeated", yields: edit{`<Subject>`, `<Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">a</NameID>`}, near: nil},
	{want: "element-repeated", yields: edit{`status:Success"/>`, `status:Success"><samlp:StatusCode Value="a"/><samlp:StatusCode Value="b"/></samlp:StatusCode>`},
		near: edit{`status:Success"/>`, `status:Success"><samlp:StatusCode Value="a"/></samlp:StatusCode>`}},
	{want: "element-foreign:warning", yields: edit{statusOK, statusOK + `<x:Assertion xmlns:x="urn:x"/>`}, near: edit{statusOK, statusOK + `<x:Thing xmlns:x="urn:x"/>`}},
	{want: "element-foreign:warning", yields: edit{`<Conditions `, `<Conditions xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" a:NotBefore="x" `}, near: edit{`<Conditions `, `<Conditions xml:lang="en" `}},
	{want: "attribute-required-missing", yields: edit{` Version="2.0"`, ``}, near: edit{` Version="2.0"`, ` Version=""`}},
	{want: "attribute-required-missing", yields: edit{`Value="urn:oasis:names:tc:SAML:2.0:status:Success"`, ``}, near: edit{`<Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"`, `<Attribute`}},
	{want: "schema-violation:warning", yields: edit{`<Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"`, `<Attribute`},
		near: edit{`<Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"`, `<Attribute xmlns:o="urn:o" o:Name2="x" Name="http://schemas.microsoft.com/identity/claims/tenantid"`}},
	{want: "schema-violation:warning", yields: edit{`</AttributeStatement>`, `</AttributeStatement><AttributeStatement/>`}, near: nil},
	{want: "schema-violation:warning", yields: edit{`<AuthnContext>`, `<Other>`, `</AuthnContext>`, `</Other>`}, near: nil},
	{want: "schema-violation:warning", yields: edit{`<Conditions `, `<Conditions Colour="red" `},
		near: edit{`<Conditions `, `<Conditions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x" `}},
	{want: "schema-violation:warning", yields: edit{`<Conditions `, `<Conditions xml:lang="en" `}, near: edit{`<Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"`, `<Attribute xml:lang="en" Name="http://schemas.microsoft.com/identity/claims/tenantid"`}},
	{want: "schema-violation:warning", yields: edit{`<AudienceRestriction>`, `<AudienceRestriction/><AudienceRestriction>`}, near: nil},
	{want: "order-nonstandard:warning", yields: edit{statusOK, ``, `</Assertion>`, `</Assertion>` + statusOK}, near: nil},
	{want: "issuer-missing", yields: edit{`<Issuer>`, `<Issuer2>`, `</Issuer><Sig`, `</Issuer2><Sig`}, near: edit{`<Issuer xmlns`, `<Issuer2 xmlns`, `</Issuer>`, `</Issuer2>`}},
	{want: "issuer-missing", yields: edit{`<Issuer>` + issuerText, `<Issuer> </Issuer><Issuer>`}, near: nil},
	{want: "issuer-format", yields: edit{`<Issuer>`, `<Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">`}, near: edit{`<Issuer>`, `<Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">`}},
	{want: "issuer-format:warning", options: saml.Options{Profile: saml.ProfileAWS}, yields: edit{`<Issuer>`, `<Issuer Format="x">`}, near: nil},
	{want: "response-issuer-missing", login: samltest.Login{Sign: samltest.SignResponse}, yields: edit{`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">`, `<Issuer2>`, `</Issuer>`, `</Issuer2>`}, near: nil},
	{want: "response-issuer-missing", yields: edit{`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">`, `<I>`, `</Issuer>`, `</I>`, `</Assertion>`, `</Assertion><EncryptedAssertion ` + assertionNS + `/>`},
		near: edit{`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">`, `<I>`, `</Issuer>`, `</I>`}},
	{want: "response-issuer-mismatch", yields: edit{issuerText, `https://sts.windows.example/`}, near: nil},
	{want: "response-issuer-mismatch:warning", options: saml.Options{Profile: saml.ProfileAWS}, yields: edit{issuerText, `https://sts.windows.example/`}, near: nil},
	{want: "destination-mismatch:warning", yields: edit{`Destination="https://signin.aws.amazon.com/saml"`, `Destination="https://signin.aws.amazon.com/saml/"`}, near: nil},
	{want: "destination-mismatch", options: saml.Options{Recipients: []string{"https://*.aws.amazon.com/saml"}},
		yields: edit{`Destination="https://signin.aws.amazon.com/saml"`, `Destination="http://signin.aws.amazon.com/saml"`}, near: nil},
	{want: "destination-missing", login: samltest.Login{Sign: samltest.SignResponse}, yields: edit{` Destination="https://signin.aws.amazon.com/saml"`, ``}, near: nil},
	{want: "request-unexpected:info", login: samltest.Login{InResponseTo: "_req"}, yields: edit{`Version`, `Version`}, near: edit{` InResponseTo="_req"`, ``, ` InResponseTo="_req"`, ``}},
	{want: "request-unexpected:warning", login: samltest.Login{InResponseTo: "_req"}, yields: edit{` InResponseTo="_req"`, ``}, near: nil},
	{want: "request-unexpected", login: samltest.Login{InResponseTo: "_req"}, yields: edit{`InResponseTo="_req"`, `InResponseTo="_other"`}, near: nil},
	{want: "request-unexpected", login: samltest.Login{InResponseTo: "_req"}, yields: edit{`InResponseTo="_req"`, `InResponseTo=""`}, near: nil},
	{want: "request-unexpected", login: samltest.Login{InResponseTo: "_req"}, options: saml.Options{RequestID: "_req"},
		yields: edit{`InResponseTo="_req"`, `InResponseTo="_other"`, `InResponseTo="_req"`, `InResponseTo="_other"`}, near: nil},
	{want: "request-unexpected", options: saml.Options{RequestID: "_req"}, yields: edit{`Version`, `Version`}, near: edit{`Version`, `InResponseTo="_req" Version`, `<SubjectConfirmationData `, `<SubjectConfirmationData InResponseTo="_req" `}},
	{want: "nameid-encrypted:warning", yields: edit{`<Subject>`, `<Subject><EncryptedID><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"/></EncryptedID>`}, near: nil},
	{want: "attribute-encrypted:warning", yields: edit{`<AttributeStatement>`, `<AttributeStatement><EncryptedAttribute/>`}, near: nil},
	{want: "algorithm-weak:warning", yields: edit{`<Subject>`, `<Subject><EncryptedID><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></EncryptedID>`},
		near: edit{`<Subject>`, `<Subject><EncryptedID><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/></EncryptedData></EncryptedID>`}},
}

func TestMessageRules(t *testing.T) {
	for _, c := range messageCases {
		t.Run(c.want, func(t *testing.T) {
			xml := issue(t, c.login)
			check := func(xml string) []string {
				c.options.Time = samltest.Instant().Add(time.Minute)
				return codesOf(saml.Check(saml.Decode([]byte(xml)), nil, c.options).Findings)
			}
			if got := check(edited(t, xml, c.yields)); !slices.Contains(got, c.want) {
				t.Errorf("%q gives %v", c.yields, got)
			}
			if c.near == nil && slices.Contains(check(xml), c.want) && c.login.InResponseTo == "" {
				t.Errorf("the response as issued gives %s", c.want)
			}
			if c.near != nil {
				if got := check(edited(t, xml, c.near)); slices.Contains(got, c.want) {
					t.Errorf("the near miss %q gives %v", c.near, got)
				}
			}
		})
	}
}

// An attribute that looks like an ID has a rule of its own.
func TestMisplacedIDIsSaidOnce(t *testing.T) {
	for _, id := range []string{`Id="_b"`, `id="_b"`, `xml:id="_b"`, `xmlns:s="` + strings.TrimSuffix(strings.TrimPrefix(assertionNS, `xmlns="`), `"`) + `" s:ID="_b"`} {
		xml := edited(t, issue(t, samltest.Login{}), edit{`<Assertion `, `<Assertion ` + id + ` `})
		got := codesOf(saml.Check(saml.Decode([]byte(xml)), nil, saml.Options{Time: samltest.Instant()}).Findings)
		if want := []string{"id-misplaced", "metadata-missing", "digest-mismatch"}; !slices.Equal(got, want) {
			t.Errorf("%s gives %v, want %v", id, got, want)
		}
	}
	xml := edited(t, issue(t, samltest.Login{}), edit{`<Subject>`, `<Subject ID="_b">`})
	if got := codesOf(saml.Check(saml.Decode([]byte(xml)), nil, saml.Options{Time: samltest.Instant()}).Findings); !slices.Contains(got, "schema-violation:warning") {
		t.Errorf("an ID where the schema knows none gives %v", got)
	}
}

func TestIssuerMismatchTellsTheDifference(t *testing.T) {
	login := samltest.Login{}
	xml := issue(t, login)
	metadata := metadataOf(t, login)
	for _, c := range []struct{ edit, word string }{
		{"0a001/</Issuer>\x000a001</Issuer>", "slash"},
		{"sts.windows.net\x00sts.windows.example", "host"},
	} {
		from, to, _ := strings.Cut(c.edit, "\x00")
		report := saml.Check(saml.Decode([]byte(strings.ReplaceAll(xml, from, to))), metadata, saml.Options{Time: samltest.Instant()})
		var found bool
		for _, f := range report.Findings {
			if f.Code == "issuer-mismatch" {
				found = strings.Contains(f.Message, c.word)
				if !found {
					t.Errorf("issuer-mismatch does not name the kind of difference %q: %s", c.word, f.Message)
				}
			}
		}
		if !found {
			t.Errorf("no issuer-mismatch with %q: %v", c.word, codesOf(report.Findings))
		}
		if report.Verified {
			t.Error("an edited response is verified")
		}
	}
	if got := codesOf(saml.Check(saml.Decode([]byte(xml)), metadata, saml.Options{Time: samltest.Instant()}).Findings); slices.Contains(got, "issuer-mismatch") {
		t.Errorf("the response as issued gives %v", got)
	}
}

// An assertion that is hidden elsewhere than in the Advice of an assertion is an
// error, also where the wrapper has that name, and however many stand before it
// where they may.
func TestHiddenAssertionIsAnError(t *testing.T) {
	login := samltest.Login{Sign: samltest.SignAssertion}
	response, metadata := issue(t, login), metadataOf(t, login)
	const hidden = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"/>`
	advice := func(n int) string {
		return `<saml:Advice xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">` + strings.Repeat(hidden, n) + `</saml:Advice>`
	}
	wrapped := func(content string) string { return "<samlp:Extensions>" + content + "</samlp:Extensions>" }
	for name, c := range map[string]struct {
		e        edit
		verified bool
	}{
		"in Extensions":           {edit{"<samlp:Status>", wrapped(hidden) + "<samlp:Status>"}, true},
		"in an Advice of nothing": {edit{"<samlp:Status>", wrapped(advice(1)) + "<samlp:Status>"}, true},
		"behind many":             {edit{"</Assertion>", advice(60) + "</Assertion>" + wrapped(hidden)}, false},
	} {
		report := saml.Check(saml.Decode([]byte(edited(t, response, c.e))), metadata, saml.Options{Time: samltest.Instant()})
		if report.Verified != c.verified || report.Verdict != saml.Fail || !slices.Contains(codesOf(report.Findings), "assertion-misplaced") {
			t.Errorf("%s: verified %t, verdict %s, %v", name, report.Verified, report.Verdict, codesOf(report.Findings))
		}
	}
}

// What stands in the Signature itself is covered by nothing.
func TestFindingInsideTheSignatureIsUnverified(t *testing.T) {
	login := samltest.Login{Sign: samltest.SignAssertion}
	xml := edited(t, issue(t, login), edit{"</KeyInfo>", `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/></KeyInfo>`})
	report := saml.Check(saml.Decode([]byte(xml)), metadataOf(t, login), saml.Options{Time: samltest.Instant()})
	i := slices.IndexFunc(report.Findings, func(f saml.Finding) bool { return f.Code == "assertion-misplaced" })
	if !report.Verified || i < 0 || !report.Findings[i].Unverified {
		t.Errorf("verified %t, %+v", report.Verified, report.Findings)
	}
}

// TestCutDeflateIsOneCut: where compressed data stops early, bits that are left
// over in its base64 are the cut's.
func TestCutDeflateIsOneCut(t *testing.T) {
	r, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := r.Deflated()
	if err != nil {
		t.Fatal(err)
	}
	for cut := 200; cut < 204; cut++ {
		got := codesOf(saml.Check(saml.Decode([]byte(whole[:len(whole)-cut])), nil, saml.Options{}).Findings)
		if !slices.Contains(got, "capture-truncated") || slices.Contains(got, "base64-malformed") {
			t.Errorf("%d characters cut off: %v", cut, got)
		}
	}
}
