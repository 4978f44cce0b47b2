package capture

import (
	"bytes"
	"crypto/sha256"
	"net/url"
	"slices"
	"strings"
)

// carriers are the names of the fields that carry a message, the more telling
// ones first: a form that answers a request may bring the request along.
var carriers = []Field{Response, Request, Result}

const relayState = "RelayState"

// A carried is a message in a form body or in a query.
type carried struct {
	field Field
	value []byte // as it stands, with its percent-encoding
	relay string // RelayState, decoded; empty where there is none
	call  bool   // it is the assertion of a call of AssumeRoleWithSAML, which no form names so
}

// carries finds the message in a form body or in a query. The first field of a
// name counts, as it does for saml.Decode.
func carries(form []byte) (carried, bool) {
	var out carried
	if !mentions(form) {
		return out, false
	}
	for part := range bytes.SplitSeq(bytes.TrimPrefix(form, []byte("?")), []byte("&")) {
		name, value, ok := bytes.Cut(part, []byte("="))
		if !ok {
			continue
		}
		name = bytes.TrimSpace(name)
		if bytes.EqualFold(name, []byte(relayState)) && out.relay == "" {
			out.relay = string(unpercent(value, true))
		}
		if field, ok := carrier(name); ok && (out.field == "" || rank(field) < rank(out.field)) {
			out.field, out.value = field, value
		}
		if out.field == "" && string(name) == "SAMLAssertion" {
			out = carried{field: Response, value: value, call: true}
		}
	}
	return out, out.field != ""
}

// text gives what saml.Decode takes of a form body.
func (c carried) text(form []byte) []byte {
	if c.call {
		return unpercent(c.value, false)
	}
	return form
}

// carrier gives the field of a name, letter case aside.
func carrier(name []byte) (Field, bool) {
	for _, field := range carriers {
		if bytes.EqualFold(name, []byte(field)) {
			return field, true
		}
	}
	return "", false
}

func rank(field Field) int { return slices.Index(carriers, field) }

// carriesLines finds a message in fields that stand on lines of their own, as
// the tools of browsers show a form.
func carriesLines(text []byte) (carried, bool) {
	var out carried
	if !mentions(text) {
		return out, false
	}
	for line := range bytes.Lines(text) {
		name, value, ok := named(line)
		if !ok {
			continue
		}
		if bytes.EqualFold(name, []byte(relayState)) {
			out.relay = string(value)
		}
		if field, ok := carrier(name); ok && out.field == "" {
			out.field, out.value = field, value
		}
	}
	return out, out.field != ""
}

// named takes a line such as "SAMLResponse: PHNh" apart.
func named(line []byte) (name, value []byte, ok bool) {
	line = bytes.TrimSpace(line)
	end := bytes.IndexAny(line, ":=\t")
	if end <= 0 || end > len(Response)+2 {
		return nil, nil, false
	}
	return bytes.Trim(line[:end], `"' `), bytes.TrimSpace(line[end+1:]), true
}

// carriesParts finds a message in a body of multipart/form-data (RFC 7578).
func carriesParts(body []byte) (carried, bool) {
	var out carried
	if !bytes.HasPrefix(body, []byte("--")) || !mentions(body) {
		return out, false
	}
	for _, field := range carriers {
		if value, ok := partOf(body, string(field)); ok {
			relay, _ := partOf(body, relayState)
			return carried{field: field, value: value, relay: string(relay)}, true
		}
	}
	return out, false
}

func partOf(body []byte, name string) ([]byte, bool) {
	_, rest, ok := bytes.Cut(body, []byte(`name="`+name+`"`))
	if !ok {
		return nil, false
	}
	at, skip := endOfHead(rest)
	if at < 0 {
		return nil, false
	}
	value := rest[at+skip:]
	if end := bytes.Index(value, []byte("\n--")); end >= 0 {
		value = value[:end]
	}
	return bytes.TrimRight(value, "\r\n"), true
}

// mentions reports whether a text may name a field that carries a message: what
// does not is not looked into any further, which is most of an archive.
func mentions(text []byte) bool {
	for _, name := range [...]string{"SAML", "saml", "Saml", "wresult"} {
		if bytes.Contains(text, []byte(name)) {
			return true
		}
	}
	return false
}

// unpercent undoes percent-encoding; what is none of it stays.
func unpercent(text []byte, plus bool) []byte {
	if bytes.IndexByte(text, '%') < 0 && (!plus || bytes.IndexByte(text, '+') < 0) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			out = append(out, hexValue(text[i+1])<<4|hexValue(text[i+2]))
			i += 2
		case text[i] == '+' && plus:
			out = append(out, ' ')
		default:
			out = append(out, text[i])
		}
	}
	return out
}

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func hexValue(b byte) byte {
	switch {
	case b <= '9':
		return b - '0'
	case b <= 'F':
		return b - 'A' + 10
	}
	return b - 'a' + 10
}

// mostFields is how many fields of a form are read that a tool tells apart.
const mostFields = 10_000

// A pair is a field of a form whose name and value a tool tells apart.
type pair struct{ name, value string }

// formOf makes the form body of fields. Tools differ in whether they undo the
// percent-encoding of the values; what still has it keeps it.
func formOf(fields []pair) []byte {
	var out []byte
	for _, f := range fields {
		if len(out) > 0 {
			out = append(out, '&')
		}
		value := f.value
		if !isEncoded(value) {
			value = url.QueryEscape(value)
		}
		out = append(append(append(out, f.name...), '='), value...)
	}
	return out
}

// isEncoded reports whether a value still has the percent-encoding of a form:
// it has an escape, and nothing that would have to be one.
func isEncoded(value string) bool {
	return strings.Contains(value, "%") && !strings.ContainsAny(value, "<>/=& \"\r\n")
}

// splitURL gives the address and the query of a URL, without a fragment.
func splitURL(address string) (before, query string) {
	address, _, _ = strings.Cut(address, "#")
	before, query, _ = strings.Cut(address, "?")
	return before, query
}

// keyOf gives what tells that two values are the same message, whatever
// percent-encoding, line breaks and lost plus signs they have.
func keyOf(field Field, value []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte(field))
	decoded := unpercent(value, false)
	kept := make([]byte, 0, len(decoded))
	for _, b := range decoded {
		if isAlphanumeric(b) || b == '/' {
			kept = append(kept, b)
		}
	}
	h.Write(kept)
	return [sha256.Size]byte(h.Sum(nil))
}

func isAlphanumeric(b byte) bool {
	return 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || '0' <= b && b <= '9'
}
