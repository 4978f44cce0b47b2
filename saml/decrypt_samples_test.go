package saml_test

import (
	"crypto/rsa"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"github.com/samlcheck/samlcheck/saml"
)

func sampleKeys(t *testing.T, s *sample) []*rsa.PrivateKey {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, s.decryptionKey))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := saml.ParsePrivateKeys(data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func needXMLSec1(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("xmlsec1"); err != nil {
		t.Skip("xmlsec1 is not here: ", err)
	}
}

// xmlsec1 runs the command over a document, and gives what it writes.
func xmlsec1(t *testing.T, document []byte, arguments ...string) ([]byte, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "document.xml")
	if err := os.WriteFile(file, document, 0o600); err != nil {
		t.Fatal(err)
	}
	return exec.Command("xmlsec1", append(arguments, file)...).Output()
}

// cleared gives the document as xmlsec1 decrypts it, at most so many parts, each
// put in the place of its ciphertext.
func (s *sample) cleared(t *testing.T, parts int) []byte {
	t.Helper()
	out := s.document
	for range parts {
		if next, err := xmlsec1(t, out, "--decrypt", "--privkey-pem", filepath.Join(samples, s.decryptionKey)); err == nil {
			out = next
		}
	}
	if string(out) == string(s.document) {
		t.Fatalf("%s: xmlsec1 decrypts nothing", s.file)
	}
	return out
}

// xmlsecSays asks xmlsec1 whether the Signature of the Assertion holds with the
// certificate that it shows.
func xmlsecSays(t *testing.T, clear []byte, signature *etree.Element) bool {
	t.Helper()
	cert := signature.FindElement(".//X509Certificate")
	if cert == nil {
		t.Fatal("the Signature shows no certificate")
	}
	file := filepath.Join(t.TempDir(), "cert.pem")
	text := "-----BEGIN CERTIFICATE-----\n" + strings.Join(strings.Fields(cert.Text()), "\n") + "\n-----END CERTIFICATE-----\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := xmlsec1(t, clear, "--verify", "--enabled-key-data", "key-name", "--pubkey-cert-pem", file,
		"--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion", "--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response",
		"--node-xpath", "//*[local-name()='Assertion']/*[local-name()='Signature']")
	return err == nil
}

// inContext are the samples in which what was encrypted uses prefixes that are
// declared outside of it only.
var inContext = []string{
	"clever-saml2--response_notbefore_future_encrypted.xml",
	"clever-saml2--response_notbefore_future_encrypted_then_signed.xml",
	"java-saml--double_signed_encrypted_assertion.xml",
	"java-saml--response_encrypted_nameid.xml",
	"java-saml--signed_encrypted_assertion.xml",
	"java-saml--signed_message_encrypted_assertion.xml",
	"java-saml--valid_encrypted_assertion.xml",
	"php-saml--response_encrypted_nameid.xml",
	"php-saml--response_encrypted_nameid_encrypted_assertion2.xml",
	"python3-saml--response_encrypted_nameid.xml",
	"ruby-saml--encrypted_new_attack.xml",
}

// TestEncryptedSamples holds what is read of every sample that can be decrypted
// against what xmlsec1 decrypts it to, another parser reads in that, and xmlsec1
// says of the signature inside.
func TestEncryptedSamples(t *testing.T) {
	needXMLSec1(t)
	n, proved := 0, 0
	for _, s := range readSamples(t) {
		if s.decryptionKey == "" {
			continue
		}
		n++
		t.Run(filepath.Base(s.file), func(t *testing.T) {
			clear := s
			clear.document = s.cleared(t, 4)
			r := saml.Check(saml.Decode(s.document), clear.trusted(t), saml.Options{Time: s.instant(t), DecryptionKeys: sampleKeys(t, &s)})
			if got := slices.Contains(codesOf(r.Findings), "plaintext-context:warning"); got != slices.Contains(inContext, filepath.Base(s.file)) {
				t.Errorf("plaintext-context is found: %v; all: %v", got, codesOf(r.Findings))
			}
			if r.Content() == nil {
				t.Fatalf("nothing is read: %v", codesOf(r.Findings))
			}
			if r.Verified {
				proved++
			}
			sameAsCleared(t, &s, &clear, r)
		})
	}
	if n != 30 || proved != 25 {
		t.Errorf("30 samples are known that can be decrypted, 25 of them signed; found %d, %d verified", n, proved)
	}
}

func sameAsCleared(t *testing.T, s, clear *sample, r *saml.Report) {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(clear.document); err != nil {
		t.Fatal(err)
	}
	assertion := doc.FindElement("//Assertion")
	id := assertion.FindElement("./Subject/NameID")
	if id == nil {
		id = assertion.FindElement("./Subject/EncryptedID/NameID")
	}
	for what, pair := range map[string]struct {
		e   *etree.Element
		got string
	}{"Issuer": {assertion.FindElement("./Issuer"), r.Content().Issuer().Text}, "NameID": {id, r.Content().NameID().Text}} {
		if want := textOf(pair.e); want != pair.got {
			t.Errorf("%s is %q as xmlsec1 decrypts it, %q was read", what, want, pair.got)
		}
	}
	if got := len(r.Content().Attributes()); got != len(assertion.FindElements("./AttributeStatement/Attribute")) {
		t.Errorf("%d attributes are read", got)
	}
	signature, holds := assertion.FindElement("./Signature"), false
	if signature != nil {
		document := s.document // an identifier was encrypted before it was signed
		if strings.HasPrefix(s.encrypted, "assertion(") {
			document = s.cleared(t, 1)
		}
		holds = xmlsecSays(t, document, signature)
	}
	if got := signedInside(r); got != holds {
		t.Errorf("xmlsec1 says %v of the signature of the Assertion, samlcheck %v", holds, got)
	}
	if r.Verified && !holds && !r.Response.Signed {
		t.Error("verified, and neither Assertion nor Response has a signature that holds")
	}
}

func textOf(e *etree.Element) string {
	if e == nil {
		return ""
	}
	return e.Text()
}

// signedInside reports whether a signature of the Assertion holds.
func signedInside(r *saml.Report) bool {
	for _, s := range r.Signatures {
		if s.On == "assertion" && s.Verified {
			return true
		}
	}
	return false
}
