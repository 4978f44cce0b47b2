package main

import (
	"os"

	"golang.org/x/term"
)

// colourful tells whether text is coloured: always or never as the flag says,
// else only on a terminal that is able to, unless NO_COLOR speaks against it.
func (t *tool) colourful(flag string) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	}
	out, ok := t.out.(*os.File)
	return ok && term.IsTerminal(int(out.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
