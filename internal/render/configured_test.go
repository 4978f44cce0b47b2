package render

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// configuredReport gives a report that a configuration file takes part in, with a
// name and a reason that would act on a terminal.
func configuredReport() *saml.Object {
	const file = "con\x1b[2Jfig/samlcheck.yaml"
	v := failReport()
	v.Config = &saml.ObjectConfig{File: file, Settings: []string{"metadata", "ignore"}}
	v.Metadata[0].From = file
	v.Findings[1].Ignored = true
	v.Ignored = []saml.Ignoring{
		{Code: "assertion-expired", From: "--ignore"},
		{Code: "audience-mismatch", From: file, Reason: "the test tenant has an old identifier \u202e{0}"},
	}
	return v
}

// reasonsOf gives the justification of each suppression in a log.
func reasonsOf(t *testing.T, o *saml.Object) map[string]string {
	t.Helper()
	text, err := SARIF(&Run{Outcomes: []Outcome{NewOutcome(o, true)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, sarifSchema(t), text); err != nil {
		t.Error(err)
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range log.Runs[0].Results {
		for _, s := range r.Suppressions {
			out[r.RuleID] = s.Justification
		}
	}
	return out
}

// TestConfigReachesSARIF: which file settings were read from stands beside the
// verdict on each message.
func TestConfigReachesSARIF(t *testing.T) {
	for want, o := range map[string]*saml.Object{`"verified":true,"config":{"file":"con\u001b[2Jfig/samlcheck.yaml","settings":["metadata","ignore"]}}`: configuredReport(), `"verified":true}`: failReport()} {
		log, err := SARIF(&Run{Outcomes: []Outcome{NewOutcome(o, true)}}, nil)
		if err != nil || !strings.Contains(log, want) {
			t.Errorf("no %s (%v) in %s", want, err, log)
		}
	}
}

// TestReasonsReachEveryFormat: why a finding is ignored stands in the documents
// that are written at the end too.
func TestReasonsReachEveryFormat(t *testing.T) {
	const why = `ignored by "con\u{1B}[2Jfig/samlcheck.yaml": the test tenant has an old identifier \u{202E}{0}`
	got := reasonsOf(t, full(configuredReport()))
	if len(got) != 2 || got["audience-mismatch"] != why || got["assertion-expired"] != "ignored by --ignore assertion-expired" {
		t.Errorf("SARIF gives %q", got)
	}
	c := readJUnit(t, JUnit(&Run{Outcomes: []Outcome{NewOutcome(configuredReport(), true)}})).Suites[0].Cases[0]
	if annotations := GitHub(&Run{Outcomes: []Outcome{NewOutcome(configuredReport(), true)}}); !strings.Contains(annotations, `the test tenant has an old identifier \u{202E}{0}`) {
		t.Errorf("GitHub's annotations hold no reason:\n%s", annotations)
	}
	for _, want := range []string{"error audience-mismatch (" + why + "): Audience is", "error assertion-expired (ignored): NotOnOrAfter"} {
		if !strings.Contains(c.Failure.Text, want) {
			t.Errorf("JUnit holds no %q:\n%s", want, c.Failure.Text)
		}
	}
}

// TestSummaryTellsWhatIsIgnored: a file hides nothing behind the counts.
func TestSummaryTellsWhatIsIgnored(t *testing.T) {
	s := NewSummary()
	s.Add(full(configuredReport()), true)
	s.Add(full(configuredReport()), true)
	text := s.Text(Style{})
	for _, want := range []string{"\nsettings from \"con\\u{1B}[2Jfig/samlcheck.yaml\": metadata, ignore\n", "\n\nIgnored by \"con\\u{1B}[2Jfig/samlcheck.yaml\"\n  - audience-mismatch: the test tenant"} {
		if strings.Count(text, want) != 1 {
			t.Errorf("the text holds not one %q:\n%s", want, text)
		}
	}
	if len(s.Object().Ignored) != 2 || s.Object().Config == nil {
		t.Errorf("%+v", s.Object())
	}
	plain := NewSummary()
	plain.Add(full(passReport()), false)
	if text := plain.Text(Style{}); strings.Contains(text, "settings from") || strings.Contains(text, "Ignored by") {
		t.Errorf("nothing is configured:\n%s", text)
	}
}

// TestNothingConfigured: without a file, or with one of which nothing holds, the
// text says no more than that.
func TestNothingConfigured(t *testing.T) {
	o := failReport()
	o.Ignored, o.Metadata[0].From = []saml.Ignoring{{Code: "audience-mismatch", From: "--ignore"}}, "--metadata"
	text := Text(o, Style{})
	for _, not := range []string{"settings from", "Ignored by", "named by"} {
		if strings.Contains(text, not) {
			t.Errorf("the text holds %q:\n%s", not, text)
		}
	}
	o.Config, o.Metadata[0].From = &saml.ObjectConfig{File: "samlcheck.yaml"}, "SAMLCHECK_METADATA"
	text = Text(o, Style{})
	for _, want := range []string{"\nsettings from \"samlcheck.yaml\": none that holds\n", "from \"metadata.xml\", named by SAMLCHECK_METADATA\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text holds no %q:\n%s", want, text)
		}
	}
}
