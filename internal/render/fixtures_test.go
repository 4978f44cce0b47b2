package render

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/fixture"
)

// exampleFixtures has a fixture in each state.
func exampleFixtures() *FixtureRun {
	result := func(name string) *fixture.Result {
		return &fixture.Result{Fixture: &fixture.Fixture{Name: name + ".b64", Path: "in/" + name + ".b64", File: "in/" + name + ".yaml"}}
	}
	passes, differs, broken, crashed, fresh, written := result("passes"), result("differs"), result("broken"), result("crashed"), result("fresh"), result("written")
	differs.Differences = []fixture.Difference{
		{Key: "verdict", Line: 4, Column: 3, Missing: []string{"pass"}, Surplus: []fixture.Surplus{{Text: "fail"}}},
		{Key: "codes", Message: 1, Line: 7, Column: 3, Surplus: []fixture.Surplus{{Text: "error digest-mismatch", Note: "the digest is expected to be that of the content, " + strings.Repeat("which is long, ", 20) + "at last"}}},
	}
	written.Differences = differs.Differences[:1]
	broken.Fault = &fixture.Fault{Line: 2, Column: 5, Text: `want has no key "verdikt"; is verdict meant?`}
	crashed.Fault = errors.New("it cannot be read")
	fresh.New = true
	return &FixtureRun{Version: "v1.2.3", Status: 2, Troubles: []Trouble{{"gone", "there is no folder"}}, Results: []FixtureResult{
		{Result: passes}, {Result: differs}, {Result: broken}, {Result: crashed}, {Result: fresh}, {Result: written, Update: true, Written: true}}}
}

// TestFixtureTextGolden compares with a text that was read before it was
// committed.
func TestFixtureTextGolden(t *testing.T) {
	run := exampleFixtures()
	var b strings.Builder
	for _, r := range run.Results {
		r.Written = false
		b.WriteString(FixtureText(r, Style{}))
	}
	b.WriteString(FixtureWritten(run.Results[5], Style{}))
	b.WriteString(FixtureSummary(run) + "\n")
	mustBeSafeText(t, b.String())
	golden(t, "fixtures.txt", b.String())
}

// TestFixtureGitHub: an annotation stands at the key that does not hold.
func TestFixtureGitHub(t *testing.T) {
	lines := strings.Split(FixtureGitHub(exampleFixtures()), "\n")
	for i, want := range []string{
		"::error file=in/differs.yaml,line=4,col=3,title=verdict differs::\"in/differs.b64\": verdict, line 4%0A- pass%0A+ fail",
		"::error file=in/differs.yaml,line=7,col=3,title=codes differs::\"in/differs.b64\": codes of message 1, line 7%0A+ error digest-mismatch: ",
		"::error file=in/broken.yaml,line=2,col=5,title=fixture not run::\"in/broken.b64\": \"in/broken.yaml\", line 2: want has no key \"verdikt\"; is verdict meant?",
		"::error file=in/crashed.b64,title=fixture not run::\"in/crashed.b64\": it cannot be read",
		"::error file=in/fresh.b64,title=fixture not run::\"in/fresh.b64\": nothing is expected of it yet",
		"::error file=gone,title=samlcheck::there is no folder",
		"6 fixtures: 1 pass, 1 with differences, 1 written, 3 not run",
	} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is\n%s\nwanted is\n%s", i, lines[i], want)
		}
	}
}

// TestFixtureJUnit: each fixture is one test case, what could not be run an error.
func TestFixtureJUnit(t *testing.T) {
	all := readJUnit(t, FixtureJUnit(exampleFixtures()))
	if all.Tests != 7 || all.Failures != 1 || all.Errors != 4 || len(all.Suites[0].Cases) != 7 {
		t.Errorf("%d tests, %d failures, %d errors, %d cases", all.Tests, all.Failures, all.Errors, len(all.Suites[0].Cases))
	}
	for _, c := range all.Suites[0].Cases {
		switch {
		case c.Name == "in/differs.b64":
			if c.Failure == nil || !strings.Contains(c.Failure.Text, "- pass\n        + fail\n") || c.ClassName != "samlcheck.fixture" {
				t.Errorf("%+v", c)
			}
		case c.Failure != nil || (c.Error == nil) != (c.Name == "in/passes.b64" || c.Name == "in/written.b64"):
			t.Errorf("%+v", c)
		}
	}
}

