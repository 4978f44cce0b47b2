package capture

import (
	"bytes"
	"html"
	"strings"
)

// mostAttributes is how many attributes of a tag are looked at.
const mostAttributes = 64

// A tag is a start tag or an end tag of HTML.
type tag struct {
	name       string // in small letters; with "/" before it for an end tag
	attributes map[string]string
	cut        bool // the text ends inside it
}

// A tagScanner reads the tags of a page one after the other. What scripts,
// styles and comments hold is none.
type tagScanner struct {
	text []byte
	pos  int
	at   int // of the tag that was read last
}

// next gives the next tag; ok is false where there is none.
func (s *tagScanner) next() (t tag, ok bool) {
	for {
		at := bytes.IndexByte(s.text[s.pos:], '<')
		if at < 0 || s.pos+at+1 >= len(s.text) {
			return t, false
		}
		s.pos += at + 1
		rest := s.text[s.pos:]
		switch {
		case bytes.HasPrefix(rest, []byte("!--")):
			s.skipPast("-->")
		case isLetter(rest[0]) || rest[0] == '/' && len(rest) > 1 && isLetter(rest[1]):
			s.at = s.pos - 1
			return s.tag(), true
		}
	}
}

// skipPast goes behind a mark, or to the end where there is none.
func (s *tagScanner) skipPast(mark string) {
	if at := indexFold(s.text[s.pos:], mark); at >= 0 {
		s.pos += at + len(mark)
		return
	}
	s.pos = len(s.text)
}

func (s *tagScanner) tag() tag {
	start := s.pos
	s.pos++
	for s.pos < len(s.text) && !isSpace(s.text[s.pos]) && s.text[s.pos] != '>' && s.text[s.pos] != '/' {
		s.pos++
	}
	t := tag{name: strings.ToLower(string(s.text[start:min(s.pos, start+32)])), attributes: map[string]string{}}
	for s.attribute(&t) {
	}
	if t.name == "script" || t.name == "style" {
		s.skipPast("</" + t.name)
		s.skipPast(">")
	}
	return t
}

// attribute reads one attribute; it gives false at the end of the tag.
func (s *tagScanner) attribute(t *tag) bool {
	for s.pos < len(s.text) && (isSpace(s.text[s.pos]) || s.text[s.pos] == '/') {
		s.pos++
	}
	if s.pos >= len(s.text) {
		t.cut = true
		return false
	}
	if s.text[s.pos] == '>' {
		s.pos++
		return false
	}
	start := s.pos
	s.pos++ // whatever stands first is part of the name
	for s.pos < len(s.text) && !isSpace(s.text[s.pos]) && bytes.IndexByte([]byte("=>/"), s.text[s.pos]) < 0 {
		s.pos++
	}
	name := strings.ToLower(string(s.text[start:min(s.pos, start+32)]))
	s.skipSpace()
	value := ""
	if s.pos < len(s.text) && s.text[s.pos] == '=' {
		s.pos++
		s.skipSpace()
		value = s.value(t)
	}
	if _, known := t.attributes[name]; !known && len(t.attributes) < mostAttributes {
		t.attributes[name] = value
	}
	return true
}

func (s *tagScanner) skipSpace() {
	for s.pos < len(s.text) && isSpace(s.text[s.pos]) {
		s.pos++
	}
}

// value reads the value of an attribute, and undoes its character references.
func (s *tagScanner) value(t *tag) string {
	if s.pos >= len(s.text) {
		t.cut = true
		return ""
	}
	rest := s.text[s.pos:]
	if rest[0] != '"' && rest[0] != '\'' {
		end := bytes.IndexAny(rest, " \t\r\n\f>")
		if end < 0 {
			end, t.cut = len(rest), true
		}
		s.pos += end
		return html.UnescapeString(string(rest[:end]))
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		s.pos, t.cut = len(s.text), true
		return html.UnescapeString(string(rest[1:]))
	}
	s.pos += end + 2
	return html.UnescapeString(string(rest[1 : end+1]))
}

// content gives the text up to the end tag of an element that holds nothing
// else, and goes there.
func (s *tagScanner) content(name string) (text string, cut bool) {
	rest := s.text[s.pos:]
	end := indexFold(rest, "</"+name)
	if end < 0 {
		end, cut = len(rest), true
	}
	s.pos += end
	return html.UnescapeString(string(rest[:end])), cut
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' }

// indexFold finds a mark, letter case of ASCII aside.
func indexFold(text []byte, mark string) int {
	for at := 0; at+len(mark) <= len(text); at++ {
		if text[at]|0x20 == mark[0]|0x20 && bytes.EqualFold(text[at:at+len(mark)], []byte(mark)) {
			return at
		}
	}
	return -1
}
