package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Parse reads a configuration file. The path is the file's, for errors and since
// the files that it names stand relative to its folder. A code that may not be
// ignored is one for which mayIgnore gives an error. Every error is an *Error.
func Parse(path string, data []byte, mayIgnore func(code string) error) (*File, error) {
	r := &reader{path: path, mayIgnore: mayIgnore}
	if len(data) > MostBytes {
		return nil, &Error{Path: path, Text: fmt.Sprintf("at most %d bytes are expected, found more", MostBytes)}
	}
	if err := r.plain(data); err != nil {
		return nil, err
	}
	root, err := r.document(data)
	switch {
	case err != nil:
		return nil, err
	case root == nil:
		return &File{Path: path}, nil
	}
	return r.file(root)
}

// plain refuses what is no text in UTF-8: the library says it without the line.
func (r *reader) plain(data []byte) error {
	line := 1
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			return &Error{Path: r.path, Line: line, Text: "text in UTF-8 is expected, found other bytes"}
		case unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r':
			return &Error{Path: r.path, Line: line, Text: fmt.Sprintf("text is expected, found the control character U+%04X", c)}
		case c == '\n':
			line++
		}
		i += size
	}
	return nil
}

// document gives the one value of the file; nil for a file that says nothing.
func (r *reader) document(data []byte) (*yaml.Node, error) {
	var first, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	switch err := decoder.Decode(&first); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, r.syntax(err)
	}
	switch err := decoder.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return nil, r.syntax(err)
	default:
		return nil, r.fault(&second, "one document is expected, found a second one")
	}
	if len(first.Content) != 1 || isNull(first.Content[0]) {
		return nil, nil
	}
	return first.Content[0], nil
}

// lineOf is how the library tells where it stopped.
var lineOf = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// longestReason bounds what the library says, in bytes: it may repeat the file.
const longestReason = 120

// syntax says where and why a file is no YAML.
func (r *reader) syntax(err error) error {
	text := err.Error()
	found := lineOf.FindStringSubmatch(text)
	if found == nil {
		return &Error{Path: r.path, Text: "YAML is expected, found other text"}
	}
	line, _ := strconv.Atoi(found[1])
	reason := strings.TrimPrefix(text, found[0])
	switch {
	case strings.HasPrefix(reason, "did not find expected"):
		line++ // the library's parser counts lines from 0, its scanner from 1
	case line == 0 && !strings.HasPrefix(reason, "unknown anchor"): // of which no line is told
		line = 1
	}
	return &Error{Path: r.path, Line: line, Text: "YAML is expected: " + reason[:min(len(reason), longestReason)]}
}

// A reader reads one file.
type reader struct {
	path      string
	mayIgnore func(code string) error
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) error {
	return &Error{Path: r.path, Line: max(n.Line, 1), Column: max(n.Column, 1), Text: fmt.Sprintf(format, args...)}
}
