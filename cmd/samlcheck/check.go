package main

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/pflag"
)

// check judges every message that is named, or standard input. The error is
// one of usage.
func (t *tool) check(flags *checkFlags, set *pflag.FlagSet, names []string) error {
	if err := flags.configure(t, set); err != nil {
		return err
	}
	s, err := flags.read(t, set)
	if err != nil {
		return err
	}
	source, err := flags.source(t, set, names)
	if err != nil {
		return err
	}
	if err := onceStandardInput(slices.Concat(flags.metadata, flags.keys, iamFiles(flags.iam), source.Names)); err != nil {
		return err
	}
	metadata, good := t.readMetadata(flags.metadata)
	if !good {
		flags.held.sayWhoNamed(t)
	}
	keys, usable := t.readKeys(flags.keys)
	iam, known := t.readIAM(flags.iam)
	c := &checker{tool: t, settings: s, metadata: metadata}
	if good && usable && known {
		c.options.DecryptionKeys, c.options.IAM = keys, iam
		c.begin(source, &flags.batchFlags)
		switch {
		case flags.clipboard:
			c.fromClipboard()
		case c.sits(names):
			c.session()
		default:
			c.run(source)
		}
	}
	c.finish()
	c.sayTally()
	return nil
}

// onceStandardInput refuses to read standard input twice: the second reader
// would find nothing.
func onceStandardInput(names []string) error {
	n := 0
	for _, name := range names {
		if name == "-" || name == "@-" {
			n++
		}
	}
	if n > 1 {
		return fmt.Errorf("standard input can be read once only: give the other input as a file")
	}
	return nil
}

// A checker judges messages on all processors, and writes what it finds in the
// order of the inputs.
type checker struct {
	*tool
	*settings
	metadata *saml.Metadata
	first    string           // of what was named to be judged
	reports  int              // how many were written
	outcomes []render.Outcome // what is written at the end
	summary  *render.Summary  // what is written in place of the reports; nil where they are
	progress *batch.Progress  // nil where none is shown
	tally    tally
}

// run judges all inputs. One that cannot be read does not stop the others.
func (c *checker) run(source *batch.Source) {
	for r := range batch.Ordered(runtime.GOMAXPROCS(0), source.Inputs(), c.input) {
		if r.typed {
			r = c.pasted()
		}
		c.take(r)
		if c.outDead || c.late {
			break
		}
	}
	c.progress.Clear()
}

// take writes what came of an input.
func (c *checker) take(r judged) {
	failures := 0
	for _, w := range r.messages {
		c.takeMessage(r.name, w)
		if w.failed || w.err != nil {
			failures++
		}
	}
	if r.err != nil {
		c.late = errors.Is(r.err, errLate)
		c.tally.unjudged++
		c.progress.Clear()
		c.complainOf(r.name, "%s", r.err)
	}
	c.progress.Done(len(r.messages), failures)
}

// complainOf complains of an input. What was said is kept only for a format that
// tells it at the end: a stream may hold such lines without end.
func (c *checker) complainOf(source, format string, args ...any) {
	c.tool.complainOf(source, format, args...)
	if !slices.Contains(wholeFormats(), c.format) {
		c.troubles = nil
	}
}

func (c *checker) takeMessage(name string, w written) {
	if w.err != nil {
		c.tally.unjudged++
		c.progress.Clear()
		c.complainOf(name, "%s", w.err)
		return
	}
	if w.failed {
		c.atLeast(statusFail)
	}
	c.tally.count(w)
	c.write(w)
	if crashed(w.report) {
		c.progress.Clear()
		c.complainOf(name, "%s: the second verifier, goxmldsig, crashes on this input, so that its signature is not verified: %s", render.MessageName(name, w.report.Index), pleaseReport)
	}
}

// crashed reports whether the second verifier crashed.
func crashed(report *saml.Object) bool {
	return slices.ContainsFunc(report.Signatures, func(s saml.Signature) bool { return s.Witness == string(xmlsig.Crashed) })
}

// passes tells whether a report lets the exit status be 0.
func passes(report *saml.Object, failOn saml.Severity) bool {
	return report.Verdict == saml.Pass && !reaches(report.Findings, failOn)
}

// reaches reports whether a finding that is not ignored is as grave as s.
func reaches(findings []saml.Finding, s saml.Severity) bool {
	return slices.ContainsFunc(findings, func(f saml.Finding) bool { return !f.Ignored && f.Severity.AtLeast(s) })
}

// write writes one report in one piece, or keeps it for the end.
func (c *checker) write(w written) {
	switch {
	case c.summary != nil:
		c.summary.Add(w.report, w.failed)
	case c.format == "json":
		c.print(w.text)
	case c.format == "text":
		if c.reports++; c.reports > 1 {
			w.text = "\n" + w.text
		}
		c.print(w.text)
	default:
		c.outcomes = append(c.outcomes, render.NewOutcome(w.report, w.failed))
	}
}

// finish writes what is one document for the whole run. It is whole too where
// something could not be read, and says so then.
func (c *checker) finish() {
	if c.summary != nil {
		c.finishSummary()
		return
	}
	run := &render.Run{Version: shortVersion(), Status: c.status, Outcomes: c.outcomes, Troubles: c.troubles}
	switch c.format {
	case "sarif":
		text, err := render.SARIF(run, claims.AllRules())
		if err != nil {
			c.complain("cannot write the report as SARIF: %s", err)
			return
		}
		c.print(text)
	case "junit":
		c.print(render.JUnit(run))
	case "github":
		c.print(render.GitHub(run))
	}
}

// printJSON writes a value as one line.
func (t *tool) printJSON(v any) {
	line, err := render.JSON(v)
	if err != nil {
		t.complain("cannot write the report as JSON: %s", err)
		return
	}
	t.print(line)
}
