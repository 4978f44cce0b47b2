package capture

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
)

// mostHead is how much of a text is looked at to see whether a message begins
// there.
const mostHead = 512

// roots are the names of the elements that a message is, or may be taken for.
var roots = map[string]Field{
	"Response": Response, "LogoutResponse": Response, "ArtifactResponse": Response, "Assertion": Response, "EncryptedAssertion": Response,
	"AuthnRequest": Request, "LogoutRequest": Request,
	"RequestSecurityTokenResponse": Result, "RequestSecurityTokenResponseCollection": Result,
}

// startsMessage reports whether base64 of a message begins a text, in whatever
// alphabet, with line breaks or percent-encoding in it.
func startsMessage(text []byte) bool {
	_, ok := rootOf64(text)
	return ok
}

// rootOf64 gives the field that the message in base64 belongs to.
func rootOf64(text []byte) (Field, bool) {
	if len(text) < 24 || bytes.IndexByte([]byte("P7CDI"), text[0]) < 0 { // as "<", a byte order mark, a line break or a blank begin
		return "", false
	}
	symbols := make([]byte, 0, mostHead)
	for _, b := range unpercent(text[:min(len(text), mostHead)], false) {
		switch {
		case b == '-':
			symbols = append(symbols, '+')
		case b == '_':
			symbols = append(symbols, '/')
		case isAlphanumeric(b) || b == '+' || b == '/':
			symbols = append(symbols, b)
		case !isSpace(b):
			return rootOf(decoded(symbols))
		}
	}
	return rootOf(decoded(symbols))
}

func decoded(symbols []byte) []byte {
	symbols = symbols[:len(symbols)/4*4]
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(symbols)))
	n, _ := base64.RawStdEncoding.Decode(out, symbols)
	return out[:n]
}

// rootOf gives the field of a message by the name of its first element.
func rootOf(xml []byte) (Field, bool) {
	_, field, ok := rootIn(xml)
	return field, ok
}

// rootIn gives where the first element of a document is, too.
func rootIn(xml []byte) (at int, field Field, ok bool) {
	rest := bytes.TrimLeft(bytes.TrimPrefix(xml, []byte("\xef\xbb\xbf")), blanks)
	for range 8 {
		switch {
		case bytes.HasPrefix(rest, []byte("<?")):
			rest = afterMark(rest, "?>")
		case bytes.HasPrefix(rest, []byte("<!--")):
			rest = afterMark(rest, "-->")
		default:
			field, ok = fieldOf(elementName(rest))
			return len(xml) - len(rest), field, ok
		}
	}
	return 0, "", false
}

// elementName gives the name, with its prefix, of the element whose start tag
// begins a text; empty where there is none.
func elementName(xml []byte) string {
	const longest = 80
	if len(xml) < 2 || xml[0] != '<' {
		return ""
	}
	xml = xml[1:min(len(xml), longest)]
	end := bytes.IndexAny(xml, " \t\r\n/>")
	if end < 0 {
		return ""
	}
	return string(xml[:end])
}

func fieldOf(name string) (Field, bool) {
	field, ok := roots[name[strings.IndexByte(name, ':')+1:]]
	return field, ok
}

// endsMessage reports whether base64 that ends here ends a message. How many
// characters stand before is not known where blanks may be plus signs, so that
// each way to group the last ones is tried.
func endsMessage(text []byte) bool {
	const enough = 16
	symbols := make([]byte, 0, enough)
	text = bytes.TrimRight(text, "=")
	for i := len(text) - 1; i >= 0 && len(symbols) < enough; i-- {
		if b := text[i]; isAlphanumeric(b) || b == '+' || b == '/' {
			symbols = append(symbols, b)
		} else if !isSpace(b) {
			return false
		}
	}
	slices.Reverse(symbols)
	for skip := range min(4, len(symbols)) {
		out, err := base64.RawStdEncoding.DecodeString(string(symbols[skip:]))
		out = bytes.TrimRight(out, blanks)
		if err == nil && (bytes.HasSuffix(out, []byte("Response>")) || bytes.HasSuffix(out, []byte("nRequest>"))) {
			return true
		}
	}
	return false
}
