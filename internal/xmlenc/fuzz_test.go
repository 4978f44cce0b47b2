package xmlenc

import (
	"crypto/rsa"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// seeded encrypts for the key of testdata, the same at every call.
func seeded(t testing.TB, o EncryptOptions) (string, *rsa.PrivateKey) {
	t.Helper()
	keys, err := ParsePrivateKeys(fixture(t, "pkcs8.pem"), nil)
	if err != nil {
		t.Fatal(err)
	}
	o.To, o.Random = []Recipient{{Key: &keys[0].PublicKey}}, rand.NewChaCha8([32]byte{})
	return encrypt(t, assertion, o), keys[0]
}

// The same randomness gives the same document, so that fixtures can be made
// anew; other randomness gives another.
func TestEncryptIsRepeatable(t *testing.T) {
	for _, a := range dataAlgorithms() {
		for _, transport := range []string{RSAOAEPMGF1P, RSAOAEP, RSA15} {
			o := EncryptOptions{Algorithm: a, Transport: transport, Beside: true}
			one, _ := seeded(t, o)
			two, k := seeded(t, o)
			o.To = []Recipient{{Key: &k.PublicKey}}
			if one != two || one == encrypt(t, assertion, o) {
				t.Errorf("%s, %s: the randomness that is given decides nothing, or not all", a, transport)
			}
		}
	}
}

func TestEncryptRefuses(t *testing.T) {
	to := []Recipient{{Key: &key().PublicKey}}
	for _, c := range []struct {
		o    EncryptOptions
		want string
	}{
		{EncryptOptions{Algorithm: "urn:x", To: to}, `the encryption algorithm "urn:x" is not supported`},
		{EncryptOptions{Transport: "urn:x", To: to}, `the key transport "urn:x" is not supported`},
		{EncryptOptions{Transport: RSAOAEP, MGF: "urn:x", To: to}, "mask generation function"},
		{EncryptOptions{}, "found none"},
		{EncryptOptions{To: to, Random: strings.NewReader("short")}, "reading random octets"},
	} {
		if text, err := Encrypt([]byte(assertion), c.o); err == nil || text != "" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("expected an error with %q, found %q and %v", c.want, text, err)
		}
	}
}

// holds says what of a document's encrypted part must be true whatever was done
// to it: with an authenticated mode nothing decrypts but what was encrypted.
func holds(t *testing.T, text string, k *rsa.PrivateKey) {
	t.Helper()
	doc, err := xmldoc.Parse([]byte(text), xmldoc.MessageLimits())
	if err != nil {
		return
	}
	p := Read(doc.Root())
	plaintext, err := p.Decrypt([]*rsa.PrivateKey{k})
	a, _ := dataAlgorithmOf(p.Algorithm)
	switch {
	case err != nil && plaintext != nil:
		t.Errorf("a plaintext beside the error %v\n%s", err, text)
	case err == nil && p.Fault+p.Unsupported() != "":
		t.Errorf("a plaintext in spite of %q\n%s", p.Fault+p.Unsupported(), text)
	case err == nil && a.mode == modeGCM && string(plaintext) != assertion:
		t.Errorf("decrypted to %q\n%s", plaintext, text)
	case (err == error(ErrDecrypt) || err == nil) && p.Fault+p.Unsupported() != "":
		t.Errorf("a key was used in spite of %q\n%s", p.Fault+p.Unsupported(), text)
	}
	// What is told of a form is told whatever the key: only ErrDecrypt may hang on it.
	if _, other := p.Decrypt([]*rsa.PrivateKey{key()}); k.Size() == key().Size() && fmt.Sprint(other) != fmt.Sprint(err) && other != error(ErrDecrypt) && err != error(ErrDecrypt) {
		t.Errorf("with one key %v, with another %v\n%s", err, other, text)
	}
	if len(p.Keys) > MostKeys {
		t.Errorf("%d keys are more than %d", len(p.Keys), MostKeys)
	}
}

// Every third character changed, and the document cut there.
func TestChangedAndCut(t *testing.T) {
	text, k := seeded(t, EncryptOptions{Algorithm: AES128GCM, Beside: true})
	for i := 0; i < len(text); i += 3 {
		other := "A"
		if text[i] == 'A' {
			other = "B"
		}
		holds(t, text[:i]+other+text[i+1:], k)
		holds(t, text[:i]+text[i+1:], k)
	}
}

// FuzzDecrypt: whatever is done to a document, an authenticated mode decrypts
// to nothing but what was encrypted, what is malformed or not supported is
// refused before a key is used, and which key it is changes no other error.
func FuzzDecrypt(f *testing.F) {
	_, k := seeded(f, EncryptOptions{})
	for _, a := range dataAlgorithms() {
		for _, transport := range []string{RSAOAEPMGF1P, RSAOAEP, RSA15} {
			text, _ := seeded(f, EncryptOptions{Algorithm: a, Transport: transport, Beside: transport == RSAOAEP, Label: []byte("label"), Digest: Space + "sha256", MGF: Space11 + "mgf1sha256"})
			f.Add(text)
			f.Add(strings.Replace(text, a, AES128GCM, 1))
			f.Add(strings.Replace(text, "#", "#x", 1))
		}
	}
	for _, m := range []made{{}, {keys: keyFor(RSA15), data: value(37)}, {wrapper: "%s%s", keys: keyFor(RSA15), data: value(32)}} {
		f.Add(m.text())
	}
	f.Fuzz(func(t *testing.T, text string) { holds(t, text, k) })
}
