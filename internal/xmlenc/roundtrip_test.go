package xmlenc

import (
	"crypto/rand"
	"crypto/rsa"
	"sync"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

const saml = "urn:oasis:names:tc:SAML:2.0:assertion"

// assertion is a plaintext of no particular length.
const assertion = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1"><saml:Subject>Dana Fixtüre</saml:Subject></saml:Assertion>`

var key = sync.OnceValue(newKey)
var otherKey = sync.OnceValue(newKey)

func newKey() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
}

func parse(t testing.TB, text string) xmldoc.Element {
	t.Helper()
	doc, err := xmldoc.Parse([]byte(text), xmldoc.MessageLimits())
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return doc.Root()
}

// encrypt encrypts for key, unless the options name somebody.
func encrypt(t testing.TB, plaintext string, o EncryptOptions) string {
	t.Helper()
	if o.Wrapper == "" {
		o.Wrapper, o.Namespace = "saml:EncryptedAssertion", saml
	}
	if o.To == nil {
		o.To = []Recipient{{Key: &key().PublicKey}}
	}
	text, err := Encrypt([]byte(plaintext), o)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func dataAlgorithms() []string {
	return []string{AES128CBC, AES192CBC, AES256CBC, TripleDESCBC, AES128GCM, AES192GCM, AES256GCM}
}

func TestRoundTrip(t *testing.T) {
	for _, a := range dataAlgorithms() {
		for _, transport := range []string{RSAOAEPMGF1P, RSAOAEP, RSA15} {
			for _, beside := range []bool{false, true} {
				p := Read(parse(t, encrypt(t, assertion, EncryptOptions{Algorithm: a, Transport: transport, Beside: beside})))
				got, err := p.Decrypt([]*rsa.PrivateKey{otherKey(), key()})
				if err != nil || string(got) != assertion {
					t.Errorf("%s, %s, beside %t: expected the plaintext, found %q and %v (fault %q)", a, transport, beside, got, err, p.Fault)
				}
			}
		}
	}
}
