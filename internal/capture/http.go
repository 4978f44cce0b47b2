package capture

import (
	"bytes"
	"strings"
)

// mostExchanges is how many requests and answers of a text are read.
const mostExchanges = 100_000

// An httpMessage is a request or an answer as text.
type httpMessage struct {
	answer      bool
	method, url string
	headers     map[string]string // by name in small letters, as far as they are looked at
	body        []byte
}

// findHTTP finds the messages in HTTP messages as text: as proxies save them, as
// browsers show them, or as people note them down. A text that begins with one
// is none else, even where it holds no message.
func findHTTP(text []byte) (Found, bool) {
	g := gathering{noun: "request"}
	var x *exchange
	first := -1
	flush := func() {
		if x != nil {
			g.add(*x)
		}
		x = nil
	}
	for s := (&httpScanner{text: text}); s.count < mostExchanges; {
		m, at, ok := s.next()
		if !ok {
			break
		}
		if first < 0 {
			first = at
		}
		if !m.answer {
			flush()
			x = m.request()
			continue
		}
		if x == nil {
			x = &exchange{}
		}
		x.answer(m)
		flush()
	}
	flush()
	found := g.found(HTTP, "HTTP messages", true)
	if !answers(found.Messages) {
		found.Lacks = "there is no SAMLResponse in it: save the POST to the service provider with its body, such as the one to https://signin.aws.amazon.com/saml"
	}
	return found, len(found.Messages) > 0 || first == 0
}

// request gives what a request tells of an exchange.
func (m httpMessage) request() *exchange {
	cut := m.cut()
	return &exchange{method: m.method, url: m.address(), body: m.body, cut: cut}
}

// answer takes what the answer tells.
func (x *exchange) answer(m httpMessage) {
	x.date, x.location, x.page = httpDate(m.headers["date"]), m.headers["location"], m.body
}

// address gives the URL of a request; the scheme is taken to be https where none
// is told.
func (m httpMessage) address() string {
	if strings.Contains(m.url, "://") {
		return m.url
	}
	host := m.headers["host"]
	if host == "" {
		host = m.headers[":authority"]
	}
	if host == "" {
		return ""
	}
	return "https://" + host + m.url
}

// httpMethods are what a request begins with.
var httpMethods = []string{"GET ", "POST ", "PUT ", "HEAD ", "OPTIONS ", "DELETE ", "PATCH ", "CONNECT "}

// requestLine takes the first line of a request apart.
func requestLine(line []byte) (method, target string, ok bool) {
	if len(line) < len("GET / HTTP/1") || line[0] < 'C' || line[0] > 'P' {
		return "", "", false
	}
	if !startsExactly(line, httpMethods) {
		return "", "", false
	}
	name, rest, _ := bytes.Cut(line, []byte(" "))
	at := bytes.LastIndex(rest, []byte(" HTTP/"))
	if at <= 0 {
		return "", "", false
	}
	return string(name), string(bytes.TrimSpace(rest[:at])), true
}

func startsExactly(text []byte, starts []string) bool {
	for _, start := range starts {
		if bytes.HasPrefix(text, []byte(start)) {
			return true
		}
	}
	return false
}

// statusLine reports whether a line is the first of an answer.
func statusLine(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("HTTP/"))
	if !ok || len(rest) == 0 || rest[0] < '0' || rest[0] > '9' {
		return false
	}
	_, status, ok := bytes.Cut(rest, []byte(" "))
	return ok && len(status) >= 3 && '1' <= status[0] && status[0] <= '5'
}

// keptHeaders are the headers that are looked at.
var keptHeaders = map[string]bool{"host": true, "date": true, "location": true, "content-length": true, ":authority": true, ":method": true, ":path": true, ":scheme": true}

// head reads headers up to the empty line, and gives what follows it. The value
// of a header may stand on the line after its name, as browsers show it.
func (m *httpMessage) head(text []byte) (rest []byte) {
	m.headers = map[string]string{}
	name := ""
	for pos := 0; pos < len(text); {
		end := lineEnd(text, pos)
		line := bytes.TrimSpace(text[pos:end])
		pos = end
		if len(line) == 0 {
			return text[pos:]
		}
		if name != "" {
			m.headers[name] = string(line)
			name = ""
			continue
		}
		key, value, ok := bytes.Cut(line, []byte(":"))
		if bytes.HasPrefix(line, []byte(":")) {
			key, value, ok = bytes.Cut(line[1:], []byte(":"))
			key = append([]byte(":"), key...)
		}
		lower := strings.ToLower(string(key[:min(len(key), 32)]))
		if !keptHeaders[lower] {
			continue
		}
		if value = bytes.TrimSpace(value); !ok || len(value) == 0 {
			name = lower
			continue
		}
		if m.headers[lower] == "" {
			m.headers[lower] = string(value)
		}
	}
	return nil
}

// lineEnd gives the offset behind the line break of the line at pos.
func lineEnd(text []byte, pos int) int {
	if at := bytes.IndexByte(text[pos:], '\n'); at >= 0 {
		return pos + at + 1
	}
	return len(text)
}
