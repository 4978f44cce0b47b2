package saml

import (
	"slices"
	"sync"
)

// A scratch is memory for what a layer of base64 stood for. Most often that is
// the document, which is copied out of it, so that the next message can use it.
// It holds what may be a live credential: it is wiped before.
type scratch struct{ bytes []byte }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// room gives room for n bytes: once for a message that memory, which a second
// layer, that reads from the first, must not share.
func (d *decoder) room(n int) []byte {
	if d.scratch != nil {
		return make([]byte, n)
	}
	d.scratch = scratches.Get().(*scratch)
	d.scratch.bytes = slices.Grow(d.scratch.bytes[:0], n)[:n]
	return d.scratch.bytes
}

// free gives the memory back, once nothing that was read from it is kept but in
// copies.
func (s *scratch) free() {
	if s == nil {
		return
	}
	clear(s.bytes)
	scratches.Put(s)
}
