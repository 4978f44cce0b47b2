package capture

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A passage is a message in a text that people wrote.
type passage struct {
	start, end int // in the text
	message    Message
	value      []byte // that tells it from others
}

// findText finds the messages in a mail, a ticket or notes. A text that is
// nothing but a message, in whatever encoding, is none of these.
func findText(text []byte) (Found, bool) {
	if bytes.HasPrefix(text, []byte("data:")) || isMessageXML(text) || bytes.IndexByte(text[:min(len(text), mostHead)], 0) >= 0 {
		return Found{}, false
	}
	if found, ok := findMail(text, 0); ok {
		return found, true
	}
	plain, all := shownPassages(text)
	if len(all) == 0 || !isPage(text) && !surrounded(plain, all) || isXML(text) && slices.ContainsFunc(all, passage.isXML) {
		return Found{}, false
	}
	g := gathering{noun: "message"}
	g.passages(plain, all)
	found := g.once("text with a message in it")
	if !answers(found.Messages) {
		found.Lacks = "the text holds a SAMLRequest and no SAMLResponse: the response is what the browser posts to the service provider afterwards"
	}
	return found, true
}

// passages takes what was found in a text.
func (g *gathering) passages(text []byte, all []passage) {
	line, counted := 1, 0
	for _, p := range all {
		line += bytes.Count(text[counted:p.start], []byte("\n"))
		counted = p.start
		g.see(p.message, p.value, fmt.Sprintf("line %d", line), false)
	}
}

// once gives each message once: a text often quotes itself.
func (g *gathering) once(name string) Found {
	for i := range g.sightings {
		g.sightings[i].brought = true
	}
	return g.found(Text, name, false)
}

// passages finds the messages in a text, in the order in which they stand.
func passages(text []byte) []passage {
	var out []passage
	r := newRuns(text)
	for pos := 0; pos < len(text) && len(out) <= mostMessages; {
		p, ok := r.passage(pos)
		if ok {
			out = append(out, p)
			pos = p.end
			continue
		}
		pos = max(p.end, pos+max(1, tokenLength(text[pos:])))
	}
	return out
}

// passage reads the message that begins at pos: XML, a field of a form, or
// base64 alone. Where it gives none, the end of what it gives may be passed
// over.
func (r *runs) passage(pos int) (passage, bool) {
	switch {
	case r.text[pos] == '<':
		return r.xmlPassage(pos)
	case !isSymbol(r.text[pos]) && r.text[pos] != '?':
		return passage{}, false
	}
	if p, ok := formPassage(r.text, pos); ok {
		return p, true
	}
	return r.base64Passage(pos)
}

// base64Passage reads base64. What follows it tells whether it was read to its
// end, or only up to something that is part of it and was not understood.
func (r *runs) base64Passage(pos int) (passage, bool) {
	field, ok := rootOf64(r.text[pos:])
	if !ok {
		return passage{}, false
	}
	end := pos + r.length(pos)
	if !endsValue(r.text[end:]) && !endsMessage(r.text[max(pos, end-64):end]) {
		return passage{end: end}, false
	}
	value := unpercent(unfolded(r.text[pos:end]), false)
	return passage{pos, end, Message{Field: field, Text: value}, value}, true
}

// formPassage reads a form body, or a URL with a query, that carries a message.
func formPassage(text []byte, pos int) (passage, bool) {
	if pos > 0 && !endsWordAt(text[pos-1]) && text[pos-1] != '[' && text[pos-1] != '(' {
		return passage{}, false
	}
	word := text[pos : pos+wordLength(text[pos:])]
	word = bytes.TrimRight(word, ".,;:)]*")
	end := pos + len(word)
	if !mentions(word) {
		return passage{}, false
	}
	if startsFold(word, []string{"http://", "https://"}) {
		address, query := splitURL(string(word))
		c, ok := carries([]byte(query))
		return passage{pos, end, Message{Field: c.field, Text: []byte(query), RelayState: c.relay, Method: "GET", URL: address}, c.value}, ok
	}
	start := formStart(word)
	c, ok := carries(word[start:])
	if !ok || len(c.value) < 16 || !bytes.ContainsAny(word[start:], "&%") || isFolded(c.value, word, text[end:]) {
		return passage{}, false
	}
	return passage{pos + start, end, Message{Field: c.field, Text: word[start:], RelayState: c.relay}, c.value}, true
}

// formStart gives where a form body begins in a word: at the name of its field,
// unless another field stands before that.
func formStart(word []byte) int {
	for _, field := range carriers {
		at := indexFold(word, string(field)+"=")
		if at > 0 && word[at-1] != '&' {
			return at
		}
	}
	return 0
}

const wordEnds = " \t\r\n\"'`<>|{}\\"

func endsWordAt(b byte) bool { return bytes.IndexByte([]byte(wordEnds), b) >= 0 }

// wordLength gives how long a word is, up to a blank or a mark that no URL has.
func wordLength(text []byte) int {
	end := bytes.IndexAny(text, wordEnds)
	if end < 0 {
		return len(text)
	}
	return end
}

// ownNames are names that stand beside a message as part of it.
var ownNames = []string{"SAMLResponse", "SAMLRequest", "wresult", "RelayState", "SigAlg", "Signature"}

// surrounded reports whether a text has words around its messages, or several
// messages: else it is a message as it stands, which is decoded as a whole.
func surrounded(text []byte, all []passage) bool {
	if len(all) > 1 && !slices.ContainsFunc(all[1:], func(p passage) bool { return bytes.Equal(p.value, all[0].value) }) {
		return true
	}
	before, after := text[:all[0].start], text[all[0].end:]
	if bytes.Contains(text, []byte("```")) || startsExactly(bytes.TrimLeft(text, "\"'` "), []string{"{", "["}) || writtenMark.Match(before[max(0, len(before)-mostHead):]) {
		return true
	}
	if all[0].isXML() && !hasWords(before) {
		return false
	}
	if onlySymbols(text) && !(endsMessage(all[0].value) && emptyLine.Match(after)) {
		after = nil // what follows may be the rest of it
	}
	return hasWords(before) || hasWords(after)
}

// writtenMark is what programs and the tools of browsers write before a message,
// and nobody who copies a field: its name alone in a line, the start of a block
// of YAML, an arrow, the mark of bytes in Python.
var writtenMark = regexp.MustCompile(`(?mi)^[ \t]*(?:SAMLResponse|wresult)[ \t\r]*\n|:[ \t]+[|>][+-]?\d?[ \t\r]*$|=>[ \t"']|\Ab['"]`)

// emptyLine is an empty line at the start of what follows a message.
var emptyLine = regexp.MustCompile(`^=*[ \t\r]*\n[ \t\r]*\n`)

// onlySymbols reports whether a text is made of the characters of base64 and
// blanks alone.
func onlySymbols(text []byte) bool {
	return !slices.ContainsFunc(text, func(b byte) bool { return !isSymbol(b) && !isSpace(b) })
}

// hasWords reports whether a text has words other than names of fields and what
// stands beside them, in their line or, where that is all of it, in the next.
func hasWords(text []byte) bool {
	alone := false
	for line := range bytes.Lines(text) {
		line = bytes.Trim(line, blanks+"\"'`{}[](),;:=")
		own := len(line) < 2 || startsFold(line, ownNames)
		if !own && !alone && slices.ContainsFunc(line, isAlphanumeric) {
			return true
		}
		alone = own && slices.ContainsFunc(ownNames, func(name string) bool { return strings.EqualFold(name, string(line)) })
	}
	return false
}
