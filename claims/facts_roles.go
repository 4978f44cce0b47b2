package claims

import (
	"hash/maphash"
	"iter"
	"math/bits"
	"slices"
	"strings"
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
	known, arns := newPairIndex(f.memory.slotsFor(n)), &arnReader{}
	for _, a := range f.named[nameRole] {
		for i := range a.Values {
			f.roles = append(f.roles, roleValue{Value: &a.Values[i]})
			v := &f.roles[len(f.roles)-1]
			if pair, ok := v.read(arns); ok {
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

// A pairIndex finds pairs that are the same, letter case aside. It is a table
// of numbers of values with open addressing: thousands of pairs need no memory
// of their own for that.
type pairIndex struct {
	slots     []int32 // numbers of values, from 1; 0 where a slot is free
	seed      maphash.Seed
	provider  string // of the last pair, which most often is that of the next
	hashed    uint64 // its hash
	spellings map[[2]string]bool
	buffer    []byte
}

func newPairIndex(slots []int32) *pairIndex {
	return &pairIndex{slots: slots, seed: maphash.MakeSeed()}
}

// add adds the pair of the last of the values. It gives the number of the first
// value with this pair in whatever letter case, 0 for none, and whether the very
// same pair was there before.
func (x *pairIndex) add(values []roleValue) (twin int32, again bool) {
	pair := values[len(values)-1].pair
	mask := uint64(len(x.slots) - 1)
	for at := x.hash(pair) & mask; ; at = (at + 1) & mask {
		number := x.slots[at]
		if number == 0 {
			x.slots[at] = int32(len(values))
			return 0, false
		}
		if first := values[number-1].pair; strings.EqualFold(first.Role, pair.Role) && strings.EqualFold(first.Provider, pair.Provider) {
			return number, x.spelt(first, pair)
		}
	}
}

// spelt reports whether a pair was there before in this very spelling.
func (x *pairIndex) spelt(first, pair *Role) bool {
	if first.Role == pair.Role && first.Provider == pair.Provider {
		return true
	}
	spelling := [2]string{pair.Role, pair.Provider}
	if x.spellings == nil {
		x.spellings = map[[2]string]bool{}
	}
	before := x.spellings[spelling]
	x.spellings[spelling] = true
	return before
}

func (x *pairIndex) hash(pair *Role) uint64 {
	if pair.Provider != x.provider {
		x.provider, x.hashed = pair.Provider, x.hashFolded(pair.Provider)
	}
	return x.hashFolded(pair.Role) ^ bits.RotateLeft64(x.hashed, 1)
}

// hashFolded gives a hash that is the same in any letter case. Some other
// characters are one to it as well.
func (x *pairIndex) hashFolded(text string) uint64 {
	x.buffer = append(slices.Grow(x.buffer[:0], len(text)), text...)
	for i := range x.buffer {
		x.buffer[i] |= 'a' - 'A'
	}
	return maphash.Bytes(x.seed, x.buffer)
}
