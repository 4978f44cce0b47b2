package samlcheck_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocsListEveryDependency holds the tables of docs/dependencies.md against
// the modules that are linked, and against those of the tests beside them.
func TestDocsListEveryDependency(t *testing.T) {
	page := readFile(t, "docs/dependencies.md")
	tables := regexp.MustCompile(`(?s)## Of the tool and the packages\n(.*)## Of the tests\n(.*)## Known advisories`).FindStringSubmatch(page)
	if tables == nil {
		t.Fatal("docs/dependencies.md has not the headings that are expected")
	}
	linked, tests := map[string]bool{}, map[string]bool{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		maps.Copy(linked, modules(t, system, "./cmd/samlcheck", "./saml", "./claims"))
	}
	for m := range modules(t, "linux", "-test", "./...") {
		if !linked[m] {
			tests[m] = true
		}
	}
	for i, want := range []map[string]bool{linked, tests} {
		got := map[string]bool{}
		for _, row := range regexp.MustCompile(`(?m)^\| ([^ ]+\.[^ ]+) \| (v[^ ]+) \| .+ \| .+ \|$`).FindAllStringSubmatch(tables[i+1], -1) {
			got[row[1]+" "+row[2]] = true
		}
		if !maps.Equal(got, want) {
			t.Errorf("docs/dependencies.md lists %q, Go links %q", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
}

// modules gives the modules, but ours, that packages need on a system, each
// with its version.
func modules(t *testing.T, system string, args ...string) map[string]bool {
	t.Helper()
	list := exec.Command("go", append([]string{"list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}{{end}}"}, args...)...)
	list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if m := strings.TrimSpace(line); m != "" && m != module {
			all[m] = true
		}
	}
	return all
}

// TestNothingOpensAConnection: none of our packages that are linked imports what
// opens one, runs another program or loads code; but for the one that asks the
// system's tool for the clipboard.
func TestNothingOpensAConnection(t *testing.T) {
	seen, running := 0, []string(nil)
	for _, p := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if name == "" || slices.Contains(onlyTests(), name) {
			continue
		}
		seen++
		for _, path := range p.Imports {
			if slices.Contains([]string{"net", "net/http", "net/rpc", "net/smtp", "net/textproto", "plugin", "C"}, path) {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
			if path == "os/exec" {
				running = append(running, name)
			}
		}
	}
	if !slices.Equal(running, []string{"internal/clipboard"}) {
		t.Errorf("other programs are run by %q", running)
	}
	if seen < 9 {
		t.Errorf("only %d packages were looked at", seen)
	}
}

// TestSecurityDocsCiteWhatThereIs: every test, fuzz target and file that the
// pages on security name exists, and they name enough of them to be checked.
func TestSecurityDocsCiteWhatThereIs(t *testing.T) {
	functions := testFunctions(t)
	for page, least := range map[string]int{"docs/security.md": 40, "SECURITY.md": 1, "docs/dependencies.md": 3} {
		cited := 0
		for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(readFile(t, page), -1) {
			name := m[1]
			switch {
			case regexp.MustCompile(`^(Test|Fuzz|Example)[A-Z_]\w*$`).MatchString(name):
				if cited++; !functions[name] {
					t.Errorf("%s cites %s, and there is no such test", page, name)
				}
			case regexp.MustCompile(`^[\w./-]+\.(go|md|xml|txtar)$|^(internal|saml|claims|cmd|docs|testdata|\.ci)/[\w./-]*$`).MatchString(name):
				if cited++; !exists(name) {
					t.Errorf("%s cites %s, and there is no such file", page, name)
				}
			}
		}
		if cited < least {
			t.Errorf("%s cites %d tests and files, expected %d or more", page, cited, least)
		}
	}
}

// testFunctions gives the names of all tests and fuzz targets.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w+)\(`).FindAllStringSubmatch(readFile(t, path), -1) {
			all[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func exists(path string) bool {
	_, err := os.Stat(filepath.FromSlash(path))
	return err == nil
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(fmt.Errorf("reading %s: %w", path, err))
	}
	return string(data)
}
