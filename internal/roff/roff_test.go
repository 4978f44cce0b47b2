package roff

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	p := NewPage("samlcheck-decode", "write it")
	p.Section("SYNOPSIS")
	p.Synopsis("samlcheck decode [FILE | -]")
	p.Paragraph(".hidden line\n'quoted' \\fBbold\\fR a-b…")
	p.Item("-m, --metadata", "FILE", "`FILE` with it")
	p.Example("samlcheck ~/x", "check\n\nit")
	const want = `.TH "SAMLCHECK\-DECODE" "1" "" "samlcheck\-decode" "User Commands"
.SH "NAME"
samlcheck\-decode \- write it
.SH "SYNOPSIS"
\fBsamlcheck decode [FILE | \-]\fR
.PP
\&.hidden line
\&\(aqquoted\(aq \efBbold\efR a\-b\[u2026]
.TP
\fB\-m, \-\-metadata\fR \fIFILE\fR
` + "\\`FILE\\` with it" + `
.PP
\fBsamlcheck \(ti/x\fR
.RS 4
check
it
.RE
`
	if got := p.String(); got != want {
		t.Errorf("%s", got)
	}
}

// known is all that may act on the formatter in a page: what the package writes
// itself.
var known = regexp.MustCompile("\\\\(e|&|-|`|f[BIR]|\\((aq|ti|ha|dq)|\\[u[0-9A-F]{4,6}\\])")

// FuzzPage holds for any text at any place: no line begins with a macro that was not
// asked for, and no escape is there that the package does not write.
func FuzzPage(f *testing.F) {
	for _, s := range []string{"text", ".SH FORGED", "a\n.SH FORGED", "'\\so /etc/passwd", "\\X'x'", "\\", "a\"b\" \"c", "\r.SH X", "\u2028.SH", "\xff.", "e\u0301-", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := NewPage(s, s)
		p.Section(s)
		p.Synopsis(s)
		p.Paragraph(s)
		p.Item(s, s, s)
		p.Example(s, s)
		var macros []string
		for line := range strings.Lines(p.String()) {
			if name, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " "); strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
				macros = append(macros, name)
			}
			rest := known.ReplaceAllString(line, "")
			if strings.Contains(rest, "\\") {
				t.Errorf("an escape of its own in %q", line)
			}
			for _, r := range rest {
				if r != '\n' && (r < ' ' || r > '~') {
					t.Errorf("%q in %q", r, line)
				}
			}
		}
		if got, want := strings.Join(macros, ""), ".TH.SH.SH.PP.TP.PP.RS.RE"; got != want {
			t.Errorf("%q makes the macros %s", s, got)
		}
	})
}

// TestPageIsReadByFormatters asks mandoc and groff whether anything is wrong, where
// they are installed.
func TestPageIsReadByFormatters(t *testing.T) {
	p := NewPage("samlcheck", "tell whether .x \\y 'z' \"q\" …")
	p.Paragraph(".SH FORGED\n\\fBx")
	p.Item("--a", "B", "c")
	asked := 0
	for _, command := range [][]string{{"mandoc", "-T", "lint", "-W", "warning"}, {"groff", "-man", "-Tutf8", "-ww", "-z"}} {
		path, err := exec.LookPath(command[0])
		if err != nil {
			continue
		}
		asked++
		c := exec.Command(path, command[1:]...)
		c.Stdin = strings.NewReader(p.String())
		out, _ := c.CombinedOutput()
		for line := range strings.Lines(string(out)) {
			if !strings.Contains(line, "missing date") { // there is none on purpose
				t.Errorf("%s: %s", command[0], line)
			}
		}
	}
	if asked == 0 {
		t.Skip("neither mandoc nor groff is installed")
	}
}
