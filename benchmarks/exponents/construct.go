// Package exponents tells how the cost of a check grows when a message has
// twice as many of something: for each construct that makes some reader of XML
// or some judge of SAML slow, messages with n, 2n and 4n of it, within the limits.
package exponents

import (
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// A Construct is something that a message can have many of.
type Construct struct {
	Name   string
	n      int                       // the smallest number; the others are twice and four times as many
	make   func(n int) (task, error) // a message that has n of it
	raised map[string]int            // limits that have to be raised for 4n
	broken bool                      // the message is not to be proved: it is edited, or refused by the gate
	over   bool                      // there are more than are looked at, which is to be said
	theirs string                    // why the witness costs more than twice as much for twice as much, where it does
	alone  bool                      // the witness is not asked, or stops at less
}

// task is a message and what it is held against.
type task struct {
	Text     []byte // as captured
	Metadata []byte // nil: that of package material
	Decrypt  bool   // with the key that it is encrypted for
}

// Work is one measurement: a message to be checked once.
type Work struct {
	Construct string
	N         int
	Witness   bool
	Task      task
}

// Works makes what is to be measured of the constructs of these names, of all
// where none is named.
func Works(names []string) ([]Work, error) {
	var out []Work
	for _, c := range Constructs() {
		if len(names) > 0 && !slices.Contains(names, c.Name) {
			continue
		}
		for _, witness := range []bool{false, true} {
			if witness && (c.alone || c.broken) {
				continue
			}
			for _, n := range []int{c.n, 2 * c.n, 4 * c.n} {
				t, err := c.make(n)
				if err != nil {
					return nil, fmt.Errorf("%s, %d: %w", c.Name, n, err)
				}
				out = append(out, Work{c.Name, n, witness, t})
			}
		}
	}
	return out, nil
}

// prepared gives the check of a message. Its error says why the check did not
// go the way that is to be measured.
func (w Work) prepared() (func() error, error) {
	all := Constructs()
	at := slices.IndexFunc(all, func(c Construct) bool { return c.Name == w.Construct })
	if at < 0 {
		return nil, fmt.Errorf("there is no construct %q", w.Construct)
	}
	c := all[at]
	metadata, err := w.Task.parsed()
	if err != nil {
		return nil, err
	}
	options, err := w.Task.options()
	if err != nil {
		return nil, err
	}
	limits := saml.MessageLimits()
	for name, value := range c.raised {
		if err := limits.Set(name, value); err != nil {
			return nil, err
		}
	}
	options.SkipWitness, options.Limits = !w.Witness, &limits
	return func() error { return c.asMeant(claims.Check(saml.Decode(w.Task.Text), metadata, options)) }, nil
}

// Theirs says why the witness's cost for the construct of this name is known to
// grow faster than what there is of it; empty where it is not.
func Theirs(name string) string {
	all := Constructs()
	if i := slices.IndexFunc(all, func(c Construct) bool { return c.Name == name }); i >= 0 {
		return all[i].theirs
	}
	return ""
}

// asMeant tells whether a check did all of its work: it stopped at no limit, and
// proved what is to be proved.
func (c Construct) asMeant(r *claims.Report) error {
	if r.SAML.Verified == c.broken {
		return fmt.Errorf("expected verified: %t, found findings %s", !c.broken, codes(r))
	}
	said := false
	for _, f := range r.Findings {
		said = said || f.Code == "limit-exceeded"
		if f.Code == "limit-exceeded" && !c.over || f.Code == "xml-malformed" {
			return fmt.Errorf("the message is not read to its end: %s", f.Message)
		}
	}
	if c.over && !said {
		return fmt.Errorf("expected to be told that a limit is exceeded, found findings %s", codes(r))
	}
	return nil
}

func codes(r *claims.Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	return slices.Compact(slices.Sorted(slices.Values(out)))
}
