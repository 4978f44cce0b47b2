package main

import (
	"strings"
	"testing"
	"time"
)

// A typing is what arrives at a prompt, piece by piece, and the first silence after
// which the paste is over; afterWait where it is not over by itself.
type typing struct {
	name   string
	pieces []string
	over   silence
}

// pasteOf gives a paste that has arrived. Of its texts "whole" may go on and "closed"
// may not.
func pasteOf(pieces ...string) *paste {
	p := &paste{say: func(string) {}, look: func(text []byte) ending {
		switch text := strings.TrimSpace(string(text)); {
		case strings.HasSuffix(text, "closed"):
			return closed
		case strings.HasSuffix(text, "whole"):
			return whole
		}
		return open
	}}
	for _, piece := range pieces {
		p.take([]byte(piece))
	}
	return p
}

// TestWhenAPasteIsOver: as soon as it can be known, and no sooner. Inside of a paste
// that the terminal marks nothing ends it but the marker.
func TestWhenAPasteIsOver(t *testing.T) {
	const on, off = "\x1b[200~", "\x1b[201~"
	for _, c := range []typing{
		{"nothing", nil, afterWait},
		{"no end", []string{"text"}, afterWait},
		{"whole", []string{"whole"}, afterStall},
		{"closed", []string{"closed"}, afterAll},
		{"closed, and a line end", []string{"closed\n"}, afterAll},
		{"Enter once", []string{"text", "\r"}, afterWait},
		{"Enter twice", []string{"text", "\r", "\r"}, afterKey},
		{"Enter twice at once", []string{"text", "\r\r"}, afterKey},
		{"Enter before all", []string{"\r"}, afterKey},
		{"an empty line at the end of what arrives", []string{"text\n\n"}, afterStall},
		{"an empty line within", []string{"text\n\ntext"}, afterWait},
		{"Enter twice, and text", []string{"text", "\r\r", "text"}, afterWait},
		{"marked", []string{on + "text" + off}, afterKey},
		{"marked, of nothing", []string{on + off}, afterWait},
		{"marked, of blanks", []string{on + " \n" + off}, afterStall},
		{"marked, and more", []string{on + "text" + off + "text"}, afterWait},
		{"marked, and marked again", []string{on + "text" + off, on + "text"}, afterWait},
		{"marked twice", []string{on + "text" + off, on + "text" + off}, afterKey},
		{"inside, closed", []string{on + "closed"}, afterWait},
		{"inside, whole", []string{on + "whole"}, afterWait},
		{"inside, an empty line", []string{on + "text\n\n"}, afterWait},
		{"inside, line ends alone", []string{on + "text", "\r\r"}, afterWait},
		{"Ctrl-D inside", []string{on + "text\x04"}, afterKey},
	} {
		p := pasteOf(c.pieces...)
		at := afterKey
		for at < afterWait && !p.overAfter(at) {
			at++
		}
		if at != c.over {
			t.Errorf("%s: over after silence %d, wanted is %d", c.name, at, c.over)
		}
	}
}

// TestEnterThatComesLate: an Enter that was meant for the paste before ends nothing
// while nothing has arrived; after a text it does.
func TestEnterThatComesLate(t *testing.T) {
	late := func(pieces ...string) bool {
		p := pasteOf()
		p.deaf = time.Now().Add(time.Hour)
		for _, piece := range pieces {
			p.take([]byte(piece))
		}
		return p.overAfter(afterKey)
	}
	if late("\r") || late("\n", "\r\n") {
		t.Error("an Enter that was meant for the paste before ends the next")
	}
	if !late("text", "\r", "\r") || !late("\r", "text\r", "\r") {
		t.Error("Enter twice after a text does not end it")
	}
}

// TestPersonIsTold once what is missing, and what is too much.
func TestPersonIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"text":                             "4 characters arrived so far, and the message does not end there: paste on, or press Enter twice or Ctrl-D",
		strings.Repeat("x", mostMessage+9): "more than 2,097,152 bytes arrived, and the rest is left out: give a capture of this size as a file; press Enter twice or Ctrl-D",
		" \n":                              "",
	} {
		p := pasteOf(text)
		var said []string
		p.say = func(words string) { said = append(said, words) }
		for range 3 {
			p.overAfter(afterWait)
		}
		if got := strings.Join(said, "\n"); got != want {
			t.Errorf("of %d characters it says %q, wanted is %q", len(text), got, want)
		}
	}
}
