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

// An Outcome is what came of one message.
type Outcome struct {
	Report *saml.Object
	Failed bool // it keeps the exit status from being 0
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
	name := caseName(o.Report.Source)
	if o.Report.Index > 0 {
		name += fmt.Sprintf(", message %d", o.Report.Index+1)
	}
	return name
}

// failures counts the messages that do not pass.
func (r *Run) failures() int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Failed {
			n++
		}
	}
	return n
}
