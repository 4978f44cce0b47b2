package samltest

import (
	"strings"
	"testing"
)

// What tells the products' responses apart, as public captures show it.
func TestShapes(t *testing.T) {
	for p, row := range map[Product]struct{ has, lacks []string }{
		Entra: {
			has: []string{`<samlp:Response ID="_`, `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>`,
				`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sts.windows.net/`, `/></samlp:Status>`,
				`<KeyInfo><X509Data><X509Certificate>MIIC8DCCAdigAwIBAgIQ`, `</AttributeStatement><AuthnStatement `,
				`NotBefore="2026-09-11T10:55:00.000Z" NotOnOrAfter="2026-09-11T12:00:00.000Z"`},
			lacks: []string{"<?xml", "xsi:type", "NameFormat", "InResponseTo", "SessionNotOnOrAfter", "PrefixList"},
		},
		ADFS: {
			has: []string{`Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified"`, `<ds:Signature xmlns:ds=`,
				`<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>`, `exc-c14n#" />`, `</AttributeStatement><AuthnStatement `,
				`<AttributeValue>arn:aws:iam::111122223333:saml-provider/ADFS,arn:aws:iam::111122223333:role/`},
			lacks: []string{"<?xml", "xsi:type", "NameFormat", `"/>`},
		},
		Okta: {
			has: []string{`<?xml version="1.0" encoding="UTF-8"?><saml2p:Response `, `PrefixList="xs"`, `xsi:type="xs:string"`,
				`<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity"`, `</saml2:AuthnStatement><saml2:AttributeStatement`, ` ID="id`},
			lacks: []string{"SessionNotOnOrAfter"},
		},
		Keycloak: {
			has: []string{`<dsig:Signature xmlns:dsig=`, `<dsig:KeyName>`, `<dsig:RSAKeyValue>`, `<dsig:X509Certificate>`,
				`SessionNotOnOrAfter="2026-09-11T21:00:00.000Z"`, `<saml:Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"`, ` ID="ID_`},
			lacks: []string{"<?xml", "PrefixList"},
		},
	} {
		text := string(issue(t, Login{Product: p}))
		for _, part := range row.has {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %s is missing in %s", p, part, text)
			}
		}
		for _, part := range row.lacks {
			if strings.Contains(text, part) {
				t.Errorf("%s: %s is not expected in %s", p, part, text)
			}
		}
	}
}

// The place of every certificate in the products' metadata.
func TestMetadataShapes(t *testing.T) {
	for _, row := range []struct {
		metadata Metadata
		key      Key
		count    int
	}{
		{Metadata{}, CurrentKey, 4}, // its own signature, two WS-Federation roles, the SAML role
		{Metadata{Keys: []Key{CurrentKey, NextKey}}, NextKey, 3},
		{Metadata{Product: ADFS}, CurrentKey, 4},
		{Metadata{Product: ADFS}, EncryptionKey, 2},
		{Metadata{Product: Keycloak}, CurrentKey, 1},
		{Metadata{Product: Keycloak, Keys: []Key{NextKey, CurrentKey}}, NextKey, 1},
	} {
		text, err := row.metadata.XML()
		if err != nil {
			t.Fatal(err)
		}
		cert := encoded(certificate(t, row.metadata.Product, row.key))
		if n := strings.Count(string(text), cert); n != row.count {
			t.Errorf("%+v: expected the certificate %q %d times, found it %d times", row.metadata, row.key, row.count, n)
		}
	}
}
