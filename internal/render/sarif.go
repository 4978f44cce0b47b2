package render

import (
	"cmp"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// SARIF writes a run as a log of the Static Analysis Results Interchange Format
// 2.1.0 (OASIS Standard): one result for each finding. What the fields mean and
// how they have to be written is said there. As in JSON, characters that act on
// a terminal are escaped.
func SARIF(run *Run, rules []saml.Rule) (string, error) {
	w := sarifWriter{rules: map[string]int{}, artifacts: map[artifactKey]int{}}
	for i, r := range rules {
		w.rules[r.Code] = i
	}
	out := sarifRun{
		Tool:       sarifToolOf(run.Version, sarifRules(rules)),
		Results:    []sarifResult{},
		Properties: &sarifRunProperties{},
	}
	for i := range run.Outcomes {
		o := &run.Outcomes[i]
		out.Properties.Messages = append(out.Properties.Messages, w.message(o))
		for _, f := range o.findings {
			out.Results = append(out.Results, w.result(o, f))
		}
	}
	out.Properties.Messages = orEmpty(out.Properties.Messages)
	out.Artifacts = orEmpty(w.listed)
	out.Invocations = []sarifInvocation{sarifInvocationOf(run)}
	return sarifDocument(out)
}

func sarifToolOf(version string, rules []sarifRule) sarifTool {
	return sarifTool{Driver: sarifDriver{Name: "samlcheck", InformationURI: "https://github.com/samlcheck/samlcheck", Version: version, Rules: rules}}
}

// sarifDocument writes the log of one run. Columns are counted in characters, not
// in units of UTF-16.
func sarifDocument(run sarifRun) (string, error) {
	run.ColumnKind = "unicodeCodePoints"
	return JSON(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run}})
}

func sarifInvocationOf(run *Run) sarifInvocation {
	out := sarifInvocation{ExecutionSuccessful: len(run.Troubles) == 0, ExitCode: run.Status, Notifications: []sarifNotification{}}
	for _, t := range run.Troubles {
		n := sarifNotification{Level: "error", Message: sarifText(t.Text)}
		if t.Source != "" {
			n.Locations = []sarifLocation{{Physical: &sarifPhysical{Artifact: locationOf(t.Source)}}}
		}
		out.Notifications = append(out.Notifications, n)
	}
	return out
}

func sarifRules(rules []saml.Rule) []sarifRule {
	out := []sarifRule{}
	for _, r := range rules {
		help := []string{"What to do: " + r.Fix + "."}
		for _, s := range r.Sources {
			help = append(help, strings.TrimSpace("Source: "+s.Text+" "+s.URL))
		}
		rule := sarifRule{ID: r.Code, Short: sarifText(r.Title), Full: sarifText(ended(r.Explanation)), Help: sarifLines(help),
			Configuration: sarifConfiguration{Level: sarifLevel(r.Severity)},
			Properties:    sarifRuleProperties{Tags: []string{"saml", string(r.Stage)}, Stage: string(r.Stage)}}
		for _, s := range r.Sources {
			if s.URL != "" && rule.HelpURI == "" {
				rule.HelpURI = s.URL
			}
		}
		out = append(out, rule)
	}
	return out
}

func sarifLevel(s saml.Severity) string {
	switch s {
	case saml.Error:
		return "error"
	case saml.Warning:
		return "warning"
	}
	return "note"
}

// A sarifWriter gathers what results refer to by its number.
type sarifWriter struct {
	rules     map[string]int
	artifacts map[artifactKey]int
	listed    []sarifArtifact
}

func (w *sarifWriter) message(o *Outcome) sarifMessage {
	return sarifMessage{Artifact: w.artifact(o), Index: o.index, Profile: string(o.profile), Verdict: string(o.verdict), Verified: o.verified, Config: o.config}
}

func (w *sarifWriter) result(o *Outcome, f saml.Finding) sarifResult {
	out := sarifResult{RuleID: f.Code, Level: sarifLevel(f.Severity), Message: sarifText(f.Message),
		Properties: &sarifProperties{Stage: string(f.Stage), Index: o.index, Offset: f.Offset, Unverified: f.Unverified, Fix: f.Fix, AWS: orEmpty(f.AWS)}}
	if i, ok := w.rules[f.Code]; ok {
		out.RuleIndex = &i
	}
	if f.Ignored {
		reason := cmp.Or(reasonFor(f, o.ignored), "ignored by --ignore "+f.Code)
		out.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: reason}}
	}
	w.place(&out, o, f)
	return out
}

// place says where a finding stands. Its line and column are those of the
// decoded XML: in the file itself only where that is the XML, else in an
// artifact that is nested in the file.
func (w *sarifWriter) place(out *sarifResult, o *Outcome, f saml.Finding) {
	file := w.artifact(o)
	at := sarifLocation{Physical: &sarifPhysical{Artifact: w.listed[file].Location}}
	at.Physical.Artifact.Index = &file
	if f.Path != "" {
		kind := "element"
		if strings.Contains(f.Path, "/@") {
			kind = "attribute"
		}
		at.Logical = []sarifLogical{{FullName: f.Path, Kind: kind}}
	}
	region := sarifRegion{StartLine: f.Line, StartColumn: f.Column}
	switch {
	case f.Line < 1 || f.Column < 1:
	case o.form == saml.FormXML:
		at.Physical.Region = &region
	default:
		at.Physical.Region = &sarifRegion{StartLine: 1} // viewers want one, and this one the file has
		inner := w.decoded(file, o)
		related := sarifLocation{Physical: &sarifPhysical{Artifact: w.listed[inner].Location, Region: &region}, Message: &sarifString{Text: "the place in the decoded XML"}}
		related.Physical.Artifact.Index = &inner
		out.Related = []sarifLocation{related}
	}
	out.Locations = []sarifLocation{at}
}
