package xmldoc

import "strings"

// startTag reads a start tag or an empty-element tag.
func (s *scanner) startTag() *Error {
	start := s.pos
	if s.again(start) {
		return nil
	}
	qname, err := s.name(start+1, len(s.src))
	if err != nil {
		return err
	}
	if err := s.mayOpen(start, qname); err != nil {
		return err
	}
	outer := len(s.scope)
	e := element{name: uint16(len(qname)), attr: int32(len(s.d.attrs)), decl: int32(len(s.d.decls))}
	s.pos = start + 1 + len(qname)
	written, err := s.attributes(&e)
	if err != nil {
		return err
	}
	if err := s.bind(start, qname, &e); err != nil {
		return err
	}
	s.enter(start, outer, e, written)
	return nil
}

// enter adds an element whose start tag ends here and opens it, unless the tag
// closes it too.
func (s *scanner) enter(start, outer int, e element, written form) {
	i := int32(len(s.d.nodes))
	e.node, e.after, e.body = i, i+1, int32(s.pos)
	s.add(ElementNode, written|form(len(s.d.elements))<<numberShift, start, s.pos)
	s.d.elements = append(doubled(s.d.elements), e)
	if s.d.root == 0 {
		s.d.root = i
	}
	if written&selfClosing != 0 {
		s.scope = s.scope[:outer]
		return
	}
	s.open = append(s.open, open{node: i, scope: int32(outer)})
	s.parent = i
}

// again reads a start tag that is written as that of the sibling before, if
// there is nothing but the name in it. It means the same then, and lists of
// values consist of such.
func (s *scanner) again(start int) bool {
	last := len(s.d.elements) - 1
	if last < 1 || last+1 >= s.lim.Elements {
		return false
	}
	e := s.d.elements[last]
	before := s.d.nodes[e.node]
	if before.parent != s.parent || before.form&canonical == 0 || e.attrN > 0 {
		return false
	}
	tag := s.src[before.start:e.body]
	if !strings.HasPrefix(s.src[start:], tag) {
		return false
	}
	s.pos = start + len(tag)
	s.enter(start, len(s.scope), e, canonical)
	return true
}

// mayOpen checks what can be said of an element before its attributes.
func (s *scanner) mayOpen(start int, qname string) *Error {
	switch {
	case len(s.open) == 0 && s.d.root != 0:
		return s.malformed(start, "a second root element, %s, stands here", quote(qname))
	case len(s.open) >= s.lim.Depth:
		return s.tooMuch(start, "depth", len(s.open)+1, s.lim.Depth)
	case len(s.d.elements) >= s.lim.Elements:
		return s.tooMuch(start, "elements", len(s.d.elements)+1, s.lim.Elements)
	}
	return nil
}

// attributes reads the rest of a start tag and tells whether it closes the
// element too, and whether it stands as in canonical form.
func (s *scanner) attributes(e *element) (written form, err *Error) {
	written = canonical
	for {
		from := s.pos
		s.skipSpace()
		rest := s.src[s.pos:]
		switch {
		case rest == "" || rest == "/":
			return 0, s.truncated("the document ends inside a start tag")
		case rest[0] == '>':
			if s.pos > from {
				written = 0
			}
			s.pos++
			return written, nil
		case rest[0] == '/' && rest[1] == '>':
			s.pos += 2
			return selfClosing, nil
		case s.pos == from:
			return 0, s.malformed(s.pos, "white space is missing before %s", quote(firstRune(rest)))
		}
		if s.pos != from+1 || s.src[from] != ' ' {
			written = 0
		}
		asCanonical, err := s.attribute(e)
		if err != nil {
			return 0, err
		}
		written &= asCanonical
	}
}

func (s *scanner) skipSpace() {
	for s.pos < len(s.src) && isSpace(s.src[s.pos]) {
		s.pos++
	}
}

