package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write what a terminal shows, and the man pages, anew; read them before they are committed")

const manFolder = "../../docs/man"

// manuals gives every page as samlcheck man writes it, by the name of its file.
func manuals(t *testing.T) map[string]string {
	t.Helper()
	page := func(args ...string) string {
		var out, stderr bytes.Buffer
		if status := newTool(nil, &out, &stderr).run(append([]string{"man"}, args...)); status != statusPass || stderr.Len() > 0 {
			t.Fatalf("man %q: exit status %d, %s", args, status, stderr.String())
		}
		return out.String()
	}
	out := map[string]string{"samlcheck.1": page()}
	for _, v := range verbs(newRoot(newTool(nil, io.Discard, io.Discard))) {
		out["samlcheck-"+v.Name()+".1"] = page(v.Name())
	}
	return out
}

// TestManPages proves that the pages in docs/man are what the flags and verbs are
// now, and that there are no others.
func TestManPages(t *testing.T) {
	all := manuals(t)
	if *update {
		if err := writePages(all); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range all {
		got, err := os.ReadFile(filepath.Join(manFolder, name))
		if err != nil || string(got) != want {
			t.Errorf("%s is not what samlcheck says; write it anew: go test ./cmd/samlcheck -run TestManPages -update\n%s", name, cmp.Diff(string(got), want))
		}
	}
	there, err := os.ReadDir(manFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range there {
		if _, known := all[entry.Name()]; !known {
			t.Errorf("docs/man holds %s, which is the page of no verb", entry.Name())
		}
	}
}

func writePages(all map[string]string) error {
	err := os.Mkdir(manFolder, 0o755)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for name, page := range all {
		if err := os.WriteFile(filepath.Join(manFolder, name), []byte(page), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// TestManPagesNameEveryFlag reads the pages as people do, where a formatter is
// installed: every flag of every verb is there, and the formatter finds nothing
// wrong.
func TestManPagesNameEveryFlag(t *testing.T) {
	mandoc, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skip("mandoc is not installed")
	}
	all := manuals(t)
	root := newRoot(newTool(nil, io.Discard, io.Discard))
	for name, page := range all {
		c := exec.Command(mandoc, "-T", "utf8", "-W", "warning")
		c.Stdin = strings.NewReader(page)
		var out, stderr bytes.Buffer
		c.Stdout, c.Stderr = &out, &stderr
		_ = c.Run()
		for line := range strings.Lines(stderr.String()) {
			if strings.Contains(line, "<stdin>") && !strings.Contains(line, "missing date") { // there is none, so that the pages are the same each day
				t.Errorf("%s: %s", name, line)
			}
		}
		shown := overstruck.ReplaceAllString(out.String(), "")
		cmd := root
		if verb, isVerb := strings.CutPrefix(strings.TrimSuffix(name, ".1"), "samlcheck-"); isVerb {
			cmd, _, _ = root.Find([]string{verb})
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(shown, "--"+f.Name) {
				t.Errorf("%s does not show --%s", name, f.Name)
			}
		})
	}
}

// overstruck is how a formatter makes bold and underlined characters.
var overstruck = regexp.MustCompile(".\b")
