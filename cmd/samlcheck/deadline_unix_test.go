//go:build unix

package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStuckProcess: a check that computes without end keeps neither the deadline
// nor a signal from ending the process.
func TestStuckProcess(t *testing.T) {
	t.Parallel()
	folder, _ := signedIn(t)
	spin := func() (*exec.Cmd, func() ran) {
		c := exec.Command("samlcheck-spins", "-m", "metadata.xml", "--at", "issued", "--format", "json", "good.b64", "good.b64")
		c.Env = append(os.Environ(), "GOMAXPROCS=2") // both are judged at a time
		return processOf(t, c, folder, nil)
	}
	_, late := spin()
	cmd, interrupted := spin()
	time.Sleep(time.Second)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if got := interrupted(); !got.status.Signaled() || got.status.Signal() != syscall.SIGINT || got.out != "" || strings.ReplaceAll(got.err, "checking\n", "") != "" {
		t.Errorf("interrupted: %v, %q, %q", got.status, got.out, got.err)
	}
	got := late()
	if got.status.ExitStatus() != statusError || got.out != "" || !strings.HasPrefix(strings.TrimPrefix(got.err, "checking\nchecking\n"), `samlcheck: "good.b64" took longer than 2s, `) || strings.Count(got.err, "took longer") != 1 {
		t.Errorf("late: %v, %q, %q", got.status, got.out, got.err)
	}
}

// TestStoppedProcess: time in which the process is stopped, as by Ctrl-Z, is not
// time that an input took.
func TestStoppedProcess(t *testing.T) {
	t.Parallel()
	folder, _ := signedIn(t)
	cmd, wait := processOf(t, exec.Command("samlcheck-pauses", "-m", "metadata.xml", "--at", "issued", "good.b64"), folder, nil)
	time.Sleep(500 * time.Millisecond)
	for _, s := range []os.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		if s == syscall.SIGSTOP {
			time.Sleep(3 * time.Second)
		}
	}
	if got := wait(); got.status.ExitStatus() != 0 || !strings.HasPrefix(got.out, "PASS: ") {
		t.Errorf("%v, %.200q, %q", got.status, got.out, got.err)
	}
}
