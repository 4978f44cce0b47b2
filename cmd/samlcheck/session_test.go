//go:build linux || darwin

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A sitting is a run of the program on a terminal of its own.
type sitting struct {
	*console
	command *exec.Cmd
	before  string // how the terminal was set
}

// sit starts the program as a person does.
func sit(t *testing.T, args ...string) *sitting {
	t.Helper()
	c := openConsole(t)
	if err := pty.Setsize(c.tty, &pty.Winsize{Rows: 50, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Args = append([]string{"samlcheck"}, args...) // TestMain makes the program of it
	command.Dir = filepath.Join("..", "..")
	command.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=1")
	command.Stdin, command.Stdout, command.Stderr = c.tty, c.tty, c.tty
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true} // so that keys send signals
	before := c.settings()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	return &sitting{c, command, before}
}

// waitForPrompt waits until a prompt was shown so many times.
func (s *sitting) waitForPrompt(prompt string, times int) {
	s.t.Helper()
	for range 1000 {
		if strings.Count(s.screen(), prompt) >= times {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatalf("the prompt %q was not shown %d times: %s", prompt, times, s.screen())
}

// end waits until the program has ended, and gives its exit status.
func (s *sitting) end() int {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.command.Wait() }()
	select {
	case <-done:
		if after := s.settings(); after != s.before {
			s.t.Errorf("the terminal was set to %s, now it is %s", s.before, after)
		}
		return s.command.ProcessState.ExitCode()
	case <-time.After(20 * time.Second):
		s.t.Fatalf("the program does not end; the terminal shows at last %q", s.screen()[max(0, len(s.screen())-2000):])
	}
	return -1
}

// sequence is what acts on a terminal and is not seen.
var sequence = regexp.MustCompile(`\x1b\[[?0-9;]*[a-zA-Z]`)

// seen gives what a person sees on the terminal.
func (s *sitting) seen() string {
	return strings.ReplaceAll(sequence.ReplaceAllString(s.settled(), ""), "\r\n", "\n")
}

// settled gives what was written to the terminal, once nothing more comes.
func (s *sitting) settled() string {
	for before := ""; before == "" || before != s.screen(); time.Sleep(200 * time.Millisecond) {
		before = s.screen()
	}
	return s.screen()
}

func captured(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "captures", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestThreePastes shows a sitting as a person sees it: a response that was cut off,
// then whole, then from an application that is set up as it should be. The terminal
// marks the first two pastes, the third is one that it does not mark.
func TestThreePastes(t *testing.T) {
	broken, good := captured(t, "entra-broken.b64"), captured(t, "entra-good.b64")
	s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "2026-09-11T11:02:00Z")
	s.waitForPrompt("paste the SAML response", 1)
	s.typeText("\x1b[200~" + broken[:4095] + "\x1b[201~")
	s.waitForPrompt("paste the next response", 1)
	s.typeText("\x1b[200~" + broken + "\x1b[201~")
	s.waitForPrompt("paste the next response", 2)
	s.typeText(good)
	s.waitForPrompt("paste the next response", 3)
	s.typeText("\x04")
	if status := s.end(); status != statusFail {
		t.Errorf("exit status %d, that of the worst paste is 1", status)
	}
	if on, off := strings.Count(s.settled(), bracketOn), strings.Count(s.settled(), bracketOff); on != 4 || off != 4 {
		t.Errorf("bracketed paste mode was switched on %d times and off %d times", on, off)
	}
	const path = "../../testdata/terminal/three-pastes.txt"
	if *update {
		if err := os.WriteFile(path, []byte(s.seen()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), s.seen()); diff != "" {
		t.Errorf("a person sees something else (-want +got):\n%s", diff)
	}
}

// TestSittings holds how sittings end, and with which exit status.
func TestSittings(t *testing.T) {
	good := captured(t, "entra-good.b64")
	for name, test := range map[string]struct {
		keys   []string // each is typed when the prompt for it is shown
		status int
		shows  string
	}{
		"one that passes":           {[]string{good, "\x04"}, statusPass, "PASS with"},
		"a form of a browser":       {[]string{captured(t, "entra-good.form") + "\r\r", "\x04"}, statusPass, "PASS with"},
		"nothing at all":            {[]string{"\x04"}, statusFail, "input-empty"},
		"one twice":                 {[]string{good, good, "\x04"}, statusPass, "this may be the same response,"},
		"Ctrl-C at a later prompt":  {[]string{good, "\x03"}, -1, "PASS with"},
		"no response before one is": {[]string{"words\r\r", good, "\x04"}, statusFail, "was FAIL, is PASS"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "2026-09-11T11:02:00Z")
			for i, key := range test.keys {
				s.waitForPrompt("samlcheck: paste the ", i+1)
				s.typeText(key)
			}
			if status := s.end(); status != test.status {
				t.Errorf("exit status %d, want %d", status, test.status)
			}
			if seen := s.seen(); !strings.Contains(seen, test.shows) || strings.Contains(seen, "PHNh") {
				t.Errorf("the terminal shows %s", seen)
			}
		})
	}
}

// TestLateEnter holds that an Enter that was meant to end a paste, which had ended
// by itself, does not end the sitting; one that comes later does.
func TestLateEnter(t *testing.T) {
	s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "2026-09-11T11:02:00Z")
	s.waitForPrompt("paste the SAML response", 1)
	s.typeText(captured(t, "entra-good.b64"))
	s.waitForPrompt("paste the next response", 1)
	s.typeText("\r\r")
	time.Sleep(lateKeys)
	s.typeText(captured(t, "entra-broken.b64")) // nobody would judge it if the sitting had ended
	s.waitForPrompt("paste the next response", 2)
	time.Sleep(lateKeys + 200*time.Millisecond)
	s.typeText("\r")
	if status := s.end(); status != statusFail {
		t.Errorf("exit status %d", status)
	}
}

