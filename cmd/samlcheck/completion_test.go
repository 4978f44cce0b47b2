package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// completed gives what the last word may become, without what each means, and the
// directive of cobra.
func completed(t *testing.T, args ...string) (values []string, directive string) {
	t.Helper()
	var out bytes.Buffer
	if status := newTool(nil, &out, &bytes.Buffer{}).run(append([]string{"__complete"}, args...)); status != statusPass {
		t.Fatalf("exit status %d", status)
	}
	mustBeSafe(t, strings.ReplaceAll(out.String(), "\t", " "))
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	for _, line := range lines[:len(lines)-1] {
		value, _, _ := strings.Cut(line, "\t")
		values = append(values, value)
	}
	return values, lines[len(lines)-1]
}

func TestCompletion(t *testing.T) {
	const alone, noSpace, orFiles = ":36", ":38", ":0"
	for _, test := range []struct {
		args      []string
		want      []string
		directive string
	}{
		{[]string{"--format", ""}, []string{"text", "json", "sarif", "junit", "github"}, alone},
		{[]string{"--format=s"}, []string{"sarif"}, alone},
		{[]string{"--format", "x"}, nil, alone},
		{[]string{"metadata", "--format", ""}, []string{"text", "json"}, alone},
		{[]string{"--profile", ""}, []string{"aws", "saml"}, alone},
		{[]string{"--fail-on", "w"}, []string{"warning"}, alone},
		{[]string{"explain", "--color", "n"}, []string{"never"}, alone},
		{[]string{"--at", ""}, []string{"now", "issued", "captured"}, alone},
		{[]string{"metadata", "--at", ""}, []string{"now"}, alone},
		{[]string{"--limit", "dep"}, []string{"depth="}, noSpace},
		{[]string{"--ignore", "assertion-ex"}, []string{"assertion-expired"}, alone},
		{[]string{"--ignore", "digest-mis"}, nil, alone}, // it cannot be ignored
		{[]string{"explain", "digest-mis"}, []string{"digest-mismatch"}, alone},
		{[]string{"--metadata", ""}, nil, orFiles},
		{[]string{"-m", ""}, nil, orFiles},
		{[]string{"--key", ""}, nil, orFiles},
		{[]string{"--iam", ""}, nil, orFiles},
		{[]string{"--role", ""}, nil, alone},
		{[]string{"decode", ""}, nil, orFiles},
		{[]string{"schema", ""}, nil, alone},
		{[]string{"completion", "f"}, []string{"fish"}, ":4"},
		{[]string{"man", "dec"}, []string{"decode"}, alone},
		{[]string{"help", "dec"}, []string{"decode"}, alone},
		{[]string{"dec"}, []string{"decode"}, orFiles}, // or a file
		{[]string{"response.b64", ""}, nil, orFiles},
	} {
		got, directive := completed(t, test.args...)
		if !slices.Equal(got, test.want) || directive != test.directive {
			t.Errorf("%q: %q %s, want %q %s", test.args, got, directive, test.want, test.directive)
		}
	}
	if got, _ := completed(t, "explain", ""); len(got) != len(claims.AllRules()) {
		t.Errorf("%d codes are offered", len(got))
	}
	if got, _ := completed(t, "--limit", ""); len(got) != len(saml.LimitNames()) {
		t.Errorf("%d limits are offered", len(got))
	}
	if got, _ := completed(t, "--"); !slices.Contains(got, "--clipboard") || !slices.Contains(got, "--metadata") {
		t.Errorf("the flags that are offered are %q", got)
	}
}

