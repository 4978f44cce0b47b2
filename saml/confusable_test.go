package saml

import (
	"slices"
	"testing"
)

func TestConfusable(t *testing.T) {
	attribute, name := textKind{lines: true}, textKind{ends: true}
	for _, c := range []struct {
		text string
		kind textKind
		want []string // as remark.String gives it
	}{
		// Controls, invisible and bidirectional characters.
		{"a\tb\nc", attribute, nil},
		{"a\tb", name, []string{"U+0009 (tab) at character 2"}},
		{"a\rb", attribute, []string{"U+000D (carriage return) at character 2"}},
		{"a\u009bb", attribute, []string{"U+009B (control character) at character 2"}},
		{"a\u007fb", attribute, []string{"U+007F (control character) at character 2"}},
		{"da\u00adna", name, []string{"U+00AD (invisible character) at character 3"}},
		{"da\u200bna", name, []string{"U+200B (invisible character) at character 3"}},
		{"da\u2060na", name, []string{"U+2060 (invisible character) at character 3"}},
		{"\ufeffdana", attribute, []string{"U+FEFF (invisible character) at character 1"}},
		{"dana\u3164", attribute, []string{"U+3164 (invisible character) at character 5"}},
		{"a\u200db", attribute, []string{"U+200D (invisible character) at character 2"}},
		{"a\ufe0f", attribute, []string{"U+FE0F (invisible character) at character 2"}},
		{"admin\u202etxt", name, []string{"U+202E (bidirectional control) at character 6"}},
		{"a\u2066b\u2069", attribute, []string{"U+2066 (bidirectional control) at character 2", "U+2069 (bidirectional control) at character 4"}},
		{"dana\U000e0061", attribute, []string{"U+E0061 (tag character) at character 5"}},
		{"Dana\u00a0Example", attribute, []string{"U+00A0 (blank that is not the usual one) at character 5"}},
		{"a\u2028b", attribute, []string{"U+2028 (invisible character) at character 2"}},
		// Composition and marks.
		{"Zoe\u0308", attribute, []string{"U+0065 (not in Normalization Form C from here) at character 3"}},
		{"\u212bngstrom", attribute, []string{"U+212B (not in Normalization Form C from here) at character 1"}},
		{"q\u0335\u0336\u0337\u0338\u0339", attribute, []string{"U+0339 (more than 4 combining marks on one letter) at character 6"}},
		{"q\u0335\u0336\u0337\u0338", attribute, nil},
		// Forms of ASCII.
		{"arn:aws:iam::\uff11\uff11:role", attribute, []string{"U+FF11 (a form of '1' in an ASCII word) at character 14", "U+FF11 (a form of '1' in an ASCII word) at character 15"}},
		{"\U0001d41admin", attribute, []string{"U+1D41A (a form of 'a' in an ASCII word) at character 1"}},
		// Several scripts in one word.
		{"\u0430dmin", name, []string{"U+0430 (Cyrillic letter in a word of another script) at character 1"}},
		{"иванa", attribute, []string{"U+0061 (Latin letter in a word of another script) at character 5"}},
		{"\u03bfkta", attribute, []string{"U+03BF (Greek letter in a word of another script) at character 1"}},
		{"admin@ex\u0430mple.com", name, []string{"U+0430 (Cyrillic letter in a word of another script) at character 9"}},
		// White space at the ends of a name.
		{" dana", name, []string{"U+0020 (white space at the beginning) at character 1"}},
		{"dana\n  ", name, []string{"U+000A (white space at the end) at character 5"}},
		{" dana ", attribute, nil},
		{" ", name, []string{"U+0020 (white space at the beginning) at character 1"}},
		{"", name, nil},
		// Honest names and texts.
		{"dana@example.com", name, nil},
		{"Zoë Müller-Łukasiewicz O’Neill", attribute, nil},
		{"Đặng Thị Hường", attribute, nil},
		{"José Ñandú Çelik İpek ß", attribute, nil},
		{"Иван Петров", attribute, nil},
		{"Ivan (Иван) Петров-Smith", attribute, nil},
		{"Γιώργος Παπαδόπουλος", attribute, nil},
		{"山田太郎", attribute, nil},
		{"山田\u3000太郎", attribute, nil},
		{"東京タワーのカフェ", attribute, nil},
		{"株式会社ＡＢＣ商事", attribute, nil},
		{"ＡＢＣ", attribute, nil},
		{"営業部（東京）IT課", attribute, nil},
		{"Tシャツ", attribute, nil},
		{"王小明 Wang", attribute, nil},
		{"AB公司", attribute, nil},
		{"김철수 Kim", attribute, nil},
		{"ทีมDev", attribute, nil},
		{"محمد علي", attribute, nil},
		{"می\u200cخواهم", attribute, nil},
		{"שלום", attribute, nil},
		{"क्\u200dष", attribute, nil},
		{"👩\u200d💻 ❤\ufe0f", attribute, nil},
		{"m² 1º 50 µg", attribute, nil},
		{"葛\U000e0100城", attribute, nil},
	} {
		var got []string
		for _, m := range confusable(c.text, c.kind) {
			got = append(got, m.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("confusable(%+q): %q, want %q", c.text, got, c.want)
		}
	}
}

// FuzzConfusable: printable ASCII without white space at an end is never
// remarked on, and every remark names a character that is there.
func FuzzConfusable(f *testing.F) {
	for _, s := range []string{"dana", "d\u0430na ", "e\u0301\u0301\u0301\u0301\u0301", "山田\u3000", "\U0001d41admin", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		runes := []rune(s)
		for _, kind := range []textKind{{}, {lines: true}, {ends: true}} {
			for _, m := range confusable(s, kind) {
				if m.at < 1 || m.at > len(runes) || runes[m.at-1] != m.r {
					t.Fatalf("confusable(%+q): %v is not there", s, m)
				}
				if plainText(s) && s == string(runes) && !kind.ends {
					t.Fatalf("confusable(%q): %v in printable ASCII", s, m)
				}
			}
		}
	})
}
