package exponents

import "testing"

// A check that stops early would be cheap at any size.
func TestConstructsAreCheckedToTheirEnd(t *testing.T) {
	for _, c := range Constructs() {
		t.Run(c.Name, func(t *testing.T) {
			message, err := c.make(4 * c.n)
			if err != nil {
				t.Fatal(err)
			}
			do, err := Work{c.Name, 4 * c.n, false, message}.prepared()
			if err != nil {
				t.Fatal(err)
			}
			if err := do(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestGrowthIsTheExponent(t *testing.T) {
	for _, c := range []struct {
		costs      [3]uint64
		inSteps    bool
		whole, own float64
	}{
		{[3]uint64{100, 200, 400}, false, 1, 1},        // linear
		{[3]uint64{100, 400, 1600}, false, 2, 2},       // quadratic
		{[3]uint64{1100, 1200, 1400}, false, 0.222, 1}, // linear beside something fixed
		{[3]uint64{1000, 1000, 1000}, false, 0, 0},     // does not grow
		{[3]uint64{100, 150, 400}, true, 1, 2.322},     // a step in the second doubling
	} {
		g := growth(c.costs, c.inSteps)
		if near := func(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }; !near(g.Whole, c.whole) || !near(g.Own, c.own) {
			t.Errorf("%v: expected the exponents %v and %v, found %v and %v", c.costs, c.whole, c.own, g.Whole, g.Own)
		}
	}
}

func TestTotalsOfCallgrindAreRead(t *testing.T) {
	got, err := total("# callgrind format\ndesc: Trigger: --dump-before=main.end\nsummary: 5\n\ntotals: 12345\n")
	if err != nil || got != 12345 {
		t.Errorf("expected 12345, found %d (%v)", got, err)
	}
	if _, err := total("events: Ir\n"); err == nil {
		t.Error("expected an error where no totals stand")
	}
}
