package claimstest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims/claimstest"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// TestGolden runs the folder that the documentation shows.
func TestGolden(t *testing.T) { claimstest.Golden(t, "../../testdata/fixtures") }

// folderVariable names the folder for TestInner, which is run as a program.
const folderVariable = "CLAIMSTEST_FOLDER"

// TestInner runs a folder for the other tests, which look at what comes of it.
func TestInner(t *testing.T) {
	dir := os.Getenv(folderVariable)
	if dir == "" {
		t.Skip("it is run by the other tests")
	}
	options := claimstest.Options{}
	if os.Getenv("CLAIMSTEST_METADATA") != "" {
		data, err := samltest.Login{}.Metadata()
		if err != nil {
			t.Fatal(err)
		}
		if options.Metadata, err = saml.ParseMetadata(data); err != nil {
			t.Fatal(err)
		}
	}
	claimstest.Run(t, dir, options)
}

// inner runs TestInner over a folder, and tells whether it passes and what it
// prints.
func inner(t *testing.T, dir string, environment ...string) (passes bool, output string) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run", "^TestInner$", "-test.v")
	c.Env = append(append(os.Environ(), "CI=", "SAMLCHECK_UPDATE=", folderVariable+"="+dir), environment...)
	out, err := c.CombinedOutput()
	return err == nil, string(out)
}

// TestRun: a sound folder passes, one that differs fails and says in what, and
// with the variable it is written and passes then.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(wantPass bool, part string, environment ...string) {
		t.Helper()
		passes, output := inner(t, dir, environment...)
		if passes != wantPass || !strings.Contains(output, part) {
			t.Errorf("%v: it passes: %t, and prints\n%s\nwanted is %q", environment, passes, output, part)
		}
	}
	expect(false, "a fixture is expected in")
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	write("one.b64", response.Base64())
	expect(false, "nothing is expected of it yet: SAMLCHECK_UPDATE=1 writes")
	write("one.yaml", "want:\n  verdict: pass\n")
	expect(false, "  verdict, line 2\n            - pass\n            + unverified\n")
	expect(true, "--- PASS: TestInner/one.b64", "CLAIMSTEST_METADATA=1")
	expect(false, "continuous integration", "SAMLCHECK_UPDATE=1", "CI=true")
	expect(true, "wrote ", "SAMLCHECK_UPDATE=1")
	expect(true, "--- PASS: TestInner/one.b64")
	write("one.yaml", "want:\n  verdikt: pass\n")
	expect(false, `is verdict meant?`)
	expect(false, `is verdict meant?`, "SAMLCHECK_UPDATE=1")
}
