package samltest

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// xmlsec1 says whether every Signature of the document holds with the key of
// the certificate, KeyInfo left aside; it is the outside witness of these tests.
// A document without a Signature does not hold.
func xmlsec1(t *testing.T, text []byte, cert *x509.Certificate) bool {
	t.Helper()
	tool, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not installed")
	}
	dir := t.TempDir()
	file, pemFile := filepath.Join(dir, "response.xml"), filepath.Join(dir, "key.pem")
	write(t, file, text)
	write(t, pemFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
	for _, at := range signatures(t, text) {
		cmd := exec.Command(tool, "--verify", "--enabled-key-data", "x509", "--pubkey-cert-pem", pemFile,
			"--id-attr:ID", assertionSpace+":Assertion", "--id-attr:ID", protocolSpace+":Response",
			"--id-attr:ID", metadataSpace+":EntityDescriptor", "--node-xpath", at, file)
		if cmd.Run() != nil {
			return false
		}
	}
	return len(signatures(t, text)) > 0
}

const metadataSpace = "urn:oasis:names:tc:SAML:2.0:metadata"

// signatures gives an XPath for every Signature in the document; one that finds
// nothing where the document cannot be read.
func signatures(t *testing.T, text []byte) []string {
	t.Helper()
	d := &draft{text: string(text)}
	root := d.root()
	if d.err != nil {
		return []string{"/*"}
	}
	var out []string
	for e := range root.Descendants() {
		if e.Is(signatureSpace, "Signature") {
			out = append(out, "(//*[local-name()='Signature'])["+string(rune('1'+len(out)))+"]")
		}
	}
	return out
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func certificate(t *testing.T, p Product, k Key) *x509.Certificate {
	t.Helper()
	cert, err := k.Certificate(p)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func issue(t *testing.T, l Login) Response {
	t.Helper()
	r, err := l.Response()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// logins gives a sound login of each product, placement and algorithm.
func logins() []Login {
	var out []Login
	for _, p := range Products() {
		for _, s := range []Placement{SignAssertion, SignResponse, SignBoth} {
			for _, a := range []Algorithm{RSASHA256, RSASHA1, ECDSASHA256} {
				out = append(out, Login{Product: p, Sign: s, Algorithm: a})
			}
		}
	}
	return out
}

func (l Login) title() string {
	f, _, _ := l.filled()
	return string(f.Product) + "/" + string(f.Sign) + "/" + string(f.Algorithm)
}

func TestXMLSec1AcceptsGoodResponses(t *testing.T) {
	for _, l := range logins() {
		t.Run(l.title(), func(t *testing.T) {
			t.Parallel()
			key := CurrentKey
			if l.Algorithm == ECDSASHA256 {
				key = ECKey
			}
			text := issue(t, l).XML()
			want := 1
			if l.Sign == SignBoth {
				want = 2
			}
			if n := len(signatures(t, text)); n != want {
				t.Errorf("expected %d Signatures, found %d", want, n)
			}
			if !xmlsec1(t, text, certificate(t, l.Product, key)) {
				t.Errorf("xmlsec1 refuses %s", text)
			}
			if xmlsec1(t, text, certificate(t, l.Product, NextKey)) {
				t.Error("xmlsec1 accepts it with another key: it does not judge")
			}
		})
	}
}

func TestXMLSec1AcceptsSignedMetadata(t *testing.T) {
	for _, m := range []Metadata{{}, {Product: ADFS}, {Keys: []Key{ECKey}}, {Keys: []Key{NextKey, CurrentKey}}} {
		text, err := m.XML()
		if err != nil {
			t.Fatal(err)
		}
		signer := CurrentKey
		if m.Keys != nil {
			signer = m.Keys[0]
		}
		if !xmlsec1(t, text, certificate(t, m.Product, signer)) {
			t.Errorf("xmlsec1 refuses the metadata %+v", m)
		}
	}
}

// The same Login gives the same bytes, and another gives other identifiers.
func TestDeterministic(t *testing.T) {
	for _, l := range logins() {
		if !slices.Equal(issue(t, l), issue(t, l)) {
			t.Errorf("%s: two calls differ", l.title())
		}
	}
	a, b := &draft{text: string(issue(t, Login{}))}, &draft{text: string(issue(t, Login{NameID: "eve.fixture@example.com"}))}
	if a.find("Assertion").Get("ID") == b.find("Assertion").Get("ID") {
		t.Error("two logins have one ID")
	}
}
