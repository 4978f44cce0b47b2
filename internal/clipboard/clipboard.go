package clipboard

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/internal/words"
)

// patience is how long a tool may take: one that waits for a program which owns the
// clipboard and does not answer never ends.
const patience = 10 * time.Second

// Read gives the text of the clipboard: at most limit bytes and one more, so that
// whoever decodes it sees that it is too large. The error is one sentence, in
// which all that is foreign is quoted; it never holds what the clipboard holds.
func Read(limit int) ([]byte, error) { return thisSystem().read(limit, patience) }

func (s system) read(limit int, patience time.Duration) ([]byte, error) {
	path, t, err := s.found()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	out, said := &bounded{limit: limit + 1}, &bounded{limit: mostSaid, quiet: true}
	command := exec.CommandContext(ctx, path, t.args...)
	command.Stdout, command.Stderr = out, said
	command.WaitDelay = time.Second // for what the tool has left behind, and holds the pipe
	err = command.Run()
	switch {
	case out.full:
		return out.data.Bytes(), nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("the clipboard cannot be read: %s did not end within %s", t.name, patience)
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return nil, fmt.Errorf("the clipboard cannot be read, or holds no text: %s ended with %s%s", t.name, reason(err), saying(said.data.String()))
	}
	return out.data.Bytes(), nil
}

// reason gives the status of a tool, or why it could not be started.
func reason(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.String()
	}
	return words.Quote(err.Error(), mostShown)
}

// What is kept, and shown, of what a tool says on standard error.
const (
	mostSaid  = 4096
	mostShown = 120
)

func saying(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if line == "" {
		return ""
	}
	return " and says " + words.Quote(strings.TrimSpace(line), mostShown)
}

// errFull ends the copying from a tool that gives too much.
var errFull = errors.New("too much is given")

// bounded keeps what is written to it, up to a limit: where it is quiet it forgets
// the rest, else it takes no more.
type bounded struct {
	data  bytes.Buffer
	limit int
	quiet bool
	full  bool // more was written, or as much as the limit
}

func (b *bounded) Write(data []byte) (int, error) {
	kept := min(len(data), b.limit-b.data.Len())
	b.data.Write(data[:kept])
	b.full = b.data.Len() == b.limit
	if b.full && !b.quiet {
		return kept, errFull
	}
	return len(data), nil
}
