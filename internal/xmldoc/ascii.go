package xmldoc

// Most of a message is printable ASCII without markup. It is passed over eight
// bytes at a time: these are the bytes of a word taken together.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// word gives the eight bytes of s from i.
func word(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// isASCII reports whether s is ASCII.
func isASCII(s string) bool {
	for len(s) >= 32 {
		if (word(s, 0)|word(s, 8)|word(s, 16)|word(s, 24))&highs != 0 {
			return false
		}
		s = s[32:]
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// calmWords gives the length of a run of calm bytes at the start of s, counted
// in words: what follows the run may be calm too.
func calmWords(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if restless(word(s, i)) != 0 {
			return i
		}
	}
	// The last bytes are looked at together with some before them again.
	if i > 0 && restless(word(s, len(s)-8)) == 0 {
		return len(s)
	}
	return i
}

// restless gives zero if every byte of w is calm: no control character, not
// beyond ASCII, not "&", "<" or ">". In (x-ones)&^x the high bit of the lowest
// zero byte of x is set, and no high bit if there is none.
func restless(w uint64) uint64 {
	control := (w - ' '*ones) &^ w
	reference := w ^ '&'*ones
	markup := (w | 2*ones) ^ '>'*ones // "<" and ">" differ in that bit alone
	return (w | control | (reference-ones)&^reference | (markup-ones)&^markup) & highs
}
