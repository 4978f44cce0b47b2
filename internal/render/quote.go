package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostMarks is how many combining marks may follow a letter as they are.
const mostMarks = 4

// longest bounds one foreign value in a text, in characters.
const longest = 300

// Escape makes a sentence safe to show: what cannot be seen, or acts on a
// terminal, becomes \u{202E}, and a byte that is no UTF-8 becomes \x{FF}.
// Blanks that a reader would miss are escaped too.
// A sentence that is safe already stays as it is.
func Escape(s string) string { return escape(s, "") }

// Value makes one foreign value safe to show, as Escape does, so that it cannot
// be taken for another one: a backslash that stands before u{ or x{ in the
// value is escaped itself. A long value is cut.
func Value(s string) string {
	s, more := cut(s)
	for _, sign := range []string{`\u{`, `\x{`} {
		s = strings.ReplaceAll(s, sign, `\u{5C}`+sign[1:])
	}
	return escape(s, "") + more
}

// Quote is Value in quotation marks, for use within a sentence.
func Quote(s string) string {
	s, more := cut(s)
	return `"` + escape(s, `"\`) + `"` + more
}

func cut(s string) (begin, more string) {
	n := 0
	for i := range s {
		if n == longest {
			return s[:i], "…"
		}
		n++
	}
	return s, ""
}

// escape escapes what is hidden, and puts a backslash before each character of
// special.
func escape(s, special string) string {
	if plain(s, special) {
		return s
	}
	var b strings.Builder
	marks := mostMarks // a mark at the very beginning would sit on what stands before
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		marks = countMarks(marks, r)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x{%02X}`, s[i])
		case hidden(r) || marks > mostMarks || r == ' ' && loose(s, i) || command(s, i):
			fmt.Fprintf(&b, `\u{%X}`, r)
		case strings.ContainsRune(special, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

func plain(s, special string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || strings.IndexByte(special, s[i]) >= 0 || s[i] == ' ' && loose(s, i) || command(s, i) {
			return false
		}
	}
	return true
}

// loose reports whether the blank at i would go unseen: at an end, or behind
// another one, where lines are wrapped.
func loose(s string, i int) bool {
	return i == 0 || i == len(s)-1 || s[i-1] == ' '
}

// command reports whether at i a mark begins that systems which run jobs take for
// a command to them where they find it in what a job writes: "::" at the
// beginning of a line (within ARNs it stands behind a letter, where no line is
// broken), or "##[" and "##vso[" anywhere.
func command(s string, i int) bool {
	switch s[i] {
	case ':':
		return strings.HasPrefix(s[i:], "::") && (i == 0 || !alphanumeric(s[i-1]))
	case '#':
		return i > 0 && s[i-1] == '#'
	}
	return false
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// Document makes a text of many lines safe to show: line breaks, tabs and blanks
// stay, what is hidden or acts on a terminal is escaped.
func Document(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x{%02X}`, s[i])
		case hidden(r):
			fmt.Fprintf(&b, `\u{%X}`, r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// countMarks counts the combining marks up to r that follow one letter.
func countMarks(marks int, r rune) int {
	if unicode.Is(unicode.M, r) {
		return marks + 1
	}
	return 0
}

// hidden reports whether a character cannot be seen, cannot be told from a
// blank, or acts on the text around it: controls, format and bidi characters,
// tags, separators, private and unassigned code points, fillers.
func hidden(r rune) bool {
	switch {
	case r >= ' ' && r <= '~':
		return false
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return true
	case r == '\u2800': // the braille pattern without dots
		return true
	}
	return !unicode.IsGraphic(r) || unicode.Is(unicode.Zs, r)
}
