package saml

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A remark is one character, or run of them, that a human reader does not see
// for what it is.
type remark struct {
	at   int // 1-based, in characters
	r    rune
	what string
}

func (m remark) String() string {
	return fmt.Sprintf("U+%04X (%s) at character %d", m.r, m.what, m.at)
}

// textKind says what is usual in a value.
type textKind struct {
	lines bool // TAB and line feeds are part of the value
	ends  bool // white space at an end is part of no honest value
}

// mostMarks is how many combining marks a letter of any living language bears.
const mostMarks = 4

// confusable finds what a human reader of s does not see.
func confusable(s string, kind textKind) []remark {
	if plainKind(s, kind) {
		return nil
	}
	runes := []rune(s)
	var out []remark
	from, to := 0, len(runes)
	if kind.ends {
		out, from, to = spaceAtEnds(runes)
	}
	for _, m := range hidden(runes, kind) {
		if m.at > from && m.at <= to {
			out = append(out, m)
		}
	}
	out = append(out, notComposed(s)...)
	out = append(out, stacked(runes)...)
	out = append(out, wideForms(runes)...)
	return append(out, mixedWords(runes)...)
}

// plainKind reports whether there is nothing to remark on, which nearly every
// value is told by at a glance.
func plainKind(s string, kind textKind) bool {
	return plainText(s) && (!kind.ends || s == strings.Trim(s, " "))
}

// plainText reports whether s is printable ASCII alone.
func plainText(s string) bool {
	for ; len(s) >= 8; s = s[8:] {
		if !plainWord(s) {
			return false
		}
	}
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7E {
			return false
		}
	}
	return true
}

// plainWord tells it of eight bytes at once: in each, the highest bit is set of
// the byte, of the byte less a blank, or of the byte and one, if it is none of
// printable ASCII. What is borrowed or carried from the next byte is so only
// where that one is none.
func plainWord(s string) bool {
	const every = 0x0101010101010101
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (w|(w-0x20*every)|(w+every))&(0x80*every) == 0
}

// hidden finds characters that show nothing, or turn others around.
func hidden(runes []rune, kind textKind) []remark {
	var out []remark
	for i, r := range runes {
		if what := hiddenKind(r); what != "" && !(kind.lines && (r == '\t' || r == '\n')) && !honest(runes, i) {
			out = append(out, remark{i + 1, r, what})
		}
	}
	return out
}

func hiddenKind(r rune) string {
	switch {
	case r == ' ':
		return ""
	case r == '\t':
		return "tab"
	case r == '\n':
		return "line feed"
	case r == '\r':
		return "carriage return"
	case unicode.IsControl(r):
		return "control character"
	case unicode.Is(unicode.Bidi_Control, r):
		return "bidirectional control"
	case r >= 0xE0000 && r <= 0xE007F:
		return "tag character"
	case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return "invisible character"
	case unicode.Is(unicode.Zs, r):
		return "blank that is not the usual one"
	}
	return ""
}

// joining are the scripts in whose spelling joiners have a part.
var joining = []*unicode.RangeTable{unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali,
	unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
	unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

// eastAsian are the scripts that one Japanese, Chinese or Korean word mixes.
var eastAsian = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul}

// honest reports whether a hidden character is part of the spelling: a joiner
// after a letter that joins, a selector or joiner of a pictogram, and the wide
// blank between East Asian words.
func honest(runes []rune, i int) bool {
	if i == 0 {
		return false
	}
	before := runes[i-1]
	switch r := runes[i]; {
	case r == 0x200C:
		return unicode.In(before, joining...)
	case r == 0x200D:
		return unicode.In(before, joining...) || unicode.Is(unicode.So, before) || unicode.Is(unicode.Variation_Selector, before) || unicode.Is(unicode.Sk, before)
	case r == 0xFE0F, r == 0xFE0E:
		return unicode.In(before, unicode.So, unicode.Sm, unicode.Nd, unicode.Po)
	case r >= 0xFE00 && r <= 0xFE0D, r >= 0xE0100 && r <= 0xE01EF, r >= 0x180B && r <= 0x180F:
		return unicode.In(before, unicode.Han, unicode.Mongolian)
	case r == 0x3000:
		return unicode.In(before, eastAsian...)
	}
	return false
}

