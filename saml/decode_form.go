package saml

import (
	"bytes"
	"strings"
)

// The fields of a form or query that carry a message or tell what does.
const (
	fieldResponse = "SAMLResponse"
	fieldRequest  = "SAMLRequest"
	fieldArtifact = "SAMLart"
	fieldResult   = "wresult" // WS-Federation
	fieldIDToken  = "id_token"
	fieldRelay    = "RelayState"
)

// dataURL takes the value out of a data: URL (RFC 2397).
func (d *decoder) dataURL(c captured) ([]byte, outcome) {
	if len(c.text) < 5 || !strings.EqualFold(string(c.text[:5]), "data:") {
		return nil, absent
	}
	_, value, ok := bytes.Cut(c.text, []byte(","))
	if !ok {
		return nil, absent
	}
	d.took("data URL: taken off")
	d.start = 0
	out, _ := unpercent(value, false)
	return out, undone
}

// webURL takes the query out of a URL and keeps where it points.
func (d *decoder) webURL(c captured) ([]byte, outcome) {
	scheme := strings.ToLower(string(c.text[:min(8, len(c.text))]))
	if !strings.HasPrefix(scheme, "https://") && !strings.HasPrefix(scheme, "http://") || bytes.ContainsAny(c.text, "<\x00") {
		return nil, absent
	}
	address, query, _ := bytes.Cut(c.text, []byte("?"))
	if bytes.ContainsAny(address, blanks) {
		return nil, absent
	}
	query, _, _ = bytes.Cut(query, []byte("#"))
	d.took("URL: query of %d characters", len(query))
	d.url = string(address)
	d.start = 0
	if below, outcome := d.fields(captured{raw: query, text: query}); outcome != absent {
		return below, outcome
	}
	d.facts.noField = true
	d.isForm(FormForm)
	return nil, done
}

// A field is a name and a value of a form, as they stand.
type field struct{ name, value []byte }

// splitFields splits a form body or query. Names that no form has, such as a
// piece of base64, are kept: the caller looks for those it knows.
func splitFields(text []byte) []field {
	var out []field
	for part := range bytes.SplitSeq(bytes.TrimPrefix(text, []byte("?")), []byte("&")) {
		if name, value, ok := bytes.Cut(part, []byte("=")); ok {
			out = append(out, field{bytes.Trim(name, blanks), value})
		}
	}
	return out
}

func find(fields []field, name string) (first field, count int) {
	for _, f := range fields {
		if !strings.EqualFold(string(f.name), name) {
			continue
		}
		if count == 0 {
			first = f
		}
		count++
	}
	return first, count
}

// fields takes the message out of a form body.
func (d *decoder) fields(c captured) ([]byte, outcome) {
	if bytes.IndexByte(c.text, '=') < 0 {
		return nil, absent
	}
	all := splitFields(c.text)
	if relay, n := find(all, fieldRelay); n > 0 {
		value, _ := unpercent(relay.value, true)
		d.facts.relayState = string(value)
	}
	for _, name := range []string{fieldResponse, fieldRequest, fieldResult} {
		if f, n := find(all, name); n > 0 {
			return d.field(name, f.value, n), undone
		}
	}
	return d.noMessage(all, c)
}

// field takes the value of one field. Where it holds no percent-encoding at
// all, it was undone before, and plus is plus.
func (d *decoder) field(name string, value []byte, count int) []byte {
	value = untilNextName(value)
	out, escapes := unpercent(value, true)
	if escapes == 0 && !blanksArePlus(value) {
		out = value
	}
	if count > 1 {
		d.took("form: %d fields %s, the first is judged", count, name)
	} else {
		d.took("form: field %s of %d characters", name, len(value))
	}
	d.isForm(FormForm)
	d.start = 0
	return out
}

// blanksArePlus reports whether a value without escapes is form-encoded nevertheless:
// XML whose blanks are plus signs.
func blanksArePlus(value []byte) bool {
	return startsMarkup(value) && bytes.IndexByte(value, '+') >= 0 && bytes.IndexByte(value, ' ') < 0
}

// noMessage ends the decoding of a form body that carries something else.
func (d *decoder) noMessage(all []field, c captured) ([]byte, outcome) {
	for _, known := range []struct{ name, kind string }{{fieldArtifact, otherArtifact}, {fieldIDToken, otherJWT}} {
		if _, n := find(all, known.name); n > 0 {
			return d.isOther(known.kind, c.text)
		}
	}
	if bytes.IndexByte(c.text, '\n') >= 0 {
		return nil, absent
	}
	if _, n := find(all, fieldRelay); n > 0 || len(all) > 1 {
		d.facts.noField = true
		d.isForm(FormForm)
		return nil, done
	}
	return nil, absent
}

// namedLine takes the value out of a line such as "SAMLResponse: PHNh…", as
// the tools of browsers show a form. It ends where the next name begins.
func (d *decoder) namedLine(c captured) ([]byte, outcome) {
	for _, name := range []string{fieldResponse, fieldRequest} {
		value, ok := afterName(c.text, name)
		if !ok {
			continue
		}
		d.took("name %s: taken off", name)
		d.isForm(FormForm)
		d.start = 0
		return untilNextName(value), undone
	}
	return nil, absent
}

// afterName gives what stands after a name at the beginning of text or of one
// of its lines.
func afterName(text []byte, name string) ([]byte, bool) {
	for start := 0; start < len(text); {
		end := nextLine(text, start)
		line := bytes.TrimLeft(text[start:end], blanks+quoteMarks)
		begin := end - len(line)
		start = end
		if len(line) < len(name) || !strings.EqualFold(string(line[:len(name)]), name) {
			continue
		}
		value := bytes.TrimLeft(text[begin+len(name):], quoteMarks+" ")
		if len(value) > 0 && bytes.IndexByte([]byte(":=\t\r\n"), value[0]) >= 0 {
			return bytes.TrimLeft(value, ":=\t\r\n "), true
		}
	}
	return nil, false
}

const quoteMarks = `"'`

func nextLine(text []byte, start int) int {
	end := bytes.IndexByte(text[start:], '\n')
	if end < 0 {
		return len(text)
	}
	return start + end + 1
}

// untilNextName cuts a text before the line that holds the next name. XML is
// left whole.
func untilNextName(text []byte) []byte {
	if startsMarkup(text) {
		return text
	}
	for start := nextLine(text, 0); start < len(text); start = nextLine(text, start) {
		if startsName(text[start:nextLine(text, start)]) {
			return text[:start]
		}
	}
	return text
}

// startsName reports whether a line begins with the name of another field.
func startsName(line []byte) bool {
	line = bytes.TrimLeft(line, blanks+quoteMarks)
	if bytes.IndexByte(line, ':') >= 0 {
		return true
	}
	for _, name := range []string{fieldResponse, fieldRequest, fieldRelay, "SigAlg", "Signature"} {
		if len(line) > len(name) && strings.EqualFold(string(line[:len(name)]), name) {
			return bytes.IndexByte([]byte("=\t\"' "), line[len(name)]) >= 0
		}
	}
	return false
}
