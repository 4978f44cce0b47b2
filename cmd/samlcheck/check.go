package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/pflag"
)

// check judges every message that is named, or standard input. The error is
// one of usage.
func (t *tool) check(flags *checkFlags, set *pflag.FlagSet, names []string) error {
	s, err := flags.read(t, set)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		names = []string{"-"}
	}
	if err := onceStandardInput(slices.Concat(flags.metadata, flags.keys, iamFiles(flags.iam), names)); err != nil {
		return err
	}
	metadata, good := t.readMetadata(flags.metadata)
	keys, usable := t.readKeys(flags.keys)
	iam, known := t.readIAM(flags.iam)
	c := &checker{tool: t, settings: s, metadata: metadata}
	if good && usable && known {
		c.options.DecryptionKeys, c.options.IAM = keys, iam
		c.files(names)
	}
	c.finish()
	return nil
}

// onceStandardInput refuses to read standard input twice: the second reader
// would find nothing.
func onceStandardInput(names []string) error {
	n := 0
	for _, name := range names {
		if name == "-" {
			n++
		}
	}
	if n > 1 {
		return fmt.Errorf("standard input can be read once only: give the other input as a file")
	}
	return nil
}

// A checker judges messages one after the other.
type checker struct {
	*tool
	*settings
	metadata *saml.Metadata
	reports  int              // how many were written
	outcomes []render.Outcome // what is written at the end
}

func (c *checker) files(names []string) {
	for _, name := range names {
		c.file(name)
		if c.outDead {
			break
		}
	}
}

// file judges what a file holds. One that cannot be read does not stop the
// others.
func (c *checker) file(name string) {
	data, err := c.readMessage(name)
	if err != nil {
		c.complainOf(name, "%s%s", err, verbMeant(name))
		return
	}
	message := saml.Decode(data)
	message.Source = name
	c.message(message)
}

func (c *checker) message(message *saml.Message) {
	at, err := c.instant(message)
	if err != nil {
		c.complainOf(message.Source, "%s: %s", render.SourceName(message.Source), err)
		return
	}
	report := c.judge(message, at)
	failed := !passes(report, c.failOn)
	if failed {
		c.atLeast(statusFail)
	}
	c.write(report, failed)
}

func (c *checker) judge(message *saml.Message, at time.Time) *saml.Object {
	options := c.options
	options.Time = at
	if c.profile == saml.ProfileSAML {
		report := saml.Check(message, c.metadata, options.Options)
		defer report.Release()
		return report.Object()
	}
	report := claims.Check(message, c.metadata, options)
	defer report.Release()
	return report.Object()
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
func (c *checker) write(report *saml.Object, failed bool) {
	switch c.format {
	case "json":
		c.printJSON(report)
	case "text":
		text := render.Text(report, c.style)
		if c.reports++; c.reports > 1 {
			text = "\n" + text
		}
		c.print(text)
	default:
		c.outcomes = append(c.outcomes, render.Outcome{Report: report, Failed: failed})
	}
}

// finish writes what is one document for the whole run. It is whole too where
// something could not be read, and says so then.
func (c *checker) finish() {
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
