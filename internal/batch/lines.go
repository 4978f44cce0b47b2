package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A line is one message of JSON Lines. Other fields may stand beside these.
type line struct {
	ID       any        `json:"id"` // a string or a number; what reports name as the source
	Response *string    `json:"response"`
	URL      string     `json:"url"`
	Captured *time.Time `json:"captured_at"`
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
		err = json.Unmarshal(piece, &l)
	}
	i := Input{Name: idOf(l.ID, fmt.Sprintf("%s:%d", name, number)), Read: true, URL: l.URL}
	switch {
	case err != nil:
		i.Err = fmt.Errorf("%s: %w", place, wordsOf(err))
	case l.Response == nil:
		i.Err = fmt.Errorf("%s: a JSON object with a field \"response\" is expected, it has none", place)
	default:
		i.Data = []byte(*l.Response)
	}
	if l.Captured != nil {
		i.Captured = l.Captured.UTC()
	}
	return i
}

// wordsOf says what is wrong with a line, without what stands in it.
func wordsOf(err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, errLong):
		return err
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("the field %q is expected to be a string, it is a JSON %s", kind.Field, kind.Value)
	}
	return errors.New(`a JSON object such as {"id":"1","response":"PHNhbWxw…"} is expected, the line is none`)
}

// idOf gives the name of a line: what it says itself, or its place.
func idOf(id any, place string) string {
	switch id := id.(type) {
	case string:
		if id != "" {
			return id
		}
	case float64:
		return fmt.Sprint(id)
	}
	return place
}