// attribute reads one attribute or namespace declaration and tells whether it
// stands, and in that place, as in canonical form.
func (s *scanner) attribute(e *element) (written form, err *Error) {
	start := s.pos
	qname, err := s.name(start, len(s.src))
	if err != nil {
		return 0, err
	}
	s.pos += len(qname)
	a := attr{start: int32(start), name: uint16(len(qname))}
	if written, err = s.value(&a); err != nil {
		return 0, err
	}
	if qname == "xmlns" || strings.HasPrefix(qname, "xmlns:") {
		return 0, s.declare(e, qname, a)
	}
	if a.prefix, err = s.prefix(start, qname); err != nil {
		return 0, err
	}
	e.attrN++
	if int(e.attrN) > s.lim.Attributes {
		return 0, s.tooMuch(start, "attributes", int(e.attrN), s.lim.Attributes)
	}
	if a.prefix > 0 || e.attrN > 1 && s.attrName(&s.d.attrs[len(s.d.attrs)-1]) > qname {
		written = 0
	}
	s.d.attrs = append(doubled(s.d.attrs), a)
	return written, nil
}

// value reads the equals sign and the quoted value of an attribute, and tells
// whether both stand as in canonical form.
func (s *scanner) value(a *attr) (written form, err *Error) {
	s.skipSpace()
	if s.pos == len(s.src) {
		return 0, s.truncated("the document ends inside a start tag")
	}
	if s.src[s.pos] != '=' {
		return 0, s.malformed(s.pos, "the attribute %s has no value", quote(s.attrName(a)))
	}
	s.pos++
	s.skipSpace()
	if s.pos == len(s.src) {
		return 0, s.truncated("the document ends inside a start tag")
	}
	q := s.src[s.pos]
	if q != '"' && q != '\'' {
		return 0, s.malformed(s.pos, "the value of the attribute %s is not quoted", quote(s.attrName(a)))
	}
	start := s.pos + 1
	length := strings.IndexByte(s.src[start:], q)
	if length < 0 {
		return 0, s.unclosedValue(start)
	}
	if length > s.lim.ValueBytes {
		return 0, s.tooMuch(start, "value", length, s.lim.ValueBytes)
	}
	written, err = s.chars(start, start+length, true)
	if err != nil {
		return 0, err
	}
	a.value, a.valueEnd, a.plain = int32(start), int32(start+length), written&plain != 0
	s.pos = start + length + 1
	if q != '"' || start != int(a.start)+int(a.name)+len(`="`) {
		return 0, nil
	}
	return written & canonical, nil
}

// unclosedValue tells a document that is cut off inside a value from one in
// which a quotation mark is missing.
func (s *scanner) unclosedValue(start int) *Error {
	if _, err := s.chars(start, len(s.src), true); err != nil {
		return err
	}
	return s.truncated("the document ends inside an attribute value")
}

// endTag reads an end tag and closes the element that is open.
func (s *scanner) endTag() *Error {
	start := s.pos
	if len(s.open) == 0 {
		return s.strayEnd(start)
	}
	o := s.open[len(s.open)-1]
	n := &s.d.nodes[o.node]
	e := &s.d.elements[n.form.number()]
	want := s.src[n.start+1 : n.start+1+int32(e.name)]
	rest := s.src[start+2:]
	if !strings.HasPrefix(rest, want) {
		if cutShort(rest, want) {
			return s.truncated("the document ends inside an end tag")
		}
		return s.otherEnd(start, want)
	}
	s.pos = start + 2 + len(want)
	s.skipSpace()
	switch {
	case s.pos == len(s.src):
		return s.truncated("the document ends inside an end tag")
	case s.src[s.pos] != '>':
		return s.otherEnd(start, want)
	}
	if s.pos > start+2+len(want) {
		n.form &^= canonical
	}
	s.pos++
	n.end, e.after = int32(s.pos), int32(len(s.d.nodes))
	s.parent = n.parent
	s.scope = s.scope[:o.scope]
	s.open = s.open[:len(s.open)-1]
	return nil
}

func (s *scanner) strayEnd(start int) *Error {
	if s.d.root == 0 {
		return s.malformed(start, "an end tag stands before the root element")
	}
	return s.malformed(start, "an end tag stands after the root element")
}

func (s *scanner) otherEnd(start int, want string) *Error {
	found := s.src[start+2:]
	if i := strings.IndexAny(found, "<>"); i >= 0 {
		found = found[:i]
	}
	return s.malformed(start, "the end tag of %s is expected, %s is found", quote(want), quote(found))
}
