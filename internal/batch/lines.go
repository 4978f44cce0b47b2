package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// A line is one message of JSON Lines. Other fields may stand beside these.
type line struct {
	ID       json.RawMessage `json:"id"` // a string or a number; what reports name as the source
	Response *string         `json:"response"`
	URL      string          `json:"url"`
	Captured *string         `json:"captured_at"` // RFC 3339
}

// lines gives the messages of JSON Lines. A line that cannot be read does not
// end them.
func (s *Source) lines(name string, yield func(Input) bool) bool {
	in, err := s.open(name)
	if err != nil {
		return yield(Input{Name: name, Err: err})
	}
	defer in.Close()
	number := 0
	for piece, err := range pieces(in, '\n', mostPiece) {
		number++
		if err == nil && len(bytes.TrimSpace(piece)) == 0 {
			continue
		}
		if !yield(s.line(name, number, piece, err)) {
			return false
		}
	}
	return true
}

func (s *Source) line(name string, number int, piece []byte, err error) Input {
	place := fmt.Sprintf("line %d", number)
	if name != "-" {
		place = s.Quote(name) + ", " + place
	}
	var l line
	if err == nil {
		err = l.read(piece)
	}
	i := Input{Name: idOf(l.ID, fmt.Sprintf("%s:%d", name, number)), Read: true, URL: l.URL}
	if err == nil && l.Captured != nil {
		i.Captured, err = s.time(*l.Captured)
	}
	switch {
	case err != nil:
		i.Err = fmt.Errorf("%s: %w", place, err)
	case l.Response == nil:
		i.Err = fmt.Errorf("%s: a JSON object with a field \"response\" is expected, it has none", place)
	default:
		i.Data = []byte(*l.Response)
	}
	return i
}

// read reads a line. Bytes that are no UTF-8 would become other characters, and
// the message another one.
func (l *line) read(piece []byte) error {
	if !utf8.Valid(piece) {
		return errors.New("JSON is expected, which is text in UTF-8, found other bytes")
	}
	if err := json.Unmarshal(piece, l); err != nil {
		return wordsOf(err)
	}
	return nil
}

func (s *Source) time(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("the field \"captured_at\" is expected to be a time of RFC 3339 such as 2026-09-11T11:00:00Z, it is %s", s.Quote(text))
	}
	return at.UTC(), nil
}

// wordsOf says what is wrong with a line, without what stands in it.
func wordsOf(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return fmt.Errorf("the field %q is expected to be a string, it is a JSON %s", kind.Field, kind.Value)
	}
	return errors.New(`a JSON object such as {"id":"1","response":"PHNhbWxw…"} is expected, the line is none`)
}

// idOf gives the name of a line: what it says itself, a number with the digits
// that stand there, or its place.
func idOf(id json.RawMessage, place string) string {
	var text string
	var number json.Number
	switch {
	case json.Unmarshal(id, &text) == nil && text != "":
		return text
	case json.Unmarshal(id, &number) == nil && number != "" && id[0] != '"':
		return number.String()
	}
	return place
}
