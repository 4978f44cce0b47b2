package samlcheck_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fence gives the fenced blocks of a language in the README.
func fence(t *testing.T, language string) []string {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		out = append(out, m[1])
	}
	return out
}

func run(t *testing.T, dir string, command string, args ...string) (string, error) {
	t.Helper()
	c := exec.Command(command, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := c.Output()
	return string(out), err
}

// TestReadmeSession runs the session that the README shows.
func TestReadmeSession(t *testing.T) {
	command, shown, _ := strings.Cut(fence(t, "console")[0], "\n")
	words := strings.Fields(strings.TrimPrefix(command, "$ samlcheck"))
	got, err := run(t, ".", "go", append([]string{"run", "./cmd/samlcheck"}, words...)...)
	if got != shown {
		t.Errorf("the README shows\n%s\nthe command prints\n%s", shown, got)
	}
	if err == nil {
		t.Error("the failing sign-in of the README ends with status 0")
	}
}

// TestReadmeExample compiles and runs the README's example as a user does: in
// an empty module of its own.
func TestReadmeExample(t *testing.T) {
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{"testdata/captures/entra-broken.b64": "response.b64", "testdata/idp/metadata.xml": "metadata.xml", "go.sum": "go.sum"} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		write(to, data)
	}
	write("main.go", []byte(fence(t, "go")[0]))
	write("go.mod", []byte("module example.com/user\n\ngo 1.26.0\n\nrequire "+module+" v0.0.0\n\nreplace "+module+" => "+root+"\n"))
	got, err := run(t, dir, "go", "run", ".")
	if err != nil {
		t.Fatal(err)
	}
	want := `fail verified: false
error digest-mismatch at /Response/Assertion/Signature/SignedInfo/Reference/DigestValue
error assertion-expired at /Response/Assertion/Conditions/@NotOnOrAfter
error audience-mismatch at /Response/Assertion/Conditions/AudienceRestriction/Audience
error role-pair-malformed at /Response/Assertion/AttributeStatement/Attribute[11]/AttributeValue
error session-name-malformed at /Response/Assertion/AttributeStatement/Attribute[10]/AttributeValue
`
	if got != want {
		t.Errorf("the example prints\n%s\nwanted\n%s", got, want)
	}
}
