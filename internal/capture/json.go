package capture

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// mostDepth is how deep arrays and objects of JSON are looked into; what lies
// deeper is passed over.
const mostDepth = 64

// A jsonReader reads JSON from front to back, once, without a copy of it. A
// text that ends too early, or is no JSON from some place on, gives what stands
// before that place.
type jsonReader struct {
	data  []byte
	pos   int
	depth int
	cut   bool // the text ends inside a value
	bad   bool // the text is no JSON
}

func (r *jsonReader) stopped() bool { return r.cut || r.bad }

// peek gives the first byte of what comes next, 0 at the end.
func (r *jsonReader) peek() byte {
	for r.pos < len(r.data) {
		switch b := r.data[r.pos]; b {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return b
		}
	}
	return 0
}

// take goes past the byte that has to come next.
func (r *jsonReader) take(want byte) bool {
	switch b := r.peek(); {
	case r.stopped():
	case b == want && r.pos < len(r.data):
		r.pos++
		return true
	case b == 0 && r.pos >= len(r.data):
		r.cut = true
	default:
		r.bad = true
	}
	return false
}

// object calls member for each member of an object; member reads the value, or
// leaves it to be passed over. What is no object is passed over.
func (r *jsonReader) object(member func(key string)) {
	if r.peek() != '{' || r.depth >= mostDepth {
		r.skip()
		return
	}
	r.pos++
	r.depth++
	defer func() { r.depth-- }()
	if r.peek() == '}' {
		r.pos++
		return
	}
	for !r.stopped() {
		if r.peek() != '"' {
			r.take('"')
			return
		}
		key := r.text()
		if !r.take(':') {
			return
		}
		r.value(func() { member(key) })
		if r.peek() == '}' {
			r.pos++
			return
		}
		r.take(',')
	}
}

// array calls element for each element of an array, as object does.
func (r *jsonReader) array(element func()) {
	if r.peek() != '[' || r.depth >= mostDepth {
		r.skip()
		return
	}
	r.pos++
	r.depth++
	defer func() { r.depth-- }()
	if r.peek() == ']' {
		r.pos++
		return
	}
	for !r.stopped() {
		r.value(element)
		if r.peek() == ']' {
			r.pos++
			return
		}
		r.take(',')
	}
}

// value has a value read, and passes over one that was not.
func (r *jsonReader) value(read func()) {
	if r.stopped() {
		return
	}
	r.peek()
	start := r.pos
	if start >= len(r.data) {
		r.cut = true
		return
	}
	read()
	if r.pos == start && !r.stopped() {
		r.skip()
	}
}

// raw reads a string and gives it with its escapes; nil for another value,
// which is passed over. Of a string that does not end it gives what there is.
func (r *jsonReader) raw() []byte {
	if r.peek() != '"' {
		r.skip()
		return nil
	}
	r.pos++
	start := r.pos
	for {
		at := bytes.IndexByte(r.data[r.pos:], '"')
		if at < 0 {
			r.pos, r.cut = len(r.data), true
			return r.data[start:]
		}
		r.pos += at + 1
		if !escaped(r.data[start : r.pos-1]) {
			return r.data[start : r.pos-1]
		}
	}
}

// escaped reports whether an odd number of backslashes stands at the end.
func escaped(text []byte) bool {
	n := 0
	for n < len(text) && text[len(text)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

func (r *jsonReader) text() string { return string(unquote(r.raw())) }

// skip passes over the next value, however deep it is.
func (r *jsonReader) skip() {
	deep := 0
	for {
		switch r.peek() {
		case 0:
			r.cut = r.pos >= len(r.data)
			r.bad = !r.cut
			return
		case '"':
			r.raw()
			if r.stopped() {
				return
			}
		case '{', '[':
			deep++
			r.pos++
			continue
		case '}', ']':
			deep--
			if deep < 0 {
				r.bad = true
				return
			}
			r.pos++
		case ',', ':':
			if deep == 0 {
				r.bad = true
				return
			}
			r.pos++
			continue
		default:
			if !r.word() {
				return
			}
		}
		if deep == 0 {
			return
		}
	}
}

// word passes over a number or one of the words of JSON.
func (r *jsonReader) word() bool {
	start := r.pos
	for r.pos < len(r.data) && (isAlphanumeric(r.data[r.pos]) || bytes.IndexByte([]byte("+-."), r.data[r.pos]) >= 0) {
		r.pos++
	}
	if r.pos == start {
		r.bad = true
		return false
	}
	switch word := r.data[start:r.pos]; {
	case word[0] == '-' || '0' <= word[0] && word[0] <= '9', string(word) == "true", string(word) == "false", string(word) == "null":
		return true
	case r.pos == len(r.data):
		r.cut = true
	default:
		r.bad = true
	}
	return false
}

// number reads a number that is not negative; -1 for what is none.
func (r *jsonReader) number() int {
	r.peek()
	start := r.pos
	r.skip()
	n := 0
	for _, b := range r.data[start:r.pos] {
		if b < '0' || b > '9' || n > 1<<40 {
			return -1
		}
		n = 10*n + int(b-'0')
	}
	return n
}

var jsonEscapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquote undoes the escapes of a string (RFC 8259, 7).
func unquote(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		at := bytes.IndexByte(raw, '\\')
		if at < 0 || at+1 >= len(raw) {
			return append(out, raw...)
		}
		out = append(out, raw[:at]...)
		raw = raw[at:]
		if b, ok := jsonEscapes[raw[1]]; ok {
			out, raw = append(out, b), raw[2:]
			continue
		}
		char, n := unicodeEscape(raw)
		if n == 0 {
			out, raw = append(out, raw[0]), raw[1:]
			continue
		}
		out, raw = utf8.AppendRune(out, char), raw[n:]
	}
	return out
}

// unicodeEscape reads \uXXXX, or two of them that are a pair of surrogates.
func unicodeEscape(raw []byte) (char rune, length int) {
	first, ok := hex4(raw)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(first) {
		if second, ok := hex4(raw[6:]); ok {
			if char := utf16.DecodeRune(first, second); char != utf8.RuneError {
				return char, 12
			}
		}
	}
	return first, 6
}

func hex4(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	char := rune(0)
	for _, b := range raw[2:6] {
		if !isHex(b) {
			return 0, false
		}
		char = char<<4 | rune(hexValue(b))
	}
	return char, true
}
