package sanitize

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
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
	lone   []string                   // of a file of certificates: what stands between the lines of PEM
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
	case !bytes.HasPrefix(bytes.TrimPrefix(trimmed, []byte("\uFEFF")), []byte("<")):
		return f, f.readLone(data)
	}
	if f.doc, err = xmldoc.Parse(trimmed, xmldoc.MetadataLimits()); err != nil {
		return nil, errMetadataForm
	}
	return f, nil
}

// block finds the certificates of a file in PEM. What else stands there is left
// out of the new one.
var block = regexp.MustCompile(`(?s)-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)-----END`)

// readLone reads a file of certificates: PEM, bare base64, or one in DER.
func (f *metadataFile) readLone(data []byte) error {
	for _, found := range block.FindAllSubmatch(data, -1) {
		f.lone = append(f.lone, string(found[1]))
	}
	if f.lone != nil {
		return nil
	}
	text := string(data)
	if len(data) > 0 && data[0] == 0x30 {
		text = base64.StdEncoding.EncodeToString(data)
	}
	if _, ok := decoded(text); !ok {
		return errMetadataForm
	}
	f.lone = []string{"\n" + strings.TrimSpace(text) + "\n"}
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
	s.fresh, s.beside = saml.JoinMetadata(parts...), maps.Clone(s.strange)
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

// pemFile writes certificates like those of a file.
func (s *Sanitizer) pemFile(all []string) ([]byte, error) {
	var out strings.Builder
	for _, old := range all {
		body, err := s.ring.body(old)
		if err != nil {
			return nil, err
		}
		out.WriteString(armourBegin + body + armourEnd + "\n")
	}
	return []byte(out.String()), nil
}

// encryptionMode are the values of AssertionEncryptionMode.
var encryptionMode = regexp.MustCompile(`^(Required|Allowed)$`)

// jsonFile gives the JSON of "aws iam get-saml-provider" with the fields that
// are judged.
func (s *Sanitizer) jsonFile(object map[string]json.RawMessage, document string) ([]byte, error) {
	out := map[string]any{documentField: document}
	for _, name := range []string{"CreateDate", "ValidUntil", "AssertionEncryptionMode"} {
		if value := strings.Trim(string(object[name]), `"`); isInstant(value) || encryptionMode.MatchString(value) {
			out[name] = object[name]
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
