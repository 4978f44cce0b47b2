package batch

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
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
	i := Input{Name: fmt.Sprintf("%s:%d", name, number), Read: true}
	err = cmp.Or(err, s.tell(&i, &l)) // of a line with a fault the id is told too
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

// tell takes over what a line tells of its message.
func (s *Source) tell(i *Input, l *line) (err error) {
	id := idOf(l.ID)
	i.URL = withoutMessage(l.URL)
	switch {
	case len(id) > longestField:
		return tooLong("id", id)
	case len(i.URL) > longestField:
		return tooLong("url", i.URL)
	case id != "":
		i.Name = id
	}
	if l.Captured != nil {
		i.Captured, err = s.time(*l.Captured)
	}
	return err
}

// longestField is how many bytes an id and a URL may have: a response that stands
// in their place by mistake has more, and reports would repeat it.
const longestField = 2 << 10

func tooLong(field, value string) error {
	return fmt.Errorf("the field %q is expected to have at most %d bytes, it has %d", field, longestField, len(value))
}

// withoutMessage leaves the query of a URL out where it carries the message.
func withoutMessage(address string) string {
	before, query, _ := strings.Cut(address, "?")
	query = strings.ToLower(query)
	if strings.Contains(query, "samlresponse=") || strings.Contains(query, "wresult=") {
		return before
	}
	return address
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

// idOf gives what a line calls itself: a text, or a number with the digits that
// stand there; empty for none.
func idOf(id json.RawMessage) string {
	var text string
	var number json.Number
	switch {
	case json.Unmarshal(id, &text) == nil:
		return text
	case json.Unmarshal(id, &number) == nil:
		return number.String()
	}
	return ""
}
