package main

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/capture"
	"github.com/samlcheck/samlcheck/internal/clipboard"
	"github.com/spf13/pflag"
)

// clipboardName is what reports call the source that the clipboard is.
const clipboardName = "clipboard"

// clipboardFlags are the flags on the clipboard.
type clipboardFlags struct{ clipboard bool }

func (f *clipboardFlags) add(set *pflag.FlagSet) {
	set.BoolVarP(&f.clipboard, "clipboard", "c", false, "read the response from the clipboard, which is left as it is: it still holds the credential afterwards")
}

// clipboardSource gives what is judged beside the clipboard: nothing. The error is
// one of usage.
func clipboardSource(set *pflag.FlagSet, names []string) (*batch.Source, error) {
	if len(names) > 0 {
		return nil, errors.New("--clipboard: it stands in place of a file, and a file is given too")
	}
	for _, name := range []string{"pattern", "jsonl", "null"} {
		if set.Changed(name) {
			return nil, fmt.Errorf("--clipboard and --%s: the clipboard is read as one capture", name)
		}
	}
	return &batch.Source{}, nil
}

// fromClipboard judges what the clipboard holds, and tells how much that is: it may
// be something else than what the person believes to have copied.
func (c *checker) fromClipboard() {
	data, err := clipboard.Read(capture.Most)
	if err != nil {
		c.complainOf(clipboardName, "--clipboard: %s", err)
		return
	}
	c.remark("%s were read from the clipboard%s", charactersIn(data), c.cutOff(data))
	c.take(c.input(batch.Input{Name: clipboardName, Data: data, Read: true}))
}

// charactersIn counts the characters of a text, line ends left out.
func charactersIn(text []byte) string {
	n := utf8.RuneCount(text) - bytes.Count(text, []byte("\n"))
	if n == 1 {
		return "1 character"
	}
	return grouped(n) + " characters"
}
