package xmlsig

import (
	"runtime"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// What Examine allocates does not depend on how many values a message holds:
// about 25 are for RSA and SHA-256, the others for what is said of the Signature.
func TestExamineAllocations(t *testing.T) {
	const most = 80
	id := newIdentity(t, rsaSigner())
	for _, roles := range sizes() {
		doc := parseTest(t, signTest(t, entra(roles), "_a", id.options()))
		if got := testing.AllocsPerRun(20, func() {
			if Examine(doc, []Key{id.key}, Options{SkipWitness: true})[0].Verified == nil {
				t.Fatal("not verified")
			}
		}); got > most {
			t.Errorf("%d roles: %v allocations, at most %d are wanted", roles, got, most)
		}
	}
}

// A whole check may allocate three times the message, of which Examine takes the
// octets that are digested, once, and about 10,000 bytes beside.
func TestExamineBytes(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	doc := parseTest(t, signTest(t, entra(1200), "_a", id.options()))
	const runs = 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		if Examine(doc, []Key{id.key}, Options{SkipWitness: true})[0].Verified == nil {
			t.Fatal("not verified")
		}
	}
	runtime.ReadMemStats(&after)
	if got, most := int(after.TotalAlloc-before.TotalAlloc)/runs, len(doc.Source())*9/8+12_000; got > most {
		t.Errorf("%d bytes are allocated for a document of %d, at most %d are wanted", got, len(doc.Source()), most)
	}
}

// Canonical form is written once, into one buffer.
func TestCanonicalizeAllocations(t *testing.T) {
	const most = 8
	doc := parseTest(t, entra(1200))
	buffer := make([]byte, 0, 2*len(doc.Source()))
	if got := testing.AllocsPerRun(20, func() {
		if _, err := Canonicalize(buffer, doc.Root(), xmldoc.Element{}, ExclusiveC14N, nil); err != nil {
			t.Fatal(err)
		}
	}); got > most {
		t.Errorf("%v allocations, at most %d are wanted", got, most)
	}
}
