package xmldoc

import (
	"slices"
	"sync"
)

// A memory is what the lists of a document and of its scanner take.
type memory struct {
	nodes    []node
	elements []element
	attrs    []attr
	decls    []decl
	open     []open
	scope    []int32
}

var memories = sync.Pool{New: func() any { return new(memory) }}

// Release gives the memory of the document's lists to documents that are parsed
// later. Neither the document nor anything in it may be used afterwards: it has
// no elements any more, and what is asked of one that it had panics, so that it
// never tells of another document.
// Strings that were read from it stay as they are. It may be called once more
// without harm, but not while the document is in use.
func (d *Document) Release() {
	m := d.memory
	if m == nil {
		return
	}
	m.nodes, m.elements, m.attrs, m.decls = d.nodes, d.elements, d.attrs, d.decls
	d.memory, d.nodes, d.elements, d.attrs, d.decls, d.relative = nil, nil, nil, nil, nil, nil
	clear(m.decls) // they keep the source
	memories.Put(m)
}

// room gives an empty list with room for n, in the memory of an older one where
// that is enough.
func room[T any](old []T, n int) []T { return slices.Grow(old[:0], n) }
