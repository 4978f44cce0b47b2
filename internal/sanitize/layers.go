package sanitize

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"html"
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// encoded writes a fixture in the form in which the message is posted, with the
// layers too many that the capture had.
func (s *Sanitizer) encoded(xml []byte, findings []saml.Finding) []byte {
	if s.options.Plain {
		return xml
	}
	has := func(code string) bool {
		return slices.ContainsFunc(findings, func(f saml.Finding) bool { return f.Code == code })
	}
	text := slices.Clone(xml)
	if has("html-escaped") {
		text = []byte(html.EscapeString(string(text)))
	}
	if has("deflate-on-post") {
		text = deflated(text)
	}
	alphabet := base64.StdEncoding
	if has("base64url-used") {
		alphabet = base64.RawURLEncoding
	}
	text = []byte(alphabet.EncodeToString(text))
	if has("base64-twice") {
		text = []byte(base64.StdEncoding.EncodeToString(text))
	}
	if has("base64-plus-lost") {
		text = bytes.ReplaceAll(text, []byte("+"), []byte(" "))
	}
	return append(text, '\n')
}

func deflated(text []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return text
	}
	if _, err := w.Write(text); err != nil || w.Close() != nil {
		return text
	}
	return b.Bytes()
}
