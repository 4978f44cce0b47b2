package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"golang.org/x/term"
)

// sits tells whether responses are pasted one after the other: nothing is named to
// be judged, and a person sits before the terminal who reads the reports there.
func (c *checker) sits(names []string) bool {
	_, shown := c.terminal()
	stderr, ok := c.err.(*os.File)
	return len(names) == 0 && c.format == "text" && c.summary == nil && shown &&
		term.IsTerminal(int(c.in.Fd())) && ok && term.IsTerminal(int(stderr.Fd()))
}

// session judges one paste after the other, each with what is otherwise than in the
// one before it, until nothing is pasted. The exit status is that of the worst: 0
// still says that every message passes.
func (c *checker) session() {
	defer c.holdTerminal()()
	var before []*saml.Object
	for prompt := firstPrompt; !c.outDead && !c.late; prompt = nextPrompt {
		data, err := c.readPaste(prompt)
		empty := len(bytes.TrimSpace(data)) == 0
		if prompt != firstPrompt && err == nil && empty {
			return
		}
		c.attend(func() {
			r := c.input(batch.Input{Name: "-", Data: data, Err: err, Read: true})
			c.take(r)
			after := reportsOf(r)
			c.compare(before, after)
			before = after
		})
		if err != nil || empty {
			return
		}
		fmt.Fprintln(c.err) // sets the next prompt apart
	}
}

func reportsOf(r judged) []*saml.Object {
	var out []*saml.Object
	for _, w := range r.messages {
		if w.report != nil {
			out = append(out, w.report)
		}
	}
	return out
}

// compare writes what is otherwise than in the paste before, message by message.
// Pastes that hold different numbers of messages have no such pairs.
func (c *checker) compare(before, after []*saml.Object) {
	switch {
	case len(before) == 0 || len(after) == 0:
	case len(before) != len(after):
		c.print(fmt.Sprintf("\nNot compared with the paste before, which held %s, this one %d.\n", render.Count(len(before), "message"), len(after)))
	default:
		for i := range before {
			c.print("\n" + render.Difference(before[i], after[i], c.style))
		}
	}
}
