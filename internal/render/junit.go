package render

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// JUnit writes a run as the XML that test runners read: a test case for each
// message, with a failure where the message does not pass, and with an error for
// each thing that could not be read or judged.
func JUnit(run *Run) string {
	return junitDocument(len(run.Outcomes), run.failures(), run.Troubles, func(x *junitWriter) {
		for _, o := range run.Outcomes {
			x.outcome(o)
		}
	})
}

// junitDocument writes a document with the test cases that were run, of which some
// failed, and with those that are made of troubles.
func junitDocument(run, failed int, troubles []Trouble, cases func(*junitWriter)) string {
	x := &junitWriter{}
	counts := fmt.Sprintf(`tests="%d" failures="%d" errors="%d"`, run+len(troubles), failed, len(troubles))
	x.line(0, `<?xml version="1.0" encoding="UTF-8"?>`)
	x.line(0, "<testsuites "+attribute("name", "samlcheck")+" "+counts+">")
	x.line(1, "<testsuite "+attribute("name", "samlcheck")+" "+counts+` skipped="0">`)
	cases(x)
	for _, t := range troubles {
		name := "samlcheck"
		if t.Source != "" {
			name = caseName(t.Source)
		}
		x.line(2, "<testcase "+attribute("name", name)+" "+attribute("classname", "samlcheck")+">")
		x.line(3, "<error "+attribute("type", "error")+" "+attribute("message", t.Text)+"/>")
		x.line(2, "</testcase>")
	}
	x.line(1, "</testsuite>")
	x.line(0, "</testsuites>")
	return x.out.String()
}

// A junitWriter is a document in the making.
type junitWriter struct{ out strings.Builder }

func (x *junitWriter) line(depth int, markup string) {
	x.out.WriteString(strings.Repeat("  ", depth))
	x.out.WriteString(markup)
	x.out.WriteByte('\n')
}

func (x *junitWriter) outcome(o Outcome) {
	open := "<testcase " + attribute("name", o.title()) + " " + attribute("classname", "samlcheck."+string(o.profile))
	findings := findingLines(o.findings, o.ignored)
	if !o.failed && len(findings) == 0 {
		x.line(2, open+"/>")
		return
	}
	x.line(2, open+">")
	if o.failed {
		x.block("failure", " "+attribute("type", string(o.verdict))+" "+attribute("message", o.headline), findings)
	} else {
		x.block("system-out", "", findings)
	}
	x.line(2, "</testcase>")
}

// block writes an element with lines of text, each of which is indented: the
// text is for people.
func (x *junitWriter) block(name, attributes string, lines []string) {
	x.line(3, "<"+name+attributes+">")
	for _, l := range lines {
		x.line(4, markup(Escape(l)))
	}
	x.line(3, "</"+name+">")
}

// findingLines says each finding in one line, the gravest first.
func findingLines(all []saml.Finding, ignored []saml.Ignoring) []string {
	var out []string
	for _, s := range severities() {
		for _, f := range all {
			if f.Severity != s {
				continue
			}
			line := string(f.Severity) + " " + f.Code
			if f.Ignored {
				line += " (" + cmp.Or(reasonFor(f, ignored), "ignored") + ")"
			}
			line += ": " + f.Message
			if at := place(f); at != "" {
				line += " (" + at + ")"
			}
			out = append(out, line)
		}
	}
	return out
}

func attribute(name, value string) string { return name + `="` + markup(Escape(value)) + `"` }

// markup makes text of what Escape has made safe, in which nothing is left that
// XML cannot hold.
func markup(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;").Replace(s)
}
