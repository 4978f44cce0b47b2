package saml

import (
	"bytes"
	"unicode/utf8"
)

// bestReading decides what the blanks are: plus signs that a form decoder
// turned into blanks, or line breaks that a tool turned into blanks. What they
// are not makes nonsense of what follows.
func bestReading(c captured, s base64Scan) base64Reading {
	if s.blanks == 0 && !c.trailingBlank() {
		return readBase64(c.text, s.padding)
	}
	var best base64Reading
	most := -1
	for _, candidate := range blankReadings(c, s) {
		r := readBase64(candidate.text, s.padding)
		r.plus = candidate.plus
		if score := soundness(r.decoded); score > most {
			best, most = r, score
		}
	}
	return best
}

type blankReading struct {
	text []byte
	plus int
}

// blankReadings gives the ways to read blanks: none is a plus sign, all are,
// only those inside a line are; and each of them with one more at the end,
// where a plus sign stands if the last character was ">".
func blankReadings(c captured, s base64Scan) []blankReading {
	inner := bytes.ReplaceAll(c.text, []byte(" "), []byte("+"))
	ways := []blankReading{{c.text, 0}, {inner, s.blanks}}
	if lined, n := plusInsideLines(c.text); n != s.blanks {
		ways = append(ways, blankReading{lined, n})
	}
	for _, w := range ways[:len(ways):len(ways)] {
		if s.padding == 0 && (s.symbols+w.plus)%4 == 3 {
			ways = append(ways, blankReading{append(bytes.Clone(w.text), '+'), w.plus + 1})
		}
	}
	return ways
}

// plusInsideLines turns blanks into plus signs but those at an end of a line.
func plusInsideLines(text []byte) (out []byte, n int) {
	for line := range bytes.Lines(text) {
		trimmed := bytes.Trim(line, blanks)
		n += bytes.Count(trimmed, []byte(" "))
		out = append(append(out, bytes.ReplaceAll(trimmed, []byte(" "), []byte("+"))...), '\n')
	}
	return out, n
}

// soundness ranks what blanks were read as: a document that has its end before
// one that has not, and either before nonsense.
func soundness(decoded []byte) int {
	text := trimCapture(decoded).text
	switch {
	case startsMarkup(text) && utf8.Valid(text) && !hasControls(text):
		if text[len(text)-1] == '>' {
			return 3
		}
		return 1
	case startsMarkup(text):
		return 0
	case inflatesToMarkup(decoded):
		return 3
	case len(text) > 0 && isPrintable(text):
		return 2
	}
	return 0
}
