package differential

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
	"github.com/crewjam/saml/xmlenc"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

const (
	idpEntity = "https://idp.example.com/"
	spEntity  = "https://sp.example.com/"
	spACS     = "https://sp.example.com/acs"
)

// message is a response that crewjam/saml takes when its assertion is signed.
// The words in capitals are replaced.
const message = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0" IssueInstant="NOW" Destination="` + spACS + `">` +
	`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">` + idpEntity + `</Issuer>` +
	`<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
	`<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="NOW" Version="2.0"><Issuer>` + idpEntity + `</Issuer>` +
	subject + conditions + `</Assertion></samlp:Response>`

const (
	subject      = `<Subject><NameID>alice@example.com</NameID>` + confirmation + `</Subject>`
	confirmation = `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">` + data + `</SubjectConfirmation>`
	data         = `<SubjectConfirmationData Recipient="` + spACS + `" NotOnOrAfter="LATER"/>`
	conditions   = `<Conditions NotOnOrAfter="LATER">` + restriction + `</Conditions>`
	restriction  = `<AudienceRestriction><Audience>` + spEntity + `</Audience></AudienceRestriction>`
)

// provider is a service provider that knows the certificate of id.
func provider(id identity) *saml.ServiceProvider {
	certificate := base64.StdEncoding.EncodeToString(id.certificate.Raw)
	return &saml.ServiceProvider{
		EntityID: spEntity, AcsURL: url.URL{Scheme: "https", Host: "sp.example.com", Path: "/acs"}, AllowIDPInitiated: true, Key: nil,
		IDPMetadata: &saml.EntityDescriptor{EntityID: idpEntity, IDPSSODescriptors: []saml.IDPSSODescriptor{{SSODescriptor: saml.SSODescriptor{RoleDescriptor: saml.RoleDescriptor{
			KeyDescriptors: []saml.KeyDescriptor{{Use: "signing", KeyInfo: saml.KeyInfo{X509Data: saml.X509Data{X509Certificates: []saml.X509Certificate{{Data: certificate}}}}}}}}}}},
	}
}

// receive makes a change in the message, signs the element of this ID, or none,
// and has crewjam/saml parse it.
func receive(t *testing.T, id identity, target, old, replacement string) (*saml.Assertion, error) {
	t.Helper()
	if !strings.Contains(message, old) {
		t.Fatalf("%q is not in the message", old)
	}
	xml := strings.Replace(message, old, replacement, 1)
	now := time.Now().UTC()
	xml = strings.NewReplacer("NOW", now.Format(time.RFC3339), "LATER", now.Add(time.Hour).Format(time.RFC3339)).Replace(xml)
	if target != "" {
		signed, err := xmlsig.Sign([]byte(xml), target, xmlsig.SignOptions{Key: id.signer, Certificates: [][]byte{id.certificate.Raw}})
		if err != nil {
			t.Fatal(err)
		}
		xml = string(signed)
	}
	sp := provider(id)
	return sp.ParseXMLResponse([]byte(xml), nil, sp.AcsURL)
}

// TestCrewjam reproduces what docs/verifiers.md says of crewjam/saml.
func TestCrewjam(t *testing.T) {
	id := rsaIdentity(t)
	if _, err := receive(t, id, AssertionID, "", ""); err != nil {
		t.Fatalf("it refuses the sound message: %v", private(err))
	}
	took := func(old, replacement string) func(*testing.T) error {
		return func(t *testing.T) error {
			_, err := receive(t, id, AssertionID, old, replacement)
			return private(err)
		}
	}
	refuses := func(old, replacement, with string) func(*testing.T) error {
		return func(t *testing.T) error {
			_, err := receive(t, id, AssertionID, old, replacement)
			return refused(private(err), with)
		}
	}
	crashes := func(target, old, replacement string) func(*testing.T) error {
		return func(t *testing.T) error {
			return wantPanic(func() { _, _ = receive(t, id, target, old, replacement) })
		}
	}
	const foreign = `<AudienceRestriction><Audience>https://other.example.com/</Audience></AudienceRestriction>`
	reproduce(t, "crewjam/saml", []fault{
		{"panic-1000-elements", crashes("", "<samlp:Status>", `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/><samlp:Extensions>`+strings.Repeat("<a/>", 1000)+`</samlp:Extensions><samlp:Status>`)},
		{"panic-no-subject", crashes(AssertionID, subject, "")},
		{"panic-no-conditions", crashes(AssertionID, conditions, "")},
		{"panic-no-confirmation-data", crashes(AssertionID, confirmation, `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>`)},
		{"audience-restrictions-ored", took(restriction, foreign+restriction)},
		{"last-audience-only", refuses(restriction, strings.Replace(restriction, "</Audience>", "</Audience><Audience>https://other.example.com/</Audience>", 1), "does not contain")},
		{"no-confirmation-needed", took(confirmation, "")},
		{"method-not-looked-at", took("cm:bearer", "cm:sender-vouches")},
		{"all-confirmations-needed", refuses(confirmation, confirmation+strings.Replace(confirmation, spACS, "https://other.example.com/", 1), "Recipient is not")},
		{"inner-signature-not-checked", func(t *testing.T) error { return brokenInner(t, id) }},
		{"two-keys-no-keyinfo", func(t *testing.T) error { return rollover(t, id) }},
		{"error-text", func(t *testing.T) error {
			_, err := receive(t, id, AssertionID, idpEntity+"</Issuer>"+subject, "x</Issuer>"+subject)
			if err == nil || err.Error() != "Authentication failed" {
				return fmt.Errorf("it says %v", err)
			}
			return nil
		}},
	})
}

