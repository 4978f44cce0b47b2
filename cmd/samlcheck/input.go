package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/samlcheck/samlcheck/internal/capture"
	"github.com/samlcheck/samlcheck/internal/render"
	"golang.org/x/term"
)

// What is read at most, in bytes. One byte more is read, so that whoever
// decodes it sees that it is too large.
const (
	mostMessage  = 2 << 20
	mostMetadata = 64 << 20
)

// longestName is the length from which an argument that is no file is taken for
// a response that was given in place of its file: it is not repeated.
const longestName = 255

// readMessage reads a captured message from a file, standard input ("-"), or a
// paste where standard input is a terminal.
func (t *tool) readMessage(name string) ([]byte, error) {
	if t.isTyped(name) {
		return t.readPaste(firstPrompt)
	}
	return readFile(name, t.in, readCapture)
}

// isTyped reports whether an input is what a person types or pastes.
func (t *tool) isTyped(name string) bool { return name == "-" && term.IsTerminal(int(t.in.Fd())) }

// readPaste reads a paste. One that is interrupted ends the program as the signal
// does.
func (t *tool) readPaste(prompt string) ([]byte, error) {
	data, err := t.paste(prompt)
	var s *signalError
	if errors.As(err, &s) {
		t.atLeast(t.dieOf(s.signal))
	}
	return data, err
}

// readMetadataFile reads metadata from a file or standard input ("-").
// A terminal would cut its lines, which are as long as the whole of it.
func (t *tool) readMetadataFile(name string) ([]byte, error) {
	if t.isTyped(name) {
		return nil, errors.New("metadata is expected in a file or through a pipe, standard input is a terminal")
	}
	return readInput(name, t.in, mostMetadata)
}

// readCapture reads a captured message, or a container of messages, which may be
// larger.
func readCapture(in io.Reader) ([]byte, error) {
	data, err := readUpTo(in, nil, mostMessage+1)
	if err == nil && len(data) > mostMessage && capture.MayBeLarge(data) {
		data, err = readUpTo(in, data, capture.Most+1)
	}
	return data, err
}

// readUpTo appends what is read to data, until that has as many bytes as are
// allowed. No more is set aside for it: a buffer that doubles would come to
// twice as much.
func readUpTo(in io.Reader, data []byte, most int) ([]byte, error) {
	const first = 16 << 10
	for len(data) < most {
		if len(data) == cap(data) {
			data = append(make([]byte, 0, min(most, max(first, 2*cap(data)))), data...)
		}
		n, err := in.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return data, err
		}
	}
	return data, nil
}

// readInput reads a file, or standard input where the name is "-": at most
// limit bytes and one more, whatever is behind the name.
func readInput(name string, in *os.File, limit int) ([]byte, error) {
	return readFile(name, in, func(in io.Reader) ([]byte, error) { return readUpTo(in, nil, limit+1) })
}

// readFile reads a file, or standard input where the name is "-". The error names
// the input and says in words what is wrong with it.
func readFile(name string, in *os.File, read func(io.Reader) ([]byte, error)) ([]byte, error) {
	shown := "standard input"
	if name != "-" {
		shown = render.Quote(name)
		file, err := os.Open(name)
		if err != nil && len(name) > longestName {
			return nil, fmt.Errorf("a file is expected, found an argument of %d characters: give a response itself on standard input, or paste it", len(name))
		}
		if err != nil {
			return nil, inputError(shown, err)
		}
		defer file.Close()
		in = file
	}
	data, err := read(in)
	if err != nil {
		return nil, inputError(shown, err)
	}
	return data, nil
}

func inputError(shown string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("a file is expected, there is none with the name %s", shown)
	case errors.Is(err, syscall.EISDIR) || isDirectory(err):
		return fmt.Errorf("a file is expected, %s is a directory", shown)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be read: the permission is missing", shown)
	}
	return fmt.Errorf("%s cannot be read: %w", shown, reason(err))
}

// isDirectory reports whether the file of an error is a directory: not every
// system has an error of its own for reading one.
func isDirectory(err error) bool {
	var path *fs.PathError
	if !errors.As(err, &path) {
		return false
	}
	info, err := os.Stat(path.Path)
	return err == nil && info.IsDir()
}
