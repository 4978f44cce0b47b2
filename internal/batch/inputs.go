package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"
)

// An Input is one thing that may hold messages.
type Input struct {
	Name  string // of the file, "-" for standard input, or what the input itself says that it is called
	Data  []byte // what it holds, where Read is set
	Read  bool   // it was read already; else it is to be read from where Name says
	Index int    // of its first message, where a source is split
	Err   error  // why there is nothing; a lower-case sentence that names the input

	URL      string    // where the message was posted, if the input tells
	Captured time.Time // when it was captured; zero if the input does not tell
}

// A Source says where inputs are found.
type Source struct {
	Names    []string  // files, folders, "-" for standard input, "@FILE" for a list of names, "@-" for a list on standard input
	Patterns []string  // which files of folders are meant; empty for all
	Null     bool      // lists, and messages on standard input, are separated by NUL
	Lines    bool      // what is read is JSON Lines with id and response
	Stdin    io.Reader // standard input, where it is read piece by piece
	Quote    func(string) string
}

// Inputs finds the inputs, one after the other, as they are asked for.
func (s *Source) Inputs() iter.Seq[Input] {
	return func(yield func(Input) bool) {
		for _, name := range s.Names {
			if !s.named(name, yield) {
				return
			}
		}
	}
}

// named gives the inputs that an argument stands for.
func (s *Source) named(name string, yield func(Input) bool) bool {
	list, isList := strings.CutPrefix(name, "@")
	switch {
	case isList && list != "":
		return s.list(list, yield)
	case name == "-" && s.Null && !s.Lines:
		return s.messages(yield)
	}
	return s.file(name, yield)
}

// file gives the inputs of a file or folder.
func (s *Source) file(name string, yield func(Input) bool) bool {
	if info, err := os.Stat(name); name != "-" && err == nil && info.IsDir() {
		return s.folder(name, yield)
	}
	if s.Lines {
		return s.lines(name, yield)
	}
	return yield(Input{Name: name})
}

// open opens a file, or standard input.
func (s *Source) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(s.Stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, s.fails(name, err)
	}
	return file, nil
}

// fails words an error of a file.
func (s *Source) fails(name string, err error) error {
	shown := "standard input"
	if name != "-" {
		shown = s.Quote(name)
	}
	var path *os.PathError
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("a file is expected, there is none with the name %s", shown)
	case errors.As(err, &path):
		err = path.Err
	}
	return fmt.Errorf("%s cannot be read: %w", shown, err)
}

// list gives the inputs that a list names, one name a line.
func (s *Source) list(name string, yield func(Input) bool) bool {
	in, err := s.open(name)
	if err != nil {
		return yield(Input{Name: "@" + name, Err: err})
	}
	defer in.Close()
	separator := byte('\n')
	if s.Null {
		separator = 0
	}
	named := false
	for piece, err := range pieces(in, separator, longestName) {
		entry := string(piece)
		if separator == '\n' {
			entry = strings.TrimSuffix(entry, "\r")
		}
		named = named || entry != "" || err != nil
		switch {
		case err != nil:
			if !yield(Input{Name: "@" + name, Err: fmt.Errorf("the list %s: %w", s.Quote(name), err)}) {
				return false
			}
		case entry == "-":
			if !yield(Input{Name: "@" + name, Err: fmt.Errorf("the list %s names -, and standard input cannot be named in a list", s.Quote(name))}) {
				return false
			}
		case entry != "" && !s.file(entry, yield):
			return false
		}
	}
	if !named { // as with a folder: a job that found nothing to check has not passed
		return yield(Input{Name: "@" + name, Err: fmt.Errorf("names of files are expected in the list %s, it holds none", s.Quote(name))})
	}
	return true
}

// longestName is the length of a path at most, on any system.
const longestName = 32 << 10

// messages gives the messages on standard input that NUL separates.
func (s *Source) messages(yield func(Input) bool) bool {
	index := 0
	for piece, err := range pieces(s.Stdin, 0, mostPiece) {
		if err != nil {
			err = fmt.Errorf("standard input, message %d: %w", index+1, err)
		} else if len(strings.TrimSpace(string(piece))) == 0 {
			continue
		}
		if !yield(Input{Name: "-", Data: piece, Read: true, Index: index, Err: err}) {
			return false
		}
		index++
	}
	return true
}

// mostPiece is how many bytes of one message are read where many stand in one
// stream.
const mostPiece = 64 << 20

// errLong says that a piece is longer than is read.
var errLong = errors.New("it is too long")

// byteOrderMark begins many files of Windows.
var byteOrderMark = []byte("\xef\xbb\xbf")

// pieces gives what stands between separators, without the byte order mark before
// the first. A piece that is too long is an error, and is passed over; what comes
// after it is read.
func pieces(in io.Reader, separator byte, most int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		reader := bufio.NewReaderSize(in, 64<<10)
		for first := true; ; first = false {
			piece, err := piece(reader, separator, most)
			if first {
				piece = bytes.TrimPrefix(piece, byteOrderMark)
			}
			end := errors.Is(err, io.EOF)
			if end && len(piece) == 0 {
				return
			}
			if end {
				err = nil
			}
			if !yield(piece, err) || end || err != nil && !errors.Is(err, errLong) {
				return
			}
		}
	}
}

// piece reads up to a separator, which is left out. At the end of all it gives
// io.EOF beside the last piece.
func piece(reader *bufio.Reader, separator byte, most int) (out []byte, err error) {
	long := false
	for {
		part, err := reader.ReadSlice(separator)
		if n := len(part); n > 0 && part[n-1] == separator {
			part = part[:n-1]
		}
		if long = long || len(out)+len(part) > most; long {
			out = nil
		} else {
			out = append(out, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, fmt.Errorf("%w: %d bytes are allowed", errLong, most)
		default:
			return out, err
		}
	}
}
