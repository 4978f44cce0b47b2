//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A ran is what came of the program as a process of its own.
type ran struct {
	status   syscall.WaitStatus
	out, err string
}

// process starts the program in a folder; the test's main makes it a command.
func process(t *testing.T, folder string, in io.Reader, args ...string) (*exec.Cmd, func() ran) {
	t.Helper()
	return processOf(t, exec.Command("samlcheck", args...), folder, in)
}

func processOf(t *testing.T, cmd *exec.Cmd, folder string, in io.Reader) (*exec.Cmd, func() ran) {
	t.Helper()
	var out, stderr bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = folder, in, &out, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	watch := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	return cmd, func() ran {
		err := cmd.Wait()
		watch.Stop()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
		if !ok {
			t.Fatal("the system does not say how the process ended")
		}
		return ran{status, out.String(), stderr.String()}
	}
}

// signedIn writes a good response and its metadata into a new folder.
func signedIn(t *testing.T) (folder string, response []byte) {
	t.Helper()
	folder = t.TempDir()
	r, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := samltest.Login{}.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	response = []byte(r.Base64())
	write(t, folder, "good.b64", response)
	write(t, folder, "metadata.xml", metadata)
	return folder, response
}

func write(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestInterrupt: an interruption ends the program as by default, so that the shell
// sees it, and nothing is half written.
func TestInterrupt(t *testing.T) {
	for _, format := range []string{"text", "json", "sarif", "junit"} {
		in, typed := io.Pipe()
		cmd, wait := process(t, t.TempDir(), in, "--format", format)
		if _, err := io.WriteString(typed, "PHNhbWxw"); err != nil { // it has begun to read
			t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		typed.Close()
		if got := wait(); !got.status.Signaled() || got.status.Signal() != syscall.SIGINT || got.out != "" || got.err != "" {
			t.Errorf("%s: %v, %q, %q", format, got.status, got.out, got.err)
		}
	}
}

// TestSpecialFiles: what is read may be a FIFO; what never ends is read no further
// than any message may be long.
func TestSpecialFiles(t *testing.T) {
	folder, response := signedIn(t)
	check := func(name string) ran {
		_, wait := process(t, folder, nil, "-m", "metadata.xml", "--at", "2026-09-11T11:01:00Z", name)
		return wait()
	}
	fifo := filepath.Join(folder, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skipf("no FIFO can be made: %v", err)
	}
	feed := func(write func(io.Writer)) chan bool {
		done := make(chan bool)
		go func() {
			defer close(done)
			if f, err := os.OpenFile(fifo, os.O_WRONLY, 0); err == nil {
				write(f)
				f.Close()
			}
		}()
		return done
	}
	done := feed(func(w io.Writer) { _, _ = w.Write(response) })
	if got := check("fifo"); got.status.ExitStatus() != 0 || !strings.HasPrefix(got.out, "PASS: ") {
		t.Errorf("FIFO: %d, %.200s", got.status.ExitStatus(), got.out)
	}
	<-done
	done = feed(func(w io.Writer) { _, _ = io.Copy(w, endless("QUJD")) }) // until nobody reads
	if got := check("fifo"); got.status.ExitStatus() != 1 || !strings.Contains(got.out, `the limit "input" allows 2097152`) {
		t.Errorf("endless FIFO: %d, %.200s", got.status.ExitStatus(), got.out)
	}
	<-done
	for name, says := range map[string]string{"/dev/zero": `the limit "input"`, "/dev/null": "input-empty"} {
		if _, err := os.Stat(name); err != nil {
			continue
		}
		if got := check(name); got.status.ExitStatus() != 1 || !strings.Contains(got.out, says) {
			t.Errorf("%s: %d, %.200s", name, got.status.ExitStatus(), got.out)
		}
	}
}

// TestGrowingFile: a file that grows while it is read is taken as it was at one
// time: the whole of a beginning, and no more than a message may be long.
func TestGrowingFile(t *testing.T) {
	folder, response := signedIn(t)
	name := filepath.Join(folder, "growing.b64")
	write(t, folder, "growing.b64", response)
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return
		}
		defer f.Close()
		blanks := bytes.Repeat([]byte("\n"), 4096)
		for range 20_000 { // 80 MB at most
			select {
			case <-stop:
				return
			default:
				_, _ = f.Write(blanks)
				time.Sleep(time.Millisecond)
			}
		}
	}()
	for range 5 {
		_, wait := process(t, folder, nil, "-m", "metadata.xml", "--at", "2026-09-11T11:01:00Z", "growing.b64")
		got := wait()
		passes := got.status.ExitStatus() == 0 && strings.HasPrefix(got.out, "PASS: ")
		if tooLong := got.status.ExitStatus() == 1 && strings.Contains(got.out, `the limit "input"`); !passes && !tooLong {
			t.Errorf("%d, %.300s, %s", got.status.ExitStatus(), got.out, got.err)
		}
	}
	close(stop)
	<-stopped
}

