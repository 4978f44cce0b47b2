package xmldoc

import (
	"strings"
	"unicode/utf8"
)

// Parse reads a document. The error is always an *Error.
func Parse(src []byte, limits Limits) (*Document, error) {
	return ParseWithin(src, limits, Element{})
}

// ParseWithin reads a document that stands in the place of an element of
// another one, as decrypted content does: its paths go on from there. It is
// read on its own, so that nothing of the other document is in scope.
func ParseWithin(src []byte, limits Limits, origin Element) (*Document, error) {
	s := scanner{lim: limits, d: &Document{places: new(positions), origin: origin}}
	if err := s.document(src); err != nil {
		err.Line, err.Column = position(s.src, err.Offset)
		return nil, err
	}
	return s.d, nil
}

type scanner struct {
	d      *Document
	src    string
	half   string // beginning of a character that the end of the document cuts
	pos    int
	lim    Limits
	tokens int
	asides int
	open   []open    // elements that are not closed yet
	scope  []int32   // declarations in scope, innermost last
	last   int32     // last node that got the parent of the next one, 0 for none
	free   *[]string // collects the prefixes that are not declared; nil: they are refused
}

// open is an element whose end tag has not come yet.
type open struct {
	node  int32
	last  int32 // its last child so far
	scope int   // length of scope outside it
}

func (s *scanner) document(src []byte) *Error {
	if allowed := min(s.lim.Bytes, mostBytes); len(src) > allowed {
		return s.tooMuch(0, "bytes", len(src), allowed)
	}
	if err := s.encoding(src); err != nil {
		return err
	}
	s.d.src = s.src
	// Most documents have about as many nodes as "<"; what has more grows.
	s.d.nodes = append(make([]node, 0, 16+min(strings.Count(s.src, "<"), 1<<16)), node{end: int32(len(s.src))})
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
		return s.truncated("the document ends inside the element %s", quote(e.QName()))
	case s.half != "":
		return s.notUTF8(len(s.src), s.half[0])
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

// name reads a Name that starts at from, where the document has not ended.
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
		n.parent = s.open[k-1].node
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
