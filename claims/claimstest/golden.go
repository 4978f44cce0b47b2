package claimstest

import (
	"os"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/fixture"
	"github.com/samlcheck/samlcheck/saml"
)

// updating is the environment variable that asks for what is found to be written.
const updating = "SAMLCHECK_UPDATE"

// Options say how fixtures are run. The zero value takes everything from the
// fixtures.
type Options struct {
	Metadata *saml.Metadata // for fixtures that name none; nil for none
}

// Golden runs every fixture of a folder, each as a subtest with the name of its
// capture, all at the same time. It fails where something differs, where nothing
// is expected of a capture, and where the folder holds no fixture.
func Golden(t *testing.T, dir string) {
	t.Helper()
	Run(t, dir, Options{})
}

// Run is Golden with options.
func Run(t *testing.T, dir string, options Options) {
	t.Helper()
	update := os.Getenv(updating) == "1"
	if ci := os.Getenv("CI"); update && ci != "" && ci != "false" && ci != "0" {
		t.Fatalf("%s is set in continuous integration: a test that writes what it wants always passes", updating)
	}
	folder, err := fixture.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	all, err := folder.Find()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		t.Run(x.Name, func(t *testing.T) {
			t.Parallel()
			result := x.Run(fixture.Options{Metadata: options.Metadata})
			if !update {
				report(t, result)
				return
			}
			write(t, result)
		})
	}
}

// report fails a test for what does not hold.
func report(t testing.TB, r *fixture.Result) {
	t.Helper()
	switch {
	case r.Fault != nil:
		t.Errorf("%s: %v", r.Fixture.File, r.Fault)
	case r.New:
		t.Errorf("%s: nothing is expected of it yet: %s=1 writes what is found into %s", r.Fixture.Path, updating, r.Fixture.File)
	case !r.Passes():
		t.Errorf("%s: not what is wanted (-) is found (+); %s=1 writes it\n%s", r.Fixture.File, updating, differences(r))
	}
}

// write logs what differs, and writes it.
func write(t testing.TB, r *fixture.Result) {
	t.Helper()
	if r.Fault == nil && r.Passes() {
		return
	}
	t.Log(differences(r))
	if err := r.Update(); err != nil {
		t.Errorf("%s: %v", r.Fixture.File, err)
		return
	}
	t.Logf("wrote %s", r.Fixture.File)
}

func differences(r *fixture.Result) string {
	var b strings.Builder
	for _, d := range r.Differences {
		b.WriteString("  " + d.Title() + "\n")
		for _, line := range d.Lines() {
			b.WriteString("    " + line + "\n")
		}
	}
	return b.String()
}
