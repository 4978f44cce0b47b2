package saml

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16 turns text in UTF-16 with a byte order mark, as some shells write it,
// into UTF-8. XML in UTF-16 is left to the XML scanner.
func (d *decoder) utf16(c captured) ([]byte, outcome) {
	if startsWideMarkup(c.raw) || len(c.raw)%2 != 0 {
		return nil, absent
	}
	text, wide := fromUTF16(c.raw)
	if !wide {
		return nil, absent
	}
	d.took("UTF-16: %d characters", len(c.raw)/2-1)
	d.start = 0
	return text, undone
}

// fromUTF16 turns UTF-16 with a byte order mark into UTF-8; wide is false where
// there is no such mark.
func fromUTF16(data []byte) (text []byte, wide bool) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return nil, false
	}
	units := make([]uint16, len(data)/2-1)
	for i := range units {
		units[i] = order.Uint16(data[2*i+2:])
	}
	return []byte(string(utf16.Decode(units))), true
}

// pairs are the quotation marks that are taken off.
var pairs = [][2]string{{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"„", "“"}, {"„", "”"}, {"«", "»"}}

// quotes takes quotation marks off, and a comma or semicolon after them.
func (d *decoder) quotes(c captured) ([]byte, outcome) {
	text := bytes.TrimRight(c.text, ",;")
	for _, p := range pairs {
		opening, closing := []byte(p[0]), []byte(p[1])
		if len(text) < len(opening)+len(closing) || !bytes.HasPrefix(text, opening) || !bytes.HasSuffix(text, closing) {
			continue
		}
		inner := text[len(opening) : len(text)-len(closing)]
		if !startsMarkup(inner) && holdsMark(inner, closing) {
			continue
		}
		d.took("quotation marks: taken off")
		d.start += c.start + len(opening)
		return inner, undone
	}
	return nil, absent
}

// holdsMark reports whether a quotation mark stands inside the quoted text, so
// that it is not one quotation.
func holdsMark(inner, mark []byte) bool {
	at := bytes.Index(inner, mark)
	return at == 0 || at > 0 && inner[at-1] != '\\'
}

// references are the named HTML references that occur in escaped base64 and
// escaped XML.
var references = map[string]string{
	"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'", "nbsp": "\u00a0",
	"plus": "+", "equals": "=", "sol": "/", "NewLine": "\n", "Tab": "\t", "lowbar": "_", "percnt": "%", "colon": ":",
}

// unescape undoes the escapes of a text. next reads the escape at the start of
// a text, and gives the length 0 where there is none.
func unescape(text []byte, next func([]byte) (value string, length int)) (out []byte, count int) {
	out = make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if value, n := next(text[i:]); n > 0 {
			out = append(out, value...)
			i += n
			count++
			continue
		}
		out = append(out, text[i])
		i++
	}
	return out, count
}

// htmlEscapes undoes HTML references. Blanks around the text are kept, as they
// are around XML that is not escaped.
func (d *decoder) htmlEscapes(c captured) ([]byte, outcome) {
	if bytes.IndexByte(c.text, '&') < 0 {
		return nil, absent
	}
	out, count := unescape(c.raw, reference)
	if count == 0 {
		return nil, absent
	}
	d.took("HTML references: %d", count)
	d.tooMany(layerHTML)
	d.start = 0
	return out, undone
}

// longestReference bounds how far the end of a reference is sought.
const longestReference = 12

// reference reads the reference at the start of text, if there is one.
func reference(text []byte) (value string, length int) {
	if text[0] != '&' {
		return "", 0
	}
	end := bytes.IndexByte(text[:min(len(text), longestReference)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(text[1:end])
	if value, ok := references[name]; ok {
		return value, end + 1
	}
	if name[0] != '#' {
		return "", 0
	}
	digits, base := name[1:], 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return "", 0
	}
	return string(rune(n)), end + 1
}

// jsonEscapes undoes the escapes of a JSON string (RFC 8259, 7). Blanks
// around it are kept, as they are around XML that is not escaped.
func (d *decoder) jsonEscapes(c captured) ([]byte, outcome) {
	if bytes.IndexByte(c.text, '\\') < 0 {
		return nil, absent
	}
	out, count := unescape(c.raw, jsonEscape)
	if count == 0 {
		return nil, absent
	}
	d.took("JSON escapes: %d", count)
	d.start = 0
	return out, undone
}

var jsonCharacters = map[byte]string{'"': `"`, '\\': `\`, '/': "/", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t"}

// jsonEscape reads the escape at the start of text, if there is one.
func jsonEscape(text []byte) (value string, length int) {
	if text[0] != '\\' || len(text) < 2 {
		return "", 0
	}
	if s, ok := jsonCharacters[text[1]]; ok {
		return s, 2
	}
	first, ok := jsonUnit(text)
	if !ok {
		return "", 0
	}
	if !utf16.IsSurrogate(first) {
		return string(first), 6
	}
	if second, ok := jsonUnit(text[6:]); ok {
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			return string(r), 12
		}
	}
	return "", 0
}

func jsonUnit(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// percent undoes percent-encoding around a value that stands alone.
func (d *decoder) percent(c captured) ([]byte, outcome) {
	if bytes.IndexByte(c.text, '%') < 0 {
		return nil, absent
	}
	out, count := unpercent(c.text, false)
	if count == 0 {
		return nil, absent
	}
	if t := trimCapture(out).text; startsMarkup(t) && !bytes.Contains(c.text, []byte("%20")) {
		out, _ = unpercent(c.text, true)
	}
	d.took("percent-encoding: %d escapes", count)
	d.tooMany(layerPercent)
	d.isForm(FormURLEncoded)
	d.start = 0
	return out, undone
}

// unpercent undoes percent-encoding and leaves alone what is none. In a form,
// plus stands for a blank.
func unpercent(text []byte, plusIsBlank bool) (out []byte, count int) {
	out = make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
			count++
		case text[i] == '+' && plusIsBlank:
			out = append(out, ' ')
		default:
			out = append(out, text[i])
		}
	}
	return out, count
}

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func unhex(b byte) byte {
	switch {
	case b <= '9':
		return b - '0'
	case b <= 'F':
		return b - 'A' + 10
	}
	return b - 'a' + 10
}
