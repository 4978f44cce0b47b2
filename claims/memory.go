package claims

import (
	"slices"
	"sync"
)

// A memory is what the judging of a message needs for its roles and no report
// keeps: the next message can use it.
type memory struct {
	roles []roleValue // empty
	slots []slot
}

var memories = sync.Pool{New: func() any { return new(memory) }}

// slotsFor gives the free slots of a pairIndex for so many values.
func (m *memory) slotsFor(values int) []slot {
	size := 8
	for size < values+values/2 {
		size *= 2
	}
	m.slots = slices.Grow(m.slots[:0], size)[:size]
	clear(m.slots)
	return m.slots
}

// release gives the memory back once the message is judged.
func (f *facts) release() {
	m := f.memory
	if m == nil {
		return
	}
	clear(f.roles)
	m.roles, f.memory, f.roles = f.roles[:0], nil, nil
	memories.Put(m)
}
