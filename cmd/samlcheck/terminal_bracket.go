package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// What switches bracketed paste mode on and off: a terminal then sends a marker
// before and after what is pasted (xterm, "Bracketed Paste Mode").
const (
	bracketOn  = "\x1b[?2004h"
	bracketOff = "\x1b[?2004l"
)

// bracketed asks a terminal to mark pastes, until stop is called. What is no
// terminal, or none that understands sequences, is not asked.
func bracketed(out io.Writer) (stop func()) {
	file, ok := out.(*os.File)
	if name := os.Getenv("TERM"); !marksPastes || !ok || !term.IsTerminal(int(file.Fd())) || name == "" || name == "dumb" {
		return func() {}
	}
	_, _ = io.WriteString(file, bracketOn)
	return func() { _, _ = io.WriteString(file, bracketOff) }
}
