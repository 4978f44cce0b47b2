package saml

import (
	"errors"
	"strings"
	"testing"
)

func TestUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		reason MetadataReason
		words  []string
	}{
		"empty":                {"", MetadataEmpty, []string{"found nothing", "download"}},
		"blank":                {"\ufeff \r\n", MetadataEmpty, nil},
		"HTML":                 {"<!DOCTYPE html><html><head><title>\n Sign in to\n your account</title>", MetadataHTML, []string{`titled "Sign in to your account"`}},
		"HTML with an error":   {"<!-- x --><HTML><body>AADSTS700016: Application not found", MetadataHTML, []string{"AADSTS700016"}},
		"XHTML":                {"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><title></title>", MetadataHTML, []string{"a web page (HTML);"}},
		"cut comment":          {"<!-- x", MetadataMalformed, nil},
		"cut":                  {idp(idpID)[:150], MetadataMalformed, []string{"stops early"}},
		"not well-formed":      {"<x></y>", MetadataMalformed, []string{"line 1"}},
		"DOCTYPE":              {"<!DOCTYPE x><x/>", MetadataMalformed, []string{"document type declaration"}},
		"Latin-1":              {"<?xml version='1.0' encoding='ISO-8859-1'?><x/>", MetadataMalformed, []string{"UTF-8"}},
		"UTF-16":               {"\xff\xfe<\x00x\x00/\x00>\x00", MetadataMalformed, []string{"UTF-16"}},
		"too deep":             {strings.Repeat("<x>", 65) + strings.Repeat("</x>", 65), MetadataLimit, []string{"limits"}},
		"response":             {`<samlp:Response xmlns:samlp="` + nsProtocol + `"/>`, MetadataOther, []string{"a SAML response", "as the message to check"}},
		"assertion":            {`<Assertion xmlns="` + nsAssertion + `"/>`, MetadataOther, []string{"a SAML assertion"}},
		"request":              {`<AuthnRequest xmlns="` + nsProtocol + `"/>`, MetadataOther, []string{"AuthnRequest"}},
		"base64 of a response": {pack([]byte(`<Response xmlns="` + nsProtocol + `"/>`)), MetadataOther, []string{"a SAML response"}},
		"no namespace":         {`<EntityDescriptor entityID="x"/>`, MetadataOther, []string{`in the namespace ""`}},
		"feed":                 {`<rss/>`, MetadataOther, []string{`root element is "rss"`}},
		"WSDL":                 {`<definitions xmlns="urn:example"/>`, MetadataOther, []string{`of the namespace "urn:example"`}},
		"no entity":            {group(), MetadataNoProvider, []string{"without an EntityDescriptor"}},
		"no role":              {`<EntityDescriptor xmlns="` + nsMetadata + `" entityID="x"/>`, MetadataNoProvider, []string{"without an IDPSSODescriptor"}},
		"no ID":                {strings.Replace(idp(idpID), `entityID="`+idpID+`"`, "", 1), MetadataNoProvider, []string{"without an entityID"}},
		"service provider":     {strings.ReplaceAll(idp(idpID), "IDPSSODescriptor", "SPSSODescriptor"), MetadataServiceOnly, []string{"identity provider that signs"}},
		"JSON list":            {`{"SAMLProviderList":[]}`, MetadataJSON, []string{"list-saml-providers"}},
		"JSON without":         {`{"SAMLProviderUUID":"x"}`, MetadataJSON, []string{"SAMLMetadataDocument"}},
		"JSON cut":             {`{"SAML`, MetadataJSON, nil},
		"JSON of HTML":         {`{"SAMLMetadataDocument":"<html>"}`, MetadataHTML, []string{"JSON whose SAMLMetadataDocument is a web page"}},
		"JSON in JSON":         {`{"SAMLMetadataDocument":"{\"SAMLMetadataDocument\":\"x\"}"}`, MetadataJSON, nil},
		"JWT":                  {"eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", MetadataNotXML, []string{"JSON Web Token"}},
		"text":                 {"metadata: see https://idp.example.com", MetadataNotXML, []string{`beginning with "metadata: se";`}},
		"short text":           {"hi!", MetadataNotXML, []string{`"hi!"`}},
		"binary":               {"\x00\x01\xff\xfe", MetadataNotXML, []string{"binary"}},
		"zeros":                {"\x00\x00", MetadataNotXML, []string{"binary"}},
		"broken PEM":           {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", MetadataCertificate, []string{"no certificate can be read"}},
		"odd certificate":      {armour([]byte{0x30, 3, 2, 1, 0}), MetadataCertificate, []string{"no X.509 certificate"}},
		"private key":          {"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", MetadataCertificate, []string{"a private key without a certificate"}},
		"public key":           {"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", MetadataCertificate, []string{"without a CERTIFICATE block"}},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := ParseMetadata([]byte(c.text))
			var e *MetadataError
			if m != nil || !errors.As(err, &e) || e.Reason != c.reason {
				t.Fatalf("got %v, %v, want reason %q", m, err, c.reason)
			}
			for _, w := range append(c.words, "federation metadata is expected, found ") {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
			if (e.Reason == MetadataLimit || e.Reason == MetadataMalformed && name != "UTF-16") && errors.Unwrap(err) == nil {
				t.Error("the scanner's error is lost")
			}
		})
	}
}

