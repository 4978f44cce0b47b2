package saml_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

func mutated(names ...string) samltest.Login { return samltest.Login{Mutations: names} }

// signatureCases are the rules on signatures: what yields a finding, and the
// login beside it that does not. The metadata is that of the login's product.
var signatureCases = []struct {
	want    string
	yields  samltest.Login
	near    samltest.Login
	options saml.Options
}{
	{want: "signature-missing", yields: mutated("signature-stripped")},
	{want: "assertion-unsigned", options: saml.Options{Profile: saml.ProfileAWS},
		yields: samltest.Login{Sign: samltest.SignResponse}, near: samltest.Login{Sign: samltest.SignBoth}},
	{want: "digest-mismatch", yields: mutated("nameid-edited"), near: mutated("destination-edited")},
	{want: "digest-mismatch", yields: mutated("role-edited"), near: mutated("comment-inserted")},
	{want: "signature-mismatch", yields: mutated("signature-value-edited"), near: mutated("nameid-edited")},
	{want: "signature-mismatch", yields: mutated("pretty-printed"), near: mutated("comment-inserted")},
	{want: "signature-mismatch", yields: mutated("digest-recomputed"), near: mutated("attacker-key")},
	{want: "signature-key-unknown", yields: mutated("attacker-key"), near: mutated("keyinfo-other")},
	{want: "signature-key-unknown", yields: samltest.Login{Key: samltest.NextKey}, near: samltest.Login{Key: samltest.ReissuedKey}},
	{want: "response-signature-broken", yields: samltest.Login{Sign: samltest.SignBoth, Mutations: []string{"destination-edited"}},
		near: samltest.Login{Sign: samltest.SignBoth, Mutations: []string{"nameid-edited"}}},
	{want: "signature-misplaced:warning", yields: mutated("signature-moved")},
	{want: "signature-multiple", yields: mutated("signature-twice"), near: samltest.Login{Sign: samltest.SignBoth}},
	{want: "signature-malformed", yields: mutated("signature-object"), near: mutated("keyinfo-dropped")},
	{want: "signature-malformed", yields: mutated("signed-info-twice")},
	{want: "reference-mismatch", yields: mutated("reference-empty")},
	{want: "reference-mismatch", yields: mutated("reference-other")},
	{want: "reference-external", yields: mutated("reference-external"), near: mutated("reference-other")},
	{want: "reference-multiple", yields: mutated("reference-twice")},
	{want: "transform-unsupported", yields: mutated("transform-xslt")},
	{want: "algorithm-unsupported", yields: mutated("algorithm-hmac")},
	{want: "algorithm-unsupported", yields: mutated("algorithm-none"), near: samltest.Login{Algorithm: samltest.RSASHA1}},
	{want: "algorithm-weak:warning", yields: samltest.Login{Algorithm: samltest.RSASHA1}},
	{want: "certificate-reissued:info", yields: samltest.Login{Key: samltest.ReissuedKey}, near: samltest.Login{Key: samltest.NextKey}},
	{want: "keyinfo-mismatch:info", yields: mutated("keyinfo-other"), near: mutated("keyinfo-dropped")},
	{want: "witness-unavailable:info", yields: samltest.Login{Product: samltest.Keycloak, Algorithm: samltest.ECDSASHA256, Key: samltest.CurrentKey}},
}

func TestSignatureRules(t *testing.T) {
	for _, c := range signatureCases {
		t.Run(c.want, func(t *testing.T) {
			c.options.Time = samltest.Instant().Add(time.Minute)
			check := func(l samltest.Login) *saml.Report {
				return saml.Check(saml.Decode([]byte(issue(t, l))), keysFor(t, l), c.options)
			}
			report := check(c.yields)
			if got := codesOf(report.Findings); !slices.Contains(got, c.want) {
				t.Errorf("%+v gives %v", c.yields, got)
			}
			if isError := !strings.Contains(c.want, ":"); report.Verified && isError && c.want != "assertion-unsigned" {
				t.Errorf("%+v is verified", c.yields)
			}
			if got := codesOf(check(c.near).Findings); slices.Contains(got, c.want) {
				t.Errorf("the near miss %+v gives %v", c.near, got)
			}
		})
	}
}

