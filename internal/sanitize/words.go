package sanitize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	consonants = "bdfghjklmnprstvz"
	vowels     = "aeiou"
	letters    = "abcdefghijklmnopqrstuvwxyz"
	digits     = "0123456789"
	hexDigits  = "0123456789abcdef"
)

// isWordRune reports whether a character belongs to a word.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// word replaces a run of letters, digits and marks by one of the same shape.
// Words that differ in letter case alone do so afterwards.
func (m *Map) word(w string) string {
	folded := fold(w)
	switch {
	case onlyDigits(folded):
		return m.number(folded)
	case isBlob(w):
		return m.replacement(classBlob, w, func(s *stream) string { return drawBlob(s, w) })
	}
	draws := 0
	out := m.replacement(classWord, folded, func(s *stream) string {
		draws++
		return drawWord(s, folded, draws <= tries/2)
	})
	if isHex(folded) && w == strings.ToUpper(w) {
		return strings.ToUpper(out)
	}
	return caseLike(w, out)
}

// fold takes the letter case off, character by character. A capital whose small
// letter is of another kind stays.
func fold(w string) string { return strings.Map(foldRune, w) }

func foldRune(r rune) rune {
	if l := unicode.ToLower(r); (l < utf8.RuneSelf) == (r < utf8.RuneSelf) {
		return l
	}
	return r
}

func onlyDigits(w string) bool {
	return w != "" && strings.Trim(w, digits) == ""
}

// drawWord draws a word of the shape of a folded one. Where it may it can be
// pronounced, since people have to read it.
func drawWord(s *stream, folded string, pronounced bool) string {
	hex := isHex(folded)
	pronounced = pronounced && len(folded) > 3
	var out strings.Builder
	at := s.below(2)
	for i, r := range []rune(folded) {
		switch {
		case r >= utf8.RuneSelf:
			out.WriteRune(drawRune(s, r))
		case hex && i > 0:
			out.WriteByte(s.of(hexDigits))
		case hex && r > '9':
			out.WriteByte(s.of("abcdef"))
		case r >= '0' && r <= '9':
			out.WriteByte(s.of(digits))
		case !pronounced:
			out.WriteByte(s.of(letters))
		default:
			at++
			out.WriteByte(s.of([]string{consonants, vowels}[at%2]))
		}
	}
	if drawn := out.String(); !hex || !onlyDigits(drawn) {
		return drawn
	}
	return out.String()[:len(folded)-1] + "a" // a number has a class of its own
}

// isHex reports whether a word is a number in hexDigitsl, as IDs are: its
// letters and digits change places, so that their pattern does not stay.
func isHex(w string) bool {
	return len(w) >= 12 && strings.Trim(w, hexDigits) == "" && strings.ContainsAny(w, digits) && strings.ContainsAny(w, "abcdef")
}

// drawRune draws a character that stands near another one and is like it in
// everything that a rule looks at: kind, script, letter case, composition. One
// without such neighbours stays.
func drawRune(s *stream, r rune) rune {
	script := scriptOf(r)
	if script == nil {
		return r
	}
	near := 32
	if unicode.In(r, unicode.Han, unicode.Hangul) {
		near = 4096
	}
	first := r - r%rune(near)
	for range 32 {
		c := first + rune(s.below(near))
		if c != r && unicode.Is(script, c) && alike(r, c) {
			return c
		}
	}
	return r
}

// scriptOf gives the script of a letter or digit; nil for other characters.
func scriptOf(r rune) *unicode.RangeTable {
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return nil
	}
	for _, common := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Han, unicode.Hangul} {
		if unicode.Is(common, r) {
			return common
		}
	}
	for _, script := range unicode.Scripts {
		if unicode.Is(script, r) {
			return script
		}
	}
	return nil
}

// alike reports whether two characters of one script are of one kind, and their
// capitals too.
func alike(a, b rune) bool {
	for _, kind := range []*unicode.RangeTable{unicode.Ll, unicode.Lu, unicode.Lt, unicode.Lm, unicode.Lo, unicode.Nd} {
		if unicode.Is(kind, a) != unicode.Is(kind, b) {
			return false
		}
	}
	return norm.NFC.IsNormalString(string(a)) == norm.NFC.IsNormalString(string(b)) &&
		unicode.ToLower(unicode.ToUpper(b)) == b && utf8.RuneLen(unicode.ToUpper(b)) == utf8.RuneLen(unicode.ToUpper(a))
}

// caseLike gives a folded replacement the letter case of the original.
func caseLike(original, replacement string) string {
	from, to := []rune(original), []rune(replacement)
	if len(from) != len(to) {
		return replacement
	}
	for i, r := range from {
		if up := unicode.ToUpper(to[i]); foldRune(r) != r && foldRune(up) == to[i] {
			to[i] = up
		}
	}
	return string(to)
}

// accountDigits is the length of the number of an AWS account.
const accountDigits = 12

// number replaces a run of digits. That of an account gets the form that
// documentation uses: 111122223333.
func (m *Map) number(n string) string {
	if len(n) == accountDigits {
		draws := 0
		return m.replacement(classAccount, n, func(s *stream) string {
			draws++
			return drawAccount(s, draws)
		})
	}
	return m.replacement(classDigits, n, func(s *stream) string { return drawDigits(s, n) })
}

// drawAccount draws AAAABBBBCCCC, and other numbers once those are rare.
func drawAccount(s *stream, draws int) string {
	if draws > tries/2 {
		return drawDigits(s, strings.Repeat("1", accountDigits))
	}
	a, b, c := s.of(digits[1:]), s.of(digits), s.of(digits)
	return strings.Repeat(string(a), 4) + strings.Repeat(string(b), 4) + strings.Repeat(string(c), 4)
}

// drawDigits keeps the zeros at the front, which tell a number from a text.
func drawDigits(s *stream, n string) string {
	out := []byte(n)
	front := true
	for i, c := range out {
		switch {
		case front && c == '0' && len(out) > 1:
		case front && len(out) > 1:
			out[i], front = s.of(digits[1:]), false
		default:
			out[i] = s.of(digits)
		}
	}
	return string(out)
}

// guid replaces a GUID. The middle of the new one shows that it was made up.
func (m *Map) guid(g string) (string, bool) {
	lower := strings.ToLower(g)
	out := m.replacement(classGUID, lower, func(s *stream) string {
		first := s.of("abcdef")
		if lower[0] <= '9' {
			first = s.of(digits)
		}
		var b strings.Builder
		b.WriteByte(first)
		for range 7 {
			b.WriteByte(s.of(hexDigits))
		}
		b.WriteByte(s.of("abcdef")) // 12 digits would look like an account
		for range 11 {
			b.WriteByte(s.of(hexDigits))
		}
		t := b.String()
		return t[:8] + "-0000-4000-8000-" + t[8:]
	})
	if g != lower {
		return strings.ToUpper(out), true
	}
	return out, true
}
