package capture

import (
	"bytes"
	"strings"
)

// readFetch reads a call of fetch as browsers copy it, for the browser and for
// Node.js: fetch("https://…", {"body": "…", "method": "POST"}).
func readFetch(text []byte) (request, int) {
	const name = "fetch("
	r := request{}
	r.method = "GET"
	j := jsonReader{data: text, pos: len(name)}
	r.url = j.script()
	if j.peek() == ',' {
		j.pos++
		j.object(func(key string) {
			switch key {
			case "method":
				r.method = strings.ToUpper(j.script())
			case "body":
				r.body = []byte(j.script())
			}
		})
	}
	r.unclosed = j.cut
	return r, max(j.pos, len(name))
}

// script reads a string of JavaScript: as in JSON, or in other quotation marks.
func (r *jsonReader) script() string {
	mark := r.peek()
	if mark == '"' || mark != '\'' && mark != '`' {
		return r.text()
	}
	r.pos++
	start := r.pos
	for r.pos < len(r.data) {
		at := bytes.IndexByte(r.data[r.pos:], mark)
		if at < 0 {
			break
		}
		r.pos += at + 1
		if !escaped(r.data[start : r.pos-1]) {
			return string(unquote(r.data[start : r.pos-1]))
		}
	}
	r.pos, r.cut = len(r.data), true
	return string(unquote(r.data[start:]))
}
