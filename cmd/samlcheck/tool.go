package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/samlcheck/samlcheck/internal/render"
)

// The exit status.
const (
	statusPass  = 0 // every message passes
	statusFail  = 1 // some message fails or is unverified
	statusError = 2 // usage, or something could not be judged at all
)

// A tool is one run of the program.
type tool struct {
	in      *os.File
	out     io.Writer
	err     io.Writer
	status  int
	outDead bool      // standard output takes no more
	keys    *keyboard // of a terminal that pastes are read from
	hold    *hold     // on the terminal, in a sitting; nil where there is none
	late    bool      // an input took longer than patience: nothing more is begun
	// troubles are what complaints said, for the formats that are written at the
	// end.
	troubles []render.Trouble

	// What tests replace.
	patience time.Duration
	judge    judge
}

// newTool gives a run of the program that has not begun.
func newTool(in *os.File, out, err io.Writer) *tool {
	return &tool{in: in, out: out, err: err, patience: patience, judge: judgeMessage}
}

// run runs the program and gives its exit status. It is the program's border:
// a panic ends here, without a trace, since that could hold the response.
func (t *tool) run(args []string) (status int) {
	defer func() {
		if recover() != nil {
			t.complain("this is a fault of samlcheck itself: " + pleaseReport)
			status = t.status
		}
	}()
	root := newRoot(t)
	root.SetArgs(args)
	if asksForCompletion(args) {
		completeAll(root)
	}
	if cmd, err := root.ExecuteC(); err != nil {
		t.complain("%s (%s --help tells the usage)", brief(err.Error()), cmd.CommandPath())
	}
	return t.status
}

// atLeast makes the exit status no better than s.
func (t *tool) atLeast(s int) { t.status = max(t.status, s) }

// complain says on standard error what could not be done. Foreign text among
// the arguments has to be quoted by the caller, or is an error of a library,
// which is escaped here with all the rest.
func (t *tool) complain(format string, args ...any) { t.complainOf("", format, args...) }

// complainOf complains of an input.
func (t *tool) complainOf(source, format string, args ...any) {
	t.atLeast(statusError)
	t.remark(format, args...)
	t.troubles = append(t.troubles, render.Trouble{Source: source, Text: fmt.Sprintf(format, args...)})
}

// remark says something on standard error.
func (t *tool) remark(format string, args ...any) {
	fmt.Fprintln(t.err, "samlcheck: "+render.Escape(fmt.Sprintf(format, args...)))
}

// Write writes to standard output and remembers when that takes no more. A
// pipe that its reader has closed needs no words.
func (t *tool) Write(data []byte) (int, error) {
	if t.outDead {
		return len(data), nil
	}
	n, err := t.out.Write(data)
	if err != nil {
		t.outDead = true
		t.atLeast(statusError)
		if !errors.Is(err, syscall.EPIPE) && !errors.Is(err, io.ErrClosedPipe) {
			t.complain("cannot write to standard output: %s", reason(err))
		}
	}
	return n, nil
}

// What a complaint about an argument may hold: what is longer may be a response
// that was given in the wrong place, and is not repeated.
const (
	longestWord      = 70
	longestComplaint = 500
)

// brief cuts a text and the long words in it.
func brief(text string) string {
	words := strings.Split(text[:min(len(text), longestComplaint)], " ")
	for i, w := range words {
		if len(w) > longestWord {
			words[i] = w[:longestWord/2] + "…"
		}
	}
	return strings.Join(words, " ")
}

// reason gives the cause of an error of a file without the file's name, which
// the caller quotes.
func reason(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// print writes a finished text to standard output in one piece.
func (t *tool) print(text string) { _, _ = io.WriteString(t, text) }
