package main

import (
	"flag"
	"io"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// soak is for a run of hours: go test ./cmd/samlcheck -run Soak -soak 1000000 -timeout 0
var soak = flag.Int("soak", 0, "how many messages TestSoak checks; 0 for some hundred")

// TestSoak checks messages of every kind one after the other in one process: good
// ones, everything that the test identity provider can break, and hostile texts.
// Neither memory nor goroutines nor open files grow.
func TestSoak(t *testing.T) {
	total := *soak
	if total == 0 {
		total = 800
	}
	captures := soakMessages(t)
	tool := newTool(nil, io.Discard, io.Discard)
	checkers := soakCheckers(t, tool)
	run := func(from, to int) {
		for i := from; i < to; i++ {
			c := checkers[i%len(checkers)]
			c.take(c.input(batch.Input{Name: "soak", Data: captures[i%len(captures)], Read: true}))
		}
	}
	warm := min(total/2, 20_000) // buffers and tables are filled
	run(0, warm)
	before := footprintNow()
	start := time.Now()
	run(warm, total)
	after := footprintNow()
	runtime.KeepAlive(captures)
	runtime.KeepAlive(checkers)
	t.Logf("%d messages of %d kinds, %.0f a second; heap %d KiB, then %d KiB; %d and %d goroutines; %d and %d open files", total, len(captures),
		float64(total-warm)/time.Since(start).Seconds(), before.heap>>10, after.heap>>10, before.goroutines, after.goroutines, before.files, after.files)
	if after.heap > before.heap+2<<20 {
		t.Errorf("the heap grows from %d to %d bytes", before.heap, after.heap)
	}
	if after.goroutines > before.goroutines || after.files > before.files {
		t.Errorf("%+v becomes %+v", before, after)
	}
}

// A footprint is what a process holds.
type footprint struct {
	heap              uint64
	goroutines, files int
}

func footprintNow() footprint {
	runtime.GC()
	runtime.GC() // what finalizers let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd") // elsewhere none are seen
	return footprint{m.HeapAlloc, runtime.NumGoroutine(), len(files)}
}

// soakCheckers give checkers of every kind that can run without end; most of them
// leave the second verifier out.
func soakCheckers(t *testing.T, tool *tool) []*checker {
	t.Helper()
	data, err := samltest.Login{}.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []*checker
	for i, format := range []string{"text", "json", "text", "json", "text"} {
		s := &settings{shown: shown{at: moment{time: samltest.Instant().Add(time.Minute)}, profile: saml.ProfileAWS, format: format, style: render.Style{Colour: i == 2}, failOn: saml.Error},
			options: claims.Options{Options: saml.Options{Profile: saml.ProfileAWS, SkipWitness: i > 0}}}
		c := &checker{tool: tool, settings: s, metadata: metadata}
		if i == 4 {
			c.profile, c.options.Profile, c.metadata = saml.ProfileSAML, saml.ProfileSAML, nil
		}
		out = append(out, c)
	}
	return out
}

// soakMessages are good and broken responses of every product, and hostile texts;
// how many there are has no factor in common with how many checkers there are.
func soakMessages(t *testing.T) [][]byte {
	t.Helper()
	var out [][]byte
	for _, p := range samltest.Products() {
		for _, names := range append(mutationNames(), nil) {
			response, err := samltest.Login{Product: p, Mutations: names}.Response()
			if err != nil {
				continue // the product's response has not what the mutation changes
			}
			out = append(out, []byte(response.Base64()))
		}
	}
	for _, s := range hostile() {
		out = append(out, []byte(s), []byte("<Response>"+s+"</Response>"))
	}
	for len(out)%5 == 0 {
		out = append(out, []byte("SAMLResponse=PHNhbWxw"))
	}
	if len(out) < 300 {
		t.Fatalf("only %d messages", len(out))
	}
	return out
}

func mutationNames() [][]string {
	var out [][]string
	for _, m := range samltest.Mutations() {
		out = append(out, []string{m.Name})
	}
	return out
}
