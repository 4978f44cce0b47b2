package saml

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// metadataSamples finds the real documents, which are not part of the repository.
func metadataSamples(t *testing.T) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("..", "..", "shared", "samples", "metadata", "*.xml"))
	if len(files) == 0 {
		t.Skip("../shared/samples is not here")
	}
	return files
}

// plainMetadata reads metadata as a naive reader does: with encoding/xml.
type plainMetadata struct {
	XMLName  xml.Name
	EntityID string          `xml:"entityID,attr"`
	Groups   []plainMetadata `xml:"urn:oasis:names:tc:SAML:2.0:metadata EntitiesDescriptor"`
	Entities []plainMetadata `xml:"urn:oasis:names:tc:SAML:2.0:metadata EntityDescriptor"`
	Roles    []struct {
		Keys []struct {
			Use          string   `xml:"use,attr"`
			Certificates []string `xml:"http://www.w3.org/2000/09/xmldsig# KeyInfo>X509Data>X509Certificate"`
		} `xml:"urn:oasis:names:tc:SAML:2.0:metadata KeyDescriptor"`
	} `xml:"urn:oasis:names:tc:SAML:2.0:metadata IDPSSODescriptor"`
}

// signing gives, for each identity provider, the SHA-256 of its signing
// certificates.
func (p plainMetadata) signing(t *testing.T, into map[string][]string) {
	for _, g := range slices.Concat(p.Groups, p.Entities) {
		g.signing(t, into)
	}
	if len(p.Roles) == 0 {
		return
	}
	into[p.EntityID] = append(into[p.EntityID], []string{}...)
	for _, r := range p.Roles {
		for _, k := range r.Keys {
			for _, c := range k.Certificates {
				if k.Use == "encryption" {
					continue
				}
				sum := sha256.Sum256(plainDER(t, c))
				into[p.EntityID] = append(into[p.EntityID], hex.EncodeToString(sum[:]))
			}
		}
	}
}

// plainDER decodes a certificate. Samples out of Java and YAML sources have the
// seams of their string literals and comment marks inside; two hold the base64
// of PEM.
func plainDER(t *testing.T, text string) []byte {
	t.Helper()
	for _, seam := range []string{"\" +", "\"+", "\\n", "\"", "#"} {
		text = strings.ReplaceAll(text, seam, "")
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Error(err)
	}
	if block, _ := pem.Decode(der); block != nil {
		return block.Bytes
	}
	return der
}

// issuing are certificates that stand in a chain beside the one that they
// issued: openssl verify says so. They hold no signing key.
var issuing = []string{"4856fd6aedfb5e1da2a8e07a675bb65808931670fe23463c735c5ca27c794c91"}

func TestSampleMetadata(t *testing.T) {
	refused := map[string]MetadataReason{
		"python3-saml--entities_metadata.xml": MetadataServiceOnly, // two service providers
	}
	for _, file := range metadataSamples(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m, err := ParseMetadata(data)
			if want, ok := refused[filepath.Base(file)]; ok {
				e, _ := err.(*MetadataError)
				if e == nil || e.Reason != want {
					t.Fatalf("refused as %v, want reason %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var plain plainMetadata
			if err := xml.Unmarshal(data, &plain); err != nil {
				t.Fatal(err)
			}
			want := map[string][]string{}
			plain.signing(t, want)
			got := map[string][]string{}
			for _, e := range m.Entities() {
				got[e.ID] = append(got[e.ID], []string{}...)
				for _, k := range e.SigningKeys() {
					got[e.ID] = append(got[e.ID], strings.ToLower(strings.ReplaceAll(k.SHA256, ":", "")))
				}
			}
			if len(got) != len(want) {
				t.Errorf("entities %v, want %v", got, want)
			}
			for id, keys := range want {
				keys = slices.DeleteFunc(keys, func(sum string) bool { return slices.Contains(issuing, sum) })
				if !slices.Equal(got[id], keys) {
					t.Errorf("%s: certificates %v, want %v", id, got[id], keys)
				}
			}
		})
	}
}
