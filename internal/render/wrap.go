package render

import (
	"cmp"
	"strings"
)

// Columns is the width that text reports fit in.
const Columns = 100

// Wrap breaks a text at blanks into lines of at most columns. A word that is
// longer is broken where a path, a URL or a list may be, else anywhere: nothing
// is left out.
func Wrap(text string, columns int) []string { return wrap(text, columns, columns) }

// wrap is Wrap, but leaves a word of up to whole columns as it is, on a line of
// its own: an ARN, a URL or a fingerprint that is broken cannot be copied.
func wrap(text string, columns, whole int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(text) {
		if used > 0 && used+1+displayWidth(word) <= columns {
			line += " " + word
			used += 1 + displayWidth(word)
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		pieces := breakWord(word, columns, cmp.Or(wholeIf(word, whole), columns))
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
		used = displayWidth(line)
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// wholeIf gives whole for a word that may stand at the beginning of a line without
// its indent, and 0 for what would be markup there.
func wholeIf(word string, whole int) int {
	if strings.ContainsRune(marks, rune(word[0])) {
		return 0
	}
	return whole
}

// marks begin markup at the beginning of a line: HTML, a quotation, a heading, a
// fence, a table.
const marks = "<>#`|"

// unmarked escapes what could begin markup wherever a line is broken.
func unmarked(s string) string {
	return strings.NewReplacer("<", `\u{3C}`, ">", `\u{3E}`, "`", `\u{60}`, "|", `\u{7C}`, "# ", `\u{23} `).Replace(s)
}

// breakWord cuts a word that is wider than whole into pieces of at most
// columns.
func breakWord(word string, columns, whole int) []string {
	if breakPoint(word, whole) == len(word) {
		return []string{word}
	}
	var pieces []string
	for {
		at := breakPoint(word, columns)
		if at == len(word) {
			return append(pieces, word)
		}
		if at > 1 && strings.HasPrefix(word[at:], "::") { // see command: a letter stands before
			at--
		}
		pieces = append(pieces, word[:at])
		word = word[at:]
	}
}

// breakPoint gives where to cut a word: at its end if it fits, else after the
// last separator in the second half of the line, between the parts of a list
// sooner than within one of them, else where the line is full.
func breakPoint(word string, columns int) int {
	used, full, good, best := 0, 0, 0, 0
	for i, r := range word {
		w := runeWidth(r)
		if used+w > columns && i > 0 {
			return cmp.Or(best, good, full)
		}
		used += w
		full = i + len(string(r))
		switch {
		case used <= columns/2:
		case r == ',' || r == ';':
			best = full
		case strings.ContainsRune("/:&?=", r):
			good = full
		}
	}
	return len(word)
}
