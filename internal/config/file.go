package config

import (
	"fmt"
	"time"

	"github.com/samlcheck/samlcheck/internal/words"
)

// Name is the name of the file that is looked for.
const Name = "samlcheck.yaml"

// MostBytes bounds a configuration file, in bytes.
const MostBytes = 1 << 20

// A File is what one configuration file says. What it does not say is empty.
type File struct {
	Path       string // as it was given to Parse
	Metadata   []Text // files, relative to the working folder as Path is
	Audiences  []Text
	Recipients []Text
	Profile    Text
	FailOn     Text
	Ignore     []Ignoring
}

// A Text is a value and the line of the file that holds it.
type Text struct {
	Value string
	Line  int // 1-based; 0 where the file does not say it
}

// An Ignoring is a code that is ignored, and why.
type Ignoring struct {
	Code   string
	Reason string
	Until  time.Time // the last day on which it is ignored, at midnight UTC; zero for no end
	Line   int
}

// Over reports whether the last day has passed.
func (i Ignoring) Over(now time.Time) bool {
	return !i.Until.IsZero() && !now.Before(i.Until.AddDate(0, 0, 1))
}

// An Error is a fault of the file and where in it that stands.
type Error struct {
	Path         string
	Line, Column int // 1-based; 0 where it is about no single place
	Text         string
}

func (e *Error) Error() string {
	place := quote(e.Path)
	if e.Line > 0 {
		place += fmt.Sprintf(", line %d", e.Line)
	}
	if e.Column > 0 {
		place += fmt.Sprintf(", column %d", e.Column)
	}
	return place + ": " + e.Text
}

// longest bounds foreign text in an error, in characters.
const longest = 60

func quote(s string) string { return words.Quote(s, longest) }
