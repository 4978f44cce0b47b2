package xmldoc

import "slices"

// Undeclared gives the prefixes that a text uses and does not declare, each
// once, in the order of their first use; the empty one where an element without
// a prefix stands where no default namespace is declared or taken back. Offset
// is where in the text a declaration of them can be written: behind the name of
// the root. It fails where the text would be refused whatever they are bound to.
func Undeclared(src []byte, limits Limits) (prefixes []string, offset int, err error) {
	s := scanner{lim: limits.clamped(), d: &Document{}, free: &prefixes}
	if err := s.document(string(src)); err != nil {
		err.Line, err.Column = position(s.src, err.Offset)
		return nil, 0, err
	}
	root := s.d.Root()
	return prefixes, len(src) - len(s.src) + root.Offset() + 1 + len(root.QName()), nil
}

// unbound stands for the namespace name of a prefix that is not declared: no
// namespace has this name.
func unbound(prefix string) string { return "\x00" + prefix }

// note remembers a prefix that is not declared, and gives a declaration that
// stands for the one that is missing.
func (s *scanner) note(at int, prefix string) (int32, *Error) {
	i := slices.Index(*s.free, prefix)
	if i < 0 {
		if i = len(*s.free); i == s.lim.InScope {
			return 0, s.tooMuch(at, "declarations-in-scope", i+1, s.lim.InScope)
		}
		*s.free = append(*s.free, prefix)
		own := int32(len(s.d.decls))
		s.unbound = append(s.unbound, own)
		s.d.decls = append(s.d.decls, decl{prefix: prefix, uri: unbound(prefix), alike: own})
	}
	if prefix == "" {
		return noSpace, nil
	}
	return s.unbound[i], nil
}
