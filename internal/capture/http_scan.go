package capture

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
)

// An httpScanner gives the HTTP messages of a text one after the other.
type httpScanner struct {
	text  []byte
	pos   int
	count int
	start httpStart // of the next message, where it is known
	known bool
}

// An httpStart is where a message begins.
type httpStart struct {
	at, rest    int // of its first line, and of what is read after that
	further     int // from where the next message is sought
	answer      bool
	method, url string
	indent      bool // its lines are indented, as mitmproxy prints them
}

func (s *httpScanner) next() (m httpMessage, at int, ok bool) {
	start, ok := s.start, s.known
	if !ok {
		start, ok = s.seek()
	}
	if !ok {
		return m, 0, false
	}
	s.pos = start.further
	s.start, s.known = s.seek()
	end := len(s.text)
	if s.known {
		end = s.start.at
	}
	s.count++
	text := s.text[start.rest:end]
	if start.indent {
		text = unindented(text)
	}
	m = httpMessage{answer: start.answer, method: start.method, url: start.url}
	m.body = withoutRule(m.head(text))
	if m.method == "" && !m.answer {
		m.method, m.url = m.headers[":method"], m.headers[":path"]
	}
	return m, start.at, true
}

// seek finds the next line that begins a message.
func (s *httpScanner) seek() (httpStart, bool) {
	for s.pos < len(s.text) {
		end := lineEnd(s.text, s.pos)
		line := bytes.TrimRight(s.text[s.pos:end], " \t\r\n")
		start := httpStart{at: s.pos, rest: end, further: end}
		if start.read(line) {
			if start.method == "" && !start.answer {
				start.rest = s.pos // pseudo-headers are headers
				start.further = s.pastPseudo(end)
			}
			return start, true
		}
		s.pos = end
	}
	return httpStart{}, false
}

// read reports whether a line begins a message.
func (h *httpStart) read(line []byte) bool {
	if len(line) < 3 {
		return false
	}
	if method, target, ok := requestLine(line); ok {
		h.method, h.url = method, target
		return true
	}
	switch {
	case statusLine(line):
		h.answer = true
	case line[0] == ':' && startsExactly(line, []string{":authority", ":method", ":path", ":scheme"}):
	default:
		return h.mitmproxy(line)
	}
	return true
}

// pastPseudo gives where the pseudo-headers of a message end, each of which
// would begin another.
func (s *httpScanner) pastPseudo(pos int) int {
	for pos < len(s.text) {
		end := lineEnd(s.text, pos)
		if len(bytes.TrimSpace(s.text[pos:end])) == 0 {
			return pos
		}
		pos = end
	}
	return pos
}

var (
	mitmRequest = regexp.MustCompile(`^(?:\[[0-9:. -]+\] ?)?\S{1,64}:\d{1,5}: ([A-Z]{3,8}) (https?://\S+)`)
	mitmAnswer  = regexp.MustCompile(`^ {0,24}<< (?:HTTP/\S+ )?\d{3}\b`)
)

// mitmproxy reads the first line of a message as mitmdump prints it.
func (h *httpStart) mitmproxy(line []byte) bool {
	if bytes.Contains(line[:min(len(line), 32)], []byte("<< ")) && mitmAnswer.Match(line) {
		h.answer, h.indent = true, true
		return true
	}
	if !bytes.Contains(line[:min(len(line), 128)], []byte(": ")) || !bytes.Contains(line, []byte("://")) {
		return false
	}
	m := mitmRequest.FindSubmatch(line)
	if m == nil {
		return false
	}
	h.method, h.url, h.indent = string(m[1]), string(m[2]), true
	return true
}

// unindented takes four blanks off each line.
func unindented(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for line := range bytes.Lines(text) {
		out = append(out, bytes.TrimPrefix(line, []byte("    "))...)
	}
	return out
}

// withoutRule takes off the lines that a tool puts between messages.
func withoutRule(body []byte) []byte {
	for {
		body = bytes.TrimRight(body, blanks)
		start := bytes.LastIndexByte(body, '\n') + 1
		line := bytes.TrimSpace(body[start:])
		if len(line) < 10 || len(bytes.Trim(line, "-=")) > 0 && !ruleTitle.Match(line) {
			return body
		}
		body = body[:start]
	}
}

// ruleTitle is a line above a message, such as "==== 12 ==========" of ZAP, or
// the time and the host of Burp.
var ruleTitle = regexp.MustCompile(`^(?:=+ \d+ =+|\d{1,2}:\d\d:\d\d(?: [AP]M)?  ?https?://\S+.*)$`)

// cutMarks are what tools put where they cut a body.
var cutMarks = []struct{ mark, reason string }{
	{"*** FIDDLER: RawDisplay truncated", "Fiddler shows a part of the body alone: switch its truncation off, or save the session"},
	{"(cut off)", "mitmproxy prints a part of the body alone: set flow_detail to 4"},
}

// cut tells why the body of a request is not whole, and takes the mark off that
// says so; empty where it is whole.
func (m *httpMessage) cut() string {
	end := max(0, len(m.body)-200)
	for _, c := range cutMarks {
		if at := bytes.Index(m.body[end:], []byte(c.mark)); at >= 0 {
			m.body = bytes.TrimRight(m.body[:end+at], blanks)
			return c.reason
		}
	}
	if size, err := strconv.Atoi(m.headers["content-length"]); err == nil && len(m.body) > 0 && size > len(m.body) && !m.answer && carriesForm(m.body) {
		return fmt.Sprintf("Content-Length tells of %d bytes, of which the text has %d", size, len(m.body))
	}
	return ""
}

func carriesForm(body []byte) bool {
	_, ok := carries(body)
	return ok
}
