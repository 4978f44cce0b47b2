package saml_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// signAs signs the element of an ID with Entra's key of the tests.
func signAs(t *testing.T, xml, id string) string {
	t.Helper()
	key, err := samltest.CurrentKey.Signer(samltest.Entra)
	if err != nil {
		t.Fatal(err)
	}
	out, err := xmlsig.Sign([]byte(xml), id, xmlsig.SignOptions{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// idAfter gives the ID of the element that a start begins.
func idAfter(t *testing.T, xml, start string) string {
	t.Helper()
	_, tag, _ := strings.Cut(xml, start)
	_, rest, _ := strings.Cut(tag, ` ID="`)
	id, _, found := strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("no ID after %q", start)
	}
	return id
}

// TestWhatIsTrusted: a signature that holds is not enough. There is one
// assertion, no other signature of the message fails, nothing splits a value of
// what is signed, and every Signature was examined. What the message merely
// quotes, and what stands around it, speaks of something else.
func TestWhatIsTrusted(t *testing.T) {
	const empty = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>`
	bare := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	response, assertion := idAfter(t, bare, "<samlp:Response"), idAfter(t, bare, "<Assertion")
	quoted := `<Advice><Assertion ID="_q" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"><Issuer>https://other.example.com/</Issuer>` + empty + `</Assertion></Advice></Conditions>`
	advised := signAs(t, strings.Replace(bare, "</Conditions>", "</Conditions>"+strings.TrimSuffix(quoted, "</Conditions>"), 1), assertion)
	genuine, whole := signAs(t, bare, assertion), signAs(t, bare, response)
	start, end := strings.Index(bare, "<Assertion"), strings.Index(bare, "</Assertion>")+len("</Assertion>")
	second := strings.Replace(bare[start:end], assertion, "_second", 1)
	split := edit{"<Issuer xmlns", "<!-- --><Issuer xmlns", "sts.windows.net", "sts<!-- -->.windows.net"}
	enveloped := func(signatures int) string {
		return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` + genuine + `</s:Body>` + strings.Repeat(empty, signatures) + `</s:Envelope>`
	}
	for name, c := range map[string]struct {
		xml  string
		want bool
	}{
		"the assertion is signed":                               {genuine, true},
		"the response is signed":                                {whole, true},
		"a second assertion behind the signed one":              {edited(t, genuine, edit{"</Assertion>", "</Assertion>" + second}), false},
		"another Signature fails":                               {edited(t, genuine, edit{"<samlp:Status>", "<samlp:Extensions>" + empty + "</samlp:Extensions><samlp:Status>"}), false},
		"a Signature fails that is quoted as advice":            {advised, true},
		"a comment in the Issuer of a signed Response":          {edited(t, whole, split), false},
		"a comment in the Issuer of a Response beside it":       {edited(t, genuine, split), true},
		"as many Signatures as are examined, most of them SOAP": {enveloped(xmlsig.MaxSignatures - 1), true},
		"a Signature too many":                                  {enveloped(xmlsig.MaxSignatures), false},
	} {
		t.Run(name, func(t *testing.T) {
			r := saml.Check(saml.Decode([]byte(c.xml)), metadataOf(t, samltest.Login{}), saml.Options{Time: samltest.Instant().Add(time.Minute)})
			if r.Verified != c.want {
				t.Errorf("verified is %v; findings %v", r.Verified, codesOf(r.Findings))
			}
		})
	}
}

// TestQuotedSignatureIsNotJudged: an assertion that another identity provider
// issued and signed, quoted as advice, proves nothing wrong; the same Signature
// outside Advice does.
func TestQuotedSignatureIsNotJudged(t *testing.T) {
	bare := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	other := issue(t, samltest.Login{Key: samltest.AttackerKey, NameID: "admin@example.com"})
	foreign := other[strings.Index(other, "<Assertion") : strings.Index(other, "</Assertion>")+len("</Assertion>")]
	id := idAfter(t, bare, "<Assertion")
	if strings.Contains(foreign, id) { // the two are made alike, so the quoted one gets an ID of its own
		foreign = strings.ReplaceAll(foreign, id, "_quoted")
	}
	advised := signAs(t, strings.Replace(bare, "</Conditions>", "</Conditions><Advice>"+foreign+"</Advice>", 1), id)
	check := func(xml string) *saml.Report {
		return saml.Check(saml.Decode([]byte(xml)), metadataOf(t, samltest.Login{}), saml.Options{Time: samltest.Instant().Add(time.Minute)})
	}
	if r := check(advised); r.Verdict != saml.Pass || r.Assertion.NameID().Text == "admin@example.com" {
		t.Errorf("verdict %s, findings %v", r.Verdict, codesOf(r.Findings))
	}
	extended := strings.Replace(signAs(t, bare, id), "<samlp:Status>", "<samlp:Extensions>"+foreign+"</samlp:Extensions><samlp:Status>", 1)
	if r := check(extended); r.Verdict != saml.Fail || r.Verified {
		t.Errorf("in Extensions: verdict %s, findings %v", r.Verdict, codesOf(r.Findings))
	}
}

// TestWhatIsUnverified: of a verified Assertion in an unsigned Response, the
// findings before, inside and behind the Assertion.
func TestWhatIsUnverified(t *testing.T) {
	login := samltest.Login{Mutations: []string{"confirmation-notbefore"}}
	xml := edited(t, issue(t, login), edit{
		`Destination="https://signin.aws.amazon.com/saml"`, `Destination="https://signin.aws.amazon.com/saml/"`,
		"</Assertion>", "</Assertion><samlp:Extensions/>",
	})
	r := saml.Check(saml.Decode([]byte(xml)), metadataOf(t, login), saml.Options{Time: samltest.Instant().Add(time.Minute)})
	if !r.Verified {
		t.Fatalf("not verified: %v", codesOf(r.Findings))
	}
	want := map[string]bool{"destination-mismatch": true, "confirmation-notbefore": false, "order-nonstandard": true}
	for _, f := range r.Findings {
		unverified, known := want[f.Code]
		if known && f.Unverified != unverified {
			t.Errorf("%s at %s: unverified is %v", f.Code, f.Path, f.Unverified)
		}
		delete(want, f.Code)
	}
	if len(want) > 0 {
		t.Errorf("not found: %v among %v", want, codesOf(r.Findings))
	}
}

// TestSignatureAroundTheMessageIsNotJudged: WS-Security signs a SOAP envelope with
// keys of its own, in a header: it neither proves the Response nor speaks against
// it. On the Response itself the same Signature does.
func TestSignatureAroundTheMessageIsNotJudged(t *testing.T) {
	genuine := issue(t, samltest.Login{})
	other := issue(t, samltest.Login{Key: samltest.AttackerKey})
	foreign := between(t, other, "<Signature ", "</Signature>")
	reference := between(t, foreign, "<Reference ", "</Reference>")
	twice := strings.Replace(foreign, reference, reference+reference, 1)
	check := func(xml string) *saml.Report {
		return saml.Check(saml.Decode([]byte(xml)), metadataOf(t, samltest.Login{}), saml.Options{Time: samltest.Instant().Add(time.Minute)})
	}
	for _, signature := range []string{foreign, twice} {
		r := check(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><w:Security xmlns:w="urn:example:wss">` + signature + `</w:Security></s:Header><s:Body>` + genuine + `</s:Body></s:Envelope>`)
		if !r.Verified || r.Verdict != saml.Pass {
			t.Errorf("in a SOAP header: verdict %s, verified %v, findings %v", r.Verdict, r.Verified, codesOf(r.Findings))
		}
		if r := check(strings.Replace(genuine, "<samlp:Status>", signature+"<samlp:Status>", 1)); r.Verified || r.Verdict != saml.Fail {
			t.Errorf("on the Response: verdict %s, verified %v", r.Verdict, r.Verified)
		}
	}
}

// TestSignaturesThatAreNotExamined: where Signatures are left over, nothing is
// said of what has none, as it may be one of these.
func TestSignaturesThatAreNotExamined(t *testing.T) {
	const foreign = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>`
	bare := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	crowd := "<samlp:Extensions>" + strings.Repeat(foreign, xmlsig.MaxSignatures) + "</samlp:Extensions><samlp:Status>"
	crowded := strings.Replace(signAs(t, bare, idAfter(t, bare, "<Assertion")), "<samlp:Status>", crowd, 1)
	r := saml.Check(saml.Decode([]byte(crowded)), metadataOf(t, samltest.Login{}), saml.Options{Profile: saml.ProfileAWS, Time: samltest.Instant().Add(time.Minute)})
	codes := codesOf(r.Findings)
	if r.Verified || !slices.Contains(codes, "limit-exceeded") {
		t.Errorf("verified is %v; findings %v", r.Verified, codes)
	}
	for _, code := range []string{"signature-missing", "assertion-unsigned"} {
		if slices.Contains(codes, code) {
			t.Errorf("%s is said of an assertion that has a Signature; findings %v", code, codes)
		}
	}
}
