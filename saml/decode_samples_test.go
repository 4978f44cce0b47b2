package saml_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// Every published sample comes out of Decode byte for byte, raw and as base64.
func TestDecodeKeepsSamples(t *testing.T) {
	names, err := filepath.Glob("../../shared/samples/*/*.xml")
	if err != nil || len(names) == 0 {
		t.Skip("../shared/samples is not here")
	}
	for _, name := range names {
		xml, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := saml.Decode(xml); got.Form() != saml.FormXML || !bytes.Equal(got.XML(), xml) {
			t.Errorf("%s: form %s, %d bytes of %d, steps %q", name, got.Form(), len(got.XML()), len(xml), got.Steps())
		}
		if got := saml.Decode([]byte(base64.StdEncoding.EncodeToString(xml))); got.Form() != saml.FormBase64 || !bytes.Equal(got.XML(), xml) {
			t.Errorf("%s in base64: form %s, %d bytes of %d, steps %q", name, got.Form(), len(got.XML()), len(xml), got.Steps())
		}
	}
}
