//go:build unix

package main

import (
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestClosedPipeAtAFIFO: once nobody reads the reports the run ends, also while an
// input waits for a pipe into which nobody writes.
func TestClosedPipeAtAFIFO(t *testing.T) {
	folder, _ := signedIn(t)
	if err := syscall.Mkfifo(filepath.Join(folder, "fifo"), 0o600); err != nil {
		t.Skipf("no FIFO can be made: %v", err)
	}
	cmd := exec.Command("samlcheck", "-m", "metadata.xml", "--at", "issued", "good.b64", "fifo", "good.b64")
	cmd.Dir = folder
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	out.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() }).Stop()
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != statusError {
		t.Errorf("%v, exit status %d", err, cmd.ProcessState.ExitCode())
	}
}
