package differential

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// fault is something that a library does wrong, with the versions of go.mod.
// docs/verifiers.md lists each by this name.
type fault struct {
	name string
	// seen reproduces it: nil if the library still does it, and else what it
	// does instead.
	seen func(t *testing.T) error
}

// reproduce fails for a fault that is no longer there, so that the page is
// changed with the library.
func reproduce(t *testing.T, library string, faults []fault) {
	t.Helper()
	page := readPage(t)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			if !strings.Contains(page, "`"+f.name+"`") {
				t.Errorf("docs/verifiers.md does not list it")
			}
			if err := f.seen(t); err != nil {
				t.Errorf("%s does it no longer (%v): take it out of docs/verifiers.md", library, err)
			}
		})
	}
}

func readPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/verifiers.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// TestPageListsConstructs holds docs/verifiers.md against the closed list: each
// construct, and its document as it stands before it is signed.
func TestPageListsConstructs(t *testing.T) {
	page := readPage(t)
	escaped := strings.NewReplacer("\n", "↵", "\r", "␍", "\U00010000", "𐀀")
	for _, m := range minimals() {
		if !strings.Contains(page, "| `"+m.name+"` |") {
			t.Errorf("%s is not listed", m.name)
		}
		if xml := escaped.Replace(m.xml); len(xml) < 300 && !strings.Contains(page, "`"+xml+"`") {
			t.Errorf("the document of %s is not as it is tested: %s", m.name, xml)
		}
	}
}

// panics gives what a call panics with, or nil.
func panics(call func()) (reason any) {
	defer func() { reason = recover() }()
	call()
	return nil
}

func wantPanic(call func()) error {
	if panics(call) == nil {
		return fmt.Errorf("it does not panic")
	}
	return nil
}
