package xmldoc

import "strings"

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

func (s *scanner) cdata() *Error {
	if len(s.open) == 0 {
		return s.malformed(s.pos, "a CDATA section stands outside the root element")
	}
	body := s.pos + len("<![CDATA[")
	i := strings.Index(s.src[body:], "]]>")
	if i < 0 {
		return s.unclosed(body, "a CDATA section")
	}
	if i > s.lim.ValueBytes {
		return s.tooMuch(s.pos, "value", i, s.lim.ValueBytes)
	}
	cr, err := s.plainChars(body, body+i)
	if err != nil {
		return err
	}
	written := plain
	if cr {
		written = 0
	}
	s.add(CDATANode, written, s.pos, body+i+3)
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
		return s.unclosed(body, "a comment")
	case s.src[body+i+2] != '>':
		return s.malformed(body+i, "\"--\" stands inside a comment")
	}
	if err := s.aside(); err != nil {
		return err
	}
	if _, err := s.plainChars(body, body+i); err != nil {
		return err
	}
	s.add(CommentNode, 0, s.pos, body+i+3)
	s.pos = body + i + 3
	return nil
}

func (s *scanner) instruction() *Error {
	start := s.pos
	i := strings.Index(s.src[start+2:], "?>")
	if i < 0 {
		return s.unclosed(start+2, "a processing instruction")
	}
	end := start + 2 + i
	if err := s.aside(); err != nil {
		return err
	}
	target, err := s.name(start+2, end)
	switch {
	case err != nil:
		return err
	case target == "xml" && start > 0:
		return s.malformed(start, "an XML declaration may only stand at the very start")
	case strings.EqualFold(target, "xml"):
		return s.malformed(start+2, "the target %s of a processing instruction is reserved", quote(target))
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
	s.add(InstructionNode, 0, start, end+2)
	s.pos = end + 2
	return nil
}

// unclosed tells a document that is cut off inside markup from one with a
// forbidden character in it.
func (s *scanner) unclosed(body int, what string) *Error {
	if _, err := s.plainChars(body, len(s.src)); err != nil {
		return err
	}
	return s.truncated("the document ends inside %s", what)
}

// aside counts a comment or processing instruction.
func (s *scanner) aside() *Error {
	s.asides++
	if s.asides > s.lim.Asides {
		return s.tooMuch(s.pos, "comments", s.asides, s.lim.Asides)
	}
	return nil
}
