package xmldoc

import (
	"fmt"
	"strings"
	"testing"
)

// wide is a document of 3n+3 elements: n that bear one name, among as many that
// each bear their own and have a child, and others without siblings.
func wide(n int) (text string, paths []string) {
	var b strings.Builder
	b.WriteString("<r><a><only/></a>")
	paths = []string{"/r", "/r/a", "/r/a/only"}
	for i := range n {
		fmt.Fprintf(&b, "<e/><x:own%d xmlns:x='urn:x'><e/></x:own%[1]d>", i)
		paths = append(paths, fmt.Sprintf("/r/e[%d]", i+1), fmt.Sprintf("/r/own%d", i), fmt.Sprintf("/r/own%d/e", i))
	}
	return b.String() + "</r>", paths
}

// The paths are the same while siblings are walked over and once they are
// numbered, and the walks end when they have come to the size of the document.
func TestPathsOfManySiblings(t *testing.T) {
	text, want := wide(3000)
	limits := MessageLimits()
	limits.DeclarationBase = len(want)
	d, err := Parse([]byte(text), limits)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for i := len(want) - 1; i >= 0; i-- {
			if got := d.Element(i).Path(); got != want[i] {
				t.Fatalf("element %d: found the path %s, expected %s", i, got, want[i])
			}
		}
	}
	if walked := d.places.ordinals.walked.Load(); walked > 2*int64(d.Len()) {
		t.Errorf("%d siblings were walked over in a document of %d elements", walked, d.Len())
	}
}

// A path costs what it is long, however deep the element is.
func TestPathOfADeepElementIsWrittenOnce(t *testing.T) {
	const depth = 1000
	limits := MessageLimits()
	limits.Depth = depth
	d, err := Parse([]byte(strings.Repeat("<e>", depth)+strings.Repeat("</e>", depth)), limits)
	if err != nil {
		t.Fatal(err)
	}
	deepest := d.Element(depth - 1)
	if got, want := deepest.Path(), strings.Repeat("/e", depth); got != want {
		t.Fatalf("found a path of %d bytes, expected %d", len(got), len(want))
	}
	if n := testing.AllocsPerRun(10, func() { _ = deepest.Path() }); n > 12 {
		t.Errorf("a path of %d steps takes %v allocations", depth, n)
	}
}
