package sanitize_test

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/sanitize"
	"github.com/samlcheck/samlcheck/saml"
)

// FuzzSanitize: whatever can be read becomes a fixture that holds nothing of what
// it was made of, or none.
func FuzzSanitize(f *testing.F) {
	const assertion = `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" IssueInstant="2026-09-11T11:00:00Z" Version="2.0">`
	for _, seed := range []string{
		assertion + `<Issuer>https://idp.contoso.com</Issuer><Subject><NameID>dana.fixture@contoso.com</NameID></Subject></Assertion>`,
		assertion + `<Subject><NameID>dana<!-- @ -->@contoso<![CDATA[.com]]></NameID></Subject></Assertion>`,
		assertion + `<AttributeStatement><Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><AttributeValue>arn:aws:iam::123456789012:role/Ops,arn:aws:iam::123456789012:saml-provider/&#x49;dP</AttributeValue></Attribute></AttributeStatement></Assertion>`,
		assertion + `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="#_1"><ds:DigestValue>YWJj</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>&#13;YWJj
			ZGVm</ds:SignatureValue><ds:KeyInfo><ds:KeyName>dana</ds:KeyName></ds:KeyInfo></ds:Signature></Assertion>`,
		"\uFEFF<?xml version=\"1.0\"?><a xmlns:b='http://contoso.com/b' b:c=\"5f0c1e2d-1234-4abc-8def-00112233a001\">10.1.2.3 &amp; M\u00fcller<?x y?></a>",
		"<a", "", "AAAA",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := saml.Decode(data)
		s, err := sanitize.New(sanitize.Options{Plain: true, Check: claims.Options{Options: saml.Options{SkipWitness: true}}})
		if err != nil {
			t.Fatal(err)
		}
		if s.Learn(m) != nil {
			return
		}
		made, err := s.Message(m, issued)
		if err != nil {
			return
		}
		before, after := string(m.XML()), string(made.XML)
		for secret := range secrets(before) {
			if len(secret) >= 8 && strings.Contains(secret, "@") && !strings.HasSuffix(secret, ".amazonaws.com") && strings.Contains(after, secret) {
				t.Errorf("%q became %q, where %q is left", before, after, secret)
			}
		}
		if again := saml.Decode(made.Text); again.XML() == nil {
			t.Errorf("%q became %q, which cannot be read", before, after)
		}
	})
}
