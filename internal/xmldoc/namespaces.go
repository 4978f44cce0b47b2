package xmldoc

import "strings"

// prefix gives the length of the prefix of a qualified name.
func (s *scanner) prefix(start int, qname string) (uint16, *Error) {
	i := strings.IndexByte(qname, ':')
	if i < 0 {
		return 0, nil
	}
	if i == 0 || !IsNCName(qname[i+1:]) {
		return 0, s.malformed(start, "%s is no name with a prefix", quote(qname))
	}
	return uint16(i), nil
}

// declare enters a namespace declaration (Namespaces in XML 1.0, section 3).
func (s *scanner) declare(n *element, qname string, a attr) *Error {
	at := int(a.start)
	prefix := strings.TrimPrefix(strings.TrimPrefix(qname, "xmlns"), ":")
	uri := s.src[a.value:a.valueEnd]
	// It is compared, and written into canonical form, at every use.
	if len(uri) > s.lim.NameBytes {
		return s.tooMuch(int(a.value), "name", len(uri), s.lim.NameBytes)
	}
	if !a.plain {
		uri = resolve(uri, true)
	}
	if qname != "xmlns" && !IsNCName(prefix) {
		return s.malformed(at, "%s declares no prefix", quote(qname))
	}
	if reason := badDeclaration(qname, prefix, uri); reason != "" {
		return s.malformed(at, "%s", reason)
	}
	for _, other := range s.d.decls[n.decl:] {
		if other.prefix == prefix {
			return s.malformed(at, "%s stands twice in one tag", quote(qname))
		}
	}
	s.d.decls = append(doubled(s.d.decls), decl{prefix: prefix, uri: known(uri), start: a.start, alike: s.alike(uri)})
	n.declN++
	s.scope = append(s.scope, int32(len(s.d.decls)-1))
	if uri != "" && !isAbsoluteURI(uri) {
		s.d.relative = append(s.d.relative, int32(len(s.d.decls)-1))
	}
	s.declarations++
	allowed := 4*(len(s.d.elements)+1) + s.lim.DeclarationBase
	switch {
	case int(n.declN) > s.lim.Declarations:
		return s.tooMuch(at, "declarations", int(n.declN), s.lim.Declarations)
	case len(s.scope) > s.lim.InScope:
		return s.tooMuch(at, "declarations-in-scope", len(s.scope), s.lim.InScope)
	case s.declarations > allowed:
		return s.tooMuch(at, "declarations-in-document", s.declarations, allowed)
	}
	return nil
}

func badDeclaration(qname, prefix, uri string) string {
	switch {
	case prefix == "xmlns":
		return "the prefix \"xmlns\" cannot be declared"
	case prefix == "xml" && uri != XMLSpace:
		return "the prefix \"xml\" is bound to another namespace than its own"
	case prefix != "xml" && uri == XMLSpace:
		return "the namespace of the prefix \"xml\" is bound by " + quote(qname)
	case uri == XMLNSSpace:
		return "the namespace of the prefix \"xmlns\" is bound by " + quote(qname)
	case qname != "xmlns" && uri == "":
		return quote(qname) + " takes a prefix back, which only XML 1.1 allows"
	}
	return ""
}

// bind gives the element and its attributes their namespace names and checks
// that no two attributes have the same expanded name.
func (s *scanner) bind(start int, qname string, e *element) *Error {
	var err *Error
	if e.prefix, err = s.prefix(start+1, qname); err != nil {
		return err
	}
	if e.space, err = s.lookup(start+1, qname[:e.prefix]); err != nil {
		return err
	}
	attrs := s.d.attrs[e.attr:]
	for i := range attrs {
		a := &attrs[i]
		if a.prefix > 0 {
			if a.space, err = s.lookup(int(a.start), s.attrName(a)[:a.prefix]); err != nil {
				return err
			}
		}
	}
	return s.noneTwice(attrs)
}

func (s *scanner) attrName(a *attr) string { return s.src[a.start : a.start+int32(a.name)] }

// lookup gives the declaration that a prefix is bound by.
func (s *scanner) lookup(at int, prefix string) (int32, *Error) {
	if prefix == "xml" {
		return xmlSpace, nil
	}
	for i := len(s.scope) - 1; i >= 0; i-- {
		if d := s.scope[i]; s.d.decls[d].prefix == prefix {
			return d, nil
		}
	}
	if s.free != nil {
		return s.note(at, prefix)
	}
	if prefix != "" {
		return 0, s.malformed(at, "the prefix %s is not declared", quote(prefix))
	}
	return noSpace, nil
}
