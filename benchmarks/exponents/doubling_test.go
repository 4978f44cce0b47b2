package exponents

import (
	"runtime"
	"testing"
)

// Twice as much may cost 2.2 times as many octets. Instructions are counted by
// go run . exponents alone; this holds what needs no counter. What the witness
// allocates is not ours to bound.
func TestTwiceAsMuchAllocatesTwiceAsMuch(t *testing.T) {
	for _, c := range Constructs() {
		t.Run(c.Name, func(t *testing.T) {
			var costs [3]uint64
			for i, n := range []int{c.n, 2 * c.n, 4 * c.n} {
				message, err := c.make(n)
				if err != nil {
					t.Fatal(err)
				}
				do, err := Work{c.Name, n, false, message}.prepared()
				if err != nil {
					t.Fatal(err)
				}
				costs[i] = allocated(t, do)
			}
			if _, grows := (Row{Bytes: costs}).Growths(); grows.Whole > Most() {
				t.Errorf("%d, %d and %d octets are allocated for %d, twice and four times as much: the exponent is %.2f", costs[0], costs[1], costs[2], c.n, grows.Whole)
			}
		})
	}
}

// allocated gives the octets that a check allocates, as Measure counts them: what
// is made once is made before, and what other checks have left is let go.
func allocated(t *testing.T, do func() error) uint64 {
	t.Helper()
	if err := do(); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := do(); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
