package xmldoc

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// encoding checks that the bytes are UTF-8 and takes a byte order mark off.
func (s *scanner) encoding(src []byte) *Error {
	for _, other := range []struct{ mark, name string }{
		{"\xFE\xFF", "UTF-16"}, {"\xFF\xFE", "UTF-16"}, {"\x00<", "UTF-16"}, {"<\x00", "UTF-16"}, {"\x00\x00\xFE\xFF", "UTF-32"},
	} {
		if bytes.HasPrefix(src, []byte(other.mark)) {
			return s.refuse(Encoding, 0, "the document is %s; only UTF-8 is read", other.name)
		}
	}
	src, s.d.bom = bytes.CutPrefix(src, []byte("\uFEFF"))
	s.src = string(src)
	if utf8.ValidString(s.src) {
		return nil
	}
	i := firstInvalid(s.src)
	return s.refuse(Encoding, i, "the byte 0x%02X is not UTF-8", s.src[i])
}

func firstInvalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return len(s)
}

// xmlDecl is the XML declaration (XML 1.0 productions 23 to 26, 32 and 80).
var xmlDecl = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*("[^"<>]*"|'[^'<>]*')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*("[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*("yes"|"no"|'yes'|'no'))?[ \t\r\n]*\?>`)

// declaration reads the XML declaration, if there is one.
func (s *scanner) declaration() *Error {
	if !strings.HasPrefix(s.src, "<?xml") || len(s.src) > 5 && !isSpace(s.src[5]) && s.src[5] != '?' {
		return nil
	}
	if !strings.Contains(s.src, "?>") {
		return s.truncated("the document ends inside the XML declaration")
	}
	m := xmlDecl.FindStringSubmatch(s.src)
	if m == nil {
		return s.malformed(0, "the XML declaration is malformed")
	}
	if version := m[1][1 : len(m[1])-1]; version != "1.0" {
		return s.malformed(0, "the document is XML %s; only XML 1.0 is read", quote(version))
	}
	s.pos = len(m[0])
	return s.declared(strings.Trim(m[2], `"'`))
}

// declared holds the declared encoding against the bytes.
func (s *scanner) declared(name string) *Error {
	switch strings.ToUpper(name) {
	case "", "UTF-8":
		return nil
	case "US-ASCII", "ASCII":
		for i := 0; i < len(s.src); i++ {
			if s.src[i] >= 0x80 {
				return s.refuse(Encoding, i, "the declaration says %s, but the byte 0x%02X is not ASCII", name, s.src[i])
			}
		}
		return nil
	}
	return s.refuse(Encoding, 0, "the declaration says %s; only UTF-8 is read", quote(name))
}

func (s *scanner) refuse(kind Kind, at int, format string, args ...any) *Error {
	return &Error{Kind: kind, Offset: at, Reason: fmt.Sprintf(format, args...)}
}

func (s *scanner) malformed(at int, format string, args ...any) *Error {
	return s.refuse(Malformed, at, format, args...)
}

func (s *scanner) truncated(format string, args ...any) *Error {
	return s.refuse(Truncated, len(s.src), format, args...)
}

func (s *scanner) tooMuch(at int, limit string, found, allowed int) *Error {
	err := s.refuse(Limit, at, "the limit %q is reached: %d found, %d allowed", limit, found, allowed)
	err.Limit, err.Found, err.Allowed = limit, found, allowed
	return err
}

// quote gives foreign text in quotes, escaped and cut to a readable length.
func quote(text string) string {
	const most = 64
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strconv.QuoteToASCII(text)
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
