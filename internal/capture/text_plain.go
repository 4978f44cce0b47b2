package capture

import (
	"bytes"
	"regexp"
)

// plainText undoes what mail does to a text: quoted-printable, and the marks
// before the lines of a quotation.
func plainText(text []byte) []byte {
	if isQuotedPrintable(text) {
		text = unquotePrintable(text)
	}
	return withoutQuoteMarks(text)
}

var (
	softBreak = regexp.MustCompile(`[0-9A-Za-z+/]=\r?\n[ \t>]{0,8}[0-9A-Za-z+/=]`)
	hexSign   = regexp.MustCompile(`=(3D|2B|0D|0A|20)`)
)

// isQuotedPrintable reports whether a text is in quoted-printable (RFC 2045,
// 6.7) without a header that says so. Base64 has a "=" at the end of a line only
// where it ends.
func isQuotedPrintable(text []byte) bool {
	breaks := len(softBreak.FindAllIndex(text, 8))
	return breaks > 4 || breaks > 0 && hexSign.Match(text)
}

// unquotePrintable undoes quoted-printable; what is none of it stays.
func unquotePrintable(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '=' {
			out = append(out, text[i])
			continue
		}
		rest := text[i+1:]
		switch n := softBreakLength(rest); {
		case n > 0:
			i += n
		case len(rest) >= 2 && isHex(rest[0]) && isHex(rest[1]):
			out = append(out, hexValue(rest[0])<<4|hexValue(rest[1]))
			i += 2
		default:
			out = append(out, '=')
		}
	}
	return out
}

// softBreakLength gives the length of the line break that a "=" takes away.
func softBreakLength(rest []byte) int {
	n := 0
	for n < len(rest) && (rest[n] == ' ' || rest[n] == '\t' || rest[n] == '\r') {
		n++
	}
	if n < len(rest) && rest[n] == '\n' {
		return n + 1
	}
	return 0
}

// withoutQuoteMarks takes the marks off that mail puts before the lines of a
// quotation. XML, in which a line may begin so, is left as it stands.
func withoutQuoteMarks(text []byte) []byte {
	if !bytes.HasPrefix(text, []byte(">")) && !bytes.Contains(text, []byte("\n>")) {
		return text
	}
	if bytes.Contains(text, []byte("\n<")) && rootLine.Match(text) {
		return text
	}
	out := make([]byte, 0, len(text))
	for line := range bytes.Lines(text) {
		for bytes.HasPrefix(line, []byte(">")) {
			line = bytes.TrimPrefix(line[1:], []byte(" "))
		}
		out = append(out, line...)
	}
	return out
}

// rootLine is a line that begins with the start tag of a message and no mark.
var rootLine = regexp.MustCompile(`(?m)^[ \t]*<([A-Za-z_][\w.-]*:)?(Response|AuthnRequest)[\s>]`)
