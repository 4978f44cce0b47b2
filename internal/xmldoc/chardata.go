package xmldoc

import (
	"strings"
	"unicode/utf8"
)

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
	name := referenceName(s.src[i+1 : end])
	after := i + 1 + len(name)
	switch {
	case len(name) > s.lim.NameBytes:
		return 0, s.tooMuch(i, "name", len(name), s.lim.NameBytes)
	case after == len(s.src) && mayStart(name):
		return 0, s.truncated("the document ends inside a reference")
	case after == end || s.src[after] != ';' || name == "":
		return 0, s.malformed(i, "\"&\" starts no reference; write \"&amp;\"")
	}
	if err := s.referent(i, name); err != nil {
		return 0, err
	}
	return len(name) + 2, nil
}

// referent checks what a reference refers to.
func (s *scanner) referent(at int, name string) *Error {
	switch name {
	case "lt", "gt", "amp", "quot", "apos":
		return nil
	}
	if r, _ := utf8.DecodeRuneInString(name); isNameStart(r) {
		return s.malformed(at, "the entity %s is not declared", quote(name))
	}
	if _, ok := charReference(name); !ok {
		return s.malformed(at, "the reference %s names no XML character", quote(name))
	}
	return nil
}
