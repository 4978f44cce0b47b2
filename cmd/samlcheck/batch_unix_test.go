//go:build unix

package main

import (
	"bytes"
	"io"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestClosedPipeAtAFIFO: once nobody reads the reports the run ends without words,
// also while an input waits for a pipe into which nobody writes.
func TestClosedPipeAtAFIFO(t *testing.T) {
	folder, _ := signedIn(t)
	if err := syscall.Mkfifo(filepath.Join(folder, "fifo"), 0o600); err != nil {
		t.Skipf("no FIFO can be made: %v", err)
	}
	write(t, folder, "list", []byte("good.b64\nfifo\ngood.b64\n"))
	var stderr bytes.Buffer
	cmd := exec.Command("samlcheck", "-m", "metadata.xml", "--at", "issued", "@list")
	cmd.Dir, cmd.Stderr = folder, &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	out.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() }).Stop()
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != statusError || stderr.Len() > 0 {
		t.Errorf("%v, exit status %d, %q", err, cmd.ProcessState.ExitCode(), stderr.String())
	}
}

// TestProgressIsNotLogged: where standard error is no terminal, as under a job, it
// gets lines alone.
func TestProgressIsNotLogged(t *testing.T) {
	folder, _ := signedIn(t)
	in, feed := io.Pipe()
	_, wait := process(t, folder, in, "-m", "metadata.xml", "--at", "now", "--jsonl", "--format", "json")
	for range 2 {
		time.Sleep(700 * time.Millisecond)
		if _, err := io.WriteString(feed, "{\"response\":\"PHNhbWxw\"}\n"); err != nil {
			t.Fatal(err)
		}
	}
	feed.Close()
	if got := wait(); got.err != "samlcheck: 2 messages: 0 pass, 2 fail, 0 unverified\n" {
		t.Errorf("%q", got.err)
	}
}