// TestSignatureBelowItsPlace: a sound Signature that was moved deep into what
// it signs is one fault, not three; one that refers elsewhere proves nothing of
// what is read.
func TestSignatureBelowItsPlace(t *testing.T) {
	xml := issue(t, samltest.Login{})
	start, end := strings.Index(xml, "<Signature "), strings.Index(xml, "</Signature>")+len("</Signature>")
	signature := xml[start:end]
	moved := strings.Replace(xml[:start]+xml[end:], "<SubjectConfirmation ", signature+"<SubjectConfirmation ", 1)
	check := func(xml string) []string {
		r := saml.Check(saml.Decode([]byte(xml)), metadataOf(t, samltest.Login{}), saml.Options{Time: samltest.Instant().Add(time.Minute)})
		if r.Verified || r.Verdict != saml.Fail {
			t.Errorf("verified %v, verdict %s", r.Verified, r.Verdict)
		}
		var out []string
		for _, f := range r.Findings {
			if f.Stage == saml.StageSignature {
				out = append(out, f.Code)
			}
		}
		return out
	}
	if got := check(moved); !slices.Equal(got, []string{"signature-misplaced"}) {
		t.Errorf("moved into Subject: %v", got)
	}
	if got := check(strings.Replace(moved, `<Reference URI="#`, `<Reference URI="#other`, 1)); !slices.Contains(got, "signature-missing") {
		t.Errorf("moved and referring elsewhere: %v", got)
	}
}

// keysFor gives the metadata of the login's product, with the EC key where the
// login signs with it.
func keysFor(t *testing.T, l samltest.Login) *saml.Metadata {
	t.Helper()
	if l.Algorithm != samltest.ECDSASHA256 {
		return metadataOf(t, l)
	}
	xml, err := samltest.Metadata{Product: l.Product, Keys: []samltest.Key{samltest.CurrentKey, samltest.ECKey}}.XML()
	if err != nil {
		t.Fatal(err)
	}
	m, err := saml.ParseMetadata(xml)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestVerdicts is the table of design: what is proved wrong, what is neither,
// what passes.
func TestVerdicts(t *testing.T) {
	at := samltest.Instant().Add(time.Minute)
	entra := metadataOf(t, samltest.Login{})
	okta := metadataOf(t, samltest.Login{Product: samltest.Okta})
	aws := saml.ProfileAWS
	for _, c := range []struct {
		name     string
		capture  []byte
		login    samltest.Login
		metadata *saml.Metadata
		options  saml.Options
		want     saml.Verdict
		verified bool
	}{
		{name: "good", metadata: entra, want: saml.Pass, verified: true},
		{name: "good without the witness", metadata: entra, options: saml.Options{SkipWitness: true}, want: saml.Pass, verified: true},
		{name: "Response signed", login: samltest.Login{Sign: samltest.SignResponse}, metadata: entra, want: saml.Pass, verified: true},
		{name: "Response signed, for AWS", login: samltest.Login{Sign: samltest.SignResponse}, metadata: entra, options: saml.Options{Profile: aws}, want: saml.Fail, verified: true},
		{name: "ignored error of a verified message", metadata: entra, login: mutated("conditions-missing"), options: saml.Options{Ignore: []string{"conditions-missing", "audience-missing"}}, want: saml.Pass, verified: true},
		{name: "ignoring proves nothing", metadata: entra, login: mutated("nameid-edited"), options: saml.Options{Ignore: []string{"digest-mismatch"}}, want: saml.Fail},
		{name: "no metadata", want: saml.Unverified},
		{name: "no metadata and expired", options: saml.Options{Time: at.Add(24 * time.Hour)}, want: saml.Unverified},
		{name: "no metadata and edited", login: mutated("nameid-edited"), want: saml.Fail},
		{name: "no metadata and unsigned", login: mutated("signature-stripped"), want: saml.Fail},
		{name: "another entity's metadata", metadata: okta, want: saml.Unverified},
		{name: "expired", metadata: entra, options: saml.Options{Time: at.Add(24 * time.Hour)}, want: saml.Fail, verified: true},
		{name: "edited", login: mutated("nameid-edited"), metadata: entra, want: saml.Fail},
		{name: "attacker's key", login: mutated("attacker-key"), metadata: entra, want: saml.Fail},
		{name: "broken second signature", login: samltest.Login{Sign: samltest.SignBoth, Mutations: []string{"destination-edited"}}, metadata: entra, want: saml.Fail},
		{name: "HMAC", login: mutated("algorithm-hmac"), metadata: entra, want: saml.Unverified},
		{name: "two assertions", login: mutated("wrapping-3"), metadata: entra, want: saml.Fail},
		{name: "comment in NameID", login: mutated("comment-inserted"), metadata: entra, want: saml.Fail},
		{name: "not XML", capture: []byte("<a"), metadata: entra, want: saml.Fail},
		{name: "empty", capture: []byte("  "), metadata: entra, want: saml.Fail},
		{name: "a request", capture: []byte(`<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"/>`), metadata: entra, want: saml.Fail},
		{name: "limit", metadata: entra, options: saml.Options{Limits: limited(func(l *saml.Limits) { l.Elements = 3 })}, want: saml.Unverified},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.capture == nil {
				c.capture = []byte(issue(t, c.login))
			}
			if c.options.Time.IsZero() {
				c.options.Time = at
			}
			r := saml.Check(saml.Decode(c.capture), c.metadata, c.options)
			if r.Verdict != c.want || r.Verified != c.verified {
				t.Errorf("verdict %s, verified %v; want %s, %v; findings %v", r.Verdict, r.Verified, c.want, c.verified, codesOf(r.Findings))
			}
			if (r.Assertion != nil) != r.Verified {
				t.Error("an Assertion is there exactly when the message is verified")
			}
		})
	}
}

