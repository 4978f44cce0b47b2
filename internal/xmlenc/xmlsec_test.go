package xmlenc

import (
	"crypto/rsa"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// xmlsec1 1.2.37 knows rsa-1_5, and rsa-oaep-mgf1p with SHA-1. It does not know
// xmlenc11's rsa-oaep, nor another digest: those are held against openssl.
func xmlsecTransports() []string { return []string{RSAOAEPMGF1P, RSA15} }

// xmlsecDecrypts gives what xmlsec1 makes of a document whose encrypted part it
// decrypts.
func xmlsecDecrypts(t testing.TB, text string, k *rsa.PrivateKey) (string, error) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.xml")
	_, err := run(t, "xmlsec1", "--decrypt", "--privkey-pem", file(t, "key.pem", privatePEM(k)),
		"--id-attr:Id", Space+":EncryptedKey", "--output", out, file(t, "in.xml", []byte(text)))
	if err != nil {
		return "", err
	}
	return string(read(t, out)), nil
}

func TestXmlsecDecryptsWhatWeEncrypt(t *testing.T) {
	for _, a := range dataAlgorithms() {
		for _, transport := range xmlsecTransports() {
			for _, beside := range []bool{false, true} {
				o := EncryptOptions{Algorithm: a, Transport: transport, Beside: beside}
				if transport == RSAOAEPMGF1P {
					o.Label = []byte("a label")
				}
				got, err := xmlsecDecrypts(t, encrypt(t, assertion, o), key())
				if err != nil {
					t.Fatalf("%s, %s, beside %t: %v", a, transport, beside, err)
				}
				if text := parse(t, got).Child(saml, "Assertion").Text(); text != "Dana Fixtüre" {
					t.Errorf("%s, %s, beside %t: xmlsec1 gives %q", a, transport, beside, got)
				}
			}
		}
	}
}

// template is what xmlsec1 --encrypt fills.
func template(algorithm, transport, inMethod string) string {
	return fmt.Sprintf(`<EncryptedData xmlns="%s" Type="%sElement"><EncryptionMethod Algorithm="%s"/>`+
		`<KeyInfo xmlns="%s"><EncryptedKey xmlns="%s"><EncryptionMethod Algorithm="%s">%s</EncryptionMethod>`+
		`<CipherData><CipherValue/></CipherData></EncryptedKey></KeyInfo><CipherData><CipherValue/></CipherData></EncryptedData>`,
		Space, Space, algorithm, spaceSignature, Space, transport, inMethod)
}

// xmlsecEncrypts lets xmlsec1 encrypt for key.
func xmlsecEncrypts(t testing.TB, plaintext, session, filled string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.xml")
	must(t, "xmlsec1", "--encrypt", "--pubkey-pem", file(t, "public.pem", publicPEM(t, key())), "--session-key", session,
		"--xml-data", file(t, "plain.xml", []byte(plaintext)), "--output", out, file(t, "template.xml", []byte(filled)))
	return string(read(t, out))
}

func TestWeDecryptWhatXmlsecEncrypts(t *testing.T) {
	sessions := map[string]string{
		AES128CBC: "aes-128", AES192CBC: "aes-192", AES256CBC: "aes-256", TripleDESCBC: "des-192",
		AES128GCM: "aes-128", AES192GCM: "aes-192", AES256GCM: "aes-256",
	}
	label := `<OAEPparams>YSBsYWJlbA==</OAEPparams>`
	for _, a := range dataAlgorithms() {
		for _, transport := range xmlsecTransports() {
			for _, inMethod := range []string{"", label} {
				if transport == RSA15 && inMethod != "" {
					continue
				}
				p := Read(parse(t, xmlsecEncrypts(t, assertion, sessions[a], template(a, transport, inMethod))))
				got, err := p.Decrypt([]*rsa.PrivateKey{key()})
				if err != nil || string(got) != assertion {
					t.Errorf("%s, %s%s: expected the plaintext, found %q and %v", a, transport, inMethod, got, err)
				}
				if p.Keys[0].OAEPParams != (inMethod != "") {
					t.Errorf("OAEPparams: %t is not what %q says", p.Keys[0].OAEPParams, inMethod)
				}
			}
		}
	}
}

// Plaintexts whose padding is the shortest, the longest, and some between.
func TestPaddingOfXmlsec(t *testing.T) {
	for _, length := range []int{16, 17, 23, 24, 31} {
		plaintext := "<a>" + strings.Repeat("x", length-len("<a></a>")) + "</a>"
		for a, session := range map[string]string{AES128CBC: "aes-128", TripleDESCBC: "des-192"} {
			p := Read(parse(t, xmlsecEncrypts(t, plaintext, session, template(a, RSAOAEPMGF1P, ""))))
			if got, err := p.Decrypt([]*rsa.PrivateKey{key()}); err != nil || string(got) != plaintext {
				t.Errorf("%s: expected %q, found %q and %v", a, plaintext, got, err)
			}
			if got, err := xmlsecDecrypts(t, encrypt(t, plaintext, EncryptOptions{Algorithm: a}), key()); err != nil || !strings.Contains(got, plaintext) {
				t.Errorf("%s: xmlsec1 gives %q and %v for %q", a, got, err, plaintext)
			}
		}
	}
}
