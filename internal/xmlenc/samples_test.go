package xmlenc

import (
	"crypto/rsa"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// samples is where samples of other projects lie.
const samples = "../../../shared/samples"

// A sample is a row of their manifest.
type sample struct{ file, algorithms, key string }

func encryptedSamples(t *testing.T) []sample {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(samples, "manifest.tsv"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("../shared/samples is not here")
	} else if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	columns := map[string]int{}
	for i, name := range strings.Split(lines[0], "\t") {
		columns[name] = i
	}
	var out []sample
	for _, line := range lines[1:] {
		c := strings.Split(line, "\t")
		if s := (sample{c[columns["file"]], c[columns["encrypted"]], c[columns["decryption_key"]]}); s.algorithms != "no" {
			out = append(out, s)
		}
	}
	return out
}

// wrappers gives the encrypted parts of a document.
func wrappers(root xmldoc.Element) []xmldoc.Element {
	var out []xmldoc.Element
	for e := range root.Descendants() {
		switch {
		case e.Is(saml, "EncryptedAssertion"), e.Is(saml, "EncryptedID"), e.Is(saml, "EncryptedAttribute"):
			out = append(out, e)
		}
	}
	return out
}

// inside names the element that a wrapper is expected to hold.
func inside(file string, w xmldoc.Element) string {
	switch {
	case file == "responses/java-saml--response_encrypted_subconfirm_as_nameid.xml":
		return "SubjectConfirmation" // the fault that the sample is about
	case w.Local() == "EncryptedID":
		return "NameID"
	}
	return strings.TrimPrefix(w.Local(), "Encrypted")
}

// inPlace puts a plaintext where it was encrypted: some samples use prefixes that
// are declared around it.
func inPlace(t *testing.T, w xmldoc.Element, plaintext string) xmldoc.Element {
	t.Helper()
	source := w.Document().Source()
	start := strings.Index(plaintext, "<")
	for e := range parse(t, source[:w.Offset()]+plaintext+source[w.End():]).Descendants() {
		if e.Offset() == w.Offset()+start {
			return e
		}
	}
	t.Fatal("the plaintext is no element")
	return xmldoc.Element{}
}

func sampleKeys(t *testing.T, name string) []*rsa.PrivateKey {
	t.Helper()
	keys, err := ParsePrivateKeys(read(t, filepath.Join(samples, name)), nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return keys
}

// What the samples' own keys decrypt is what xmlsec1 makes of it.
func TestSamplesAgainstXmlsec(t *testing.T) {
	decrypted := 0
	for _, s := range encryptedSamples(t) {
		if s.key == "" {
			continue
		}
		text := string(read(t, filepath.Join(samples, s.file)))
		keys := sampleKeys(t, s.key)
		for _, w := range wrappers(parse(t, text)) {
			p := Read(w)
			plaintext, err := p.Decrypt(keys)
			if err != nil {
				t.Errorf("%s: %s: %v", s.file, w.Local(), err)
				continue
			}
			decrypted++
			root := inPlace(t, w, string(plaintext))
			if want := inside(s.file, w); !root.Is(saml, want) {
				t.Errorf("%s: %s holds %s", s.file, w.Local(), root.QName())
			}
			got, err := xmlsecDecrypts(t, w.Document().Source(), keys[0])
			if err != nil {
				t.Errorf("%s: xmlsec1: %v", s.file, err)
				continue
			}
			if !strings.Contains(parse(t, got).Text(), root.Text()) {
				t.Errorf("%s: xmlsec1 decrypts something else", s.file)
			}
		}
	}
	t.Logf("%d encrypted parts were decrypted", decrypted)
	if decrypted < 15 {
		t.Errorf("15 encrypted parts at least are expected, found %d", decrypted)
	}
}

// Without a key every sample is described, with the algorithms that the
// manifest names.
func TestSamplesAreDescribed(t *testing.T) {
	malformed := map[string]string{
		"responses/python3-saml--encrypted_nameID_without_EncMethod.xml": "the EncryptedKey names no algorithm",
		"responses/python3-saml--encrypted_nameID_without_keyinfo.xml":   "there is no EncryptedKey",
	}
	for _, s := range encryptedSamples(t) {
		parts := wrappers(parse(t, string(read(t, filepath.Join(samples, s.file)))))
		if len(parts) == 0 {
			t.Errorf("%s: no encrypted part was found", s.file)
		}
		for _, w := range parts {
			p := Read(w)
			if broken := p.Fault != "" || p.Unsupported() != ""; broken != (malformed[s.file] != "") {
				t.Errorf("%s: expected %q, found the fault %q and unsupported %q", s.file, malformed[s.file], p.Fault, p.Unsupported())
			}
			if _, name, _ := strings.Cut(p.Algorithm, "#"); !strings.Contains(s.algorithms, name) {
				t.Errorf("%s: expected %s, found %q", s.file, s.algorithms, p.Algorithm)
			}
			for _, k := range p.Keys {
				if _, name, _ := strings.Cut(k.Transport, "#"); !strings.Contains(s.algorithms, name) {
					t.Errorf("%s: expected %s, found %q", s.file, s.algorithms, k.Transport)
				}
			}
		}
	}
}
