package main

import (
	"bytes"
	"os"
	"time"
	"unicode/utf8"
)

// The keys that mean something in a paste, as a raw terminal gives them.
const (
	keyInterrupt = 0x03 // Ctrl-C
	keyEnd       = 0x04 // Ctrl-D
	keyBackspace = 0x7f
	keyErase     = 0x08
	keyQuit      = 0x1c // Ctrl-\
	keySuspend   = 0x1a // Ctrl-Z
	keyEscape    = 0x1b
)

// A paste is what has arrived so far.
type paste struct {
	text        []byte
	line        int       // bytes of the line that is not ended yet, blanks left out
	afterReturn bool      // the last byte was a carriage return
	emptyLine   bool      // the last line is empty
	escape      []byte    // the beginning of what may be a marker of a bracketed paste
	over        bool      // what arrives now is forgotten
	signal      os.Signal // what broke it off
	deaf        time.Time // until when an empty line before all text means nothing

	typed    bool   // the last that was read is line ends alone, as from a key
	inside   bool   // the marker that begins a paste has come, and not the one that ends it
	marked   bool   // the marker that ends a paste was the last that came
	ending   ending // how the text ends, as far as it was looked at
	reminded bool   // it was said that the message is not whole

	look func(text []byte) ending
	say  func(words string)
}

// markers stand around a paste where the terminal is in bracketed paste mode.
var markers = [][]byte{[]byte("\x1b[200~"), []byte("\x1b[201~")}

func (p *paste) take(data []byte) {
	p.typed = len(bytes.Trim(data, "\r\n")) == 0
	for _, b := range data {
		if p.over {
			return
		}
		if len(p.escape) > 0 || b == keyEscape {
			p.takeEscape(b)
			continue
		}
		p.takeByte(b)
	}
}

// takeEscape leaves out the markers of a bracketed paste, and gives anything
// else that begins like one back to the text.
func (p *paste) takeEscape(b byte) {
	p.escape = append(p.escape, b)
	for i, m := range markers {
		if bytes.Equal(p.escape, m) {
			p.escape = nil
			p.inside = i == 0
			p.marked = !p.inside && !p.blank()
			return
		}
		if bytes.HasPrefix(m, p.escape) {
			return
		}
	}
	held := p.escape[:len(p.escape)-1]
	p.escape = nil
	for _, h := range held {
		p.add(h)
	}
	p.takeByte(b)
}

func (p *paste) takeByte(b byte) {
	newline := b == '\n' && p.afterReturn
	p.afterReturn = b == '\r'
	switch {
	case newline:
	case (b == '\r' || b == '\n') && p.blank() && time.Now().Before(p.deaf):
	case b == '\r' || b == '\n':
		p.emptyLine = p.line == 0
		p.add('\n')
		p.line = 0
	case b == keyInterrupt || b == keyQuit:
		p.end(os.Interrupt)
	case b == keyEnd || b == keySuspend && endsInput:
		p.end(nil)
	case b == keySuspend:
	case b == keyBackspace || b == keyErase:
		p.erase()
	default:
		p.add(b)
	}
}

// add keeps a byte, until the paste is larger than any message: the rest is
// read and forgotten.
func (p *paste) add(b byte) {
	if len(p.text) <= mostMessage {
		p.text = append(p.text, b)
	}
	if b != ' ' && b != '\t' && b != '\n' {
		p.line++
		p.emptyLine, p.marked = false, false
	}
}

// erase takes back the last character of the line.
func (p *paste) erase() {
	if r, n := utf8.DecodeLastRune(p.text); n > 0 && r != '\n' {
		p.text = p.text[:len(p.text)-n]
		p.line = max(0, p.line-n)
	}
}

// blank tells whether nothing has arrived but blanks.
func (p *paste) blank() bool { return len(bytes.TrimSpace(p.text)) == 0 }
