package claims

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"strings"
)

// A pairIndex finds pairs that are the same, letter case aside. It is a table
// of numbers of values with open addressing: thousands of pairs need no memory
// of their own for that.
type pairIndex struct {
	slots     []slot
	seed      maphash.Seed
	provider  string // of the last pair, which most often is that of the next
	hashed    uint64 // its hash
	spellings map[[2]string]bool
	buffer    []byte
}

// A slot is the number of a value, from 1, with the upper half of the hash of its
// pair, by which most others are told from it; 0 where it is free.
type slot uint64

const numberBits = 32

func slotOf(hash uint64, number int) slot { return slot(hash>>numberBits<<numberBits | uint64(number)) }

func (s slot) number() int32          { return int32(s) }
func (s slot) mayBe(hash uint64) bool { return uint64(s)>>numberBits == hash>>numberBits }

func newPairIndex(slots []slot) *pairIndex {
	return &pairIndex{slots: slots, seed: maphash.MakeSeed()}
}

// add adds the pair of the last of the values. It gives the number of the first
// value with this pair in whatever letter case, 0 for none, and whether the very
// same pair was there before.
func (x *pairIndex) add(values []roleValue) (twin int32, again bool) {
	pair := values[len(values)-1].pair
	hash, mask := x.hash(pair), uint64(len(x.slots)-1)
	for at := hash & mask; ; at = (at + 1) & mask {
		s := x.slots[at]
		if s == 0 {
			x.slots[at] = slotOf(hash, len(values))
			return 0, false
		}
		if !s.mayBe(hash) {
			continue
		}
		if first := values[s.number()-1].pair; strings.EqualFold(first.Role, pair.Role) && strings.EqualFold(first.Provider, pair.Provider) {
			return s.number(), x.spelt(first, pair)
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
	const lower, word = 'a' - 'A', 8
	b := append(x.buffer[:0], text...)
	i := 0
	for ; i+word <= len(b); i += word {
		binary.NativeEndian.PutUint64(b[i:], binary.NativeEndian.Uint64(b[i:])|lower*0x0101010101010101)
	}
	for ; i < len(b); i++ {
		b[i] |= lower
	}
	x.buffer = b
	return maphash.Bytes(x.seed, b)
}
