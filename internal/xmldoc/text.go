package xmldoc

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// resolve gives the characters of text or of an attribute value: references
// resolved, line ends normalised and, in an attribute, white space made blanks
// (XML 1.0 sections 2.11, 3.3.3 and 4.4). The scanner has checked s.
func resolve(s string, attribute bool) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '&':
			end := i + strings.IndexByte(s[i:], ';')
			b = append(b, reference(s[i+1:end])...)
			i = end
		case c == '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
			b = append(b, lineBreak(attribute))
		case attribute && (c == '\n' || c == '\t'):
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

func lineBreak(attribute bool) byte {
	if attribute {
		return ' '
	}
	return '\n'
}

// lineEnds normalises the line ends of a CDATA section.
func lineEnds(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// reference gives what stands for the reference of this name.
func reference(name string) string {
	switch name {
	case "lt":
		return "<"
	case "gt":
		return ">"
	case "amp":
		return "&"
	case "quot":
		return `"`
	case "apos":
		return "'"
	}
	r, _ := charReference(name)
	return string(r)
}

// referenceName gives the bytes at the start of s that may stand between "&"
// and ";", be it a name or a number.
func referenceName(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x80 && !asciiName[c] && (c != '#' || i > 0) {
			return s[:i]
		}
	}
	return s
}

// mayStart reports whether a reference may start with this name, or number,
// and be cut off there.
func mayStart(name string) bool {
	number, hash := strings.CutPrefix(name, "#")
	if !hash {
		r, _ := utf8.DecodeRuneInString(name)
		return name == "" || isNameStart(r)
	}
	if hex, x := strings.CutPrefix(number, "x"); x {
		return strings.Trim(hex, "0123456789abcdefABCDEF") == ""
	}
	return strings.Trim(number, "0123456789") == ""
}

// charReference reads "#38" or "#x26"; ok is false if it is no Char.
func charReference(name string) (r rune, ok bool) {
	digits, hash := strings.CutPrefix(name, "#")
	digits, hex := strings.CutPrefix(digits, "x")
	base := 10
	if hex {
		base = 16
	}
	// ParseUint takes leading zeros, refuses signs and blanks, and with a base
	// given takes neither a base prefix nor underscores.
	n, err := strconv.ParseUint(digits, base, 32)
	if !hash || err != nil || n > 0x10FFFF {
		return 0, false
	}
	return rune(n), isChar(rune(n))
}