// notComposed finds the first place that is not in Normalization Form C.
func notComposed(s string) []remark {
	if norm.NFC.IsNormalString(s) {
		return nil
	}
	at := norm.NFC.QuickSpanString(s)
	if at >= len(s) {
		at = 0
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return []remark{{utf8.RuneCountInString(s[:at]) + 1, r, "not in Normalization Form C from here"}}
}

// stacked finds letters with more combining marks than any language has.
func stacked(runes []rune) []remark {
	var out []remark
	marks := 0
	for i, r := range runes {
		if !unicode.In(r, unicode.Mn, unicode.Me) || unicode.Is(unicode.Variation_Selector, r) {
			marks = 0
			continue
		}
		if marks++; marks == mostMarks+1 {
			out = append(out, remark{i + 1, r, "more than 4 combining marks on one letter"})
		}
	}
	return out
}

// isForm reports whether r is an ASCII character in another guise.
func isForm(r rune) bool {
	return r >= 0xFF01 && r <= 0xFF5E || r >= 0x1D400 && r <= 0x1D7FF
}

// wideForms finds full-width and mathematical forms of ASCII characters in
// words that are ASCII otherwise. A word ends at a blank; one with East Asian
// letters has a right to such forms.
func wideForms(runes []rune) []remark {
	var out []remark
	for from, to := range runs(runes, func(r rune) bool { return !unicode.IsSpace(r) }) {
		word := runes[from:to]
		if !containsRune(word, isASCIILetter) || containsRune(word, func(r rune) bool { return unicode.In(r, eastAsian...) }) {
			continue
		}
		for i, r := range word {
			if isForm(r) {
				out = append(out, remark{from + i + 1, r, fmt.Sprintf("a form of %q in an ASCII word", asciiTwin(r))})
			}
		}
	}
	return out
}

func isASCIILetter(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func containsRune(runes []rune, is func(rune) bool) bool {
	return strings.ContainsFunc(string(runes), is)
}

// runs gives the ranges of runes that belong together.
func runs(runes []rune, in func(rune) bool) func(func(int, int) bool) {
	return func(yield func(int, int) bool) {
		for from := 0; from < len(runes); from++ {
			to := from
			for to < len(runes) && in(runes[to]) {
				to++
			}
			if to > from && !yield(from, to) {
				return
			}
			from = to
		}
	}
}

// alike are the scripts whose letters are taken for one another. Other scripts
// stand beside Latin in honest words, as in an unspaced Thai text.
var alike = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Latin", unicode.Latin}, {"Greek", unicode.Greek}, {"Cyrillic", unicode.Cyrillic}, {"Armenian", unicode.Armenian},
	{"Cherokee", unicode.Cherokee}, {"Coptic", unicode.Coptic}, {"Lisu", unicode.Lisu}, {"Deseret", unicode.Deseret},
}

func scriptOf(r rune) string {
	for _, s := range alike {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	return ""
}

// mixedWords finds words with letters of several scripts that look alike: the
// first letter of the script that has the fewer letters in the word.
func mixedWords(runes []rune) []remark {
	var out []remark
	for from, to := range runs(runes, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }) {
		letters := map[string]int{}
		for _, r := range runes[from:to] {
			if s := scriptOf(r); s != "" {
				letters[s]++
			}
		}
		if len(letters) < 2 {
			continue
		}
		rare := rarest(letters)
		for i := from; i < to; i++ {
			if scriptOf(runes[i]) == rare {
				out = append(out, remark{i + 1, runes[i], rare + " letter in a word of another script"})
				break
			}
		}
	}
	return out
}

// rarest gives the script with the fewest letters; of two, the later in alike.
func rarest(letters map[string]int) string {
	rare := ""
	for _, s := range alike {
		if n := letters[s.name]; n > 0 && (rare == "" || n <= letters[rare]) {
			rare = s.name
		}
	}
	return rare
}

// spaceAtEnds finds white space at the ends, and gives the range between.
func spaceAtEnds(runes []rune) (out []remark, from, to int) {
	to = len(runes)
	for from < to && unicode.IsSpace(runes[from]) {
		from++
	}
	for to > from && unicode.IsSpace(runes[to-1]) {
		to--
	}
	if from > 0 {
		out = append(out, remark{1, runes[0], "white space at the beginning"})
	}
	if to < len(runes) {
		out = append(out, remark{to + 1, runes[to], "white space at the end"})
	}
	return out, from, to
}