func private(err error) error {
	if invalid := (*saml.InvalidResponseError)(nil); errors.As(err, &invalid) {
		return invalid.PrivateErr
	}
	return err
}

// brokenInner signs the assertion, spoils its SignatureValue, and signs the
// Response around it.
func brokenInner(t *testing.T, id identity) error {
	t.Helper()
	now := time.Now().UTC()
	xml := strings.NewReplacer("NOW", now.Format(time.RFC3339), "LATER", now.Add(time.Hour).Format(time.RFC3339)).Replace(message)
	o := xmlsig.SignOptions{Key: id.signer, Certificates: [][]byte{id.certificate.Raw}}
	inner, err := xmlsig.Sign([]byte(xml), AssertionID, o)
	if err != nil {
		t.Fatal(err)
	}
	both, err := xmlsig.Sign([]byte(strings.Replace(string(inner), "<SignatureValue>", "<SignatureValue>AAAA", 1)), ResponseID, o)
	if err != nil {
		t.Fatal(err)
	}
	sp := provider(id)
	_, err = sp.ParseXMLResponse(both, nil, sp.AcsURL)
	return private(err)
}

// rollover gives the service provider two certificates and the message no
// KeyInfo.
func rollover(t *testing.T, id identity) error {
	t.Helper()
	now := time.Now().UTC()
	xml := strings.NewReplacer("NOW", now.Format(time.RFC3339), "LATER", now.Add(time.Hour).Format(time.RFC3339)).Replace(message)
	signed, err := xmlsig.Sign([]byte(xml), AssertionID, xmlsig.SignOptions{Key: id.signer, KeyInfo: xmlsig.StyleNone})
	if err != nil {
		t.Fatal(err)
	}
	sp := provider(id)
	keys := &sp.IDPMetadata.IDPSSODescriptors[0].KeyDescriptors
	*keys = append(*keys, saml.KeyDescriptor{Use: "signing", KeyInfo: saml.KeyInfo{X509Data: saml.X509Data{
		X509Certificates: []saml.X509Certificate{{Data: base64.StdEncoding.EncodeToString(other(t, id, 5).Raw)}}}}})
	_, err = sp.ParseXMLResponse(signed, nil, sp.AcsURL)
	return refused(private(err), "Missing x509 Element")
}

// encrypted is an EncryptedData of this algorithm and these octets.
func encrypted(t *testing.T, algorithm string, octets []byte) *etree.Element {
	t.Helper()
	return parseTree(t, `<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="`+algorithm+
		`"/><xenc:CipherData><xenc:CipherValue>`+base64.StdEncoding.EncodeToString(octets)+`</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`)
}

// TestCrewjamXmlenc reproduces what docs/verifiers.md says of the package
// xmlenc of crewjam/saml.
func TestCrewjamXmlenc(t *testing.T) {
	key := make([]byte, 16)
	decrypts := func(key []byte, algorithm string, octets int) func(*testing.T) error {
		return func(t *testing.T) error {
			return wantPanic(func() { _, _ = xmlenc.Decrypt(key, encrypted(t, algorithm, make([]byte, octets))) })
		}
	}
	reproduce(t, "crewjam/saml/xmlenc", []fault{
		{"panic-cbc-no-full-blocks", decrypts(key, "http://www.w3.org/2001/04/xmlenc#aes128-cbc", 37)},
		{"panic-gcm-short", decrypts(key, "http://www.w3.org/2009/xmlenc11#aes128-gcm", 5)},
		{"panic-3des", decrypts(key[:8], "http://www.w3.org/2001/04/xmlenc#tripledes-cbc", 24)},
		{"no-aes256-gcm", func(t *testing.T) error {
			_, err := xmlenc.Decrypt(make([]byte, 32), encrypted(t, "http://www.w3.org/2009/xmlenc11#aes256-gcm", make([]byte, 40)))
			return refused(err, "not implemented")
		}},
		{"gcm-encrypts-zeros", func(t *testing.T) error {
			e, err := xmlenc.AES128GCM.Encrypt(key, []byte("secret"), make([]byte, 12))
			if err != nil {
				t.Fatal(err)
			}
			if out, err := xmlenc.Decrypt(key, e); err == nil && strings.HasPrefix(string(out), "secret") {
				return errors.New("what it encrypts can be decrypted")
			}
			return nil
		}},
	})
}
