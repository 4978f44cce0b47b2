package saml

import (
	"runtime"
	"slices"
	"testing"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// bytesOf gives the bytes that a function allocates: the least of several
// runs, since what runs beside it can only add to it.
func bytesOf(run func()) int {
	var least []int
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		run()
		runtime.ReadMemStats(&after)
		least = append(least, int(after.TotalAlloc-before.TotalAlloc))
	}
	return slices.Min(least)
}

// Decode holds what base64 stood for once, and nothing else of that size. The
// kilobyte beside it is for the message and the lines on what was undone; an
// allocation is rounded up to a size class, by an eighth at most.
func TestDecodeAllocatesLittle(t *testing.T) {
	for _, roles := range roleSizes() {
		text, _ := offering(t, roles)
		size := len(Decode(text).XML())
		if n := testing.AllocsPerRun(20, func() { Decode(text) }); n > 12 {
			t.Errorf("%d roles: %.0f allocations, 12 or fewer are expected", roles, n)
		}
		if got, most := bytesOf(func() { Decode(text) }), size+size/5+1024; got > most {
			t.Errorf("%d roles: %d bytes for a message of %d, at most %d are expected", roles, got, size, most)
		}
	}
}

// What is made beside the trees, the verified octets and the values that are
// read does not grow with the message: rules that find nothing make nothing.
func TestJudgingAllocatesLittle(t *testing.T) {
	for _, roles := range roleSizes() {
		text, metadata := offering(t, roles)
		options := &Options{Profile: ProfileAWS, Time: samltest.Instant(), SkipWitness: true}
		f := gather(Decode(text), metadata, options)
		if !f.verified {
			t.Fatal("the message is not verified")
		}
		if n := testing.AllocsPerRun(20, func() { judgeAll(f, table()) }); n > 80 {
			t.Errorf("%d roles: the rules make %.0f allocations, 80 or fewer are expected", roles, n)
		}
		if got := bytesOf(func() { judgeAll(f, table()) }); got > 12<<10 {
			t.Errorf("%d roles: the rules allocate %d bytes, at most 12 KiB are expected", roles, got)
		}
		if n := testing.AllocsPerRun(20, func() { f.look() }); n > 10 {
			t.Errorf("%d roles: the walk over the message makes %.0f allocations, 10 or fewer are expected", roles, n)
		}
	}
}

// Reading an assertion costs the values, of 32 bytes and a string that is a part
// of the document each, and what else an assertion has.
func TestReadingAllocatesLittle(t *testing.T) {
	for _, roles := range roleSizes() {
		text, metadata := offering(t, roles)
		options := &Options{Time: samltest.Instant(), SkipWitness: true}
		f := gather(Decode(text), metadata, options)
		read := func() { readAssertion(f.content.in, f.content.element) }
		if n := testing.AllocsPerRun(20, read); n > 20 {
			t.Errorf("%d roles: %.0f allocations, 20 or fewer are expected", roles, n)
		}
		if got, most := bytesOf(read), 6<<10+roles*40; got > most {
			t.Errorf("%d roles: %d bytes, at most %d are expected", roles, got, most)
		}
	}
}
