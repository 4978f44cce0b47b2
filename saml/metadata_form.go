package saml

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// ParseMetadata reads federation metadata: an EntityDescriptor or an
// EntitiesDescriptor, the JSON of "aws iam get-saml-provider", or certificates
// (PEM, DER or bare base64), which stand for any issuer. One key that cannot be
// read never spoils the others. The error is a *MetadataError.
func ParseMetadata(data []byte) (*Metadata, error) {
	m, err := parseForm(data, 0)
	if err != nil {
		return nil, err
	}
	return m, nil
}

// mostContainer bounds JSON and base64 around metadata.
const mostContainer = 256 << 20

// parseForm tells the form of the data and reads it; level counts the layers
// around it.
func parseForm(data []byte, level int) (*Metadata, *MetadataError) {
	// PowerShell writes UTF-16 with a byte order mark.
	text, wide := fromUTF16(data[:min(len(data), mostContainer)])
	if !wide {
		text = data
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(text, byteOrderMark), " \t\r\n")
	switch {
	case len(trimmed) == 0:
		return nil, unreadable(MetadataEmpty, "nothing", adviseDownload)
	case isPage(trimmed):
		return nil, webPageError(trimmed)
	case trimmed[0] == '<' && wide:
		return nil, unreadable(MetadataMalformed, "XML in UTF-16", "save the file as UTF-8")
	case trimmed[0] == '<':
		return parseXML(text, trimmed)
	case bytes.HasPrefix(trimmed, []byte(browserNote)):
		_, xml, _ := bytes.Cut(trimmed, []byte("<"))
		return parseXML(nil, append([]byte("<"), xml...))
	case len(data) > mostContainer:
		return nil, unreadable(MetadataLimit, "a file of more than 256 MiB", adviseDownload)
	case trimmed[0] == '{', trimmed[0] == '"':
		return parseJSON(trimmed, level)
	}
	return parseCertificates(text, trimmed, level)
}

// browserNote is how a browser's view of an XML file begins when it is saved
// as text.
const browserNote = "This XML file does not appear to have any style information"

// mostPage bounds what of a web page is read for its title and error.
const mostPage = 256 << 10

func webPageError(page []byte) *MetadataError {
	page = page[:min(len(page), mostPage)]
	found := "a web page (HTML)"
	if title := titleOf(string(page)); title != "" {
		found += " titled " + quote(title)
	}
	if code := aadstsCode.Find(page); code != nil {
		found += " with the Entra error " + string(code)
	}
	return unreadable(MetadataHTML, found, "the address wants a sign-in or is another page: "+adviseDownload)
}

// parseXML reads a metadata document. Blanks before it are taken off, since
// they are common and change nothing.
func parseXML(whole, trimmed []byte) (*Metadata, *MetadataError) {
	src := trimmed
	if bytes.HasPrefix(whole, byteOrderMark) {
		src = whole
	}
	doc, err := xmldoc.Parse(src, xmldoc.MetadataLimits())
	if err != nil {
		return nil, scannerError(err)
	}
	m := &Metadata{doc: doc, index: map[string][]*Entity{}, others: map[string]bool{}}
	if fault := m.readDocument(doc.Root()); fault != nil {
		return nil, fault
	}
	return m, nil
}

func scannerError(err error) *MetadataError {
	out := unreadable(MetadataMalformed, "XML that is not well-formed ("+err.Error()+")", "download it again and save it as it is, without a browser's view or an editor in between")
	out.Err = err
	var refusal *xmldoc.Error
	if errors.As(err, &refusal) {
		switch refusal.Kind {
		case xmldoc.Limit:
			out.Reason, out.Found, out.Advice = MetadataLimit, "XML beyond the limits ("+err.Error()+")", "give the metadata of the identity provider alone, not a whole federation's"
		case xmldoc.Truncated:
			out.Found = "XML that stops early (" + err.Error() + ")"
		case xmldoc.Encoding:
			out.Found, out.Advice = "XML in another encoding than UTF-8 ("+err.Error()+")", "save the file as UTF-8"
		case xmldoc.Doctype:
			out.Found, out.Advice = "XML with a document type declaration ("+err.Error()+")", "metadata has none: "+adviseDownload
		}
	}
	return out
}

// A Provider is what "aws iam get-saml-provider" says beside the metadata.
type Provider struct {
	UUID           string // SAMLProviderUUID
	EncryptionMode string // AssertionEncryptionMode: Required or Allowed; empty if it is not said
	PrivateKeys    int    // length of PrivateKeyList
	HasPrivateKeys bool   // PrivateKeyList is there
}

// Provider gives what the JSON of "aws iam get-saml-provider" said beside the
// metadata; nil for metadata from elsewhere, and for that of several providers.
func (m *Metadata) Provider() *Provider {
	var out *Provider
	for _, file := range m.files() {
		if file.provider == nil {
			continue
		}
		if out != nil {
			return nil
		}
		out = file.provider
	}
	return out
}

// parseJSON reads the output of "aws iam get-saml-provider", or the metadata
// document alone as a JSON string.
func parseJSON(data []byte, level int) (*Metadata, *MetadataError) {
	var output struct {
		UUID     string `json:"SAMLProviderUUID"`
		Document string `json:"SAMLMetadataDocument"`
		Mode     string `json:"AssertionEncryptionMode"`
		Keys     *[]any `json:"PrivateKeyList"`
		List     *[]any `json:"SAMLProviderList"`
	}
	into := any(&output)
	if data[0] == '"' {
		into = &output.Document
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(into); err != nil {
		return nil, unreadable(MetadataJSON, "JSON that cannot be read", "give the output of aws iam get-saml-provider as it is, or the metadata XML")
	}
	switch {
	case output.List != nil:
		return nil, unreadable(MetadataJSON, "the output of aws iam list-saml-providers, which holds no metadata", "give that of aws iam get-saml-provider --saml-provider-arn ARN")
	case blank(output.Document), level > 0:
		return nil, unreadable(MetadataJSON, "JSON without a SAMLMetadataDocument", "give the output of aws iam get-saml-provider, or the metadata XML")
	}
	m, fault := parseForm([]byte(output.Document), level+1)
	if fault != nil {
		fault.Found = "JSON whose SAMLMetadataDocument is " + fault.Found
		return nil, fault
	}
	if data[0] == '{' {
		m.provider = &Provider{UUID: output.UUID, EncryptionMode: output.Mode}
		if output.Keys != nil {
			m.provider.PrivateKeys, m.provider.HasPrivateKeys = len(*output.Keys), true
		}
	}
	return m, nil
}

// parseCertificates reads a file of certificates, or base64 around one of the
// other forms.
func parseCertificates(whole, trimmed []byte, level int) (*Metadata, *MetadataError) {
	if level == 0 {
		if inner := unwrapBase64(trimmed); inner != nil {
			return parseForm(inner, level+1)
		}
	}
	lone, fault := readLoneCertificates(whole)
	if len(lone) == 0 {
		return nil, fault
	}
	m := &Metadata{index: map[string][]*Entity{}, others: map[string]bool{}}
	m.add(&Entity{metadata: m, lone: lone})
	return m, nil
}

// unwrapBase64 takes base64 off a document; nil where there is none, or where
// it holds a certificate.
func unwrapBase64(text []byte) []byte {
	packed := strings.Join(strings.Fields(string(text)), "")
	inner, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		return nil
	}
	inner = bytes.TrimLeft(bytes.TrimPrefix(inner, byteOrderMark), " \t\r\n")
	if len(inner) == 0 || inner[0] != '<' && inner[0] != '{' {
		return nil
	}
	return inner
}