// TestOtherFormatsAskOnce holds that a program gets one document, and not a
// sitting.
func TestOtherFormatsAskOnce(t *testing.T) {
	s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", samltest.Instant().Format(time.RFC3339), "--format", "json")
	s.waitForPrompt("paste the SAML response", 1)
	s.typeText(captured(t, "entra-good.b64"))
	if status := s.end(); status != statusPass {
		t.Errorf("exit status %d", status)
	}
	if seen := s.seen(); strings.Contains(seen, "next response") || !strings.Contains(seen, `"verdict":"pass"`) {
		t.Errorf("the terminal shows %s", seen)
	}
}

// TestSlowLine holds that a paste over a line that stalls for a second is not ended
// in its middle, with and without markers.
func TestSlowLine(t *testing.T) {
	t.Setenv("TERM", "xterm")
	b64 := captured(t, "entra-good.b64")
	http := "POST /saml HTTP/1.1\r\nHost: signin.aws.amazon.com\r\n\r\n"
	for name, parts := range map[string][]string{
		"base64":                 {b64[:1000], b64[1000:4001], b64[4001:]},
		"marked, an empty line":  {"\x1b[200~" + http, "SAMLResponse=x\x1b[201~"},
		"an empty line in HTTP":  {http, "SAMLResponse=x", "\x04"},
		"a form, then its relay": {captured(t, "entra-good.form"), "&RelayState=x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := openConsole(t)
			done := make(chan pasted, 1)
			go func() {
				text, err := newTool(c.tty, c.tty, c.tty).paste(firstPrompt)
				done <- pasted{text, err}
			}()
			c.waitFor("paste the SAML response")
			for i, part := range parts {
				if i > 0 {
					time.Sleep(time.Second)
				}
				c.typeText(part)
			}
			want := strings.ReplaceAll(sequence.ReplaceAllString(strings.Join(parts, ""), ""), "\r\n", "\n")
			want = strings.NewReplacer("\x1b[200~", "", "\x1b[201~", "", "\x04", "").Replace(want)
			select {
			case got := <-done:
				if got.err != nil || string(got.text) != want {
					t.Errorf("%d of %d characters arrived, %v", len(got.text), len(want), got.err)
				}
			case <-time.After(10 * time.Second):
				t.Error("the paste does not end")
			}
		})
	}
}

// TestPersonIsReminded holds that one who waits for the end of what was cut off is
// told so, once.
func TestPersonIsReminded(t *testing.T) {
	c := openConsole(t)
	done := make(chan pasted, 1)
	go func() {
		text, err := newTool(c.tty, c.tty, c.tty).paste(firstPrompt)
		done <- pasted{text, err}
	}()
	c.waitFor("paste the SAML response")
	c.typeText(captured(t, "entra-good.b64")[:4095])
	c.waitFor("samlcheck: 4,095 characters arrived so far, and the message does not end there: paste on, or press Enter twice or Ctrl-D\r\n")
	c.typeText("\x04")
	<-done
	c.waitFor("samlcheck: 4,095 characters arrived; the end looks cut off: the base64 stops inside the document")
}
