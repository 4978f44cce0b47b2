package sanitize

import (
	"crypto/rsa"
	"errors"
	"os"
	"slices"
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

// TestCompareGuards holds that a fixture that verifies with the real metadata is
// no fixture, and that one which does not verify any more is told of.
func TestCompareGuards(t *testing.T) {
	capture, err := os.ReadFile("../../testdata/captures/entra-good.b64")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Metadata: [][]byte{readMetadataFile(t)}, Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	m := saml.Decode(capture)
	if err := s.Learn(m); err != nil {
		t.Fatal(err)
	}
	made, err := s.Message(m, time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC))
	if err != nil || len(made.Lost) > 0 {
		t.Fatalf("%v, and %v is lost", err, made.Lost)
	}
	if err := s.compare(m, &Fixture{XML: m.XML()}); !errors.Is(err, errVerified) {
		t.Errorf("the capture itself: %v", err)
	}
	broken := &Fixture{XML: []byte(strings.Replace(string(made.XML), `NotBefore="2026`, `NotBefore="2025`, 1))}
	if err := s.compare(m, broken); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(broken.Lost, Difference{Code: "verified", Severity: saml.Error, More: -1}) {
		t.Errorf("of a fixture that was changed %v is told", broken.Lost)
	}
}
