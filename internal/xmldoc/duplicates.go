package xmldoc

import "hash/maphash"

// fewAttrs is how many attributes are compared each with each: more than a
// message has on one element.
const fewAttrs = 8

// met finds attributes by their expanded names. Its seed is nobody's to guess,
// so that no names collide by design.
type met struct {
	seed  maphash.Seed
	slots [1024]uint16 // 1 + the place among the attributes of the tag; 0: free
}

// noneTwice checks that no two attributes of a tag have the same expanded name.
func (s *scanner) noneTwice(attrs []attr) *Error {
	if len(attrs) > fewAttrs && len(attrs) <= len(met{}.slots)/2 {
		return s.noneMet(attrs)
	}
	for i := range attrs {
		for j := range attrs[:i] {
			if s.sameName(&attrs[i], &attrs[j]) {
				return s.twice(&attrs[i], &attrs[j])
			}
		}
	}
	return nil
}

// noneMet is noneTwice in time that grows with the number of attributes.
func (s *scanner) noneMet(attrs []attr) *Error {
	if s.met == nil {
		s.met = &met{seed: maphash.MakeSeed()}
	}
	clear(s.met.slots[:])
	for i := range attrs {
		a := &attrs[i]
		at := maphash.String(s.met.seed, local(s.attrName(a), a.prefix)) + uint64(s.d.decls[a.space].alike)
		for ; ; at++ {
			slot := &s.met.slots[at%uint64(len(s.met.slots))]
			if *slot == 0 {
				*slot = uint16(i + 1)
				break
			}
			if b := &attrs[*slot-1]; s.sameName(a, b) {
				return s.twice(a, b)
			}
		}
	}
	return nil
}

// sameName tells whether two attributes of a tag have one expanded name.
func (s *scanner) sameName(a, b *attr) bool {
	return s.d.decls[a.space].alike == s.d.decls[b.space].alike && local(s.attrName(a), a.prefix) == local(s.attrName(b), b.prefix)
}

// twice says that an attribute stands in a tag that has it already, and how
// the first one is written, if it is written otherwise.
func (s *scanner) twice(second, first *attr) *Error {
	written := ""
	if name := s.attrName(first); name != s.attrName(second) {
		written = ", first written " + quote(name)
	}
	return s.malformed(int(second.start), "the attribute %s stands twice in one tag%s", quote(s.attrName(second)), written)
}

// alike gives the outermost declaration in scope that has this namespace name,
// or where there is none the one that is entered next: what is declared once
// is compared by its number from then on, however long it is.
func (s *scanner) alike(uri string) int32 {
	if uri == "" {
		return noSpace
	}
	for _, d := range s.scope {
		if s.d.decls[d].uri == uri {
			return s.d.decls[d].alike
		}
	}
	return int32(len(s.d.decls))
}
