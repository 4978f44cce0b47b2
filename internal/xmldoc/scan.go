package xmldoc

import (
	"strings"
	"unicode/utf8"
)

// Parse reads a document. The error is always an *Error.
func Parse(src []byte, limits Limits) (*Document, error) {
	s := scanner{lim: limits, d: &Document{places: new(positions)}}
	if err := s.document(src); err != nil {
		err.Line, err.Column = position(s.src, err.Offset)
		return nil, err
	}
	return s.d, nil
}

type scanner struct {
	d      *Document
	src    string
	pos    int
	lim    Limits
	tokens int
	asides int
	open   []open  // elements that are not closed yet
	scope  []int32 // declarations in scope, innermost last
	last   int32   // last node that got the parent of the next one, 0 for none
}

// open is an element whose end tag has not come yet.
type open struct {
	node  int32
	last  int32 // its last child so far
	scope int   // length of scope outside it
}

func (s *scanner) document(src []byte) *Error {
	if len(src) > s.lim.Bytes {
		return s.tooMuch(0, "bytes", len(src), s.lim.Bytes)
	}
	if err := s.encoding(src); err != nil {
		return err
	}
	s.d.src = s.src
	s.d.nodes = append(make([]node, 0, 16+len(src)/64), node{end: int32(len(s.src))})
	if err := s.declaration(); err != nil {
		return err
	}
	for s.pos < len(s.src) {
		if err := s.next(); err != nil {
			return err
		}
	}
	switch {
	case len(s.open) > 0:
		e := Element{Node{s.d, s.open[len(s.open)-1].node}}
		return s.truncated("the document ends inside the element %q", e.QName())
	case s.d.root == 0:
		return s.truncated("the document has no element")
	}
	return nil
}

// next reads one token.
func (s *scanner) next() *Error {
	s.tokens++
	if s.tokens > s.lim.Tokens {
		return s.tooMuch(s.pos, "tokens", s.tokens, s.lim.Tokens)
	}
	rest := s.src[s.pos:]
	switch {
	case rest[0] != '<':
		return s.text()
	case len(rest) == 1:
		return s.truncated("the document ends after \"<\"")
	case rest[1] == '/':
		return s.endTag()
	case rest[1] == '?':
		return s.instruction()
	case rest[1] == '!':
		return s.bang(rest)
	}
	return s.startTag()
}

func (s *scanner) bang(rest string) *Error {
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return s.comment()
	case strings.HasPrefix(rest, "<![CDATA["):
		return s.cdata()
	case strings.HasPrefix(rest, "<!DOCTYPE"):
		return s.refuse(Doctype, s.pos, "a document type declaration stands here; SAML messages have none")
	case cutShort(rest, "<!--"), cutShort(rest, "<![CDATA["), cutShort(rest, "<!DOCTYPE"):
		return s.truncated("the document ends inside markup")
	}
	return s.malformed(s.pos, "\"<!\" starts neither a comment nor a CDATA section")
}

// cutShort reports whether rest is a proper beginning of the mark.
func cutShort(rest, mark string) bool {
	return len(rest) < len(mark) && strings.HasPrefix(mark, rest)
}

// text reads the run of characters up to the next markup.
func (s *scanner) text() *Error {
	start := s.pos
	end := len(s.src)
	if i := strings.IndexByte(s.src[start:], '<'); i >= 0 {
		end = start + i
	}
	if len(s.open) == 0 {
		return s.textOutside(start, end)
	}
	if end-start > s.lim.ValueBytes {
		return s.tooMuch(start, "value", end-start, s.lim.ValueBytes)
	}
	plain, err := s.chars(start, end, false)
	if err != nil {
		return err
	}
	n := s.add(node{kind: TextNode, plain: plain, start: int32(start), end: int32(end)})
	n.body, n.bodyEnd = n.start, n.end
	s.pos = end
	return nil
}

func (s *scanner) textOutside(start, end int) *Error {
	for i := start; i < end; i++ {
		if isSpace(s.src[i]) {
			continue
		}
		if s.d.root == 0 {
			return s.malformed(i, "text stands before the root element")
		}
		return s.malformed(i, "text stands after the root element")
	}
	s.pos = end
	return nil
}

// chars checks the characters of text or of an attribute value and reports
// whether they stand for themselves.
func (s *scanner) chars(start, end int, attribute bool) (plain bool, err *Error) {
	plain = true
	for i := start; i < end; {
		c := s.src[i]
		if asciiText[c] {
			if attribute && (c == '\t' || c == '\n') {
				plain = false
			}
			i++
			continue
		}
		n := 1
		switch {
		case c == '&':
			plain = false
			n, err = s.reference(i, end)
		case c == '\r':
			plain = false
		case c == '<':
			err = s.malformed(i, "\"<\" stands in an attribute value")
		case c == '>' && !attribute && i-start >= 2 && s.src[i-2:i] == "]]":
			err = s.malformed(i-2, "\"]]>\" stands in text")
		case c == '>' || c == '"' || c == '\'':
		default:
			n, err = s.char(i)
		}
		if err != nil {
			return false, err
		}
		i += n
	}
	return plain, nil
}

// char checks one character that is not plain ASCII text.
func (s *scanner) char(i int) (int, *Error) {
	r, n := utf8.DecodeRuneInString(s.src[i:])
	if !isChar(r) {
		return 0, s.malformed(i, "the character U+%04X is not allowed in XML", r)
	}
	return n, nil
}

