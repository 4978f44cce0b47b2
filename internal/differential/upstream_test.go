package differential

import (
	"fmt"
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
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			if err := f.seen(t); err != nil {
				t.Errorf("%s does it no longer (%v): take it out of docs/verifiers.md", library, err)
			}
		})
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
