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
	if allowed := limits.clamped().Bytes; len(src) > allowed { // before they are copied
		err := new(scanner).tooMuch(0, "bytes", len(src), allowed)
		err.Line, err.Column = 1, 1
		return nil, err
	}
	return read(string(src), limits, origin)
}

// ParseString is Parse for a string, which the document keeps.
func ParseString(src string, limits Limits) (*Document, error) {
	return read(src, limits, Element{})
}

func read(src string, limits Limits, origin Element) (*Document, error) {
	s := scanner{lim: limits.clamped(), d: &Document{origin: origin}}
	if err := s.document(src); err != nil {
		err.Line, err.Column = position(s.src, err.Offset)
		s.d.Release()
		return nil, err
	}
	return s.d, nil
}

type scanner struct {
	d            *Document
	src          string
	half         string // beginning of a character that the end of the document cuts
	pos          int
	lim          Limits
	tokens       int
	asides       int
	declarations int       // namespace declarations so far
	open         []open    // elements that are not closed yet
	scope        []int32   // declarations in scope, innermost last
	parent       int32     // the node of the innermost open element
	free         *[]string // collects the prefixes that are not declared; nil: they are refused
	unbound      []int32   // the decls that stand for the declarations of free
	met          *met      // the attributes of the tag at hand; nil before it has many
}

// open is an element whose end tag has not come yet.
type open struct {
	node  int32
	scope int32 // length of scope outside it
}

func (s *scanner) document(src string) *Error {
	if len(src) > s.lim.Bytes {
		return s.tooMuch(0, "bytes", len(src), s.lim.Bytes)
	}
	if err := s.encoding(src); err != nil {
		return err
	}
	s.d.src = s.src
	s.reserve()
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
	s.d.memory.open, s.d.memory.scope = s.open, s.scope
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
	if asciiStart[s.src[from]] {
		for i++; i < end && asciiName[s.src[i]]; {
			i++
		}
	}
	if i == from || i < end && s.src[i] >= utf8.RuneSelf {
		i = s.wideName(from, i, end)
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

// wideName reads on in a name that is not all ASCII, and gives its end.
func (s *scanner) wideName(from, i, end int) int {
	for i < end {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if i == from && !isNameStart(r) || !isNameChar(r) {
			break
		}
		i += n
	}
	return i
}

// add appends a node below the element that is open.
func (s *scanner) add(kind NodeKind, written form, start, end int) {
	s.d.nodes = append(doubled(s.d.nodes), node{start: int32(start), end: int32(end), parent: s.parent, form: form(kind) | written})
}

// reserve makes room for the tree: in most documents a node for each "<", since
// an element has two and mostly a text inside, another for each line, which
// blanks start, half as many elements, and an attribute for each pair of
// quotation marks. A document that has more of something, within the limits,
// makes its list grow.
func (s *scanner) reserve() {
	tags := strings.Count(s.src, "<")
	lines := strings.Count(s.src, "\n")
	quotes := strings.Count(s.src, "\"")
	m := memories.Get().(*memory)
	s.d.memory = m
	s.d.nodes = append(room(m.nodes, 4+min(tags+min(lines, tags), s.lim.Tokens)), node{end: int32(len(s.src))})
	s.d.elements = room(m.elements, 8+min(tags/2, s.lim.Elements))
	s.d.attrs = room(m.attrs, 4+min(quotes/2, tags, s.lim.Elements))
	s.d.decls = append(room(m.decls, 16), decl{alike: noSpace}, decl{prefix: "xml", uri: XMLSpace, alike: xmlSpace})
	s.open, s.scope = room(m.open, 16), room(m.scope, 16)
}
