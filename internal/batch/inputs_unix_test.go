//go:build unix

package batch

import (
	"os"
	"slices"
	"syscall"
	"testing"
)

// Links to files are followed, those to folders are not, and what is no file is
// told, since reading it might never end.
func TestFolderHoldsMoreThanFiles(t *testing.T) {
	tree(t, map[string]string{"in/a": "", "out/b": ""})
	for name, to := range map[string]string{"in/link": "../out/b", "in/circle": ".", "in/dangling": "nowhere"} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("in/pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"in/a", `in/circle: a file is expected in the folder, "in/circle" is something else`, `in/dangling: a file is expected in the folder, "in/dangling" is something else`,
		"in/link", `in/pipe: a file is expected in the folder, "in/pipe" is something else`,
	}
	if got := told(&Source{Names: []string{"in"}}); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// A link to a folder that is named itself is followed.
func TestFolderBehindALink(t *testing.T) {
	tree(t, map[string]string{"in/a": "", "in/sub/b": "", "list": "link\n", "empty/.keep": ""})
	for name, to := range map[string]string{"link": "in", "nothing": "empty"} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string][]string{
		"link": {"link/a", "link/sub/b"}, "link/": {"link/a", "link/sub/b"}, "@list": {"link/a", "link/sub/b"}, "nothing": {`nothing/: files are expected in the folder "nothing/", none is found`},
	} {
		if got := told(&Source{Names: []string{name}, Patterns: []string{"?"}}); name != "nothing" && !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
		if got := told(&Source{Names: []string{name}}); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A folder that cannot be entered is told, and the others are gone through.
func TestFolderThatCannotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root enters every folder")
	}
	tree(t, map[string]string{"in/a/x": "", "in/b/y": ""})
	if err := os.Chmod("in/a", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("in/a", 0o700)
	if got, want := told(&Source{Names: []string{"in"}}), []string{`in/a: "in/a" cannot be read: permission denied`, "in/b/y"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
