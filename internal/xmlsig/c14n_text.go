package xmlsig

import (
	"strconv"
	"strings"
)

// writeText writes text as it stands in the source: line ends normalised,
// references resolved where they mean something, and escaped anew.
func writeText(out *strings.Builder, s string, references bool) {
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&', '<', '>', '\r':
		default:
			continue
		}
		out.WriteString(s[from:i])
		switch c := s[i]; {
		case c == '&' && references:
			end := i + strings.IndexByte(s[i:], ';')
			writeReference(out, s[i+1:end])
			i = end
		case c == '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
			out.WriteByte('\n')
		default:
			writeTextRune(out, rune(c))
		}
		from = i + 1
	}
	out.WriteString(s[from:])
}

// writeReference writes what a reference in text stands for. The scanner has
// checked it.
func writeReference(out *strings.Builder, name string) {
	switch name {
	case "lt":
		out.WriteString("&lt;")
	case "gt":
		out.WriteString("&gt;")
	case "amp":
		out.WriteString("&amp;")
	case "quot":
		out.WriteByte('"')
	case "apos":
		out.WriteByte('\'')
	default:
		writeTextRune(out, referent(name[1:]))
	}
}

// referent gives the character of a number as a reference writes it.
func referent(number string) rune {
	base := 10
	if number[0] == 'x' {
		number, base = number[1:], 16
	}
	r, err := strconv.ParseUint(number, base, 32)
	if err != nil {
		return '\uFFFD'
	}
	return rune(r)
}

func writeTextRune(out *strings.Builder, c rune) {
	switch c {
	case '&':
		out.WriteString("&amp;")
	case '<':
		out.WriteString("&lt;")
	case '>':
		out.WriteString("&gt;")
	case '\r':
		out.WriteString("&#xD;")
	default:
		out.WriteRune(c)
	}
}

// writeLines writes what stands in a comment or instruction, line ends
// normalised.
func writeLines(out *strings.Builder, s string) {
	for {
		i := strings.IndexByte(s, '\r')
		if i < 0 {
			out.WriteString(s)
			return
		}
		out.WriteString(s[:i])
		out.WriteByte('\n')
		s = strings.TrimPrefix(s[i+1:], "\n")
	}
}

// writePlainValue writes an attribute value that stands for itself.
func writePlainValue(out *strings.Builder, s string) {
	if strings.IndexByte(s, '"') < 0 {
		out.WriteString(s)
		return
	}
	writeValue(out, s)
}

// writeURI writes a namespace name. A document whose names are no absolute
// URIs has no canonical form, and of what must be escaped a URI can hold the
// ampersand alone.
func writeURI(out *strings.Builder, uri string) {
	if strings.IndexByte(uri, '&') < 0 {
		out.WriteString(uri)
		return
	}
	writeValue(out, uri)
}

// writeValue writes the characters of an attribute value.
func writeValue(out *strings.Builder, s string) {
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
		out.WriteString(s[from:i])
		out.WriteString(escape)
		from = i + 1
	}
	out.WriteString(s[from:])
}
