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
	written, err := s.chars(start, end, false)
	if err != nil {
		return err
	}
	s.add(TextNode, written, start, end)
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

// chars checks the characters of text or of an attribute value and tells
// whether they stand for themselves (plain), and whether they do so in
// canonical form too.
func (s *scanner) chars(start, end int, attribute bool) (written form, err *Error) {
	written = plain | canonical
	for i := start; ; {
		i += calmWords(s.src[i:end])
		for i < end && calm[s.src[i]] {
			i++
		}
		if i == end {
			return written, nil
		}
		n, less, err := s.oddChar(start, i, end, attribute)
		if err != nil {
			return 0, err
		}
		written &^= less
		i += n
	}
}

// oddChar checks the character or reference at i, which is not calm, gives its
// length, and what the text or value that starts at start is not for
// its sake.
func (s *scanner) oddChar(start, i, end int, attribute bool) (n int, less form, err *Error) {
	switch c := s.src[i]; {
	case c == '&':
		n, err = s.reference(i, end)
		return n, plain | canonical, err
	case c == '\r', attribute && (c == '\t' || c == '\n'):
		return 1, plain | canonical, nil
	case c == '<':
		return 0, 0, s.malformed(i, "\"<\" stands in an attribute value")
	case c == '>' && !attribute:
		if i-start >= 2 && s.src[i-2:i] == "]]" {
			return 0, 0, s.malformed(i-2, "\"]]>\" stands in text")
		}
		return 1, canonical, nil
	case c == '>' || c == '\t' || c == '\n':
		return 1, 0, nil
	}
	n, err = s.char(i)
	return n, 0, err
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
