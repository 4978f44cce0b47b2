package claims_test

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// The responses here are of the shape with which the answers of AWS were
// recorded: a plain Response without Destination and InResponseTo, made with
// another library than ours, signed by goxmldsig, encrypted by the standard
// library.

const (
	recordedProvider = "arn:aws:iam::123456789012:saml-provider/saml-test"
	recordedRole     = "arn:aws:iam::123456789012:role/saml-test"
	recordedIssuer   = "https://idp.example.test"
	signInURL        = "https://signin.aws.amazon.com/saml"
)

func recordedNow() time.Time { return time.Date(2026, 9, 11, 11, 23, 18, 0, time.UTC) }

// edit changes an assertion, as text, before it is signed.
type edit func(string) string

func replacing(old, with string) edit {
	return func(s string) string {
		if !strings.Contains(s, old) {
			panic("the assertion does not hold " + old)
		}
		return strings.Replace(s, old, with, 1)
	}
}

// recordedTime writes an instant relative to the issue.
func recordedTime(d time.Duration) string { return recordedNow().Add(d).Format(time.RFC3339) }

func attribute(name, value string) string {
	return fmt.Sprintf(`<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/%s"><saml:AttributeValue>%s</saml:AttributeValue></saml:Attribute>`, name, value)
}

func withAttribute(name, value string) edit {
	return replacing("</saml:AttributeStatement>", attribute(name, value)+"</saml:AttributeStatement>")
}

func recordedAssertion() string {
	return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion" Version="2.0" IssueInstant="` + recordedTime(0) + `">` +
		`<saml:Issuer>` + recordedIssuer + `</saml:Issuer>` +
		`<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">subject-123</saml:NameID>` +
		`<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="` + signInURL + `" NotOnOrAfter="` + recordedTime(5*time.Minute) + `"/></saml:SubjectConfirmation></saml:Subject>` +
		`<saml:Conditions NotBefore="` + recordedTime(-time.Minute) + `" NotOnOrAfter="` + recordedTime(5*time.Minute) + `"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
		`<saml:AuthnStatement AuthnInstant="` + recordedTime(-time.Minute) + `"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
		`<saml:AttributeStatement>` + attribute("Role", recordedRole+","+recordedProvider) + attribute("RoleSessionName", "saml-session") + `</saml:AttributeStatement></saml:Assertion>`
}

// A recording is one situation of which an answer of AWS is on record.
type recording struct {
	name     string
	edits    []edit
	sign     string // "assertion" (also if empty), "response", "both" or "none"
	after    []edit // of the finished response
	issuer   string // of the Response; empty for the usual one
	encrypt  *recordedEncryption
	key      samltest.Key // that signs
	holds    samltest.Key // of the provider's metadata
	duration int
	policy   string        // trust policy; empty for none
	provider string        // encryption mode of the provider; empty for none that is known
	later    time.Duration // of the call after the issue
	want     recordedAnswer
}

// A recordedAnswer is what AWS answered, without the tail of a message.
type recordedAnswer struct {
	code, message, audience, subjectType, sourceIdentity string
	seconds                                              int
}

func element(t *testing.T, text string) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromString(text); err != nil {
		t.Fatal(err)
	}
	return doc.Root()
}

func text(t *testing.T, e *etree.Element) string {
	t.Helper()
	doc := etree.NewDocument()
	doc.SetRoot(e.Copy())
	out, err := doc.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func signedWith(t *testing.T, key samltest.Key, e *etree.Element) *etree.Element {
	t.Helper()
	signer, err := key.Signer(samltest.Okta)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := key.Certificate(samltest.Okta)
	if err != nil {
		t.Fatal(err)
	}
	c, err := dsig.NewSigningContext(signer, [][]byte{certificate.Raw})
	if err != nil {
		t.Fatal(err)
	}
	c.IdAttribute, c.Hash, c.Canonicalizer = "ID", crypto.SHA256, dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	signature, err := c.ConstructSignature(e, true)
	if err != nil {
		t.Fatal(err)
	}
	out := e.Copy()
	out.InsertChildAt(1, signature)
	return out
}

func (r recording) response(t *testing.T) string {
	t.Helper()
	inner := recordedAssertion()
	for _, e := range r.edits {
		inner = e(inner)
	}
	assertion := element(t, inner)
	if r.sign != "response" && r.sign != "none" {
		assertion = signedWith(t, r.key, assertion)
	}
	if r.encrypt != nil {
		assertion = r.encrypt.element(t, text(t, assertion))
	}
	issuer := r.issuer
	if issuer == "" {
		issuer = recordedIssuer
	}
	response := element(t, `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" IssueInstant="`+recordedTime(0)+`"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">`+issuer+`</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:Response>`)
	response.AddChild(assertion)
	if r.sign == "response" || r.sign == "both" {
		response = signedWith(t, r.key, response)
	}
	out := text(t, response)
	for _, e := range r.after {
		out = e(out)
	}
	return out
}

// recordedMetadata is what the provider was made with: one signing key.
func recordedMetadata(t *testing.T, key samltest.Key) []byte {
	t.Helper()
	certificate, err := key.Certificate(samltest.Okta)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + recordedIssuer + `"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>` +
		base64.StdEncoding.EncodeToString(certificate.Raw) + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.test/login"/></IDPSSODescriptor></EntityDescriptor>`)
}

// A recordedEncryption says how an assertion is encrypted.
type recordedEncryption struct {
	size   int // of the key, in bytes
	gcm    bool
	digest crypto.Hash
	mgf    crypto.Hash
	legacy bool // rsa-oaep-mgf1p
}

const (
	xenc   = "http://www.w3.org/2001/04/xmlenc#"
	xenc11 = "http://www.w3.org/2009/xmlenc11#"
)

func decryptionKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	signer, err := samltest.EncryptionKey.Signer(samltest.Okta)
	if err != nil {
		t.Fatal(err)
	}
	return signer.(*rsa.PrivateKey)
}

