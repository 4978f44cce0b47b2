package sanitize_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// TestXMLSec1Verifies holds fixtures of each product against another
// implementation of XML Signature, which is given the certificate of the new
// metadata.
func TestXMLSec1Verifies(t *testing.T) {
	tool, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not here: ", err)
	}
	for capture, metadata := range map[string]string{"entra-good": "metadata", "adfs-good": "adfs", "keycloak-good": "keycloak", "okta-good": "okta", "entra-response-signed": "metadata"} {
		c := trial{name: capture, message: saml.Decode(readFile(t, "captures/"+capture+".b64")), metadata: [][]byte{readFile(t, "idp/"+metadata+".xml")}}
		c.options.Time = issued
		r := makeFixtures(t, c)[0]
		if r.err != nil {
			t.Fatalf("%s: %v", capture, r.err)
		}
		if len(r.fixture.Lost) > 0 {
			t.Errorf("%s: %v", capture, r.fixture.Lost)
		}
		if out, err := verify(t, tool, r); err != nil {
			t.Errorf("%s: xmlsec1 refuses the fixture: %v\n%s", capture, err, out)
		}
		r.fixture.XML = []byte(strings.Replace(string(r.fixture.XML), "NotBefore=\"2026", "NotBefore=\"2025", 1))
		if _, err := verify(t, tool, r); err == nil {
			t.Errorf("%s: xmlsec1 takes a fixture that was changed", capture)
		}
	}
}

// verify runs xmlsec1 on a fixture with the first certificate of its metadata.
func verify(t *testing.T, tool string, r result) ([]byte, error) {
	t.Helper()
	found := certificateText.FindSubmatch(r.files[0].Data)
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(found[1])), ""))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	message, certificate := filepath.Join(dir, "m.xml"), filepath.Join(dir, "c.der")
	for name, data := range map[string][]byte{message: r.fixture.XML, certificate: der} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return exec.Command(tool, "--verify", "--pubkey-cert-der", certificate, "--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion",
		"--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response", message).CombinedOutput()
}
