package claims_test

import (
	"testing"

	"github.com/samlcheck/samlcheck/internal/seeds"
)

// FuzzCheck gives the whole of the packages any bytes: whatever they are, what
// is believed is what a genuine message says, the report is well-formed, and
// time and memory are bounded.
func FuzzCheck(f *testing.F) {
	j := newTribunal(f)
	for _, document := range seeds.Documents(f) {
		f.Add([]byte(document))
	}
	for _, capture := range seeds.Captures(f)[:20] { // those of the folder, in every form
		f.Add(capture)
	}
	for _, document := range j.hostileSeeds(f) {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) <= mostFuzzed {
			j.holds(t, data)
		}
	})
}

// FuzzSplice takes signed messages apart and puts their pieces, and pieces of
// forged ones, elsewhere: signature wrapping in all its shapes. What is then
// believed is what a genuine message says.
func FuzzSplice(f *testing.F) {
	j := newTribunal(f)
	w := newWorkshop(f, j.genuine)
	for _, s := range w.starts(f) {
		f.Add(s.base, s.donor, s.program, s.text)
	}
	f.Fuzz(func(t *testing.T, base, donor uint16, program []byte, text string) {
		if document, ok := w.build(script{base, donor, program, text}); ok && len(document) <= mostFuzzed {
			j.holds(t, []byte(document))
		}
	})
}
