package xmldoc

import (
	"net/url"
	"strings"
)

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
	if i := strings.IndexByte(s.src[start:], '<'); i >= 0 {
		return s.malformed(start+i, "\"<\" stands in an attribute value")
	}
	return s.truncated("the document ends inside an attribute value")
}

// prefix gives the length of the prefix of a qualified name.
func (s *scanner) prefix(start int, qname string) (int32, *Error) {
	i := strings.IndexByte(qname, ':')
	if i < 0 {
		return 0, nil
	}
	if i == 0 || !IsNCName(qname[i+1:]) {
		return 0, s.malformed(start, "%s is no name with a prefix", quote(qname))
	}
	return int32(i), nil
}

// declare enters a namespace declaration (Namespaces in XML 1.0, section 3).
func (s *scanner) declare(n *node, qname string, a attr) *Error {
	at := int(a.start)
	prefix := strings.TrimPrefix(strings.TrimPrefix(qname, "xmlns"), ":")
	uri := Attr{&Document{src: s.src, attrs: []attr{a}}, 0}.Value()
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
	s.d.decls = append(s.d.decls, decl{prefix: prefix, uri: uri, start: a.start})
	n.declN++
	s.scope = append(s.scope, int32(len(s.d.decls)-1))
	if uri != "" && !isAbsoluteURI(uri) {
		s.d.relative = append(s.d.relative, int32(len(s.d.decls)-1))
	}
	allowed := 4*(int(s.d.elements)+1) + s.lim.DeclarationBase
	switch {
	case int(n.declN) > s.lim.Declarations:
		return s.tooMuch(at, "declarations", int(n.declN), s.lim.Declarations)
	case len(s.scope) > s.lim.InScope:
		return s.tooMuch(at, "declarations-in-scope", len(s.scope), s.lim.InScope)
	case len(s.d.decls) > allowed:
		return s.tooMuch(at, "declarations-in-document", len(s.d.decls), allowed)
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

// isAbsoluteURI reports whether s is an absolute URI of the characters of
// RFC 3986.
func isAbsoluteURI(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	u, err := url.Parse(s)
	return err == nil && u.IsAbs()
}

// bind gives the element and its attributes their namespace names and checks
// that no two attributes have the same expanded name.
func (s *scanner) bind(n *node) *Error {
	qname := s.src[n.start+1 : n.start+1+n.name]
	var err *Error
	if n.prefix, err = s.prefix(int(n.start)+1, qname); err != nil {
		return err
	}
	if n.space, err = s.lookup(int(n.start)+1, qname[:n.prefix]); err != nil {
		return err
	}
	attrs := s.d.attrs[n.attr:]
	for i := range attrs {
		if err := s.bindAttr(attrs, i); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) bindAttr(attrs []attr, i int) (err *Error) {
	a := &attrs[i]
	qname := s.src[a.start:a.nameEnd]
	if a.prefix > 0 {
		if a.space, err = s.lookup(int(a.start), qname[:a.prefix]); err != nil {
			return err
		}
	}
	name := local(qname, a.prefix)
	for j := range attrs[:i] {
		b := &attrs[j]
		if b.space == a.space && local(s.src[b.start:b.nameEnd], b.prefix) == name {
			return s.malformed(int(a.start), "the attribute %s stands twice in one tag", quote(qname))
		}
	}
	return nil
}

// lookup gives the namespace name that a prefix is bound to.
func (s *scanner) lookup(at int, prefix string) (string, *Error) {
	if prefix == "xml" {
		return XMLSpace, nil
	}
	for i := len(s.scope) - 1; i >= 0; i-- {
		if d := &s.d.decls[s.scope[i]]; d.prefix == prefix {
			return d.uri, nil
		}
	}
	if prefix != "" {
		return "", s.malformed(at, "the prefix %s is not declared", quote(prefix))
	}
	return "", nil
}

// endTag reads an end tag and closes the element that is open.
func (s *scanner) endTag() *Error {
	start := s.pos
	if len(s.open) == 0 {
		return s.malformed(start, "an end tag stands where no element is open")
	}
	o := s.open[len(s.open)-1]
	n := &s.d.nodes[o.node]
	want := s.src[n.start+1 : n.start+1+n.name]
	rest := s.src[start+2:]
	if !strings.HasPrefix(rest, want) {
		if cutShort(rest, want) {
			return s.truncated("the document ends inside an end tag")
		}
		return s.malformed(start, "the end tag of %s is expected", quote(want))
	}
	s.pos = start + 2 + len(want)
	s.skipSpace()
	switch {
	case s.pos == len(s.src):
		return s.truncated("the document ends inside an end tag")
	case s.src[s.pos] != '>':
		return s.malformed(start, "the end tag of %s is expected", quote(want))
	}
	s.pos++
	n.bodyEnd, n.end = int32(start), int32(s.pos)
	s.scope = s.scope[:o.scope]
	s.open = s.open[:len(s.open)-1]
	return nil
}
