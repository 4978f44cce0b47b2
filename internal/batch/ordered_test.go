package batch

import (
	"iter"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func numbers(n int, taken *atomic.Int64) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			taken.Add(1)
			if !yield(i) {
				return
			}
		}
	}
}

// Results come in the order of the inputs, whichever is ready first, and several
// are worked on at a time.
func TestOrdered(t *testing.T) {
	const n, workers = 500, 4
	var taken, now, most atomic.Int64
	work := func(i int) int {
		if k := now.Add(1); k > most.Load() {
			most.Store(k)
		}
		defer now.Add(-1)
		time.Sleep(time.Duration(i%7) * 100 * time.Microsecond)
		return i * i
	}
	var got []int
	for r := range Ordered(workers, numbers(n, &taken), work) {
		got = append(got, r)
	}
	if len(got) != n || !slices.IsSorted(got) || got[n-1] != (n-1)*(n-1) {
		t.Errorf("%d results, %v", len(got), got)
	}
	if m := most.Load(); m < 2 || m > workers {
		t.Errorf("%d at a time, want 2 to %d", m, workers)
	}
}

// An input that takes long holds back what comes after it, and no more than a
// window of it is taken meanwhile.
func TestOrderedTakesNoMoreThanAWindow(t *testing.T) {
	const workers = 2
	var taken atomic.Int64
	hold := make(chan bool)
	next, stop := iter.Pull(Ordered(workers, numbers(100_000, &taken), func(i int) int {
		if i == 0 {
			<-hold
		}
		return i
	}))
	defer stop()
	for before := int64(-1); before != taken.Load(); time.Sleep(20 * time.Millisecond) {
		before = taken.Load()
	}
	if n := taken.Load(); n > window*workers+3*workers {
		t.Errorf("%d inputs were taken while the first was worked on", n)
	}
	close(hold)
	if r, ok := next(); !ok || r != 0 {
		t.Errorf("%d, %t", r, ok)
	}
}

// Where the caller stops, the inputs are asked for no more, and no goroutine is
// left behind.
func TestOrderedStops(t *testing.T) {
	before := runtime.NumGoroutine()
	var taken atomic.Int64
	seen := 0
	for range Ordered(3, numbers(1_000_000, &taken), func(i int) int { return i }) {
		if seen++; seen == 10 {
			break
		}
	}
	if n := taken.Load(); n > 10+3*window+10 {
		t.Errorf("%d inputs were taken for 10 results", n)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines become %d", before, runtime.NumGoroutine())
}

// Inputs that keep waiting hold back neither the results that are there nor the
// end.
func TestOrderedDoesNotWaitForInputs(t *testing.T) {
	block := make(chan bool)
	defer close(block)
	inputs := func(yield func(int) bool) {
		if yield(1) {
			<-block
		}
	}
	for r := range Ordered(2, inputs, func(i int) int { return i }) {
		if r != 1 {
			t.Errorf("%d", r)
		}
		break
	}
}

// Nor does work that never ends, as where it reads from a pipe.
func TestOrderedDoesNotWaitForWork(t *testing.T) {
	var taken atomic.Int64
	block := make(chan bool)
	defer close(block)
	for r := range Ordered(2, numbers(10, &taken), func(i int) int {
		if i == 1 {
			<-block
		}
		return i
	}) {
		if r != 0 {
			t.Errorf("%d", r)
		}
		break
	}
}

// What was worked on is not kept while an input before it takes long: of large
// inputs only those are held that a worker has.
func TestOrderedLetsGoOfInputs(t *testing.T) {
	const workers, n = 2, 20
	var held, done atomic.Int64
	inputs := func(yield func(*[1 << 16]byte) bool) {
		for i := range n {
			input := new([1 << 16]byte)
			input[0] = byte(i)
			held.Add(1)
			runtime.AddCleanup(input, func(int) { held.Add(-1) }, 0)
			if !yield(input) {
				return
			}
		}
	}
	hold := make(chan bool)
	next, stop := iter.Pull(Ordered(workers, inputs, func(input *[1 << 16]byte) int {
		if input[0] == 0 {
			<-hold
		}
		done.Add(1)
		return int(input[0])
	}))
	defer stop()
	go func() {
		defer close(hold)
		for range 500 {
			if runtime.GC(); done.Load() == n-1 && held.Load() <= workers+1 {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Errorf("%d inputs are held after work on %d", held.Load(), done.Load())
	}()
	for i := range n {
		if r, ok := next(); !ok || r != i {
			t.Errorf("%d, %t, want %d", r, ok, i)
		}
	}
}
