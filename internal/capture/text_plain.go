package capture

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
)

// plainText undoes what mail does to a text: quoted-printable, HTML, and the
// marks before the lines of a quotation.
func plainText(text []byte) []byte {
	if isQuotedPrintable(text) {
		text = unquotePrintable(text)
	}
	if isPage(text) {
		text = shownText(text)
	}
	return withoutJoints(withoutDiffMarks(withoutQuoteMarks(text)))
}

// isQuotedPrintable reports whether a text is in quoted-printable (RFC 2045,
// 6.7) without a header that says so: base64 has a "=" at the end of a line only
// where it ends.
func isQuotedPrintable(text []byte) bool {
	breaks, signs := 0, 0
	for pos := 0; pos < len(text) && breaks <= 4 && (breaks == 0 || signs == 0); {
		at := bytes.IndexByte(text[pos:], '=')
		if at < 0 {
			break
		}
		pos += at + 1
		rest := text[pos:]
		switch {
		case startsExactly(rest, []string{"3D", "2B", "0D", "0A", "20"}):
			signs++
		case joinsSymbols(text[:pos-1], rest):
			breaks++
		}
	}
	return breaks > 4 || breaks > 0 && signs > 0
}

// joinsSymbols reports whether a line break after a "=" stands inside base64.
func joinsSymbols(before, rest []byte) bool {
	n := softBreakLength(rest)
	if n == 0 || len(before) == 0 || !isSymbol(before[len(before)-1]) {
		return false
	}
	rest = bytes.TrimLeft(rest[n:min(len(rest), n+8)], " \t>")
	return len(rest) > 0 && isSymbol(rest[0])
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

// inLine are the elements that do not end a line of what a page shows.
var inLine = []string{"a", "b", "i", "em", "strong", "code", "font", "mark", "span", "tt", "u", "wbr"}

// shownText gives about what a page shows: its text in lines, without tags, and
// with its character references undone.
func shownText(page []byte) []byte {
	var out []byte
	preformatted := false
	for s := (&tagScanner{text: page}); ; {
		from := s.pos
		t, ok := s.next()
		end := s.at
		if !ok {
			end = len(page)
		}
		out = appendShown(out, page[from:end], preformatted)
		name := strings.TrimPrefix(t.name, "/")
		if !ok {
			return []byte(html.UnescapeString(string(out)))
		}
		if name == "pre" || name == "textarea" {
			preformatted = t.name == name
		}
		if !slices.Contains(inLine, name) && len(out) > 0 && out[len(out)-1] != '\n' {
			out = append(out, '\n')
		}
	}
}

// appendShown appends a piece of a page. Line breaks in it stay: they may be part
// of XML.
func appendShown(out, piece []byte, preformatted bool) []byte {
	if !preformatted && len(bytes.TrimSpace(piece)) == 0 {
		return out
	}
	if !preformatted && len(out) > 0 && out[len(out)-1] == '\n' {
		piece = bytes.TrimPrefix(bytes.TrimPrefix(piece, []byte("\r")), []byte("\n"))
	}
	return append(out, piece...)
}
