package sanitize

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
)

// A File is a file of metadata for the fixtures.
type File struct {
	Extension string // xml, json or pem
	Data      []byte
}

// A metadataFile is a file of the metadata as it was given.
type metadataFile struct {
	parsed *saml.Metadata
	doc    *xmldoc.Document           // of XML, also inside JSON
	object map[string]json.RawMessage // of the JSON of "aws iam get-saml-provider"
	lone   []*x509.Certificate        // of a file of certificates
	out    File                       // what stands for it
}

var errMetadataForm = errors.New("metadata for a fixture is expected as XML, as the JSON of aws iam get-saml-provider or as certificates in PEM, found another form: convert it first")

// documentField holds the metadata in the JSON of "aws iam get-saml-provider".
const documentField = "SAMLMetadataDocument"

// readMetadata reads one file of metadata.
func readMetadata(data []byte) (*metadataFile, error) {
	parsed, err := saml.ParseMetadata(data)
	if err != nil {
		return nil, err
	}
	f := &metadataFile{parsed: parsed}
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	switch {
	case bytes.HasPrefix(trimmed, []byte("{")):
		var text string
		if json.Unmarshal(trimmed, &f.object) != nil || json.Unmarshal(f.object[documentField], &text) != nil {
			return nil, errMetadataForm
		}
		trimmed = []byte(strings.TrimSpace(text))
	case bytes.HasPrefix(trimmed, []byte("-----BEGIN")):
		return f, f.readPEM(trimmed)
	}
	if f.doc, err = xmldoc.Parse(trimmed, xmldoc.MetadataLimits()); err != nil {
		return nil, errMetadataForm
	}
	return f, nil
}

func (f *metadataFile) readPEM(data []byte) error {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		c, err := x509.ParseCertificate(block.Bytes)
		if block.Type != "CERTIFICATE" || err != nil {
			return errMetadataForm
		}
		f.lone = append(f.lone, c)
	}
	if len(f.lone) == 0 {
		return errMetadataForm
	}
	return nil
}

// certificates gives the keys of all certificates of the file.
func (f *metadataFile) certificates() (out []xmlsig.Key) {
	if f.doc == nil {
		return nil
	}
	for e := range f.doc.Elements() {
		if e.Local() != "X509Certificate" || len(out) == mostKeysTried {
			continue
		}
		if c := certificateIn(e.Text()); c != nil {
			out = append(out, xmlsig.NewKey(c))
		}
	}
	return out
}

// mostMetadata bounds the documents of metadata that are made anew, in bytes.
const mostMetadata = 8 << 20

// buildMetadata makes the metadata of the fixtures, once for the run.
func (s *Sanitizer) buildMetadata() error {
	if s.built {
		return nil
	}
	s.built = true
	var parts []*saml.Metadata
	for _, f := range s.files {
		if err := s.buildFile(f); err != nil {
			return fmt.Errorf("metadata: %w", err)
		}
		parsed, err := saml.ParseMetadata(f.out.Data)
		if err != nil {
			return fmt.Errorf("the metadata that was made cannot be read: %w", err)
		}
		parts = append(parts, parsed)
	}
	s.fresh = saml.JoinMetadata(parts...)
	return nil
}

func (s *Sanitizer) buildFile(f *metadataFile) (err error) {
	if f.lone != nil {
		f.out.Extension = "pem"
		f.out.Data, err = s.pemFile(f.lone)
		return err
	}
	if n := len(f.doc.Source()); n > mostMetadata {
		return fmt.Errorf("at most %d bytes are expected, found %d: give the metadata of the identity provider alone, not a whole federation's", mostMetadata, n)
	}
	made, err := s.document(f.doc.Source(), trust{}, deepest)
	if err != nil {
		return err
	}
	if err := s.search(made.text); err != nil {
		return err
	}
	if f.doc.HasBOM() {
		made.text = "\uFEFF" + made.text
	}
	f.out = File{"xml", []byte(made.text)}
	if f.object != nil {
		f.out.Extension = "json"
		f.out.Data, err = s.jsonFile(f.object, made.text)
	}
	return err
}

func (s *Sanitizer) pemFile(all []*x509.Certificate) ([]byte, error) {
	var out []byte
	for _, c := range all {
		der, err := s.ring.certificate(c)
		if err != nil {
			return nil, err
		}
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	return out, nil
}

// jsonFile gives the JSON of "aws iam get-saml-provider" with the fields that
// are judged.
func (s *Sanitizer) jsonFile(object map[string]json.RawMessage, document string) ([]byte, error) {
	out := map[string]any{documentField: document}
	for _, name := range []string{"CreateDate", "ValidUntil", "AssertionEncryptionMode"} {
		if value, found := object[name]; found {
			out[name] = value
		}
	}
	var id string
	if json.Unmarshal(object["SAMLProviderUUID"], &id) == nil && id != "" {
		out["SAMLProviderUUID"] = s.m.value(id, plainText)
	}
	var keys []any
	if json.Unmarshal(object["PrivateKeyList"], &keys) == nil && object["PrivateKeyList"] != nil {
		list := make([]map[string]string, len(keys))
		for i := range list {
			list[i] = map[string]string{"KeyId": fmt.Sprintf("KEY%d", i+1)}
		}
		out["PrivateKeyList"] = list
	}
	text, err := json.MarshalIndent(out, "", "    ")
	return append(text, '\n'), err
}

// Metadata gives the files for the fixtures: one for each that was given, or
// one that fits them where none was.
func (s *Sanitizer) Metadata() ([]File, error) {
	if len(s.files) == 0 {
		return s.inventedFile()
	}
	if err := s.buildMetadata(); err != nil {
		return nil, err
	}
	var out []File
	for _, f := range s.files {
		out = append(out, f.out)
	}
	return out, nil
}

// Key gives the file with the private key that opens the fixtures; nil where
// nothing was encrypted anew.
func (s *Sanitizer) Key() ([]byte, error) { return s.keyFile() }
