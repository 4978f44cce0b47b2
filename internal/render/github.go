package render

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// GitHub writes a run as annotations of GitHub Actions: workflow commands that its
// runner reads from the output of a step and shows beside the changed files. A
// finding that is ignored is a notice.
func GitHub(run *Run) string {
	var b strings.Builder
	for i := range run.Outcomes {
		o := &run.Outcomes[i]
		for _, f := range o.findings {
			b.WriteString(annotationOf(o, f).String())
		}
	}
	for _, t := range run.Troubles {
		b.WriteString(troubleAnnotation(t).String())
	}
	return b.String()
}

// An annotation is one workflow command. What is empty or 0 is left out.
type annotation struct {
	level        string // error, warning or notice
	file         string
	line, column int
	title        string
	lines        []string // sentences, foreign text in them quoted
}

func annotationOf(o *Outcome, f saml.Finding) annotation {
	a := annotation{level: githubLevel(f), file: o.source, title: f.Code, lines: []string{f.Message}}
	if f.Ignored {
		a.title += " (ignored)"
	}
	if o.index > 0 {
		a.title += fmt.Sprintf(", message %d", o.index+1)
	}
	if f.Fix != "" {
		a.lines = append(a.lines, "What to do: "+f.Fix)
	}
	if why := reasonFor(f, o.ignored); why != "" {
		a.lines = append(a.lines, why)
	}
	// The line of a finding is that of the decoded XML: of the file where that is it.
	if o.form == saml.FormXML {
		a.line, a.column = f.Line, f.Column
	}
	if o.source == "-" || o.source == "" {
		a.file, a.line, a.column = "", 0, 0
	}
	return a
}

func githubLevel(f saml.Finding) string {
	switch {
	case f.Ignored:
		return "notice"
	case f.Severity == saml.Error, f.Severity == saml.Warning:
		return string(f.Severity)
	}
	return "notice"
}

func troubleAnnotation(t Trouble) annotation {
	a := annotation{level: "error", title: "samlcheck", lines: []string{t.Text}}
	if t.Source != "-" {
		a.file = t.Source
	}
	return a
}

// String gives the command in the form ::level name=value,...::text and the line
// break that ends it. It is one line whatever the texts hold, and they cannot end
// the properties or begin another command.
func (a annotation) String() string {
	var properties, lines []string
	property := func(name, value string) {
		properties = append(properties, name+"="+githubProperty.Replace(Escape(value)))
	}
	if a.file != "" {
		property("file", filepath.ToSlash(a.file))
	}
	if a.line > 0 {
		property("line", strconv.Itoa(a.line))
	}
	if a.line > 0 && a.column > 0 {
		property("col", strconv.Itoa(a.column))
	}
	property("title", a.title)
	for _, l := range a.lines {
		lines = append(lines, githubData.Replace(Escape(l)))
	}
	return "::" + a.level + " " + strings.Join(properties, ",") + "::" + strings.Join(lines, "%0A") + "\n"
}

// What has a meaning in a command is percent-encoded there, as the toolkit of
// GitHub Actions does it: in its text, and in its properties.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