func (r *recordedEncryption) element(t *testing.T, plain string) *etree.Element {
	t.Helper()
	secret := make([]byte, r.size)
	rand.Read(secret)
	wrapped, err := rsa.EncryptOAEPWithOptions(rand.Reader, &decryptionKey(t).PublicKey, secret, &rsa.OAEPOptions{Hash: r.digest, MGFHash: r.mgf})
	if err != nil {
		t.Fatal(err)
	}
	algorithm := fmt.Sprintf("%saes%d-cbc", xenc, r.size*8)
	if r.gcm {
		algorithm = fmt.Sprintf("%saes%d-gcm", xenc11, r.size*8)
	}
	transport, mgf := xenc11+"rsa-oaep", `<xenc11:MGF xmlns:xenc11="`+xenc11+`" Algorithm="`+xenc11+`mgf1sha256"/>`
	if r.legacy {
		transport, mgf = xenc+"rsa-oaep-mgf1p", ""
	}
	digest := map[crypto.Hash]string{crypto.SHA1: "http://www.w3.org/2000/09/xmldsig#sha1", crypto.SHA256: xenc + "sha256"}[r.digest]
	value := func(b []byte) string {
		return `<xenc:CipherData><xenc:CipherValue>` + base64.StdEncoding.EncodeToString(b) + `</xenc:CipherValue></xenc:CipherData>`
	}
	return element(t, `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xenc="`+xenc+`" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedData Id="_encrypted" Type="`+xenc+`Element"><xenc:EncryptionMethod Algorithm="`+algorithm+`"/><ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="`+transport+`"><ds:DigestMethod Algorithm="`+digest+`"/>`+mgf+`</xenc:EncryptionMethod>`+value(wrapped)+`</xenc:EncryptedKey></ds:KeyInfo>`+value(r.seal(t, secret, []byte(plain)))+`</xenc:EncryptedData></saml:EncryptedAssertion>`)
}

func (r *recordedEncryption) seal(t *testing.T, secret, plain []byte) []byte {
	t.Helper()
	block, err := aes.NewCipher(secret)
	if err != nil {
		t.Fatal(err)
	}
	if r.gcm {
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			t.Fatal(err)
		}
		return aead.Seal(nil, nil, plain, nil)
	}
	padding := aes.BlockSize - len(plain)%aes.BlockSize
	plain = append(slices.Clone(plain), make([]byte, padding)...)
	plain[len(plain)-1] = byte(padding)
	out := make([]byte, aes.BlockSize+len(plain))
	rand.Read(out[:aes.BlockSize])
	cipher.NewCBCEncrypter(block, out[:aes.BlockSize]).CryptBlocks(out[aes.BlockSize:], plain)
	return out
}

// providerJSON is what get-saml-provider prints.
func (r recording) providerJSON(t *testing.T) []byte {
	t.Helper()
	out, err := json.Marshal(map[string]any{
		"SAMLProviderUUID":     strings.TrimPrefix(providerPath, "https://us-east-1.signin.aws.amazon.com/saml/acs/"),
		"SAMLMetadataDocument": string(recordedMetadata(t, r.holds)), "CreateDate": "2026-09-11T11:00:00Z", "ValidUntil": "2126-09-11T11:00:00Z",
		"AssertionEncryptionMode": r.provider, "PrivateKeyList": []any{map[string]string{"KeyId": "SAMLPKEXAMPLE", "Timestamp": "2026-09-11T11:00:00Z"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// check judges the response at the instant of the call.
func (r recording) check(t *testing.T) *claims.Report {
	t.Helper()
	metadata, err := saml.ParseMetadata(recordedMetadata(t, r.holds))
	if err != nil {
		t.Fatal(err)
	}
	options := claims.Options{Role: recordedRole, Duration: r.duration}
	options.Time = recordedNow().Add(r.later)
	if r.encrypt != nil {
		options.DecryptionKeys = []*rsa.PrivateKey{decryptionKey(t)}
	}
	var parts []*claims.IAM
	if r.policy != "" {
		role := fmt.Sprintf(`{"Role":{"Path":"/","RoleName":"saml-test","RoleId":"AROAEXAMPLE","Arn":%q,"CreateDate":"2026-09-11T11:00:00Z","AssumeRolePolicyDocument":%s,"MaxSessionDuration":14400}}`, recordedRole, r.policy)
		part, err := claims.ParseIAM([]byte(role))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part)
	}
	if r.provider != "" {
		part, err := claims.ParseIAMProvider(recordedProvider, r.providerJSON(t))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		options.IAM = claims.JoinIAM(parts...)
	}
	return claims.Check(saml.Decode([]byte(base64.StdEncoding.EncodeToString([]byte(r.response(t))))), metadata, options)
}
