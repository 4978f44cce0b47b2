package xmlsig

import (
	"cmp"
	"slices"
	"strings"
)

// sortAttributes puts attributes into canonical order: by namespace name, those
// without one first, and then by local name. Names are looked up once for each
// attribute, and mostly told apart by their first octets.
func sortAttributes(attrs []attribute) {
	for i := range attrs {
		a := &attrs[i]
		a.space, a.local = a.Space(), a.Local()
		a.start = start(a.local)
	}
	if !slices.IsSortedFunc(attrs, canonicalOrder) {
		slices.SortFunc(attrs, canonicalOrder)
	}
}

func canonicalOrder(a, b attribute) int {
	if a.space != b.space {
		return strings.Compare(a.space, b.space)
	}
	if a.start != b.start {
		return cmp.Compare(a.start, b.start)
	}
	return strings.Compare(a.local, b.local)
}

// start gives the first eight octets of a text as a number: texts whose numbers
// differ are in the order of these.
func start(text string) (n uint64) {
	for i := range 8 {
		n <<= 8
		if i < len(text) {
			n |= uint64(text[i])
		}
	}
	return n
}
