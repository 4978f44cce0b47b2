package samltest

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// encryptions are ways to encrypt that xmlsec1 1.2.37 reads; rsa-oaep of XML
// Encryption 1.1, and digests other than SHA-1, it does not.
func encryptions() []Encryption {
	return []Encryption{
		{Algorithm: "aes128-cbc"}, {Algorithm: "aes192-cbc"}, {Algorithm: "aes256-cbc", Beside: true}, {Algorithm: "tripledes-cbc", Transport: "rsa-1_5"},
		{Algorithm: "aes128-gcm"}, {Algorithm: "aes192-gcm"}, {Algorithm: "aes256-gcm", Transport: "rsa-oaep-mgf1p", Beside: true}, {Key: WeakKey}, {Digest: "sha1"},
		{Lean: true}, {Lean: true, Algorithm: "aes256-gcm"}, {Lean: true, Beside: true}, {Lean: true, Transport: "rsa-1_5"},
	}
}

func privateKey(t *testing.T, k Key) *rsa.PrivateKey {
	t.Helper()
	signer, err := k.Signer("")
	if err != nil {
		t.Fatal(err)
	}
	private, ok := signer.(*rsa.PrivateKey)
	if !ok {
		t.Fatalf("the key %q is not of RSA", k)
	}
	return private
}

// xmlsecDecrypts gives the document that xmlsec1 decrypts.
func xmlsecDecrypts(t *testing.T, text []byte, k Key) []byte {
	t.Helper()
	tool, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not installed")
	}
	dir := t.TempDir()
	in, out, key := filepath.Join(dir, "in.xml"), filepath.Join(dir, "out.xml"), filepath.Join(dir, "key.pem")
	write(t, in, text)
	write(t, key, pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(privateKey(t, k))}))
	cmd := exec.Command(tool, "--decrypt", "--privkey-pem", key, "--id-attr:Id", xmlenc.Space+":EncryptedKey", "--output", out, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What xmlsec1 decrypts is an Assertion whose own Signature holds, at every
// product and in every way to encrypt.
func TestEncryptedAssertionsHold(t *testing.T) {
	for i, e := range encryptions() {
		p := Products()[i%len(Products())]
		text := issue(t, Login{Product: p, Sign: SignAssertion, Encrypt: e})
		if bytes.Contains(text, []byte("NameID")) {
			t.Errorf("%s: the NameID is there to read: %s", p, text)
		}
		k := e.Key
		if k == CurrentKey {
			k = EncryptionKey
		}
		plain := xmlsecDecrypts(t, text, k)
		if !xmlsec1(t, plain, certificate(t, p, CurrentKey)) {
			t.Errorf("%s, %+v: the Signature does not hold in %s", p, e, plain)
		}
	}
}

// A Response is signed over the ciphertext.
func TestResponseIsSignedAfterEncryption(t *testing.T) {
	for _, p := range Products() {
		for _, sign := range []Placement{SignResponse, SignBoth} {
			text := issue(t, Login{Product: p, Sign: sign, Encrypt: Encryption{Algorithm: "aes256-gcm"}})
			if !xmlsec1(t, text, certificate(t, p, CurrentKey)) {
				t.Errorf("%s signed on %s: the Signature does not hold in %s", p, sign, text)
			}
		}
	}
}

func decrypted(t *testing.T, text []byte) string {
	t.Helper()
	d := &draft{text: string(text)}
	p := xmlenc.Read(d.find("EncryptedAssertion"))
	plaintext, err := p.Decrypt([]*rsa.PrivateKey{privateKey(t, EncryptionKey)})
	if err != nil || d.err != nil {
		t.Fatalf("%v, %v", d.err, err)
	}
	return string(plaintext)
}

// The plaintext is the Assertion that would else be sent, with the declarations
// around it; the encryption is the same each time.
func TestEncryptionChangesNothingElse(t *testing.T) {
	for _, p := range Products() {
		for _, e := range []Encryption{{Transport: "rsa-oaep", Digest: "sha512", MGF: "mgf1sha384", Beside: true}, {Digest: "sha384"}, {Transport: "rsa-1_5"}} {
			l := Login{Product: p, Sign: SignBoth}
			d := &draft{text: string(issue(t, l))}
			plain := d.raw("Assertion")
			l.Encrypt = e
			text := issue(t, l)
			if !bytes.Equal(text, issue(t, l)) {
				t.Errorf("%s: another encryption at the second call", p)
			}
			got := decrypted(t, text)
			_, content, _ := strings.Cut(plain, " ")
			if !strings.HasSuffix(got, content) {
				t.Errorf("%s: expected the end of %s, found %s", p, plain, got)
			}
			alone := &draft{text: got}
			if alone.root(); alone.err != nil {
				t.Errorf("%s: the plaintext cannot be read alone: %v", p, alone.err)
			}
		}
	}
}

func TestMutationsInsideTheCiphertext(t *testing.T) {
	text := issue(t, Login{Encrypt: Encryption{Mutations: []string{"nameid-edited"}}})
	if got := decrypted(t, text); !strings.Contains(got, "admin@example.com") {
		t.Errorf("expected another NameID in %s", got)
	}
	if xmlsec1(t, xmlsecDecrypts(t, text, EncryptionKey), certificate(t, Entra, CurrentKey)) {
		t.Error("the Signature holds over a NameID that it does not cover")
	}
}

func TestEncryptionThatThereIsNot(t *testing.T) {
	for _, e := range []Encryption{{Algorithm: "rot13"}, {Transport: "rsa"}, {Key: ECKey}, {Key: "none"}, {Mutations: []string{"none"}}} {
		if text, err := (Login{Encrypt: e}).Response(); err == nil {
			t.Errorf("%+v: expected an error, found %s", e, text)
		}
	}
}

// What is done to the ciphertext keeps it from decrypting.
func TestEncryptionFaultsKeepItShut(t *testing.T) {
	for _, m := range encryptionFaults() {
		for _, e := range []Encryption{{Algorithm: "aes128-cbc"}, {Algorithm: "tripledes-cbc", Transport: "rsa-1_5"}, {Algorithm: "aes256-gcm", Beside: true}} {
			text := issue(t, Login{Mutations: []string{m.Name}, Encrypt: e})
			d := &draft{text: string(text)}
			if got, err := xmlenc.Read(d.find("EncryptedAssertion")).Decrypt([]*rsa.PrivateKey{privateKey(t, EncryptionKey)}); err == nil || d.err != nil {
				t.Errorf("%s, %+v: decrypted to %q (%v)", m.Name, e, got, d.err)
			}
		}
	}
}