// reference checks the reference at i and gives its length.
func (s *scanner) reference(i, end int) (int, *Error) {
	semicolon := strings.IndexByte(s.src[i:min(end, i+s.lim.NameBytes+2)], ';')
	if semicolon < 0 {
		if end == len(s.src) {
			return 0, s.truncated("the document ends inside a reference")
		}
		return 0, s.malformed(i, "\"&\" starts no reference; write \"&amp;\"")
	}
	name := s.src[i+1 : i+semicolon]
	switch name {
	case "lt", "gt", "amp", "quot", "apos":
		return semicolon + 1, nil
	}
	if !strings.HasPrefix(name, "#") {
		return 0, s.malformed(i, "the entity %s is not declared", quote(name))
	}
	if _, ok := charReference(name); !ok {
		return 0, s.malformed(i, "the reference %s names no XML character", quote(name))
	}
	return semicolon + 1, nil
}

func (s *scanner) cdata() *Error {
	if len(s.open) == 0 {
		return s.malformed(s.pos, "a CDATA section stands outside the root element")
	}
	body := s.pos + len("<![CDATA[")
	i := strings.Index(s.src[body:], "]]>")
	if i < 0 {
		return s.truncated("the document ends inside a CDATA section")
	}
	if i > s.lim.ValueBytes {
		return s.tooMuch(s.pos, "value", i, s.lim.ValueBytes)
	}
	cr, err := s.plainChars(body, body+i)
	if err != nil {
		return err
	}
	s.add(node{kind: CDATANode, plain: !cr, start: int32(s.pos), end: int32(body + i + 3), body: int32(body), bodyEnd: int32(body + i)})
	s.pos = body + i + 3
	return nil
}

// plainChars checks characters among which markup means nothing, and reports
// whether one of them is a carriage return.
func (s *scanner) plainChars(start, end int) (cr bool, err *Error) {
	for i := start; i < end; {
		n := 1
		switch c := s.src[i]; {
		case c == '\r':
			cr = true
		case c < 0x80 && c >= 0x20 || c == '\n' || c == '\t':
		default:
			if n, err = s.char(i); err != nil {
				return cr, err
			}
		}
		i += n
	}
	return cr, nil
}

func (s *scanner) comment() *Error {
	body := s.pos + len("<!--")
	i := strings.Index(s.src[body:], "--")
	switch {
	case i < 0 || body+i+2 == len(s.src):
		return s.truncated("the document ends inside a comment")
	case s.src[body+i+2] != '>':
		return s.malformed(body+i, "\"--\" stands inside a comment")
	}
	if err := s.aside(); err != nil {
		return err
	}
	if _, err := s.plainChars(body, body+i); err != nil {
		return err
	}
	s.add(node{kind: CommentNode, start: int32(s.pos), end: int32(body + i + 3), body: int32(body), bodyEnd: int32(body + i)})
	s.pos = body + i + 3
	return nil
}

func (s *scanner) instruction() *Error {
	start := s.pos
	i := strings.Index(s.src[start+2:], "?>")
	if i < 0 {
		return s.truncated("the document ends inside a processing instruction")
	}
	end := start + 2 + i
	if err := s.aside(); err != nil {
		return err
	}
	target, err := s.name(start+2, end)
	switch {
	case err != nil:
		return err
	case strings.EqualFold(target, "xml"):
		return s.malformed(start, "an XML declaration may only stand at the very start")
	case strings.Contains(target, ":"):
		return s.malformed(start+2, "the target %s of a processing instruction holds a colon", quote(target))
	}
	body := start + 2 + len(target)
	if body < end && !isSpace(s.src[body]) {
		return s.malformed(body, "white space is missing after the target of a processing instruction")
	}
	if _, err := s.plainChars(body, end); err != nil {
		return err
	}
	for body < end && isSpace(s.src[body]) {
		body++
	}
	s.add(node{kind: InstructionNode, name: int32(len(target)), start: int32(start), end: int32(end + 2), body: int32(body), bodyEnd: int32(end)})
	s.pos = end + 2
	return nil
}

// aside counts a comment or processing instruction.
func (s *scanner) aside() *Error {
	s.asides++
	if s.asides > s.lim.Asides {
		return s.tooMuch(s.pos, "comments", s.asides, s.lim.Asides)
	}
	return nil
}

// name reads a Name that starts at from.
func (s *scanner) name(from, end int) (string, *Error) {
	i := from
	for i < end {
		c := s.src[i]
		if asciiName[c] && (i > from || isNameStart(rune(c))) {
			i++
			continue
		}
		if c < 0x80 {
			break
		}
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if i == from && !isNameStart(r) || !isNameChar(r) {
			break
		}
		i += n
	}
	switch {
	case i-from > s.lim.NameBytes:
		return "", s.tooMuch(from, "name", i-from, s.lim.NameBytes)
	case i == from && i == len(s.src):
		return "", s.truncated("the document ends where a name is expected")
	case i == from:
		r, _ := utf8.DecodeRuneInString(s.src[i:])
		return "", s.malformed(i, "a name cannot start with %s", quote(string(r)))
	}
	return s.src[from:i], nil
}

// add appends a node below the element that is open.
func (s *scanner) add(n node) *node {
	i := int32(len(s.d.nodes))
	last := &s.last
	if k := len(s.open); k > 0 {
		n.parent, n.inside = s.open[k-1].node, true
		last = &s.open[k-1].last
	}
	if *last != 0 {
		s.d.nodes[*last].next = i
	} else {
		s.d.nodes[n.parent].first = i
	}
	*last = i
	s.d.nodes = append(s.d.nodes, n)
	return &s.d.nodes[i]
}
