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
		pieces := breakWord(word, columns, whole)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
		used = displayWidth(line)
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
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
