package render

import (
	"fmt"

	"github.com/samlcheck/samlcheck/saml"
)

// A Run is all that one run of the tool found out, for the formats that are one
// document: it is written once, at the end.
type Run struct {
	Version  string // of the tool
	Status   int    // the exit status
	Outcomes []Outcome
	Troubles []Trouble
}

// An Outcome is what of the report on one message is kept until the end: little,
// as there may be a hundred thousand.
type Outcome struct {
	source   string
	index    int
	form     saml.Form
	profile  saml.Profile
	verdict  saml.Verdict
	verified bool
	failed   bool
	headline string // of a message that failed
	findings []saml.Finding
	ignored  []saml.Ignoring    // nil where none is
	config   *saml.ObjectConfig // nil where none was read; one for the whole run
}

// NewOutcome takes what is kept out of a report. A message that failed keeps the
// exit status from being 0.
func NewOutcome(o *saml.Object, failed bool) Outcome {
	out := Outcome{source: o.Source, index: o.Index, form: o.Form, profile: o.Profile, verdict: o.Verdict, verified: o.Verified,
		failed: failed, findings: o.Findings, config: o.Config}
	if len(o.Ignored) > 0 {
		out.ignored = o.Ignored
	}
	if failed {
		out.headline = headline(viewOf(o))
	}
	return out
}

// A Trouble is something that could not be read or judged at all.
type Trouble struct {
	Source string // the input that it is about; empty where it is about no single one
	Text   string // a sentence in which foreign text is quoted
}

// caseName names an input as a test case is named.
func caseName(source string) string {
	if source == "-" || source == "" {
		return SourceName(source)
	}
	return Value(source)
}

// title names the message of an outcome among all.
func (o *Outcome) title() string {
	name := caseName(o.source)
	if o.index > 0 {
		name += fmt.Sprintf(", message %d", o.index+1)
	}
	return name
}

// failures counts the messages that do not pass.
func (r *Run) failures() int {
	n := 0
	for _, o := range r.Outcomes {
		if o.failed {
			n++
		}
	}
	return n
}
