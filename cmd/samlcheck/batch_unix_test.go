//go:build unix

package main

import (
	"bytes"
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
