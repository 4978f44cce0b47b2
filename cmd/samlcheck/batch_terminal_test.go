//go:build linux || darwin

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestPasteAmongFiles: where standard input is named among files, the person is
// asked for it when its turn has come, and not while reports on others are written.
func TestPasteAmongFiles(t *testing.T) {
	s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "issued", "testdata/captures/entra-good.b64", "-", "testdata/captures/entra-good.form")
	s.waitForPrompt("paste the SAML response", 1)
	if seen := s.screen(); !strings.Contains(seen, `"testdata/captures/entra-good.b64", judged`) || strings.Contains(seen, "entra-good.form") {
		t.Errorf("before the prompt the terminal shows %.300s", seen)
	}
	s.typeText(captured(t, "entra-good.b64"))
	if status := s.end(); status != statusPass {
		t.Errorf("exit status %d", status)
	}
	seen := s.seen()
	for _, text := range []string{`"testdata/captures/entra-good.b64", judged`, "paste the SAML response", "standard input, judged", `"testdata/captures/entra-good.form", judged`} {
		_, after, found := strings.Cut(seen, text)
		if !found {
			t.Errorf("%q is not shown in its turn: %s", text, s.seen())
		}
		seen = after
	}
}

// progressOf feeds lines to the program, with time enough after each that the
// progress line is drawn, and gives what standard error, a terminal, shows.
// Standard output is the same terminal where there is no other.
func progressOf(t *testing.T, lines []string, out io.Writer, args ...string) string {
	t.Helper()
	c := openConsole(t)
	in, feed := io.Pipe()
	cmd := exec.Command(os.Args[0])
	cmd.Args = append([]string{"samlcheck", "-m", "../../testdata/idp/metadata.xml", "--at", "issued"}, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, c.tty
	if out == nil {
		cmd.Stdout = c.tty
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		time.Sleep(700 * time.Millisecond)
		if _, err := io.WriteString(feed, line+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(300 * time.Millisecond)
	feed.Close()
	_ = cmd.Wait()
	for before := "?"; before != c.screen(); time.Sleep(200 * time.Millisecond) {
		before = c.screen()
	}
	return c.screen()
}

// TestProgress: a line on the terminal counts messages and failures, and makes way
// for complaints and for the last line.
func TestProgress(t *testing.T) {
	line := func(name string) string {
		data, err := json.Marshal(map[string]string{"id": name, "response": captured(t, name)})
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	late, err := json.Marshal(map[string]string{"id": "no assertion", "response": "PHNhbWxw"})
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{line("entra-good.b64"), line("entra-broken.b64"), "{", string(late)}
	var out bytes.Buffer
	screen := progressOf(t, lines, &out, "--jsonl", "--format", "json", "-")
	const clear = "\r\x1b[K"
	for _, want := range []string{
		clear + "1 messages, [0-9]+ a second, 0 failed" + clear, clear + "2 messages, [0-9]+ a second, 1 failed" + clear,
		clear + "samlcheck: line 3: a JSON object .* the line is none\r\n" + clear, clear + `samlcheck: "no assertion": --at issued: .*\r\n` + clear + "3 messages, [0-9]+ a second, 2 failed",
		clear + "samlcheck: 2 messages: 1 pass, 1 fail, 0 unverified; 2 inputs could not be judged\r\n$",
	} {
		if !regexp.MustCompile(strings.ReplaceAll(want, "\x1b[K", `\x1b\[K`)).MatchString(screen) {
			t.Errorf("no %q on the terminal: %q", want, screen)
		}
	}
	if strings.Contains(out.String(), clear) || strings.Count(out.String(), "\n") != 2 {
		t.Errorf("standard output: %.300q", out.String())
	}
}

// TestWhereProgressIsShown: for many inputs, and where no reports come between.
func TestWhereProgressIsShown(t *testing.T) {
	many := strings.Fields("-" + strings.Repeat(" ../../testdata/captures/entra-good.b64", seenAtOnce))
	for _, c := range []struct {
		name  string
		out   io.Writer
		args  []string
		shown bool
	}{
		{"more than are seen at once", io.Discard, many, true},
		{"few", io.Discard, many[1:], false},
		{"reports on the same terminal", nil, many, false},
		{"one document on the same terminal", nil, append([]string{"--format", "junit"}, many...), true},
		{"a summary on the same terminal", nil, append([]string{"--summary"}, many...), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if screen := progressOf(t, []string{"PHNhbWxw"}, c.out, append(c.args, "--at", "now")...); strings.Contains(screen, " a second, ") != c.shown {
				t.Errorf("%.300q", screen)
			}
		})
	}
}

// TestManyAreNotTyped: nobody types JSON Lines, or a list that NUL separates.
func TestManyAreNotTyped(t *testing.T) {
	for _, args := range [][]string{{"--jsonl"}, {"-0"}, {"@-"}, {"--jsonl", "-"}} {
		s := sit(t, args...)
		if status, seen := s.end(), s.settled(); status != statusError || !strings.Contains(seen, "many inputs are expected through a pipe, standard input is a terminal") {
			t.Errorf("%q: exit status %d, %s", args, status, seen)
		}
	}
}
