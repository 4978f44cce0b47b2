package xmldoc

import (
	"strconv"
	"strings"
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

// charReference reads "#38" or "#x26"; ok is false if it is no Char.
func charReference(name string) (r rune, ok bool) {
	digits, base := strings.TrimPrefix(name, "#"), 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	if !strings.HasPrefix(name, "#") || digits == "" || strings.ContainsAny(digits, "+-_") {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimLeft(digits[:len(digits)-1], "0")+digits[len(digits)-1:], base, 32)
	if err != nil || n > 0x10FFFF {
		return 0, false
	}
	return rune(n), isChar(rune(n))
}
