package render

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEscape(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"plain":              {"arn:aws:iam::111122223333:role/Admin", "arn:aws:iam::111122223333:role/Admin"},
		"letters":            {"Jürgen 東京 Ωμέγα", "Jürgen 東京 Ωμέγα"},
		"escape sequence":    {"a\x1b[2Jb", `a\u{1B}[2Jb`},
		"line break and tab": {"a\r\n\tb", `a\u{D}\u{A}\u{9}b`},
		"NUL and DEL":        {"\x00\x7f", `\u{0}\u{7F}`},
		"C1 control":         {"\u009b31m", `\u{9B}31m`},
		"bidi override":      {"user\u202egpj.exe", `user\u{202E}gpj.exe`},
		"bidi isolate":       {"\u2066x\u2069", `\u{2066}x\u{2069}`},
		"zero width":         {"ad\u200bmin\ufeff", `ad\u{200B}min\u{FEFF}`},
		"soft hyphen":        {"ad\u00admin", `ad\u{AD}min`},
		"tag characters":     {"a\U000e0041", `a\u{E0041}`},
		"variation selector": {"a\ufe0f\U000e0100", `a\u{FE0F}\u{E0100}`},
		"separators":         {"a\u2028b\u2029c", `a\u{2028}b\u{2029}c`},
		"blanks":             {"a\u00a0b\u3000c", `a\u{A0}b\u{3000}c`},
		"loose blanks":       {" a  b   c ", `\u{20}a \u{20}b \u{20}\u{20}c\u{20}`},
		"fillers":            {"\u3164\u2800\u115f", `\u{3164}\u{2800}\u{115F}`},
		"private use":        {"\ue000\U0010fffd", `\u{E000}\u{10FFFD}`},
		"unassigned":         {"\u0378", `\u{378}`},
		"noncharacter":       {"\ufffe", `\u{FFFE}`},
		"invalid UTF-8":      {"a\xff\xc0\xafb", `a\x{FF}\x{C0}\x{AF}b`},
		"surrogate in UTF-8": {"\xed\xa0\x80", `\x{ED}\x{A0}\x{80}`},
		"replacement":        {"\ufffd", "\ufffd"},
		"marks":              {"a\u0301\u0302\u0303\u0304\u0305b", "a\u0301\u0302\u0303\u0304\\u{305}b"},
		"mark first":         {"\u0301a", `\u{301}a`},
		"job command":        {"::error::x ::y \"::z", `\u{3A}:error::x \u{3A}:y "\u{3A}:z`},
		"colons":             {"arn:aws:iam::1 a:::b", `arn:aws:iam::1 a:\u{3A}:b`},
		"job command inside": {"a ##[group] ##vso[x] # 1", `a #\u{23}[group] #\u{23}vso[x] # 1`},
		"escaped already":    {`"\u202e" and \u{202E}`, `"\u202e" and \u{202E}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Escape(test.in); got != test.want {
				t.Errorf("Escape(%+q) = %+q, want %+q", test.in, got, test.want)
			}
		})
	}
}

func TestValueAndQuote(t *testing.T) {
	tests := map[string]struct{ in, value, quote string }{
		"account of a domain": {`EXAMPLE\jane`, `EXAMPLE\jane`, `"EXAMPLE\\jane"`},
		"pretended escape":    {`a\u{202E}b`, `a\u{5C}u{202E}b`, `"a\\u{202E}b"`},
		"pretended byte":      {`a\x{FF}b`, `a\u{5C}x{FF}b`, `"a\\x{FF}b"`},
		"quotation mark":      {`a"b`, `a"b`, `"a\"b"`},
		"bidi":                {"a\u202eb", `a\u{202E}b`, `"a\u{202E}b"`},
		"empty":               {"", "", `""`},
		"long":                {strings.Repeat("é", 301), strings.Repeat("é", 300) + "…", `"` + strings.Repeat("é", 300) + `"…`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Value(test.in); got != test.value {
				t.Errorf("Value(%q) = %q, want %q", test.in, got, test.value)
			}
			if got := Quote(test.in); got != test.quote {
				t.Errorf("Quote(%q) = %q, want %q", test.in, got, test.quote)
			}
		})
	}
}

// FuzzEscape holds: what comes out is valid UTF-8 without a character that
// acts or hides, and escaping it again changes nothing.
func FuzzEscape(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, out := range []string{Escape(s), Value(s), Quote(s)} {
			mustBeSafe(t, out)
			if again := Escape(out); again != out {
				t.Errorf("%+q is escaped again to %+q", out, again)
			}
		}
	})
}

// FuzzJSON holds: the line is safe to show and means what was put in.
func FuzzJSON(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, err := JSON(s)
		if err != nil {
			t.Fatal(err)
		}
		mustBeSafe(t, strings.TrimSuffix(line, "\n"))
		var back string
		if err := json.Unmarshal([]byte(line), &back); err != nil {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
		if want := strings.ToValidUTF8(s, "\ufffd"); utf8.ValidString(s) && back != want {
			t.Errorf("got back %+q, want %+q", back, want)
		}
	})
}

// hostile gives strings that act on a terminal or deceive the eye.
func hostile() []string {
	return []string{
		"", "plain", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\r\nFAIL", "\u009bA", "\x9b31m", "\u202egpj.exe", "\u2066\u2069",
		"\u200b\u200d\ufeff", "\U000e0001\U000e0041", "\u2028\u2029", "\ue000", "\u0378", "\xff\xfe", "e\u0301\u0301\u0301\u0301\u0301\u0301",
		"::error::x", ":::::", "a/::b", "##[error]", "##vso[task]", "- [x](y)", "<script>", strings.Repeat("a::", 200), strings.Repeat("x", 99) + "::add",
		"\u3164", "\u00ad", "\u00a0", "<&>\"'\\", `\u{202E}`, `\u202e`, "\x00", strings.Repeat("x", 500), "\U0010ffff", "東京",
	}
}

// mustBeSafe looks at categories of Unicode by itself, apart from what hidden
// does.
func mustBeSafe(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%+q is not valid UTF-8", s)
	}
	for _, r := range s {
		if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Join_Control, unicode.Variation_Selector) ||
			!unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs) || unicode.IsSpace(r) && r != ' ' {
			t.Errorf("%+q holds %U", s, r)
		}
	}
}
