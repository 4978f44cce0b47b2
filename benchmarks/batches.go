package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/samlcheck/samlcheck/benchmarks/contest"
	"github.com/samlcheck/samlcheck/benchmarks/material"
	"github.com/samlcheck/samlcheck/benchmarks/peers/line"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// The bounds on batches.
const (
	leastSpeedUp   = 1.8  // on two cores
	mostAllocation = 3.0  // times the message
	mostGrowth     = 1.05 // of the heap, from the early mark to the late one
	distinct       = 2_000
	early, late    = 10_000, 100_000
)

// batches measures what many messages take.
func batches(o options) error {
	b, err := newBatch(distinct, 10)
	if err != nil {
		return err
	}
	fmt.Print("## Batches\n\n")
	return errors.Join(b.speedUp(o.rounds), allocation(), b.growth())
}

// batch holds messages that are held against one metadata.
type batch struct {
	messages [][]byte
	metadata *saml.Metadata
	options  claims.Options
}

// newBatch makes messages that differ in who signs in.
func newBatch(count, roles int) (*batch, error) {
	source, err := material.Login(1).Metadata()
	if err != nil {
		return nil, err
	}
	b := &batch{options: claims.Options{Options: saml.Options{Time: material.Instant(), SkipWitness: true}}}
	if b.metadata, err = saml.ParseMetadata(source); err != nil {
		return nil, err
	}
	for i := range count {
		login := material.Login(roles)
		login.NameID = fmt.Sprintf("user-%05d@example.com", i)
		response, err := login.Response()
		if err != nil {
			return nil, err
		}
		b.messages = append(b.messages, []byte(response.Base64()))
	}
	return b, nil
}

// check judges a message and forgets the report, and tells whether it is proved.
func (b *batch) check(i int) bool {
	report := claims.Check(saml.Decode(b.messages[i%len(b.messages)]), b.metadata, b.options)
	defer report.Release()
	return report.SAML.Verified
}

var errRefused = errors.New("a genuine message is refused")

// run lets this many workers, on as many cores, judge each message once.
func (b *batch) run(workers int) (wall, computed time.Duration, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	runtime.GC()
	var next atomic.Int64
	var refused atomic.Bool
	var done sync.WaitGroup
	before, start := line.Computed(), time.Now()
	for range workers {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(b.messages); i = int(next.Add(1)) - 1 {
				if !b.check(i) {
					refused.Store(true)
				}
			}
		})
	}
	done.Wait()
	if refused.Load() {
		err = errRefused
	}
	return time.Since(start), line.Computed() - before, err
}

// speedUp compares two cores with one. The share of the cores that was had
// tells how far the time that passed can be relied on: where others compute
// too, it is not 1.00, and what counts is how much more was computed in all.
func (b *batch) speedUp(rounds int) error {
	type pair struct{ speed, work, share float64 }
	var pairs []pair
	for range rounds {
		one, oneComputed, err := b.run(1)
		if err != nil {
			return err
		}
		two, twoComputed, err := b.run(2)
		if err != nil {
			return err
		}
		pairs = append(pairs, pair{ratio(one, two), 2 * ratio(oneComputed, twoComputed), ratio(twoComputed, two) / 2})
	}
	speed := contest.Median(pairs, func(p pair) float64 { return p.speed })
	work := contest.Median(pairs, func(p pair) float64 { return p.work })
	share := contest.Median(pairs, func(p pair) float64 { return p.share })
	fmt.Printf("- %d distinct messages of 10 roles on two cores against one, median of %d rounds: %.2f times as fast (at least %.1f: %s); by the work in all, %.2f were possible; %.0f %% of both cores were had\n",
		len(b.messages), rounds, speed, leastSpeedUp, verdict(speed >= leastSpeedUp), work, 100*share)
	return nil
}

// allocation tells what checks allocate at each size.
func allocation() error {
	var found []string
	holds := true
	for _, roles := range material.Sizes() {
		r, err := allocatedFor(roles)
		if err != nil {
			return err
		}
		holds = holds && (roles < 100 || r <= mostAllocation)
		found = append(found, fmt.Sprintf("%.2f", r))
	}
	fmt.Printf("- octets allocated for one of the message in base64, `SkipWitness`, at 10 / 100 / 1200 roles: %s (at most %.0f from 100 roles up: %s)\n",
		strings.Join(found, " / "), mostAllocation, verdict(holds))
	return nil
}

// allocatedFor gives the octets that one check allocates for each octet of a
// message with this many roles.
func allocatedFor(roles int) (float64, error) {
	b, err := newBatch(1, roles)
	if err != nil {
		return 0, err
	}
	if !b.check(0) {
		return 0, errRefused
	}
	const times = 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		b.check(0)
	}
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / times / float64(len(b.messages[0])), nil
}

// growth compares the heap after many messages with that after few.
func (b *batch) growth() error {
	var marks [2]uint64
	done := 0
	for mark, until := range []int{early, late} {
		for ; done < until; done++ {
			if !b.check(done) {
				return errRefused
			}
		}
		runtime.GC()
		runtime.GC() // what a pool held is let go at the second one
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		marks[mark] = now.HeapAlloc
	}
	grown := float64(marks[1]) / float64(marks[0])
	fmt.Printf("- heap after %d messages %.2f MB, after %d %.2f MB: %.3f times (at most %.2f: %s)\n\n",
		early, float64(marks[0])/1e6, late, float64(marks[1])/1e6, grown, mostGrowth, verdict(grown <= mostGrowth))
	return nil
}
