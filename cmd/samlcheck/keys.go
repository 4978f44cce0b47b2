package main

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"golang.org/x/term"
)

// mostKey bounds a file of private keys, in bytes.
const mostKey = 1 << 20

// readKeys reads the private keys to decrypt with. It complains of what cannot
// be used: ok is false then, and no message is to be judged.
func (t *tool) readKeys(names []string) (keys []*rsa.PrivateKey, ok bool) {
	ok = true
	for _, name := range names {
		if isKeyItself(name) {
			t.complain("--key: a file with a private key is expected, found what looks like the key itself, which is not repeated; give the name of its file, or - and the key on standard input")
			ok = false
			continue
		}
		some, err := t.readKey(name)
		if err != nil {
			t.complainOf(name, "--key %s: %s", render.SourceName(name), err)
			ok = false
			continue
		}
		keys = append(keys, some...)
	}
	return keys, ok
}

// base64Key is how a DER structure of more than 127 octets begins in base64.
var base64Key = regexp.MustCompile(`^\s*M[A-Za-z0-9+/=]{59}`)

// isKeyItself reports whether an argument is a private key that was given in
// place of its file. It is not put into an error.
func isKeyItself(name string) bool {
	if _, err := os.Stat(name); err == nil {
		return false
	}
	return len(name) > longestName || strings.Contains(name, "-----BEGIN ") || base64Key.MatchString(name)
}

func (t *tool) readKey(name string) ([]*rsa.PrivateKey, error) {
	if name == "-" && term.IsTerminal(int(t.in.Fd())) {
		return nil, errors.New("a private key is expected in a file or through a pipe, standard input is a terminal")
	}
	data, err := readInput(name, t.in, mostKey)
	if err != nil {
		return nil, err
	}
	keys, err := saml.ParsePrivateKeys(data, func() ([]byte, error) { return t.askPassphrase(name) })
	if err != nil && !bytes.Contains(data, []byte(pemKey)) {
		err = fmt.Errorf("%w%s", err, meantFor(data))
	}
	return keys, err
}

// askPassphrase asks for the passphrase of a key at the terminal, which is not
// standard input where the response comes from there. It is not shown. A signal
// ends the program as it ends a paste.
func (t *tool) askPassphrase(name string) ([]byte, error) {
	terminal := t.in
	if !term.IsTerminal(int(terminal.Fd())) {
		own, err := os.OpenFile(terminalName, os.O_RDWR, 0)
		if err != nil {
			return nil, errors.New("the key is encrypted, and there is no terminal to ask for its passphrase")
		}
		defer own.Close()
		terminal = own
	}
	fmt.Fprintf(t.err, "samlcheck: passphrase of the key %s (it is not shown): ", render.SourceName(name))
	passphrase, err := readHidden(terminal)
	fmt.Fprintln(t.err)
	var s *signalError
	if errors.As(err, &s) {
		t.atLeast(endBySignal(s.signal))
	}
	if err != nil {
		return nil, fmt.Errorf("the passphrase cannot be read: %w", reason(err))
	}
	return passphrase, nil
}

// readHidden reads a line that is not shown. The terminal is left as it was
// found, by a signal too: else nothing that is typed later would be shown.
func readHidden(terminal *os.File) ([]byte, error) {
	fd := int(terminal.Fd())
	signals, stop := catchEnding()
	defer stop()
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	lines := make(chan chunk, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		lines <- chunk{line, err}
	}()
	select {
	case s := <-signals:
		return nil, errors.Join(&signalError{s}, term.Restore(fd, before))
	case line := <-lines:
		return line.data, line.err
	}
}
