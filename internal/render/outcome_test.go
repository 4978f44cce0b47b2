package render

import (
	"runtime"
	"testing"
)

// What is kept of a message that passes does not grow with the message: a run
// has a hundred thousand of them, and writes a line on each.
func TestLittleIsKeptOfWhatPasses(t *testing.T) {
	const messages, most = 2_000, 400
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	run := &Run{Outcomes: make([]Outcome, 0, messages)}
	before := heap()
	for range messages {
		run.Outcomes = append(run.Outcomes, NewOutcome(passReport(), false))
	}
	if kept := (int64(heap()) - int64(before)) / messages; kept > most {
		t.Errorf("%d bytes are kept of a message, at most %d are expected", kept, most)
	}
	runtime.KeepAlive(run)
}
