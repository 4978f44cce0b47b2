package render

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// exampleRun gives every example report, and two things that went wrong.
func exampleRun() *Run {
	run := &Run{Version: "v1.2.3", Status: 2, Troubles: []Trouble{
		{"miss\x1b[2Jing [x](y).b64", `a file is expected, there is none with the name "miss\u{1B}[2Jing [x](y).b64"`}, {"", "cannot do {0}"}}}
	for _, name := range []string{"pass", "fail", "unverified", "tampered", "wrapped", "nothing"} {
		o := full(exampleReports()[name])
		run.Outcomes = append(run.Outcomes, NewOutcome(o, o.Verdict != saml.Pass))
	}
	return run
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("testdata/sarif-schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sarif(t *testing.T, run *Run) (text string, log sarifLog) {
	t.Helper()
	text, err := SARIF(run, claims.AllRules())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	return text, log
}

func TestSARIFMeetsSchema(t *testing.T) {
	s := sarifSchema(t)
	empty, _ := sarif(t, &Run{})
	text, log := sarif(t, exampleRun())
	for _, line := range []string{empty, text} {
		if err := validate(t, s, line); err != nil {
			t.Error(err)
		}
	}
	r := log.Runs[0]
	findings := 0
	for _, o := range exampleRun().Outcomes {
		findings += len(o.findings)
	}
	if len(r.Results) != findings || len(r.Tool.Driver.Rules) != len(claims.AllRules()) || len(r.Properties.Messages) != 6 {
		t.Errorf("%d results, %d rules, %d messages", len(r.Results), len(r.Tool.Driver.Rules), len(r.Properties.Messages))
	}
	for _, result := range r.Results {
		if result.RuleIndex == nil || r.Tool.Driver.Rules[*result.RuleIndex].ID != result.RuleID {
			t.Errorf("%s refers to another rule", result.RuleID)
		}
		for _, l := range append(result.Locations, result.Related...) {
			if a := l.Physical.Artifact; a.Index == nil || r.Artifacts[*a.Index].Location.URI != a.URI {
				t.Errorf("%s refers to another artifact", result.RuleID)
			}
		}
	}
	if i := r.Invocations[0]; i.ExecutionSuccessful || i.ExitCode != 2 || len(i.Notifications) != 2 || i.Notifications[1].Message.Text != "cannot do {{0}}" {
		t.Errorf("the invocation is %+v", i)
	}
}

// TestSARIFPlaces holds that a line and a column are said of the file only where
// the file is the XML that they are of.
func TestSARIFPlaces(t *testing.T) {
	f := saml.Finding{Code: "audience-mismatch", Severity: saml.Warning, Stage: saml.StageConditions, Path: "/Response/@ID", Line: 3, Column: 14, Offset: 99, Message: "a", Ignored: true}
	for form, want := range map[saml.Form]string{
		saml.FormXML:    `{"locations":[{"physicalLocation":{"artifactLocation":{"uri":"dir/a%20b.xml","uriBaseId":"%SRCROOT%","index":0},"region":{"startLine":3,"startColumn":14}},"logicalLocations":[{"fullyQualifiedName":"/Response/@ID","kind":"attribute"}]}],"related":null}`,
		saml.FormBase64: `{"locations":[{"physicalLocation":{"artifactLocation":{"uri":"dir/a%20b.xml","uriBaseId":"%SRCROOT%","index":0},"region":{"startLine":1}},"logicalLocations":[{"fullyQualifiedName":"/Response/@ID","kind":"attribute"}]}],"related":[{"physicalLocation":{"artifactLocation":{"uri":"decoded-3.xml","index":1},"region":{"startLine":3,"startColumn":14}},"message":{"text":"the place in the decoded XML"}}]}`,
	} {
		o := &saml.Object{Source: "dir/a b.xml", Form: form, Index: 2, Findings: []saml.Finding{f, f}}
		_, log := sarif(t, &Run{Outcomes: []Outcome{NewOutcome(o, false)}})
		for _, r := range log.Runs[0].Results {
			got, err := json.Marshal(map[string]any{"locations": r.Locations, "related": r.Related})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("%s: %s", form, diff)
			}
			if r.Level != "warning" || len(r.Suppressions) != 1 || r.Suppressions[0].Kind != "external" {
				t.Errorf("%+v", r)
			}
		}
		if n := len(log.Runs[0].Artifacts); n != 1+len(log.Runs[0].Results[0].Related) {
			t.Errorf("%s: %d artifacts", form, n)
		}
	}
}

func TestFileURI(t *testing.T) {
	for name, want := range map[string]string{
		"a.xml": "a.xml", "dir/ä b.xml": "dir/%C3%A4%20b.xml", "/srv/a.xml": "file:///srv/a.xml", "a:b?c#d%e": "a%3Ab%3Fc%23d%25e",
		"bad\xff\n\x1b\u202e": "bad%FF%0A%1B%E2%80%AE", "../a.xml": "../a.xml", "[x](y)": "%5Bx%5D%28y%29", "//host/a": "file://host/a",
	} {
		if got := fileURI(name); got != want {
			t.Errorf("fileURI(%q) = %s, want %s", name, got, want)
		}
	}
	if got := locationOf("-"); got.URI != "-" || got.Base != "" || got.Description.Text != "standard input" {
		t.Errorf("standard input is %+v", got)
	}
}

// TestSARIFText: what a viewer makes of a text by the rules of SARIF is the text,
// escaped, and no link.
func TestSARIFText(t *testing.T) {
	for in, want := range map[string]string{
		"a {0} b":            "a {{0}} b",
		"[click](https://x)": `[click]\u{{28}}https://x)`,
		"a\u202eb":           `a\u{{202E}}b`,
		"[2,64] (n)":         "[2,64] (n)",
	} {
		if got := sarifText(in).Text; got != want {
			t.Errorf("sarifText(%q) = %q, want %q", in, got, want)
		}
	}
}

// Each message of a file has decoded XML of its own, which all its findings share.
func TestSARIFArtifactsOfOneFile(t *testing.T) {
	run := &Run{}
	for index := range 2 {
		o := *exampleReports()["fail"]
		o.Source, o.Index, o.Form = "capture.har", index, saml.FormBase64
		run.Outcomes = append(run.Outcomes, NewOutcome(&o, true))
	}
	_, log := sarif(t, run)
	var uris []string
	for _, a := range log.Runs[0].Artifacts {
		uris = append(uris, a.Location.URI)
	}
	if want := []string{"capture.har", "decoded.xml", "decoded-2.xml"}; !slices.Equal(uris, want) {
		t.Errorf("the artifacts are %q, want %q", uris, want)
	}
	for _, r := range log.Runs[0].Results {
		if len(r.Related) > 0 && *r.Related[0].Physical.Artifact.Index != r.Properties.Index+1 {
			t.Errorf("a finding of message %d stands in artifact %d", r.Properties.Index+1, *r.Related[0].Physical.Artifact.Index)
		}
	}
}
