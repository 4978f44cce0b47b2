//go:build linux || darwin

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pasteHelper makes the test program read a paste, or the passphrase of a key,
// as the program does.
const pasteHelper = "SAMLCHECK_TEST_PASTE"

func TestPasteHelper(t *testing.T) {
	if os.Getenv(pasteHelper) == "" {
		t.Skip("it is run by TestSignalsRestoreTheTerminal alone")
	}
	tool := &tool{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	read := tool.readMessage
	if os.Getenv(pasteHelper) == "passphrase" {
		read = tool.askPassphrase
	}
	_, err := read("-")
	t.Fatalf("the program goes on: %v", err)
}

func TestSignalsRestoreTheTerminal(t *testing.T) {
	const paste, passphrase = "paste the SAML response", "passphrase of the key standard input (it is not shown)"
	for _, test := range []struct {
		signal syscall.Signal
		key    string // typed in place of a signal that is sent
		prompt string
	}{
		{syscall.SIGINT, "\x03", paste}, {syscall.SIGINT, "", paste}, {syscall.SIGTERM, "", paste}, {syscall.SIGHUP, "", paste}, {syscall.SIGQUIT, "", paste},
		{syscall.SIGINT, "", passphrase}, {syscall.SIGTERM, "", passphrase},
	} {
		if signal.Ignored(test.signal) {
			t.Logf("%s is ignored here, as it is by the program", test.signal)
			continue
		}
		c := openConsole(t)
		before := c.settings()
		command := exec.Command(os.Args[0], "-test.run=^TestPasteHelper$")
		command.Env = append(os.Environ(), pasteHelper+"="+strings.Fields(test.prompt)[0], "TERM=xterm")
		command.Stdin, command.Stdout, command.Stderr = c.tty, c.tty, c.tty
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		c.waitFor(test.prompt)
		if !c.changesFrom(before) {
			t.Errorf("%s: the terminal still shows what is typed", test.prompt)
		}
		c.typeText("PHNhbWxw" + test.key)
		if test.key == "" {
			time.Sleep(100 * time.Millisecond) // else it may reach the terminal after the program has ended
			if err := command.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
		}
		_ = command.Wait()
		if !endedBy(command, test.signal) || strings.Contains(c.screen(), "goroutine") {
			t.Errorf("%s: the program ended with %s; it shows %q", test.signal, command.ProcessState, c.screen())
		}
		if after := c.settings(); after != before {
			t.Errorf("%s: the terminal was set to %s, now it is %s", test.signal, before, after)
		}
		if test.prompt == paste {
			c.waitFor(bracketOff)
		}
		if strings.Contains(c.screen(), "PHNh") {
			t.Errorf("%s: what is typed at %q is shown", test.signal, test.prompt)
		}
	}
}

// endedBy tells whether a program was ended by a signal; of SIGQUIT Go would write a
// trace, and SIGINT stands for it.
func endedBy(command *exec.Cmd, s syscall.Signal) bool {
	if s == syscall.SIGQUIT {
		s = syscall.SIGINT
	}
	status, ok := command.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == s
}
