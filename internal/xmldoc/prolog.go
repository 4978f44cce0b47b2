package xmldoc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/words"
)

// encoding checks that the bytes are UTF-8 and takes a byte order mark off.
func (s *scanner) encoding(src string) *Error {
	for _, other := range []struct{ mark, name string }{
		{"\x00\x00\xFE\xFF", "UTF-32"}, {"\xFF\xFE\x00\x00", "UTF-32"}, {"\x00\x00\x00<", "UTF-32"}, {"<\x00\x00\x00", "UTF-32"},
		{"\xFE\xFF", "UTF-16"}, {"\xFF\xFE", "UTF-16"}, {"\x00<", "UTF-16"}, {"<\x00", "UTF-16"},
	} {
		if strings.HasPrefix(src, other.mark) {
			return s.refuse(Encoding, 0, "the document is %s; only UTF-8 is read", other.name)
		}
	}
	if cutShort(src, byteOrderMark) && len(src) > 0 {
		return s.truncated("the document ends inside the byte order mark")
	}
	s.src, s.d.bom = strings.CutPrefix(src, byteOrderMark)
	if isASCII(s.src) || utf8.ValidString(s.src) {
		return nil
	}
	return s.invalid(firstInvalid(s.src))
}

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\uFEFF"

// invalid judges the first byte that is not UTF-8. A character that the end of
// the document cuts in two is set aside until the rest has been read.
func (s *scanner) invalid(at int) *Error {
	if !utf8.FullRuneInString(s.src[at:]) {
		s.src, s.half = s.src[:at], s.src[at:]
		return nil
	}
	if err := s.declaration(); err != nil && err.Kind == Encoding {
		return err
	}
	return s.notUTF8(at, s.src[at])
}

func (s *scanner) notUTF8(at int, b byte) *Error {
	return s.refuse(Encoding, at, "the byte 0x%02X is not UTF-8", b)
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

// usualDecl is how the XML declaration is mostly written.
const usualDecl = `<?xml version="1.0" encoding="UTF-8"?>`

// declaration reads the XML declaration, if there is one.
func (s *scanner) declaration() *Error {
	if !strings.HasPrefix(s.src, "<?xml") || len(s.src) > 5 && !isSpace(s.src[5]) && s.src[5] != '?' {
		return nil
	}
	if strings.HasPrefix(s.src, usualDecl) {
		s.pos = len(usualDecl)
		return nil
	}
	m := xmlDecl.FindStringSubmatchIndex(s.src)
	switch {
	case m == nil && !strings.ContainsAny(s.src[1:], "<>"):
		return s.truncated("the document ends inside the XML declaration")
	case m == nil:
		return s.malformed(0, "the XML declaration is malformed")
	}
	if version := s.src[m[2]+1 : m[3]-1]; version != "1.0" {
		return s.malformed(m[2]+1, "the document is XML %s; only XML 1.0 is read", quote(version))
	}
	s.pos = m[1]
	if m[4] < 0 {
		return nil
	}
	return s.declared(m[4]+1, s.src[m[4]+1:m[5]-1])
}

// declared holds the declared encoding against the bytes.
func (s *scanner) declared(at int, name string) *Error {
	switch strings.ToUpper(name) {
	case "UTF-8":
		return nil
	case "US-ASCII", "ASCII":
		return s.ascii(at, name)
	}
	return s.refuse(Encoding, at, "the declaration says %s; only UTF-8 is read", quote(name))
}

// ascii checks a document that declares to be ASCII, which is UTF-8 too.
func (s *scanner) ascii(at int, name string) *Error {
	if s.d.bom {
		return s.refuse(Encoding, at, "the declaration says %s, but a UTF-8 byte order mark stands before it", quote(name))
	}
	for i := 0; i < len(s.src); i++ {
		if s.src[i] >= 0x80 {
			return s.refuse(Encoding, i, "the declaration says %s, but the byte 0x%02X is not ASCII", quote(name), s.src[i])
		}
	}
	return nil
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

// longestQuote bounds foreign text in a reason, in characters.
const longestQuote = 64

func quote(text string) string { return words.Quote(text, longestQuote) }

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
