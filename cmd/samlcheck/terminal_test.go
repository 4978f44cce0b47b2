//go:build linux || darwin

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/samlcheck/samlcheck/internal/render"
	"golang.org/x/term"
)

// A console is both ends of a pseudo-terminal, and all that was shown on it.
type console struct {
	t      *testing.T
	person *os.File // the end of the one who types
	tty    *os.File
	lock   sync.Mutex
	shown  bytes.Buffer
}

func openConsole(t *testing.T) *console {
	t.Helper()
	person, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal is to be had: %s", err)
	}
	c := &console{t: t, person: person, tty: tty}
	t.Cleanup(func() { tty.Close(); person.Close() })
	go c.watch()
	return c
}

func (c *console) watch() {
	buffer := make([]byte, 4096)
	for {
		n, err := c.person.Read(buffer)
		c.lock.Lock()
		c.shown.Write(buffer[:n])
		c.lock.Unlock()
		if err != nil {
			return
		}
	}
}

func (c *console) screen() string {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.shown.String()
}

func (c *console) waitFor(text string) {
	c.t.Helper()
	for range 1000 {
		if strings.Contains(c.screen(), text) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.t.Fatalf("the terminal does not show %q but %q", text, c.screen())
}

// settings gives how the terminal is set, to compare before with after.
func (c *console) settings() string {
	c.t.Helper()
	state, err := term.GetState(int(c.tty.Fd()))
	if err != nil {
		c.t.Fatal(err)
	}
	return fmt.Sprintf("%+v", *state)
}

// changesFrom tells whether the terminal is set otherwise, at once or soon: a
// prompt may be shown before.
func (c *console) changesFrom(before string) bool {
	for range 1000 {
		if c.settings() != before {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

func (c *console) typeText(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.person, text); err != nil {
		c.t.Fatal(err)
	}
}

type pasted struct {
	text []byte
	err  error
}

func (c *console) paste(keys ...string) pasted {
	c.t.Helper()
	before := c.settings()
	result := make(chan pasted, 1)
	go func() {
		text, err := newTool(c.tty, c.tty, c.tty).paste(firstPrompt)
		result <- pasted{text, err}
	}()
	c.waitFor("paste the SAML response")
	for _, k := range keys {
		c.typeText(k)
	}
	select {
	case r := <-result:
		if after := c.settings(); after != before {
			c.t.Errorf("the terminal was set to %s, now it is %s", before, after)
		}
		return r
	case <-time.After(20 * time.Second):
		c.t.Fatalf("the paste does not end; the terminal shows %q", c.screen())
	}
	return pasted{}
}

func TestPasteTakesLongLinesWhole(t *testing.T) {
	long := strings.Repeat("PHNhbWxwOl", 10_000)
	for _, end := range []string{"\r\r", "\n\n", "\r\n\r\n", "\r \t\r", "\x04", "\r\x04"} {
		c := openConsole(t)
		got := c.paste(long + end)
		if got.err != nil {
			t.Errorf("ended by %q: %v", end, got.err)
			continue
		}
		if strings.TrimSpace(string(got.text)) != long {
			t.Errorf("ended by %q: %d characters arrived, %d were pasted", end, len(got.text), len(long))
		}
		c.waitFor("characters arrived")
		if shown := c.screen(); strings.Contains(shown, "PHNh") || len(shown) > 400 {
			t.Errorf("the paste is shown: %d characters on the terminal", len(shown))
		}
		if end == "\x04" && !strings.Contains(c.screen(), "samlcheck: 100,000 characters arrived") {
			t.Errorf("the terminal shows %q", c.screen())
		}
	}
}

func TestPasteReadsWhatKeysMean(t *testing.T) {
	for _, k := range []struct {
		name string
		keys []string
		want string
	}{
		{"an empty line ends it", []string{"PHNh\r", "\r"}, "PHNh\n\n"},
		{"an empty line inside a paste does not", []string{"a\r\rb\r", "\x04"}, "a\n\nb\n"},
		{"line ends of Windows are one", []string{"a\r\nb\r\n", "\x04"}, "a\nb\n"},
		{"brackets of a paste end it, and are left out", []string{"\x1b[200~PHNh\x1b[201~"}, "PHNh"},
		{"brackets that arrive in pieces too", []string{"\x1b[2", "00~PHNh\x1b", "[201~\r\r"}, "PHNh\n\n"},
		{"what is no bracket stays", []string{"a\x1b[20xb\x1b", "\x04"}, "a\x1b[20xb\x1b\x04"},
		{"backspace takes back", []string{"ab\x7fé\x7fc", "\x04"}, "ac"},
		{"backspace stays in its line", []string{"ab\r\x7f\x7fc", "\x04"}, "ab\nc"},
		{"nothing", []string{"\x04"}, ""},
		{"an empty line at once", []string{"\r"}, "\n"},
		{"Ctrl-Z is no text", []string{"a\x1ab", "\x04"}, "ab"},
	} {
		got := openConsole(t).paste(k.keys...)
		if want := strings.TrimSuffix(k.want, "\x04"); got.err != nil || string(got.text) != want {
			t.Errorf("%s: %q, %v; want %q", k.name, got.text, got.err, want)
		}
	}
}

func TestPasteIsBrokenOff(t *testing.T) {
	for _, key := range []string{"\x03", "\x1c"} {
		got := openConsole(t).paste("PHNhbWw", key)
		var s *signalError
		if !errors.As(got.err, &s) || s.signal != os.Interrupt || got.text != nil {
			t.Errorf("key %q: %q, %v", key, got.text, got.err)
		}
		if got.err != nil && strings.Contains(got.err.Error(), "PHNh") {
			t.Errorf("the error holds the paste: %s", got.err)
		}
	}
}

func TestPasteIsBounded(t *testing.T) {
	p := &paste{}
	p.take(bytes.Repeat([]byte("A"), mostMessage+1000))
	if len(p.text) != mostMessage+1 || p.over {
		t.Errorf("%d bytes are kept", len(p.text))
	}
}

// TestTextFitsTheTerminal shows a report on a narrow terminal: no line is
// wider, save for what is kept whole so that it can be copied.
func TestTextFitsTheTerminal(t *testing.T) {
	for _, columns := range []int{60, 80, 200} {
		c := openConsole(t)
		if err := pty.Setsize(c.tty, &pty.Winsize{Rows: 24, Cols: uint16(columns)}); err != nil {
			t.Fatal(err)
		}
		tool := &tool{in: os.Stdin, out: c.tty, err: c.tty}
		if got, want := tool.textStyle("never"), (render.Style{Width: columns}); got != want {
			t.Errorf("%d columns: %+v, want %+v", columns, got, want)
		}
		status := newTool(os.Stdin, c.tty, c.tty).run([]string{"explain", "--color", "never", "role-missing"})
		c.waitFor("keycloak.org")
		for line := range strings.Lines(c.screen()) {
			line = strings.TrimRight(line, "\r\n")
			if len(line) > min(columns, render.Columns) && !strings.HasPrefix(strings.TrimSpace(line), "https://") {
				t.Errorf("%d columns: %s", columns, line)
			}
		}
		if status != statusPass {
			t.Errorf("exit status %d", status)
		}
	}
}

// TestMetadataIsNotTyped holds that nobody waits for metadata at a terminal,
// which would cut its lines.
func TestMetadataIsNotTyped(t *testing.T) {
	for _, args := range [][]string{{"metadata", "-"}, {"-m", "-", "response.b64"}} {
		c := openConsole(t)
		var stdout, stderr bytes.Buffer
		status := newTool(c.tty, &stdout, &stderr).run(args)
		const want = "samlcheck: metadata is expected in a file or through a pipe, standard input is a terminal\n"
		if status != statusError || stdout.String() != "" || stderr.String() != want {
			t.Errorf("%q: exit status %d, %q and %q", args, status, stdout.String(), stderr.String())
		}
	}
}