func limited(set func(*saml.Limits)) *saml.Limits {
	l := saml.MessageLimits()
	set(&l)
	return &l
}

// TestAssertionIsReadFromOctets holds the values of verified messages of every
// product and placement against what the login says.
func TestAssertionIsReadFromOctets(t *testing.T) {
	for _, p := range samltest.Products() {
		for _, sign := range []samltest.Placement{samltest.SignAssertion, samltest.SignResponse, samltest.SignBoth} {
			l := samltest.Login{Product: p, Sign: sign, NameID: "dana@example.com", Audience: "urn:x", Recipient: "https://sp.example.com/acs"}
			r := saml.Check(saml.Decode([]byte(issue(t, l))), metadataOf(t, l), saml.Options{Time: samltest.Instant().Add(time.Minute)})
			if !r.Verified {
				t.Errorf("%s signed on %s is not verified: %v", p, sign, codesOf(r.Findings))
				continue
			}
			a := r.Assertion
			if a.NameID().Text != "dana@example.com" || a.Recipient().Text != "https://sp.example.com/acs" || len(a.Audiences()) != 1 || a.Audiences()[0].Text != "urn:x" {
				t.Errorf("%s signed on %s: NameID %q, Recipient %q, audiences %v", p, sign, a.NameID().Text, a.Recipient().Text, a.Audiences())
			}
			schema, err := a.Schema()
			if err != nil || schema.Subject.NameID.Value != "dana@example.com" || schema.Issuer.Value != a.Issuer().Text {
				t.Errorf("%s signed on %s: crewjam's type: %v", p, sign, err)
			}
			if place := a.NameID().Place(); place.Path != "/Response/Assertion/Subject/NameID" || place.Line == 0 {
				t.Errorf("%s signed on %s: NameID stands at %+v", p, sign, place)
			}
		}
	}
}