func TestForms(t *testing.T) {
	xml := idp(idpID, descriptor("signing", pack(entra(t))))
	quoted := strings.ReplaceAll(strings.ReplaceAll(xml, `"`, `\"`), "/", `\/`)
	json := `{"SAMLMetadataDocument":"` + quoted + `","SAMLProviderUUID":"U","AssertionEncryptionMode":"Required","PrivateKeyList":[{"KeyId":"SAMLPKEXAMPLE","Timestamp":1.0}]}`
	wide := []byte{0xff, 0xfe}
	big := []byte{0xfe, 0xff}
	for _, c := range []byte(json) {
		wide, big = append(wide, c, 0), append(big, 0, c)
	}
	chain := "Bag Attributes\n    friendlyName: idp\nsubject=CN=x\n" + armour(entra(t)) + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + armour(okta(t))
	for name, c := range map[string]struct {
		text string
		id   string
		keys int
	}{
		"XML":                   {xml, idpID, 1},
		"BOM":                   {"\ufeff" + xml, idpID, 1},
		"blanks before":         {"\n\n  <?xml version='1.0'?>" + xml, idpID, 1},
		"browser's view":        {browserNote + " associated with it.\n" + xml, idpID, 1},
		"base64 of XML":         {pack([]byte(xml)), idpID, 1},
		"JSON":                  {json, idpID, 1},
		"JSON in UTF-16":        {string(wide), idpID, 1},
		"JSON in UTF-16, big":   {string(big), idpID, 1},
		"JSON string":           {`"` + quoted + `"`, idpID, 1},
		"PEM":                   {armour(entra(t)), "", 1},
		"PEM with more":         {chain, "", 2},
		"PEM of CRLF":           {strings.ReplaceAll(armour(entra(t)), "\n", "\r\n"), "", 1},
		"DER":                   {string(entra(t)), "", 1},
		"bare base64":           {pack(entra(t)), "", 1},
		"one bad beside a good": {armour([]byte{0x30, 3, 2, 1, 0}) + armour(entra(t)), "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustParse(t, c.text)
			e := m.Entities()
			if len(e) != 1 || e[0].ID != c.id || e[0].Lone() != (c.id == "") || len(e[0].SigningKeys()) != c.keys || keySums(e[0])[0] != sum(entra(t)) {
				t.Errorf("got %+v", e)
			}
			if p := m.Provider(); strings.HasPrefix(name, "JSON") && name != "JSON string" {
				if p == nil || *p != (Provider{UUID: "U", EncryptionMode: "Required", PrivateKeys: 1, HasPrivateKeys: true}) {
					t.Errorf("provider %+v", p)
				}
			} else if p != nil {
				t.Errorf("provider %+v, want none", p)
			}
		})
	}
	if (*Metadata)(nil).Provider() != nil || (*Metadata)(nil).Entities() != nil {
		t.Error("no metadata says something")
	}
}
