package render

import (
	"maps"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// A workflowCommand is a command as the runner of GitHub Actions reads it.
type workflowCommand struct {
	name       string
	properties map[string]string
	data       string
}

// readCommand reads a line as the runner does (actions/runner, ActionCommand): a
// command stands between two "::", a blank parts its name from the properties,
// commas part these, and what is percent-encoded is decoded last.
func readCommand(line string) (c workflowCommand, ok bool) {
	rest, found := strings.CutPrefix(strings.TrimSpace(line), "::")
	info, data, closed := strings.Cut(rest, "::")
	if !found || !closed {
		return c, false
	}
	decode := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	name, properties, _ := strings.Cut(info, " ")
	c = workflowCommand{name, map[string]string{}, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)}
	for p := range strings.SplitSeq(properties, ",") {
		if key, value, ok := strings.Cut(p, "="); ok {
			c.properties[key] = decode.Replace(value)
		}
	}
	return c, true
}

// TestGitHub: a finding is an annotation of its severity, with a line where the
// file is the XML itself.
func TestGitHub(t *testing.T) {
	findings := []saml.Finding{
		{Code: "digest-mismatch", Severity: saml.Error, Message: "100% of it, changed: yes", Fix: "take it as it is", Line: 3, Column: 14},
		{Code: "lifetime-short", Severity: saml.Warning, Message: "short"},
		{Code: "recipient-client", Severity: saml.Info, Message: "client"},
		{Code: "audience-mismatch", Severity: saml.Error, Message: "other", Ignored: true},
	}
	run := &Run{
		Outcomes: []Outcome{
			{source: "in/a,b:c.xml", form: saml.FormXML, findings: findings, failed: true},
			{source: "x.b64", form: saml.FormBase64, findings: findings[:1], failed: true, index: 1},
			{source: "-", form: saml.FormXML, findings: findings[:1], failed: true},
		},
		Troubles: []Trouble{{"missing.b64", "there is none"}, {"", "nowhere"}, {"-", "standard input"}},
	}
	want := `::error file=in/a%2Cb%3Ac.xml,line=3,col=14,title=digest-mismatch::100%25 of it, changed: yes%0AWhat to do: take it as it is
::warning file=in/a%2Cb%3Ac.xml,title=lifetime-short::short
::notice file=in/a%2Cb%3Ac.xml,title=recipient-client::client
::notice file=in/a%2Cb%3Ac.xml,title=audience-mismatch (ignored)::other
::error file=x.b64,title=digest-mismatch%2C message 2::100%25 of it, changed: yes%0AWhat to do: take it as it is
::error title=digest-mismatch::100%25 of it, changed: yes%0AWhat to do: take it as it is
::error file=missing.b64,title=samlcheck::there is none
::error title=samlcheck::nowhere
::error title=samlcheck::standard input
`
	if got := GitHub(run); got != want {
		t.Errorf("written is\n%s\nwanted is\n%s", got, want)
	}
	if got := GitHub(&Run{Outcomes: []Outcome{{source: "good.b64"}}}); got != "" {
		t.Errorf("of a message without findings is written %q", got)
	}
}

// FuzzGitHub: whatever a file is called and a finding says, an annotation is one
// line that the runner reads as the one command that is meant, with the texts that
// are meant.
func FuzzGitHub(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, s, s)
	}
	f.Add("a\n::set-output name=x::y", "a::b,c=d", "%0A::add-mask::x\r\n##[error]")
	f.Fuzz(func(t *testing.T, file, title, text string) {
		a := annotation{level: "error", file: file, line: 2, column: 3, title: title, lines: []string{text, text}}
		line := a.String()
		if strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") || strings.Contains(line, "\r") {
			t.Fatalf("it is not one line: %q", line)
		}
		mustBeSafe(t, strings.TrimSuffix(line, "\n"))
		c, ok := readCommand(line)
		if !ok || c.name != "error" {
			t.Fatalf("%q is read as the command %q", line, c.name)
		}
		want := map[string]string{"line": "2", "col": "3", "title": Escape(title)}
		if file != "" {
			want["file"] = Escape(file)
		}
		if !maps.Equal(c.properties, want) {
			t.Errorf("%q is read with the properties %q, wanted are %q", line, c.properties, want)
		}
		if c.data != Escape(text)+"\n"+Escape(text) {
			t.Errorf("%q is read with the text %q", line, c.data)
		}
		if strings.Contains(line[2:], "##") {
			t.Errorf("it may hold a command of the old form: %q", line)
		}
	})
}
