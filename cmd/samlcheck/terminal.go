package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"golang.org/x/term"
)

// The prompts for what is pasted, and for what is pasted after it.
const (
	firstPrompt = "paste the SAML response (it is not shown); its end is noticed, or press Enter twice or Ctrl-D"
	nextPrompt  = "paste the next response, or press Enter or Ctrl-D to end"
)

// lateKeys is how long an Enter at a later prompt is taken for one that was meant
// to end the paste before, which has ended by itself.
const lateKeys = time.Second

// A signalError says that a signal, or the key that stands for it, ended what
// is typed or pasted.
type signalError struct{ signal os.Signal }

func (e *signalError) Error() string { return "the input was broken off: " + e.signal.String() }

// paste asks for a message at the terminal and reads it whole, however long its
// lines are: in line mode a terminal would cut them. Nothing is shown of what is
// pasted, since it is a credential. The terminal is left as it was found.
func (t *tool) paste(prompt string) ([]byte, error) {
	signals, stop := t.endings()
	defer stop()
	p := &paste{look: t.endingOf, say: func(words string) { fmt.Fprintf(t.err, "samlcheck: %s\r\n", words) }}
	if prompt != firstPrompt {
		p.deaf = time.Now().Add(lateKeys)
	}
	if t.keys == nil {
		t.keys = newKeyboard(t.in)
	}
	if err := p.ask(t.in, t.err, t.keys, signals, prompt); err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(p.text)) > 0 || prompt == firstPrompt {
		t.remark("%s", p.arrived()+t.cutOff(p.text))
	}
	return p.text, nil
}

// ask reads a paste from a terminal that is switched to it, and restored.
func (p *paste) ask(in *os.File, out io.Writer, keys *keyboard, signals <-chan os.Signal, prompt string) error {
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return fmt.Errorf("the terminal cannot be switched to reading a paste: %w; give the response as a file or through a pipe", err)
	}
	defer term.Restore(int(in.Fd()), before)
	defer bracketed(out)()
	p.say(prompt)
	return p.read(keys, signals)
}

// catchEnding catches the signals that end the program, until stop is called: the
// terminal is to be restored first.
func catchEnding() (signals chan os.Signal, stop func()) {
	signals = make(chan os.Signal, 1)
	for _, s := range endingSignals {
		if !signal.Ignored(s) { // as under nohup, which is to be kept
			signal.Notify(signals, s)
		}
	}
	return signals, func() { signal.Stop(signals) }
}

// A chunk is what one read of the terminal gave.
type chunk struct {
	data []byte
	err  error
}

// read reads until the paste is over and the terminal is silent: what is left
// unread would be shown, and typed into the shell.
func (p *paste) read(keys *keyboard, signals <-chan os.Signal) error {
	silent := silence(0)
	for {
		select {
		case s := <-signals:
			p.end(s)
			silent = 0
		case <-silent.next():
			if p.overAfter(silent) {
				return p.broken()
			}
			silent++
		case c := <-keys.next():
			keys.taken()
			p.take(c.data)
			silent = 0
			if errors.Is(c.err, io.EOF) {
				return p.broken()
			}
			if c.err != nil {
				return fmt.Errorf("the terminal cannot be read: %w", reason(c.err))
			}
		}
	}
}

// end ends a paste by a key, or by a signal.
func (p *paste) end(s os.Signal) {
	for _, b := range p.escape {
		p.add(b)
	}
	p.escape, p.over, p.signal = nil, true, s
}

func (p *paste) broken() error {
	if p.signal != nil {
		return &signalError{p.signal}
	}
	return nil
}

// A keyboard reads a terminal, piece by piece. A read that has begun cannot be
// called back: it goes on over the end of a paste, and what it gives belongs to the
// next.
type keyboard struct {
	wanted chan struct{}
	chunks chan chunk
	asked  bool // a read has begun whose piece was not taken yet
}

func newKeyboard(in io.Reader) *keyboard {
	k := &keyboard{wanted: make(chan struct{}, 1), chunks: make(chan chunk, 1)}
	go k.read(in)
	return k
}

func (k *keyboard) read(in io.Reader) {
	for range k.wanted {
		buffer := make([]byte, 16<<10)
		n, err := in.Read(buffer)
		k.chunks <- chunk{buffer[:n], err}
	}
}

// next gives where the next piece comes.
func (k *keyboard) next() <-chan chunk {
	if !k.asked {
		k.asked = true
		k.wanted <- struct{}{}
	}
	return k.chunks
}

// taken tells that the piece was taken.
func (k *keyboard) taken() { k.asked = false }
