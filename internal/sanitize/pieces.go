package sanitize

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A piece is one character of a text, and how it is written in the source.
type piece struct {
	raw string
	r   rune
}

// writing is a way in which text stands in a document.
type writing int

const (
	inText writing = iota
	inAttribute
	verbatim // CDATA section, comment, processing instruction
)

// pieces reads a text as it is written, character by character. The text comes
// out of a well-formed document.
func pieces(raw string, w writing) []piece {
	out := make([]piece, 0, len(raw))
	for len(raw) > 0 {
		p := nextPiece(raw, w)
		out = append(out, p)
		raw = raw[len(p.raw):]
	}
	return out
}

func nextPiece(raw string, w writing) piece {
	if raw[0] == '&' && w != verbatim {
		if end := strings.IndexByte(raw[:min(len(raw), longestReference)], ';'); end > 0 {
			return piece{raw[:end+1], referred(raw[1:end])}
		}
	}
	r, n := utf8.DecodeRuneInString(raw)
	if strings.HasPrefix(raw, "\r\n") {
		n = 2
	}
	if r == '\r' {
		r = '\n'
	}
	if w == inAttribute && (r == '\n' || r == '\t') {
		r = ' '
	}
	return piece{raw[:n], r}
}

// longestReference bounds a reference to a character, zeros at its front
// included.
const longestReference = 64

// referred gives the character that a reference stands for.
func referred(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	number, base := strings.TrimPrefix(name, "#"), 10
	if strings.HasPrefix(number, "x") {
		number, base = number[1:], 16
	}
	n, err := strconv.ParseUint(number, base, 32)
	if err != nil || n > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(n)
}

// text gives what the pieces say.
func text(all []piece) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteRune(p.r)
	}
	return b.String()
}

// rewrite writes new characters in the way in which the old ones were written:
// what is the same keeps its bytes.
func rewrite(old []piece, fresh []rune, w writing) string {
	var b strings.Builder
	for i, r := range fresh {
		switch {
		case i < len(old) && old[i].r == r:
			b.WriteString(old[i].raw)
		case i < len(old) && strings.HasPrefix(old[i].raw, "&#x"):
			fmt.Fprintf(&b, "&#x%X;", r)
		case i < len(old) && strings.HasPrefix(old[i].raw, "&#"):
			fmt.Fprintf(&b, "&#%d;", r)
		case w != verbatim && strings.ContainsRune(`<>&"'`, r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// An edit puts text in the place of what stands between two offsets.
type edit struct {
	from, to int
	text     string
}
