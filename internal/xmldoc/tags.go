package xmldoc

import "strings"

// startTag reads a start tag or an empty-element tag.
func (s *scanner) startTag() *Error {
	start := s.pos
	qname, err := s.name(start+1, len(s.src))
	if err != nil {
		return err
	}
	if err := s.mayOpen(start, qname); err != nil {
		return err
	}
	outer := len(s.scope)
	n := node{kind: ElementNode, start: int32(start), name: int32(len(qname)), elem: s.d.elements,
		attr: int32(len(s.d.attrs)), decl: int32(len(s.d.decls))}
	s.pos = start + 1 + len(qname)
	closed, err := s.attributes(&n)
	if err != nil {
		return err
	}
	n.body, n.bodyEnd, n.end, n.selfClosing = int32(s.pos), int32(s.pos), int32(s.pos), closed
	if err := s.bind(&n); err != nil {
		return err
	}
	s.d.elements++
	i := int32(len(s.d.nodes))
	s.add(n)
	if s.d.root == 0 {
		s.d.root = i
	}
	if closed {
		s.scope = s.scope[:outer]
		return nil
	}
	s.open = append(s.open, open{node: i, scope: outer})
	return nil
}

// mayOpen checks what can be said of an element before its attributes.
func (s *scanner) mayOpen(start int, qname string) *Error {
	switch {
	case len(s.open) == 0 && s.d.root != 0:
		return s.malformed(start, "a second root element, %s, stands here", quote(qname))
	case len(s.open) >= s.lim.Depth:
		return s.tooMuch(start, "depth", len(s.open)+1, s.lim.Depth)
	case int(s.d.elements) >= s.lim.Elements:
		return s.tooMuch(start, "elements", int(s.d.elements)+1, s.lim.Elements)
	}
	return nil
}

// attributes reads the rest of a start tag and reports whether it closes the
// element too.
func (s *scanner) attributes(n *node) (closed bool, err *Error) {
	for {
		space := s.skipSpace()
		rest := s.src[s.pos:]
		switch {
		case rest == "" || rest == "/":
			return false, s.truncated("the document ends inside a start tag")
		case rest[0] == '>':
			s.pos++
			return false, nil
		case rest[0] == '/' && rest[1] == '>':
			s.pos += 2
			return true, nil
		case !space:
			return false, s.malformed(s.pos, "white space is missing before %s", quote(firstRune(rest)))
		}
		if err := s.attribute(n); err != nil {
			return false, err
		}
	}
}

func (s *scanner) skipSpace() bool {
	start := s.pos
	for s.pos < len(s.src) && isSpace(s.src[s.pos]) {
		s.pos++
	}
	return s.pos > start
}

// attribute reads one attribute or namespace declaration.
func (s *scanner) attribute(n *node) *Error {
	start := s.pos
	qname, err := s.name(start, len(s.src))
	if err != nil {
		return err
	}
	s.pos += len(qname)
	a := attr{start: int32(start), nameEnd: int32(s.pos)}
	if err := s.value(&a); err != nil {
		return err
	}
	if qname == "xmlns" || strings.HasPrefix(qname, "xmlns:") {
		return s.declare(n, qname, a)
	}
	if a.prefix, err = s.prefix(start, qname); err != nil {
		return err
	}
	n.attrN++
	if int(n.attrN) > s.lim.Attributes {
		return s.tooMuch(start, "attributes", int(n.attrN), s.lim.Attributes)
	}
	s.d.attrs = append(s.d.attrs, a)
	return nil
}

// value reads the equals sign and the quoted value of an attribute.
func (s *scanner) value(a *attr) *Error {
	s.skipSpace()
	if s.pos == len(s.src) {
		return s.truncated("the document ends inside a start tag")
	}
	if s.src[s.pos] != '=' {
		return s.malformed(s.pos, "the attribute %s has no value", quote(s.src[a.start:a.nameEnd]))
	}
	s.pos++
	s.skipSpace()
	if s.pos == len(s.src) {
		return s.truncated("the document ends inside a start tag")
	}
	q := s.src[s.pos]
	if q != '"' && q != '\'' {
		return s.malformed(s.pos, "the value of the attribute %s is not quoted", quote(s.src[a.start:a.nameEnd]))
	}
	start := s.pos + 1
	length := strings.IndexByte(s.src[start:], q)
	if length < 0 {
		return s.unclosedValue(start)
	}
	if length > s.lim.ValueBytes {
		return s.tooMuch(start, "value", length, s.lim.ValueBytes)
	}
	plain, err := s.chars(start, start+length, true)
	if err != nil {
		return err
	}
	a.value, a.valueEnd, a.plain = int32(start), int32(start+length), plain
	s.pos = start + length + 1
	return nil
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
	want := s.src[n.start+1 : n.start+1+n.name]
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
	s.pos++
	n.bodyEnd, n.end = int32(start), int32(s.pos)
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
