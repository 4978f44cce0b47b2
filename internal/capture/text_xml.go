package capture

import "bytes"

// mostSought is how many times XML inside a line is sought for its end in vain.
const mostSought = 100

// isXML reports whether a text begins as XML does, and not as a page.
func isXML(text []byte) bool { return text[0] == '<' && !isPage(text) }

// isMessageXML reports whether a text is a message as XML: that is decoded as a
// whole, whatever it holds.
func isMessageXML(text []byte) bool {
	_, ok := rootOf(text)
	return ok && isXML(text)
}

func (p passage) isXML() bool { return p.value[0] == '<' }

// xmlPassage reads XML up to its end tag. It begins a line, or, as in a line of a
// log, it is whole and stands after a blank or a quotation mark. What has escapes
// of a string in it is none yet.
func (r *runs) xmlPassage(pos int) (passage, bool) {
	head := r.text[pos:min(len(r.text), pos+mostHead)]
	root, field, ok := rootIn(head)
	first := beginsLine(r.text[:pos])
	if !ok || bytes.Contains(head, []byte(`=\"`)) || !first && (r.sought >= mostSought || !insideLine(r.text[:pos], head)) {
		return passage{}, false
	}
	root += pos
	mark := "</" + elementName(r.text[root:]) + ">"
	at := bytes.Index(r.text[root:], []byte(mark))
	m := Message{Field: field}
	end := len(r.text)
	switch {
	case at >= 0:
		end = root + at + len(mark)
	case first:
		m.Cut = "the text ends before the end tag of the message"
	default:
		r.sought++
		return passage{}, false
	}
	m.Text = r.text[pos:end]
	return passage{pos, end, m, m.Text}, true
}

// beginsLine reports whether nothing but blanks and the marks of a quotation in
// mail stand before in the line.
func beginsLine(before []byte) bool {
	before = bytes.TrimRight(before, " \t>")
	return len(before) == 0 || before[len(before)-1] == '\n'
}

// insideLine reports whether a message may begin inside a line: with a namespace,
// which a name in prose has none of.
func insideLine(before, head []byte) bool {
	return bytes.IndexByte([]byte(" \t\"'`[("), before[len(before)-1]) >= 0 && bytes.Contains(head, []byte("xmlns"))
}
