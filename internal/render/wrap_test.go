package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDisplayWidth(t *testing.T) {
	for in, want := range map[string]int{"": 0, "abc": 3, "é": 1, "e\u0301": 1, "東京": 4, "ＡＢ": 4, "ｱ": 1} {
		if got := displayWidth(in); got != want {
			t.Errorf("displayWidth(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := map[string]struct {
		in   string
		want []string
	}{
		"empty":            {"", []string{""}},
		"fits":             {"one two", []string{"one two"}},
		"exactly":          {"12345 7890", []string{"12345 7890"}},
		"one too many":     {"12345 78901", []string{"12345", "78901"}},
		"wide characters":  {"東京東 京京", []string{"東京東", "京京"}},
		"long word":        {"ab 0123456789abc d", []string{"ab", "0123456789", "abc d"}},
		"path":             {"/Response/Assertion", []string{"/Response/", "Assertion"}},
		"list":             {"arn:aws,arn:aws", []string{"arn:aws,", "arn:aws"}},
		"wide, no half":    {"aaaaaaaaa東", []string{"aaaaaaaaa", "東"}},
		"several blanks":   {"a   b", []string{"a b"}},
		"long after short": {"a 0123456789", []string{"a", "0123456789"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Wrap(test.in, 10)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWordsStayWhole holds that what is copied from a report, such as an ARN, is
// not broken while it fits on a line of its own, further to the left.
func TestWordsStayWhole(t *testing.T) {
	role := "arn:aws:iam::111122223333:role/" + strings.Repeat("x", 60)
	hash := strings.Repeat("A1", 32)
	p := &page{}
	p.field("role", role+" "+hash)
	p.paragraph(bodyIndent, "", "found "+role)
	p.style.Width = 60
	p.field("SHA-256", hash+" short")
	p.field("role", role)
	want := "  role\n" +
		"         " + role + "\n" +
		"                  " + hash + "\n" +
		"           found\n" +
		"         " + role + "\n" +
		"  SHA-256\n" +
		hash + "\n" +
		"                  short\n" +
		"  role\n" +
		role + "\n"
	if diff := cmp.Diff(want, p.out.String()); diff != "" {
		t.Error(diff)
	}
}

// TestWrapIsLinear gives a word of 16 MiB: quadratic work would take hours.
func TestWrapIsLinear(t *testing.T) {
	const length = 16 << 20
	if got, want := len(Wrap(strings.Repeat("x", length), 64)), length/64; got != want {
		t.Errorf("%d lines, want %d", got, want)
	}
}

// FuzzWrap holds: no line is wider than asked, and nothing but blanks is lost.
func FuzzWrap(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, columns int) {
		columns = 2 + columns&0x7F
		s = Escape(s)
		lines := Wrap(s, columns)
		for _, line := range lines {
			if displayWidth(line) > columns {
				t.Errorf("%q takes more than %d columns", line, columns)
			}
		}
		if got, want := strings.Join(lines, ""), s; strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("Wrap gives %q of %q", got, want)
		}
	})
}
