package capture

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestShellWordsAreThoseOfBash has bash itself say what the words of the
// commands are that are read for a POSIX shell.
func TestShellWordsAreThoseOfBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	s := newScene(t)
	commands := []string{
		`curl https://sp.example.com/ -d 'a'"b"\c$'d\'e\n\t\x41\u20ac\041\\'`, `curl -d "a\"b\$c\\d\e" ''  x\ y`, "curl a \\\n  b \\\n c", `curl "a\` + "\n" + `b"`, `curl a; ls`, `curl a&`, `curl a | b`, `curl -d "a'b" 'c"d'`,
	}
	for _, tool := range commandTools() {
		if tool.file == "command-bash.txt" || tool.file == "command-ansi.txt" || tool.file == "command-firefox.txt" || tool.file == "command-firefox-windows.txt" {
			commands = append(commands, tool.make(s))
		}
	}
	for _, command := range commands {
		words, end, unclosed := shellWords([]byte(command))
		printed := exec.Command(bash, "-c", `curl() { printf '%s\0' curl "$@"; }`+"\n"+command[:end])
		printed.Env = []string{"LC_ALL=C.UTF-8"}
		out, err := printed.Output()
		if err != nil || unclosed {
			t.Errorf("%.60s: %v, unclosed %t", command, err, unclosed)
			continue
		}
		want := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		if !slices.Equal(words, want) {
			t.Errorf("%.60s: %q, bash says %q", command, words, want)
		}
	}
}
