package main

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

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
	reports  int              // how many were written
	outcomes []render.Outcome // what is written at the end
	summary  *render.Summary  // what is written in place of the reports; nil where they are
	progress *batch.Progress  // nil where none is shown
	tally    tally
}

// run judges all inputs. One that cannot be read does not stop the others.
func (c *checker) run(source *batch.Source) {
	for r := range batch.Ordered(runtime.GOMAXPROCS(0), source.Inputs(), c.input) {
		c.take(r)
		if c.outDead || c.late {
			break
		}
	}
	c.progress.Clear()
}

// judged is what comes of one input.
type judged struct {
	name     string
	messages []written
	err      error // why nothing could be judged, or not all
}

// written is what comes of a message, with the report as it is written where
// each has its own.
type written struct {
	report *saml.Object
	failed bool
	text   string
	err    error // why it could not be judged
}

// input judges what an input holds. It runs beside others, and changes nothing.
func (c *checker) input(i batch.Input) judged {
	data, err := i.Data, i.Err
	if err == nil && !i.Read {
		data, err = c.readMessage(i.Name)
	}
	if err != nil {
		return judged{name: i.Name, err: err}
	}
	messages, err := inPatience(c.patience, i.Name, func() ([]written, error) { return c.messages(&i, data), nil })
	return judged{i.Name, messages, err}
}

// messages judges each message of a capture.
func (c *checker) messages(i *batch.Input, data []byte) (out []written) {
	for _, m := range saml.DecodeAll(data) {
		m.Source, m.Index = i.Name, i.Index+m.Index
		if i.URL != "" {
			m.URL = i.URL
		}
		if !i.Captured.IsZero() {
			m.Captured = i.Captured
		}
		out = append(out, c.work(m))
	}
	return out
}

// work judges a message. It changes nothing, as it may be left behind.
func (c *checker) work(message *saml.Message) (w written) {
	options := c.options
	if options.Time, w.err = c.instant(message); w.err != nil {
		w.err = fmt.Errorf("%s: %w", render.MessageName(message.Source, message.Index), w.err)
		return w
	}
	w.report = c.judge(message, c.metadata, options)
	c.held.note(w.report)
	w.failed = !passes(w.report, c.failOn)
	switch {
	case c.summary != nil:
	case c.format == "json":
		w.text, w.err = render.JSON(w.report)
	case c.format == "text":
		w.text = render.Text(w.report, c.style)
	}
	return w
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
		c.complainOf(r.name, "%s%s", r.err, verbMeant(r.name))
	}
	c.progress.Done(len(r.messages), failures)
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
		c.complainOf(name, "%s: the second verifier, goxmldsig, crashes on this input, so that its signature is not verified: %s", render.SourceName(name), pleaseReport)
	}
}

// A judge judges a message.
type judge func(*saml.Message, *saml.Metadata, claims.Options) *saml.Object

func judgeMessage(message *saml.Message, metadata *saml.Metadata, options claims.Options) *saml.Object {
	if options.Profile == saml.ProfileSAML {
		report := saml.Check(message, metadata, options.Options)
		defer report.Release()
		return report.Object()
	}
	report := claims.Check(message, metadata, options)
	defer report.Release()
	return report.Object()
}

// crashed reports whether the second verifier crashed.
func crashed(report *saml.Object) bool {
	return slices.ContainsFunc(report.Signatures, func(s saml.Signature) bool { return s.Witness == string(xmlsig.Crashed) })
}

// instant gives as of when a message is judged. A time that it does not have is
// an error, never now.
func (c *checker) instant(message *saml.Message) (time.Time, error) {
	switch c.at.word {
	case "issued":
		first := saml.Check(message, c.metadata, saml.Options{Limits: c.options.Limits, DecryptionKeys: c.options.DecryptionKeys, SkipWitness: true})
		if content := first.Content(); content != nil && content.IssueInstant().Valid() {
			return content.IssueInstant().Time, nil
		}
		return time.Time{}, fmt.Errorf("--at issued: there is no assertion to read with an IssueInstant%s; give a time instead", whyNot(first.Findings))
	case "captured":
		if message.Captured.IsZero() {
			return time.Time{}, fmt.Errorf("--at captured: this form of capture does not tell when it was made; give a time instead")
		}
		return message.Captured, nil
	}
	if c.at.time.IsZero() && !message.Captured.IsZero() {
		return message.Captured, nil
	}
	return c.at.orNow(), nil
}

// whyNot gives the first error of a message that cannot be read: it tells more
// than that there is no assertion.
func whyNot(findings []saml.Finding) string {
	for _, f := range findings {
		if f.Severity == saml.Error && f.Code != "metadata-missing" {
			return " (" + f.Code + ": " + f.Message + ")"
		}
	}
	return ""
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
