package exponents

import (
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

// Allocated is what Measure prints for each work, as a line of JSON.
type Allocated struct {
	Construct string
	N         int
	Witness   bool
	Bytes     uint64
}

// Measure does each work that is read once, between a call of Begin and one of
// End, by which an instruction counter that watches this process knows what to
// count. No garbage is collected meanwhile.
func Measure(in io.Reader, out io.Writer) error {
	var works []Work
	if err := gob.NewDecoder(in).Decode(&works); err != nil || len(works) == 0 {
		return err
	}
	debug.SetGCPercent(-1)
	// What is made once, at the first message, is no matter of size.
	first, err := works[0].prepared()
	if err != nil {
		return err
	}
	if err := first(); err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	for _, w := range works {
		do, err := w.prepared()
		if err != nil {
			return err
		}
		// Twice, so that pools are empty: what others have left in them would count.
		runtime.GC()
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Begin()
		err = do()
		End()
		if err != nil {
			return fmt.Errorf("%s, %d: %w", w.Construct, w.N, err)
		}
		runtime.ReadMemStats(&after)
		if err := encoder.Encode(Allocated{w.Construct, w.N, w.Witness, after.TotalAlloc - before.TotalAlloc}); err != nil {
			return err
		}
	}
	return nil
}

// Begin marks where the counting starts.
//
//go:noinline
func Begin() { runtime.KeepAlive(nil) }

// End marks where it ends.
//
//go:noinline
func End() { runtime.KeepAlive(nil) }
