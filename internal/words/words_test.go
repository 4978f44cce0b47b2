package words

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQuote(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"", 3, `""`},
		{"abc", 3, `"abc"`},
		{"abcd", 3, `"abc"…`},
		{"äöü", 3, `"\u00e4\u00f6\u00fc"`},
		{"äöüß", 3, `"\u00e4\u00f6\u00fc"…`}, // never in the middle of a character
		{"a\x1b[2J\u202e\"\\", 9, `"a\x1b[2J\u202e\"\\"`},
		{"\xff\xfe\xfd", 2, `"\xff\xfe"…`},
	} {
		if got := Quote(c.text, c.most); got != c.want {
			t.Errorf("Quote(%q, %d) = %s, want %s", c.text, c.most, got, c.want)
		}
	}
}

func TestQuoteAll(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  string
	}{
		{nil, ""},
		{[]string{"a"}, `"a"`},
		{strings.Split("a b c d e", " "), `"a", "b", "c", "d", "e"`},
		{strings.Split("a b c d e f g", " "), `"a", "b", "c", "d", "e", 2 more`},
		{[]string{"abcd"}, `"abc"…`},
	} {
		if got := QuoteAll(c.texts, 3); got != c.want {
			t.Errorf("QuoteAll(%q) = %s, want %s", c.texts, got, c.want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 bytes", 1: "1 byte", 2: "2 bytes"} {
		if got := Count(n, "byte"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

// FuzzQuote: whatever the text, what is shown is printable ASCII but for the
// mark of the cut, and is bounded.
func FuzzQuote(f *testing.F) {
	f.Add("abc", 2)
	f.Add("\xff\u202e\x00", 1)
	f.Fuzz(func(t *testing.T, text string, most int) {
		most = min(max(most, 1), 1000)
		got := Quote(text, most)
		if strings.ContainsFunc(strings.TrimSuffix(got, "…"), func(r rune) bool { return r < ' ' || r > '~' }) || utf8.RuneCountInString(got) > 10*most+3 {
			t.Errorf("Quote(%q, %d) = %q", text, most, got)
		}
	})
}
