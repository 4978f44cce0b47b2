package main

import (
	"fmt"
	"io"
	"os"

	"github.com/samlcheck/samlcheck/internal/render"
)

// What is read of one file: Decode and ParseMetadata tell what is too large by
// what goes beyond their own limits.
const (
	mostMessage  = 2<<20 + 1
	mostMetadata = 256<<20 + 1
)

func (t *tool) readMessage(name string) ([]byte, error)      { return t.readFile(name, mostMessage) }
func (t *tool) readMetadataFile(name string) ([]byte, error) { return t.readFile(name, mostMetadata) }

// readFile reads a file, or standard input for "-", up to a length.
func (t *tool) readFile(name string, most int64) ([]byte, error) {
	f := t.in
	if name != "-" {
		opened, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", render.Quote(name), reason(err))
		}
		defer opened.Close()
		f = opened
	}
	data, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", render.Quote(name), reason(err))
	}
	return data, nil
}
