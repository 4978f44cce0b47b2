package saml

import (
	"bytes"
	"iter"
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

var fieldNames = []string{fieldResponse, fieldRequest, fieldArtifact, fieldResult, fieldIDToken, fieldRelay}

// dataURL takes the value out of a data: URL (RFC 2397).
func (d *decoder) dataURL(c captured) ([]byte, outcome) {
	if !startsFold(c.text, []string{"data:"}) {
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
	if !startsFold(c.text, []string{"https://", "http://"}) || bytes.ContainsAny(c.text, "<\x00") {
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

// A form is a form body or query. Names that no form has, such as a piece of
// base64, are in it too: the caller looks for those it knows.
type form []byte

// fields gives names and values as they stand.
func (f form) fields() iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		for part := range bytes.SplitSeq(bytes.TrimPrefix(f, []byte("?")), []byte("&")) {
			if name, value, ok := bytes.Cut(part, []byte("=")); ok && !yield(bytes.Trim(name, blanks), value) {
				return
			}
		}
	}
}

// A field is the first value of a name, and how many fields bear the name.
type field struct {
	value []byte
	count int
}

// known finds the fields of the names that are looked for, letter case aside,
// and counts all.
func (f form) known() (found map[string]field, all int) {
	const shortest, longest = len(fieldResult), 3 * len(fieldResponse) // a letter of another case may have three bytes
	found = map[string]field{}
	for n, value := range f.fields() {
		if all++; len(n) < shortest || len(n) > longest {
			continue
		}
		for _, name := range fieldNames {
			if !bytes.EqualFold(n, []byte(name)) {
				continue
			}
			if found[name].count == 0 {
				found[name] = field{value: value}
			}
			found[name] = field{found[name].value, found[name].count + 1}
		}
	}
	return found, all
}

// differing counts the fields of a name that have another value than the first.
func (f form) differing(name string, first []byte) (count int) {
	for n, value := range f.fields() {
		if bytes.EqualFold(n, []byte(name)) && !bytes.Equal(value, first) {
			count++
		}
	}
	return count
}

// lone reports whether the text is one field whose name is longer than any of
// those that are known, as base64 with padding is.
func (f form) lone() bool {
	const longest = 3 * len(fieldResponse) // letter case aside, a letter may have three bytes
	for name := range f.fields() {
		return len(name) > longest && bytes.IndexByte(f, '&') < 0
	}
	return false
}

// fields takes the message out of a form body.
func (d *decoder) fields(c captured) ([]byte, outcome) {
	if bytes.IndexByte(c.text, '=') < 0 {
		return nil, absent
	}
	all := form(c.text)
	if all.lone() {
		return nil, absent
	}
	found, count := all.known()
	if relay := found[fieldRelay]; relay.count > 0 {
		value, _ := unpercent(relay.value, true)
		d.facts.relayState = string(value)
	}
	for _, name := range []string{fieldResponse, fieldRequest, fieldResult} {
		if f := found[name]; f.count > 0 {
			if f.count > 1 {
				d.facts.rivals = all.differing(name, f.value)
			}
			d.facts.fields = true
			return d.field(name, f), undone
		}
	}
	return d.noMessage(found, count, c)
}

// field takes the value of one field. Where it holds no percent-encoding at
// all, it was undone before, and plus is plus.
func (d *decoder) field(name string, f field) []byte {
	value := untilNextName(f.value)
	out, escapes := unpercent(value, true)
	if escapes == 0 && !blanksArePlus(value) {
		out = value
	}
	if f.count > 1 {
		d.took("form: %d fields %s, the first is judged", f.count, name)
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
func (d *decoder) noMessage(found map[string]field, count int, c captured) ([]byte, outcome) {
	for _, known := range []struct{ name, kind string }{{fieldArtifact, otherArtifact}, {fieldIDToken, otherJWT}} {
		if found[known.name].count > 0 {
			return d.isOther(known.kind, c.text)
		}
	}
	if bytes.IndexByte(c.text, '\n') >= 0 {
		return nil, absent
	}
	if found[fieldRelay].count > 0 || count > 1 {
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
