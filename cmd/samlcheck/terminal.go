package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// pasteQuiet is how long the terminal has to be silent after an empty line
// before the paste is over: an empty line in the middle of a paste is followed
// by more at once, and what is left unread would be typed into the shell.
const pasteQuiet = 150 * time.Millisecond

const pastePrompt = "samlcheck: paste the SAML response (it is not shown), then Enter twice or Ctrl-D\r\n"

// A signalError says that a signal, or the key that stands for it, ended what
// is typed or pasted.
type signalError struct{ signal os.Signal }

func (e *signalError) Error() string { return "the input was broken off: " + e.signal.String() }

// pasteFromTerminal asks for a message at the terminal and reads it whole,
// however long its lines are: in line mode a terminal would cut them. Nothing
// is shown of what is pasted, since it is a credential. The terminal is left as
// it was found.
func pasteFromTerminal(in *os.File, out io.Writer) ([]byte, error) {
	signals, stop := catchEnding()
	defer stop()
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, fmt.Errorf("the terminal cannot be switched to reading a paste: %w; give the response as a file or through a pipe", err)
	}
	p := &paste{}
	err = func() error {
		defer term.Restore(int(in.Fd()), before)
		fmt.Fprint(out, pastePrompt)
		return p.read(in, signals)
	}()
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "samlcheck: %d characters were read\n", p.characters())
	return p.text, nil
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
func (p *paste) read(in io.Reader, signals <-chan os.Signal) error {
	wanted, chunks := make(chan struct{}, 1), make(chan chunk, 1)
	defer close(wanted)
	go readChunks(in, wanted, chunks)
	wanted <- struct{}{}
	for {
		var quiet <-chan time.Time
		if p.emptyLine || p.over {
			quiet = time.After(pasteQuiet)
		}
		select {
		case s := <-signals:
			p.end(s)
		case <-quiet:
			return p.broken()
		case c := <-chunks:
			p.take(c.data)
			if errors.Is(c.err, io.EOF) {
				return p.broken()
			}
			if c.err != nil {
				return fmt.Errorf("the terminal cannot be read: %w", reason(c.err))
			}
			wanted <- struct{}{}
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

func readChunks(in io.Reader, wanted <-chan struct{}, chunks chan<- chunk) {
	for range wanted {
		buffer := make([]byte, 16<<10)
		n, err := in.Read(buffer)
		chunks <- chunk{buffer[:n], err}
	}
}

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
}

// markers stand around a paste where the terminal is in bracketed paste mode.
var markers = [][]byte{[]byte("\x1b[200~"), []byte("\x1b[201~")}

func (p *paste) take(data []byte) {
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
	for _, m := range markers {
		if bytes.Equal(p.escape, m) {
			p.escape = nil
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
		p.emptyLine = false
	}
}

// erase takes back the last character of the line.
func (p *paste) erase() {
	if r, n := utf8.DecodeLastRune(p.text); n > 0 && r != '\n' {
		p.text = p.text[:len(p.text)-n]
		p.line = max(0, p.line-n)
	}
}

// characters counts what arrived, line ends left out.
func (p *paste) characters() int {
	return utf8.RuneCount(p.text) - bytes.Count(p.text, []byte("\n"))
}
