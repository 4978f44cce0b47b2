package sanitize

import (
	"crypto/rsa"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// named holds a name of markup with a word that is replaced.
const named = `<contosoRank xmlns="">Contoso</contosoRank>`

// madeOf tells why no fixture is made of a message.
func madeOf(t *testing.T, message string, o Options) error {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	m := saml.Decode([]byte(message))
	if err := s.Learn(m); err != nil {
		t.Fatal(err)
	}
	_, err = s.Message(m, time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC))
	return err
}

// TestSearchesPlaintexts holds that what is encrypted anew is searched too.
func TestSearchesPlaintexts(t *testing.T) {
	key := samltest.DecryptionKey(t)
	for plaintext, leak := range map[string]bool{named: true, `<rank xmlns="">Contoso</rank>`: false} {
		part, err := xmlenc.Encrypt([]byte(plaintext), xmlenc.EncryptOptions{To: []xmlenc.Recipient{{Key: &key.PublicKey}}})
		if err != nil {
			t.Fatal(err)
		}
		message := `<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol"><EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion">` + part + `</EncryptedAssertion></Response>`
		check := claims.Options{}
		check.DecryptionKeys = []*rsa.PrivateKey{key}
		var found *LeakError
		if err := madeOf(t, message, Options{Check: check}); errors.As(err, &found) != leak {
			t.Errorf("%s: %v", plaintext, err)
		}
	}
}

// TestSearchesMetadata holds that the metadata that is written beside is searched
// too.
func TestSearchesMetadata(t *testing.T) {
	metadata := string(readMetadataFile(t))
	for inside, leak := range map[string]bool{named: true, `<rank xmlns="">Contoso</rank>`: false} {
		text := strings.Replace(metadata, "<IDPSSODescriptor", "<Extensions>"+inside+"</Extensions><IDPSSODescriptor", 1)
		if text == metadata {
			t.Fatal("the metadata has no place for it")
		}
		var found *LeakError
		if err := madeOf(t, `<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol"/>`, Options{Metadata: [][]byte{[]byte(text)}}); errors.As(err, &found) != leak {
			t.Errorf("%s: %v", inside, err)
		}
	}
}
