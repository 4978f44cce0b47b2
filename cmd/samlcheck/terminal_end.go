package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/saml"
)

// A silence is how long the terminal has been silent, in steps. A paste that comes
// over a slow line may stall for a second: only what cannot go on is ended sooner.
type silence int

const (
	afterKey   silence = iota // long enough after a key, or a marker, that ends a paste
	afterAll                  // after a text that nothing can follow
	afterStall                // after a text that more may follow
	afterWait                 // the person may wait for something that does not come
)

var silences = []time.Duration{150 * time.Millisecond, 300 * time.Millisecond, 1500 * time.Millisecond, 4 * time.Second}

// next gives the moment at which a silence is reached that follows the one before;
// never after the last.
func (s silence) next() <-chan time.Time {
	if int(s) >= len(silences) {
		return nil
	}
	wait := silences[s]
	if s > 0 {
		wait -= silences[s-1]
	}
	return time.After(wait)
}

// overAfter tells whether a paste is over once the terminal was silent for so
// long. Where the terminal marks the ends of a paste, an empty line inside it ends
// nothing. The text is looked at once for each silence, so that what is done does
// not grow with the number of pieces in which it arrives.
func (p *paste) overAfter(s silence) bool {
	switch s {
	case afterKey:
		return p.over || p.marked || p.emptyLine && p.typed && !p.inside
	case afterAll:
		p.ending = open
		if !p.inside && !p.blank() {
			p.ending = p.look(p.text)
		}
		return p.ending == closed
	case afterStall:
		return !p.inside && (p.emptyLine || p.ending == whole)
	}
	p.remind()
	return false
}

// remind says once that the end is missing, to who waits for it.
func (p *paste) remind() {
	if p.blank() || p.reminded {
		return
	}
	p.reminded = true
	if p.tooLarge() {
		p.say(p.arrived() + "; press Enter twice or Ctrl-D")
		return
	}
	p.say(p.arrived() + " so far, and the message does not end there: paste on, or press Enter twice or Ctrl-D")
}

// tooLarge tells whether more arrived than is kept.
func (p *paste) tooLarge() bool { return len(p.text) > mostMessage }

// arrived tells how many characters arrived, line ends left out.
func (p *paste) arrived() string {
	if p.tooLarge() {
		return "more than " + grouped(mostMessage) + " bytes arrived, and the rest is left out: give a capture of this size as a file"
	}
	n := utf8.RuneCount(p.text) - bytes.Count(p.text, []byte("\n"))
	if n == 1 {
		return "1 character arrived"
	}
	return grouped(n) + " characters arrived"
}

// grouped writes a number with its thousands set apart.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// An ending is how a text ends.
type ending int

const (
	open   ending = iota // a message is not whole, or there is none
	whole                // each message is whole, and more may follow, such as further fields of a form
	closed               // nothing can follow
)

// endingOf tells how a text ends. What cannot be told is open: a person ends it.
func (t *tool) endingOf(text []byte) ending {
	e, err := inPatience(t.patience, "-", func() (ending, error) { return endingOf(text), nil })
	if err != nil {
		return open // the check says it
	}
	return e
}

func endingOf(text []byte) ending {
	messages := saml.DecodeAll(text)
	if slices.ContainsFunc(messages, func(m *saml.Message) bool { return !isWhole(m) }) {
		return open
	}
	switch messages[0].Form() {
	case saml.FormXML, saml.FormBase64, saml.FormBase64URL:
		return closed
	}
	if text = bytes.TrimSpace(text); text[0] != '{' && text[0] != '[' {
		return whole
	}
	if json.Valid(text) {
		return closed
	}
	return open
}

// isWhole reports whether the XML of a message ends as it should. It is not judged
// what it says.
func isWhole(m *saml.Message) bool {
	xml := m.XML()
	if xml == nil {
		return false
	}
	document, err := xmldoc.Parse(xml, xmldoc.MessageLimits())
	if err != nil {
		return false
	}
	document.Release()
	return true
}

// cutOff tells, to stand behind how many characters arrived, where the end looks
// cut off; empty where it does not.
func (t *tool) cutOff(text []byte) string {
	words, err := inPatience(t.patience, "-", func() (string, error) { return cutOff(text), nil })
	if err != nil {
		return "" // the check says it
	}
	return words
}

func cutOff(text []byte) string {
	messages := saml.DecodeAll(text)
	last := messages[len(messages)-1]
	report := saml.Check(last, nil, saml.Options{SkipWitness: true})
	defer report.Release()
	if !slices.ContainsFunc(report.Findings, func(f saml.Finding) bool { return f.Code == "capture-truncated" }) {
		return ""
	}
	form := "the message"
	switch last.Form() {
	case saml.FormXML:
		form = "the XML"
	case saml.FormBase64, saml.FormBase64URL:
		form = "the base64"
	}
	return fmt.Sprintf("; the end looks cut off: %s stops inside the document", form)
}
