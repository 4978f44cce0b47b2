package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// program runs the tool within the test and gives what it wrote.
func program(t *testing.T, args ...string) (status int, out, err string) {
	t.Helper()
	in, openErr := os.Open(os.DevNull)
	if openErr != nil {
		t.Fatal(openErr)
	}
	defer in.Close()
	var stdout, stderr bytes.Buffer
	status = newTool(in, &stdout, &stderr).run(args)
	return status, stdout.String(), stderr.String()
}

// failing is an output that takes a number of bytes and no more.
type failing struct {
	room int
	err  error
}

func (f *failing) Write(data []byte) (int, error) {
	if len(data) > f.room {
		return f.room, f.err
	}
	f.room -= len(data)
	return len(data), nil
}

func TestWriteErrors(t *testing.T) {
	tests := map[string]struct {
		err  error
		want string
	}{
		"full":        {errors.New("no space left"), "samlcheck: cannot write to standard output: no space left\n"},
		"closed pipe": {io.ErrClosedPipe, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var stderr bytes.Buffer
			status := newTool(nil, &failing{100, test.err}, &stderr).run([]string{"schema"})
			if status != statusError || stderr.String() != test.want {
				t.Errorf("exit status %d and %q, want %d and %q", status, stderr.String(), statusError, test.want)
			}
		})
	}
}

func TestHelpNamesEveryFlag(t *testing.T) {
	_, out, _ := program(t, "--help")
	for _, flag := range []string{"-m, --metadata FILE", "--at TIME", "--profile aws|saml", "--audience PATTERN", "--recipient PATTERN",
		"--request-id ID", "--format text|json|sarif|junit|github", "--color auto|always|never", "--fail-on error|warning|info", "--ignore CODE",
		"--limit NAME=VALUE", "--skip-witness"} {
		if !strings.Contains(out, flag+" ") {
			t.Errorf("the help does not hold %q and a blank behind it", flag)
		}
	}
	for _, verb := range []string{"", "decode", "metadata", "explain", "config", "schema", "version"} {
		_, out, _ := program(t, append(strings.Fields(verb), "--help")...)
		for line := range strings.Lines(out) {
			if len(strings.TrimSuffix(line, "\n")) > 100 {
				t.Errorf("the help of %q is wider than 100 columns: %s", verb, line)
			}
		}
	}
}

func TestArgumentsAreNotRepeated(t *testing.T) {
	response := "<samlp:Response " + strings.Repeat("a=\"credential\" ", 5000) + "/>"
	for _, args := range [][]string{{"--" + response}, {"--format", response}, {"--at", response}, {"--limit", response}, {"--ignore", response},
		{"explain", response}, {response}, {"-m", response}, {"decode", response}, {"metadata", response}} {
		status, out, err := program(t, args...)
		if status != statusError || out != "" || len(err) > 700 {
			t.Errorf("%.20q...: exit status %d, %d characters of report, %d of errors: %.900s", args, status, len(out), len(err), err)
		}
	}
}

// TestSecretsAreNotRepeated: a private key that was given in place of its file is
// not shown, be it as short as one for an elliptic curve; nor is a response in
// short lines.
func TestSecretsAreNotRepeated(t *testing.T) {
	der := "MHcCAQEE" + strings.Repeat("secret0+", 19) + "Q=="
	for _, key := range []string{
		"-----BEGIN EC PRIVATE KEY-----\n" + der[:64] + "\n" + der[64:128] + "\n-----END EC PRIVATE KEY-----",
		"-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat(der, 10), der, "\n" + der, strings.Repeat(der, 10),
	} {
		status, out, err := program(t, "--key", key, "-")
		if status != statusError || out != "" || strings.Contains(err, "secret") || !strings.Contains(err, "found what looks like the key itself") {
			t.Errorf("%.40q: exit status %d, report %q, error %q", key, status, out, err)
		}
	}
	folded := "PHNhbWxwOlJlc3BvbnNl\nIHhtbG5zOnNhbWxwPSJ1\r\ncm46b2FzaXM6bmFtZXM6\n"
	if _, _, err := program(t, "explain", folded); strings.Contains(err, folded[:8]) {
		t.Errorf("a response in lines: %q", err)
	}
	if _, _, err := program(t, "--key", "Missing/of/keys.pem", "-"); !strings.Contains(err, `there is none with the name "Missing/of/keys.pem"`) {
		t.Errorf("a name of a file: %q", err)
	}
}

func TestVersionText(t *testing.T) {
	tests := map[string]struct {
		info *debug.BuildInfo
		want string
	}{
		"nothing recorded": {&debug.BuildInfo{}, "samlcheck (devel) " + runtime.Version() + " "},
		"a commit": {&debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123abcd"}, {Key: "vcs.time", Value: "2026-09-11T11:00:00Z"}, {Key: "vcs.modified", Value: "true"}}},
			"samlcheck v1.2.3 commit 0123abcd 2026-09-11T11:00:00Z with changes that are not committed go1.26.8 "},
	}
	for name, test := range tests {
		if got, want := versionText(test.info), test.want+runtime.GOOS+"/"+runtime.GOARCH+"\n"; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestNearestCode(t *testing.T) {
	rules := []saml.Rule{{Code: "digest-mismatch"}, {Code: "signature-mismatch"}, {Code: "audience-missing"}}
	if got := nearest("DIGEST-MISMATHC", rules); len(got) != 1 || got[0] != "digest-mismatch" {
		t.Errorf("nearest gives %q", got)
	}
	if got := nearest(strings.Repeat("x", 1<<20), rules); got != nil {
		t.Errorf("nearest gives %q of a word that is far too long", got)
	}
}

// TestHugeInput gives 200 MB on standard input: the memory stays bounded by
// the limits, and the input is not judged.
func TestHugeInput(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the size of a finished process is told by Unix")
	}
	if testing.Short() || racing {
		t.Skip("200 MB take their time; and what a process took is at least what the process that started it holds, which is much under the race detector")
	}
	binary := filepath.Join(t.TempDir(), "samlcheck")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, piece := range map[string]string{"letters": "QUJD", "zero bytes": "\x00\x00\x00\x00", "markup": "<a><"} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(binary, "-")
			cmd.Stdin = io.LimitReader(endless(piece), 200_000_000)
			out, err := cmd.Output()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != statusFail {
				t.Fatalf("exit status 1 is expected, found %v", err)
			}
			if strings.Contains(string(out), "PASS") {
				t.Errorf("what was not read passes: %s", out)
			}
			if most := residentBytes(cmd.ProcessState); most > 150<<20 {
				t.Errorf("the process took %d MiB", most>>20)
			}
		})
	}
}

// endless repeats a text without end.
type endless string

func (e endless) Read(buffer []byte) (int, error) {
	n := len(buffer) / len(e) * len(e)
	if n == 0 {
		return copy(buffer, e), nil
	}
	for i := 0; i < n; i += len(e) {
		copy(buffer[i:], e)
	}
	return n, nil
}
