package claims

import (
	"iter"
	"slices"
)

// readRoles reads the values of the Role attributes.
func (f *facts) readRoles() {
	n := 0
	for _, a := range f.named[nameRole] {
		n += len(a.Values)
	}
	if n == 0 {
		return
	}
	f.memory = memories.Get().(*memory)
	f.roles, f.pairs = slices.Grow(f.memory.roles, n), make([]Role, 0, n)
	known, last := newPairIndex(f.memory.slotsFor(n)), &likeness{}
	for _, a := range f.named[nameRole] {
		for i := range a.Values {
			f.roles = append(f.roles, roleValue{Value: &a.Values[i]})
			v := &f.roles[len(f.roles)-1]
			if pair, ok := v.read(last); ok {
				f.offer(v, pair, known)
			}
		}
	}
}

// offer adds the pair of a value to those of the response, unless the very same
// stands there already.
func (f *facts) offer(v *roleValue, pair Role, known *pairIndex) {
	f.pairs = append(f.pairs, pair)
	last := len(f.pairs) - 1
	v.pair = &f.pairs[last]
	if v.twin, v.again = known.add(f.roles); v.again {
		own := f.pairs[last]
		v.pair, f.pairs = &own, f.pairs[:last]
	}
}

// offered gives the pairs that the response offers; nil where there is none.
func (f *facts) offered() []Role {
	if len(f.pairs) == 0 {
		return nil
	}
	return f.pairs
}

// usable gives the values that are sound pairs.
func (f *facts) usable() iter.Seq[*roleValue] {
	return func(yield func(*roleValue) bool) {
		for i := range f.roles {
			if v := &f.roles[i]; v.pair != nil && !yield(v) {
				return
			}
		}
	}
}
