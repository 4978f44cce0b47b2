package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// mustBeSafe holds that lines have nothing that acts on a terminal or hides, and
// that none is a command to a system that runs jobs.
func mustBeSafe(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("no UTF-8: %q", text)
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(strings.TrimLeft(line, " "), "::") || strings.Contains(line, "##") {
			t.Errorf("a command to a job: %q", line)
		}
		for _, r := range line {
			if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Join_Control, unicode.Variation_Selector) || !unicode.IsGraphic(r) {
				t.Errorf("%U in %q", r, line)
				return
			}
		}
	}
}

// hostile gives texts that act on a terminal, deceive the eye, forge lines, or
// command a job.
func hostile() []string {
	return []string{"\x1b]0;title\x07\x1b[2J", "\r\nPASS: forged", "\u009b31m", "\x9b31m", "\u202egpj\u2066", "ad\u200bmin\ufeff", "\U000e0041", "a\u2028b\u2029c\u0085d",
		"\ue000\u0378\U0010ffff", "\xff\xfe\xc0\xaf", "\n::error::x", "##[group]x ##vso[task]", "<script>", "`", "e" + strings.Repeat("\u0301", 9)}
}

// A place is where a text comes in from outside: what the program is called with.
// in writes a file and gives its name.
type place func(s string, in func(text string) string) []string

// places gives every place: messages and metadata of each kind, the JSON of IAM,
// keys, names of files, and arguments.
func places(t testing.TB) []place {
	t.Helper()
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := samltest.Login{}.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	good, xml := string(metadata), string(response)
	var out []place
	message := func(format string, text func(s string) string) {
		out = append(out, func(s string, in func(string) string) []string {
			return []string{"-m", in(good), "--format", format, in(text(s))}
		})
	}
	for _, format := range []string{"text", "json", "sarif", "junit"} {
		message(format, func(s string) string { return strings.ReplaceAll(xml, "sts.windows.net", s) })
		message(format, func(s string) string { return strings.ReplaceAll(xml, "111122223333", s) })
		message(format, func(s string) string { return "<a b='" + s + "'><" + s + "/></a>" })
		out = append(out, func(s string, in func(string) string) []string {
			return []string{"-m", in(strings.ReplaceAll(good, "sts.windows.net", s)), "--format", format, in(xml)}
		}, func(s string, _ func(string) string) []string { return []string{"--format", format, s} })
	}
	message("text", func(s string) string { return s })
	message("text", func(s string) string { return "SAMLResponse=" + s })
	message("text", func(s string) string { return "<" + s + "/>" })
	message("text", func(s string) string { return strings.Replace(xml, "<samlp:Status>", "<!--"+s+"--><samlp:Status>", 1) })
	iam := func(s string) string {
		return `{"Role":{"Arn":"` + s + `","AssumeRolePolicyDocument":{"Statement":[{"Effect":"` + s + `"}]}}}`
	}
	out = append(out, func(s string, in func(string) string) []string { return []string{"--iam", in(iam(s)), in(xml)} },
		func(s string, in func(string) string) []string {
			return []string{"--iam", "arn:" + s + "=" + in(iam(s)), in(xml)}
		},
		func(s string, in func(string) string) []string {
			return []string{"metadata", in(strings.ReplaceAll(good, "sts.windows.net", s))}
		},
		func(s string, in func(string) string) []string { return []string{"-m", in(s), in(xml)} },
		func(s string, in func(string) string) []string { return []string{"--key", in(s), in(xml)} },
		func(s string, _ func(string) string) []string { return []string{"--" + s} },
		func(s string, _ func(string) string) []string { return []string{"-" + s} })
	for _, flag := range []string{"-m", "--key", "--iam", "--role", "--at", "--limit", "--ignore", "--format", "--audience", "--request-id", "--color"} {
		out = append(out, func(s string, in func(string) string) []string { return []string{flag, s, in(xml)} })
	}
	for _, verb := range []string{"explain", "metadata", "decode", "schema"} {
		out = append(out, func(s string, _ func(string) string) []string { return []string{verb, s} })
	}
	return out
}

// TestForeignText puts each hostile text into every third place, so that each
// place sees every third of them.
func TestForeignText(t *testing.T) {
	for i, p := range places(t) {
		for j, s := range hostile() {
			if (i+j)%3 == 0 {
				safeAt(t, p, s)
			}
		}
	}
}

// FuzzForeignText holds for any text in any place: nothing that the program writes
// acts on a terminal, hides, forges a line, or commands a job.
func FuzzForeignText(f *testing.F) {
	all := places(f)
	for i := range all {
		f.Add(hostile()[i%len(hostile())], uint8(i))
	}
	f.Fuzz(func(t *testing.T, s string, where uint8) {
		if len(s) <= 1<<10 {
			safeAt(t, all[int(where)%len(all)], s)
		}
	})
}

func safeAt(t *testing.T, p place, s string) {
	t.Helper()
	folder, n := t.TempDir(), 0
	safe(t, p(s, func(text string) string {
		n++
		path := filepath.Join(folder, strconv.Itoa(n))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	})...)
}

// safe runs the program and looks at all that it writes.
func safe(t *testing.T, args ...string) {
	t.Helper()
	in, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out, stderr bytes.Buffer
	newTool(in, &out, &stderr).run(args)
	mustBeSafe(t, out.String())
	mustBeSafe(t, stderr.String())
	for line := range strings.Lines(stderr.String()) {
		if !strings.HasPrefix(line, "samlcheck: ") {
			t.Errorf("a line of errors is forged: %q", line)
		}
	}
	if t.Failed() {
		t.Fatalf("samlcheck %q", args)
	}
}