// TestScriptsEvaluateNothing holds that no script has what evaluates a text.
func TestScriptsEvaluateNothing(t *testing.T) {
	for _, shell := range shells() {
		var out bytes.Buffer
		if status := newTool(nil, &out, &bytes.Buffer{}).run([]string{"completion", shell}); status != statusPass {
			t.Errorf("%s: exit status %d", shell, status)
		}
		code := ""
		for line := range strings.Lines(out.String()) {
			if !strings.HasPrefix(strings.TrimSpace(line), "#") {
				code += line
			}
		}
		for _, word := range []string{"eval", "Invoke-Expression", "iex ", "source ", "BASH_COMP_DEBUG_FILE"} {
			if strings.Contains(code, word) {
				t.Errorf("%s: the script has %q", shell, word)
			}
		}
		if !strings.Contains(code, "__complete") {
			t.Errorf("%s: the script does not ask samlcheck", shell)
		}
	}
}

// inShell runs a program of a shell in a folder where samlcheck is this test and
// nothing else stands but a file with a blank in its name.
func inShell(t *testing.T, shell string, program string) string {
	t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		t.Skipf("%s is not installed", shell)
	}
	folder := t.TempDir()
	self, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(folder, ".bin")
	if err := errorsOf(os.Mkdir(bin, 0o700), os.Symlink(self, filepath.Join(bin, "samlcheck")),
		os.WriteFile(filepath.Join(folder, "deco rated.b64"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	script, err := completionScripts.ReadFile("completion/" + shell)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "script"), script, 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, "-c", program)
	c.Dir = folder
	c.Env = []string{"PATH=" + bin + ":/usr/bin:/bin", "HOME=" + folder, "TERM=dumb"}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v: %s", shell, err, out)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "evaluated*")); len(left) > 0 {
		t.Errorf("what was written on the line was run: %s", left)
	}
	return string(out)
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestCompletionInBash completes lines as bash does at a press of Tab, which calls
// the function with the line in COMP_LINE.
func TestCompletionInBash(t *testing.T) {
	const call = `source .bin/script
compopt() { options+=" $*"; }
tab() {
	options= COMP_TYPE=$1 COMP_LINE=$2 COMP_POINT=${#2}
	COMP_WORDS=(samlcheck) COMP_CWORD=1
	_samlcheck
	printf '%s:%s\n' "$(printf '[%s]' "${COMPREPLY[@]}")" "$options"
}
`
	got := inShell(t, "bash", call+`
tab 9 'samlcheck --format s'
tab 9 'samlcheck --format=s'
tab 9 'samlcheck -m "a b" --limit dep'
tab 63 'samlcheck --fail-on '
tab 63 'samlcheck explain digest-mis'
tab 63 'samlcheck de'
tab 9 'samlcheck -m '
tab 63 'samlcheck --limit declarations-in-'
tab 9 'samlcheck $(touch evaluated1) "$(touch evaluated2)" `+"`touch evaluated3`"+` <(touch evaluated4) --format s'
tab 9 'samlcheck --format $(touch evaluated5)'
tab 9 'samlcheck'
`)
	want := `[sarif]: +o default
[sarif]: +o default
[depth=]: -o nospace +o default
[error][warning][info]: +o default
[digest-mismatch]: +o default
[decode][deco rated.b64]: -o filenames
[]:
[declarations-in-scope=  (default 64, at most 512)][declarations-in-document=  (default 64, at most 100000)]: -o nospace +o default
[sarif]: +o default
[]:
[]:
`
	if got != want {
		t.Errorf("bash completes\n%s\nwant\n%s", got, want)
	}
}

// TestCompletionInFish completes lines as fish does, which has a command for it.
func TestCompletionInFish(t *testing.T) {
	got := inShell(t, "fish", `source .bin/script
for line in 'samlcheck --format s' 'samlcheck --format=s' 'samlcheck --limit dep' 'samlcheck dec' 'samlcheck $(touch evaluated1) (touch evaluated2) --format s'
    complete -C $line
    echo .
end
`)
	const want = "sarif\n.\n--format=sarif\n.\ndepth=\tdefault 64, at most 1000\n.\ndecode\twrite the decoded XML of a captured message\ndeco rated.b64\n.\nsarif\n.\n"
	if got != want {
		t.Errorf("fish completes\n%s\nwant\n%s", got, want)
	}
}
