package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/words"
)

// Bounds of a document. IAM's own are far below: a trust policy has at most
// 8,192 characters, and its deepest value lies within six containers.
const (
	mostBytes      = 128 << 10
	mostStatements = 500
	mostDepth      = 10
	mostQuoted     = 80 // characters of a foreign string in a message
)

func quote(text string) string { return words.Quote(text, mostQuoted) }

// kind is what a JSON value is.
type kind string

const (
	object  kind = "an object"
	array   kind = "an array"
	text    kind = "a string"
	number  kind = "a number"
	boolean kind = "a boolean"
	null    kind = "null"
)

// A node is a JSON value that keeps the order of its members.
type node struct {
	kind    kind
	text    string // of strings, numbers and booleans
	members []member
	items   []node
}

type member struct {
	name  string
	value node
}

// readJSON reads one JSON value. Go's decoder silently takes the last of
// duplicate names and mends broken UTF-8; here both are errors.
func readJSON(data []byte) (node, error) {
	switch {
	case len(data) > mostBytes:
		return node{}, fmt.Errorf("the policy has %d bytes, more than the limit of %d", len(data), mostBytes)
	case !utf8.Valid(data):
		return node{}, fmt.Errorf("the policy is not UTF-8")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return node{}, notJSON(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return readNode(decoder, "", 0)
}

// notJSON tells where text stops being JSON. Go's message may show the character
// there as it is.
func notJSON(err error) error {
	what := strings.Map(func(r rune) rune {
		if r > '~' {
			return '?'
		}
		return r
	}, err.Error())
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("the policy is not JSON: at byte %d, %s", syntax.Offset, what)
	}
	return fmt.Errorf("the policy is not JSON: %s", what)
}

func readNode(decoder *json.Decoder, path string, depth int) (node, error) {
	token, err := decoder.Token()
	if err != nil {
		return node{}, at(path, "%w", err)
	}
	switch v := token.(type) {
	case string:
		return node{kind: text, text: v}, nil
	case json.Number:
		return node{kind: number, text: v.String()}, nil
	case bool:
		return node{kind: boolean, text: strconv.FormatBool(v)}, nil
	case json.Delim:
		if depth == mostDepth {
			return node{}, at(path, "the policy is nested deeper than %d levels", mostDepth)
		}
		if v == '{' {
			return readObject(decoder, path, depth)
		}
		return readArray(decoder, path, depth)
	}
	return node{kind: null}, nil
}

func readObject(decoder *json.Decoder, path string, depth int) (node, error) {
	n := node{kind: object}
	seen := make(map[string]bool)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return node{}, at(path, "%w", err)
		}
		name, _ := token.(string)
		if seen[name] {
			return node{}, at(path, "the name %s stands twice in one object", quote(name))
		}
		seen[name] = true
		value, err := readNode(decoder, join(path, name), depth+1)
		if err != nil {
			return node{}, err
		}
		n.members = append(n.members, member{name, value})
	}
	_, err := decoder.Token()
	return n, err
}

func readArray(decoder *json.Decoder, path string, depth int) (node, error) {
	n := node{kind: array}
	for decoder.More() {
		value, err := readNode(decoder, item(path, len(n.items)+1), depth+1)
		if err != nil {
			return node{}, err
		}
		n.items = append(n.items, value)
	}
	_, err := decoder.Token()
	return n, err
}

// at makes an error that begins with the path of its place.
func at(path, format string, args ...any) error {
	if path != "" {
		return fmt.Errorf("%s: %w", path, fmt.Errorf(format, args...))
	}
	return fmt.Errorf(format, args...)
}

// join adds a name to a path, quoted where it is more than letters and digits.
func join(path, name string) string {
	plain := name != "" && len(name) <= mostQuoted && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != ':'
	})
	switch {
	case !plain:
		return path + "[" + quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// item adds a number, counted from 1, to a path.
func item(path string, n int) string { return path + "[" + strconv.Itoa(n) + "]" }
