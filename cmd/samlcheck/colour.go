package main

import (
	"os"

	"github.com/samlcheck/samlcheck/internal/render"
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
	_, ok := t.terminal()
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// terminal gives standard output where that is a terminal.
func (t *tool) terminal() (*os.File, bool) {
	out, ok := t.out.(*os.File)
	return out, ok && term.IsTerminal(int(out.Fd()))
}

// textStyle gives how text is decorated, and fitted to the terminal where there is
// one.
func (t *tool) textStyle(colour string) render.Style {
	style := render.Style{Colour: t.colourful(colour)}
	if out, ok := t.out.(*os.File); ok {
		if width, _, err := term.GetSize(int(out.Fd())); err == nil {
			style.Width = width
		}
	}
	return style
}
