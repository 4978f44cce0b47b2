package xmlsig

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendPlainText writes text that holds no reference and no carriage return.
func appendPlainText(dst []byte, s string) []byte {
	for {
		i := strings.IndexByte(s, '>')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		dst = append(dst, "&gt;"...)
		s = s[i+1:]
	}
}

// appendText writes text as it stands in the source: line ends normalised,
// references resolved where they mean something, and escaped anew.
func appendText(dst []byte, s string, references bool) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&', '<', '>', '\r':
		default:
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c := s[i]; {
		case c == '&' && references:
			end := i + strings.IndexByte(s[i:], ';')
			dst = appendReference(dst, s[i+1:end])
			i = end
		case c == '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
			dst = append(dst, '\n')
		default:
			dst = appendTextByte(dst, c)
		}
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// appendReference writes what a reference in text stands for. The scanner has
// checked it.
func appendReference(dst []byte, name string) []byte {
	switch name {
	case "lt", "gt", "amp":
		return append(append(append(dst, '&'), name...), ';')
	case "quot":
		return append(dst, '"')
	case "apos":
		return append(dst, '\'')
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	r, err := strconv.ParseUint(digits, base, 32)
	switch {
	case err != nil:
		return utf8.AppendRune(dst, utf8.RuneError)
	case r < utf8.RuneSelf:
		return appendTextByte(dst, byte(r))
	}
	return utf8.AppendRune(dst, rune(r))
}

func appendTextByte(dst []byte, c byte) []byte {
	switch c {
	case '&':
		return append(dst, "&amp;"...)
	case '<':
		return append(dst, "&lt;"...)
	case '>':
		return append(dst, "&gt;"...)
	case '\r':
		return append(dst, "&#xD;"...)
	}
	return append(dst, c)
}

// appendLines writes what stands in a comment or instruction, line ends
// normalised.
func appendLines(dst []byte, s string) []byte {
	for {
		i := strings.IndexByte(s, '\r')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(append(dst, s[:i]...), '\n')
		s = strings.TrimPrefix(s[i+1:], "\n")
	}
}

// appendPlainValue writes an attribute value that stands for itself.
func appendPlainValue(dst []byte, s string) []byte {
	if strings.IndexByte(s, '"') < 0 {
		return append(dst, s...)
	}
	return appendValue(dst, s)
}

// appendURI writes a namespace name. A document whose names are no absolute
// URIs has no canonical form, and of what must be escaped a URI can hold the
// ampersand alone.
func appendURI(dst []byte, uri string) []byte {
	if strings.IndexByte(uri, '&') < 0 {
		return append(dst, uri...)
	}
	return appendValue(dst, uri)
}

// appendValue writes the characters of an attribute value.
func appendValue(dst []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		escape := ""
		switch s[i] {
		case '&':
			escape = "&amp;"
		case '<':
			escape = "&lt;"
		case '"':
			escape = "&quot;"
		case '\t':
			escape = "&#x9;"
		case '\n':
			escape = "&#xA;"
		case '\r':
			escape = "&#xD;"
		default:
			continue
		}
		dst = append(append(dst, s[from:i]...), escape...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}
