package claims_test

import (
	"runtime"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// spent gives what one call of f allocates, the least of a few turns: what
// tables and pools cost once is left out.
func spent(f func()) (bytes, allocs uint64) {
	f()
	for turn := range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		b, n := after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs
		if turn == 0 || b < bytes {
			bytes = b
		}
		if turn == 0 || n < allocs {
			allocs = n
		}
	}
	return bytes, allocs
}

// A whole check of a message after others allocates at most three times the
// message from 100 roles up, and hardly more things for more roles.
func TestWholeCheckAllocatesLittle(t *testing.T) {
	if raceDetector {
		t.Skip("pools lose things at random under the race detector")
	}
	const times, things = 3, 300
	for _, roles := range []int{100, 1200} {
		text, metadata := captured(t, offering(roles))
		options := claims.Options{Options: saml.Options{Time: samltest.Instant(), SkipWitness: true}}
		bytes, allocs := spent(func() { claims.Check(saml.Decode(text), metadata, options).Release() })
		t.Logf("%d roles: %d bytes of base64, %d allocated (%.2f times), %d things", roles, len(text), bytes, float64(bytes)/float64(len(text)), allocs)
		if bytes > uint64(times*len(text)) || allocs > things {
			t.Errorf("%d roles: %d bytes in %d things are allocated for %d of base64, at most %d times as many and %d things are expected", roles, bytes, allocs, len(text), times, things)
		}
	}
}

// Thousands of messages leave nothing behind.
func TestManyChecksLeaveTheHeapFlat(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("5,000 checks take a second or two, and many under the race detector")
	}
	text, metadata := captured(t, offering(10))
	options := claims.Options{Options: saml.Options{Time: samltest.Instant(), SkipWitness: true}}
	heap := func() uint64 {
		runtime.GC()
		runtime.GC() // pools give up what they hold after two
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	check := func(n int) {
		for range n {
			if r := claims.Check(saml.Decode(text), metadata, options); !r.SAML.Verified {
				t.Fatal(r.Findings)
			}
		}
	}
	check(100)
	before := heap()
	check(5000)
	if after := heap(); after > before+256<<10 {
		t.Errorf("after 5,000 checks the heap has %d bytes, %d before", after, before)
	}
}