// TestFixtureSARIF: each difference is a result at the key that does not hold.
func TestFixtureSARIF(t *testing.T) {
	log, err := FixtureSARIF(exampleFixtures())
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, sarifSchema(t), log); err != nil {
		t.Error(err)
	}
	var read sarifLog
	if err := json.Unmarshal([]byte(log), &read); err != nil {
		t.Fatal(err)
	}
	r := read.Runs[0]
	if len(r.Results) != 2 || len(r.Invocations[0].Notifications) != 4 || r.Invocations[0].ExecutionSuccessful {
		t.Fatalf("%d results, %d notifications", len(r.Results), len(r.Invocations[0].Notifications))
	}
	at := r.Results[1].Locations[0].Physical
	if at.Artifact.URI != "in/differs.yaml" || at.Region.StartLine != 7 || at.Region.StartColumn != 3 || r.Results[1].Related[0].Physical.Artifact.URI != "in/differs.b64" {
		t.Errorf("the result stands at %+v", at)
	}
	if empty, err := FixtureSARIF(&FixtureRun{}); err != nil || validate(t, sarifSchema(t), empty) != nil {
		t.Errorf("of no fixtures is written %q (%v)", empty, err)
	}
}

// TestFixtureJSON: the fields that programs rely on, and lists that are never
// null.
func TestFixtureJSON(t *testing.T) {
	run := exampleFixtures()
	for i, want := range []string{
		`{"version":1,"fixture":"in/passes.b64","file":"in/passes.yaml","state":"pass","differences":[],"error":""}`,
		`{"version":1,"fixture":"in/differs.b64","file":"in/differs.yaml","state":"differs","differences":[{"message":0,"key":"verdict","line":4,"column":3,"missing":["pass"],"surplus":[{"text":"fail","note":""}]},{"message":1,"key":"codes","line":7,"column":3,"missing":[],"surplus":[{"text":"error digest-mismatch",`,
		`{"version":1,"fixture":"in/broken.b64","file":"in/broken.yaml","state":"error","differences":[],"error":"\"in/broken.yaml\", line 2: want has no key \"verdikt\"; is verdict meant?"}`,
		`{"version":1,"fixture":"in/crashed.b64","file":"in/crashed.yaml","state":"error","differences":[],"error":"it cannot be read"}`,
		`{"version":1,"fixture":"in/fresh.b64","file":"in/fresh.yaml","state":"error","differences":[],"error":"nothing is expected of it yet: --update writes what is found into \"in/fresh.yaml\""}`,
		`{"version":1,"fixture":"in/written.b64","file":"in/written.yaml","state":"written","differences":[{"message":0,"key":"verdict",`,
	} {
		if line, err := FixtureJSON(run.Results[i]); err != nil || !strings.HasPrefix(line, want) {
			t.Errorf("%v\n%s\nwanted is\n%s", err, line, want)
		}
	}
}

// FuzzFixtureIsSafe puts a string wherever a fixture has foreign text: no format
// holds what acts on a terminal, or begins a command of the systems that run jobs.
func FuzzFixtureIsSafe(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x := &fixture.Fixture{Name: s, Path: s, File: s}
		differs := &fixture.Result{Fixture: x, Differences: []fixture.Difference{{Key: "roles", Line: 1, Column: 1, Missing: []string{s}, Surplus: []fixture.Surplus{{Text: s, Note: s}}}}}
		run := &FixtureRun{Version: s, Troubles: []Trouble{{s, s}}, Results: []FixtureResult{
			{Result: differs}, {Result: &fixture.Result{Fixture: x, Fault: errors.New(s)}}, {Result: &fixture.Result{Fixture: x, New: true}}}}
		for _, r := range run.Results {
			mustBeSafeText(t, FixtureText(r, Style{}))
			mustBeSafeText(t, FixtureWritten(r, Style{}))
			line, err := FixtureJSON(r)
			if err != nil {
				t.Fatal(err)
			}
			mustBeSafe(t, strings.TrimSuffix(line, "\n"))
		}
		for line := range strings.Lines(FixtureJUnit(run)) {
			mustBeSafe(t, strings.TrimSuffix(line, "\n"))
			mustCommandNothing(t, line)
		}
		readJUnit(t, FixtureJUnit(run))
		log, err := FixtureSARIF(run)
		if err != nil {
			t.Fatal(err)
		}
		mustBeSafe(t, strings.TrimSuffix(log, "\n"))
		mustCommandNothing(t, log)
		lines := strings.SplitAfter(FixtureGitHub(run), "\n")
		for _, line := range lines[:4] {
			if c, ok := readCommand(line); !ok || c.name != "error" {
				t.Errorf("%q is no annotation", line)
			}
		}
		if len(lines) != 6 || !strings.HasPrefix(lines[4], "3 fixtures: ") || lines[5] != "" {
			t.Errorf("there are %d lines", len(lines))
		}
	})
}
