package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
)

// judged is what comes of one input.
type judged struct {
	name     string
	typed    bool // it is to be pasted, and nothing else
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

// input judges what an input holds. It runs beside others, and changes nothing;
// so that a paste, for which the person is asked, is left to whoever writes.
func (c *checker) input(i batch.Input) judged {
	if !i.Read && i.Err == nil && c.isTyped(i.Name) {
		return judged{name: i.Name, typed: true}
	}
	data, err := i.Data, i.Err
	if err == nil && !i.Read {
		data, err = c.readNamed(i.Name)
	}
	if err != nil {
		return judged{name: i.Name, err: err}
	}
	found, err := inPatience(c.patience, i.Name, func() ([]*saml.Message, error) { return messagesOf(&i, data), nil })
	out := judged{name: i.Name, err: err}
	for k, m := range found {
		found[k] = nil // so that it is let go once it is judged
		w, err := patiently(c.patience, render.MessageName(m.Source, m.Index), func() (written, error) { return c.work(m), nil })
		if errors.Is(err, errLate) {
			out.err = err
			break
		}
		if err != nil {
			w.err = err
		}
		out.messages = append(out.messages, w)
	}
	return out
}

// readNamed reads a file. One that is named first and is not there may be a slip in
// a verb.
func (c *checker) readNamed(name string) ([]byte, error) {
	data, err := c.readMessage(name)
	if err != nil && name == c.first {
		err = fmt.Errorf("%w%s", err, verbMeant(name))
	}
	return data, err
}

// pasted judges what is pasted now, after the reports on what was named before.
func (c *checker) pasted() judged {
	c.progress.Clear()
	data, err := c.readPaste(firstPrompt)
	return c.input(batch.Input{Name: "-", Data: data, Err: err, Read: true})
}

// messagesOf gives the messages of a capture.
func messagesOf(i *batch.Input, data []byte) []*saml.Message {
	found := saml.DecodeAll(data)
	for _, m := range found {
		m.Source, m.Index = i.Name, i.Index+m.Index
		if i.URL != "" {
			m.URL = i.URL
		}
		if !i.Captured.IsZero() {
			m.Captured = i.Captured
		}
	}
	return found
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