// TestUnreadable: what cannot be read is said in one line, and does not stop the
// others.
func TestUnreadable(t *testing.T) {
	folder, _ := signedIn(t)
	for from, to := range map[string]string{"loop": "loop", "a": "b", "b": "a", "dangling": "nothing"} {
		if err := os.Symlink(to, filepath.Join(folder, from)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "locked"), 0o000); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(folder, "locked"), 0o700)
	for name, says := range map[string]string{"loop": `samlcheck: "loop" cannot be read: `, "a": `samlcheck: "a" cannot be read: `, "dangling": "there is none with the name", ".": "is a directory", "locked/x": "permission"} {
		if name == "locked/x" && os.Geteuid() == 0 {
			continue // root reads everything
		}
		_, wait := process(t, folder, nil, "-m", "metadata.xml", "--at", "issued", name, "good.b64")
		if got := wait(); name != "." && (got.status.ExitStatus() != 2 || !strings.HasPrefix(got.out, "PASS: ") || !strings.Contains(got.err, says) || strings.Count(got.err, "\n") != 1) {
			t.Errorf("%s: %d, %.100s, %s", name, got.status.ExitStatus(), got.out, got.err)
		}
		_, wait = process(t, folder, nil, "-m", name, "good.b64")
		if got := wait(); got.status.ExitStatus() != 2 || got.out != "" || strings.Count(got.err, "\n") != 1 {
			t.Errorf("-m %s: %d, %.100s, %s", name, got.status.ExitStatus(), got.out, got.err)
		}
	}
}

// TestNamesOfFiles: any name works, whatever bytes are in it, and is escaped where
// it is shown.
func TestNamesOfFiles(t *testing.T) {
	folder, response := signedIn(t)
	for _, name := range []string{"-x", "--at", "\xff\xfe.b64", "a\x1b[31m\n::error::x\u202e.b64", "a b", "decode"} {
		if err := os.WriteFile(filepath.Join(folder, name), response, 0o600); err != nil {
			t.Logf("the file system refuses %q", name)
			continue
		}
		given := name
		if name == "decode" {
			given = "./decode"
		}
		for _, format := range []string{"text", "json", "sarif", "junit"} {
			_, wait := process(t, folder, nil, "-m", "metadata.xml", "--at", "issued", "--format", format, "--", given, given+"?")
			got := wait()
			if got.status.ExitStatus() != 2 || !strings.Contains(got.err, "there is none with the name") {
				t.Errorf("%q: %d, %s", name, got.status.ExitStatus(), got.err)
			}
			mustBeSafe(t, got.out)
			mustBeSafe(t, got.err)
		}
	}
}

// TestNothingIsWritten: no verb makes a file.
func TestNothingIsWritten(t *testing.T) {
	home, _ := signedIn(t)
	empty := t.TempDir()
	good, metadata := filepath.Join(home, "good.b64"), filepath.Join(home, "metadata.xml")
	for _, args := range [][]string{
		{"-m", metadata, "--at", "issued", good}, {"-m", metadata, "--format", "json", good}, {"-m", metadata, "--format", "sarif", good}, {"--format", "junit", good, "missing"},
		{"decode", good}, {"metadata", metadata}, {"explain"}, {"explain", "digest-mismatch"}, {"schema"}, {"version"}, {"--help"}, {"--nonsense"},
		{"-m", metadata, "--summary", home}, {"test", home}, {"config"}, {"completion", "bash"}, {"man"}, {"sanitize"},
	} {
		_, wait := process(t, empty, nil, args...)
		wait()
	}
	for _, folder := range []string{empty, home} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[string]int{empty: 0, home: 2}[folder]; len(entries) != want {
			t.Errorf("%d files where there were %d: %v", len(entries), want, entries)
		}
	}
}

// TestFullDisk: every format says that nothing more can be written.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full")
	}
	defer full.Close()
	folder, _ := signedIn(t)
	for _, format := range []string{"text", "json", "sarif", "junit"} {
		var stderr bytes.Buffer
		cmd := exec.Command("samlcheck", "-m", "metadata.xml", "--at", "issued", "--format", format, "good.b64")
		cmd.Dir, cmd.Stdout, cmd.Stderr = folder, full, &stderr
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != statusError || stderr.String() != "samlcheck: cannot write to standard output: no space left on device\n" {
			t.Errorf("%s: %v, %s", format, err, stderr.String())
		}
	}
}
