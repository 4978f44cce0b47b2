package xmldoc

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Path gives the place of the element as steps of local names from the root,
// numbered (from 1, among siblings of that local name) where there are several.
// In a document that stands in the place of an element, the steps of that
// element's parent come first.
func (e Element) Path() string {
	if !e.Present() {
		return ""
	}
	steps := make([]string, 0, 48) // innermost first
	for ; e.Present(); e = e.above() {
		steps = append(steps, e.ordinal(), e.Local(), "/")
	}
	slices.Reverse(steps)
	return strings.Join(steps, "")
}

// above gives the parent, and of the root that of the element in whose place
// the document stands.
func (e Element) above() Element {
	if p := e.Parent(); p.Present() {
		return p
	}
	return e.d.origin.Parent()
}

// ordinal gives the number of the element among its siblings of that local name
// as a path writes it; nothing where it is the only one.
func (e Element) ordinal() string {
	n := e.d.places.ordinals.of(e)
	if n == 0 {
		return ""
	}
	return "[" + strconv.Itoa(n) + "]"
}

// ordinals numbers elements among their siblings of the same local name. For a
// few paths it walks over siblings. Once such walks have come to as many steps
// as the document has elements, all are numbered, so that a path for each of
// many siblings does not cost the square of their number.
type ordinals struct {
	walked  atomic.Int64
	once    sync.Once
	numbers []int32 // by the number of the element; 0 where there is no other
}

func (o *ordinals) of(e Element) int {
	if o.walked.Load() < int64(len(e.d.elements)) {
		n, steps := e.walk()
		o.walked.Add(int64(steps))
		return n
	}
	o.once.Do(func() { o.numbers = e.d.numbered() })
	return int(o.numbers[e.Number()])
}

// walk numbers one element, and tells how many siblings it looked at.
func (e Element) walk() (ordinal, steps int) {
	n, name := 0, e.Local()
	for c := range e.Parent().Children() {
		steps++
		if c.Local() != name {
			continue
		}
		n++
		if c.i == e.i {
			ordinal = n
		}
		if ordinal != 0 && n > 1 {
			return ordinal, steps
		}
	}
	return 0, steps
}

// numbered numbers all elements.
func (d *Document) numbered() []int32 {
	type siblings struct {
		parent int32
		name   string
	}
	numbers := make([]int32, len(d.elements))
	last := make(map[siblings]int32)
	for i := range numbers {
		e := d.Element(i)
		alike := siblings{e.at().parent, e.Local()}
		if before, found := last[alike]; found {
			numbers[before] = max(numbers[before], 1)
			numbers[i] = numbers[before] + 1
		}
		last[alike] = int32(i)
	}
	return numbers
}
