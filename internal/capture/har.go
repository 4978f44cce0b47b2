package capture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// A harEntry is what is read of an entry of a HAR archive; texts have their
// escapes of JSON still.
type harEntry struct {
	started, method, url []byte
	posted               harBody
	cut                  bool // the archive ends inside the URL or the body of the request
	postedSize           int  // bodySize of the request, -1 where it is not told
	date, location       []byte
	answer               harBody
	answerSize           int // size of the content, -1 where it is not told
}

// A harBody is postData or content.
type harBody struct {
	mime, text, encoding []byte
	params               []pair
}

// A harReader reads an archive entry by entry.
type harReader struct {
	*jsonReader
	gathering
	creator  string
	bodyless int    // requests of the method POST whose body the archive lacks
	missing  string // the address of one of them that a response may have been sent to
}

// findHAR reads a HAR archive (version 1.1 or 1.2).
func findHAR(data []byte) Found {
	h := harReader{jsonReader: &jsonReader{data: data}, gathering: gathering{noun: "entry"}}
	h.object(func(key string) {
		if key == "log" {
			h.log()
		}
	})
	found := h.found(HAR, h.name(), !h.stopped())
	if !answers(found.Messages) {
		found.Lacks = h.lacks()
	}
	return found
}

func (h *harReader) log() {
	h.object(func(key string) {
		switch key {
		case "creator":
			h.object(func(key string) {
				if key == "name" {
					h.creator = h.text()
				}
			})
		case "entries":
			h.array(h.entry)
		}
	})
}

func (h *harReader) entry() {
	e := harEntry{postedSize: -1, answerSize: -1}
	h.object(func(key string) {
		switch key {
		case "startedDateTime":
			e.started = h.raw()
		case "request":
			h.request(&e)
		case "response":
			h.response(&e)
		}
	})
	x := e.exchange()
	if x.method == "POST" && len(x.body) == 0 {
		h.withoutBody(x.url)
	}
	h.add(x)
}

// withoutBody takes note of a POST whose body the archive lacks, of one to an
// address that responses are sent to above others.
func (h *harReader) withoutBody(address string) {
	h.bodyless++
	before, _ := splitURL(address)
	lower := strings.ToLower(before)
	if h.missing == "" && (strings.Contains(lower, "saml") || strings.HasSuffix(lower, "/acs")) {
		h.missing = before
	}
}

func (h *harReader) request(e *harEntry) {
	h.object(func(key string) {
		switch key {
		case "method":
			e.method = h.raw()
		case "url":
			e.url = h.raw()
			e.cut = e.cut || h.cut
		case "bodySize":
			e.postedSize = h.number()
		case "postData":
			h.body(&e.posted)
			e.cut = e.cut || h.cut
		}
	})
}

func (h *harReader) response(e *harEntry) {
	h.object(func(key string) {
		switch key {
		case "redirectURL":
			e.location = h.raw()
		case "headers":
			h.pairs(e.header)
		case "content":
			h.object(func(key string) {
				if key == "size" {
					e.answerSize = h.number()
				} else {
					h.part(&e.answer, key)
				}
			})
		}
	})
}

func (e *harEntry) header(name, value []byte) {
	switch {
	case bytes.EqualFold(name, []byte("date")):
		e.date = value
	case bytes.EqualFold(name, []byte("location")) && len(e.location) == 0:
		e.location = value
	}
}

func (h *harReader) body(b *harBody) { h.object(func(key string) { h.part(b, key) }) }

func (h *harReader) part(b *harBody, key string) {
	switch key {
	case "mimeType":
		b.mime = h.raw()
	case "text":
		b.text = h.raw()
	case "encoding":
		b.encoding = h.raw()
	case "params":
		h.pairs(func(name, value []byte) {
			if len(b.params) < mostFields {
				b.params = append(b.params, pair{string(unquote(name)), string(unquote(value))})
			}
		})
	}
}

// pairs reads an array of objects that each have a name and a value.
func (h *harReader) pairs(take func(name, value []byte)) {
	h.array(func() {
		var name, value []byte
		h.object(func(key string) {
			switch key {
			case "name":
				name = h.raw()
			case "value":
				value = h.raw()
			}
		})
		take(name, value)
	})
}

func (e *harEntry) exchange() exchange {
	x := exchange{
		method: strings.ToUpper(string(unquote(e.method))), url: string(unquote(e.url)),
		time: instant(string(e.started)), date: httpDate(string(e.date)),
		location: string(unquote(e.location)), page: e.answer.page(),
	}
	x.body = e.posted.form()
	switch size := e.postedSize; {
	case e.cut:
		x.cut = "the archive ends inside this entry"
	case len(e.posted.text) > 0 && size > len(x.body):
		x.cut = fmt.Sprintf("the archive holds %d of the %d bytes of the request body", len(x.body), size)
	}
	return x
}

// form gives the body of a request. Some archives have it as text, some as
// fields alone.
func (b *harBody) form() []byte {
	body := b.decoded()
	if len(body) == 0 {
		return formOf(b.params)
	}
	return withoutUploadHeaders(body)
}

func (b *harBody) decoded() []byte {
	text := unquote(b.text)
	if string(b.encoding) != "base64" {
		return text
	}
	out, _ := base64.StdEncoding.DecodeString(string(text))
	return out
}

// withoutUploadHeaders takes off the headers that older versions of Firefox put
// before a body.
func withoutUploadHeaders(body []byte) []byte {
	if !startsFold(body, []string{"content-type:", "content-length:"}) {
		return body
	}
	if at, skip := endOfHead(body); at >= 0 {
		return body[at+skip:]
	}
	return body
}

// page gives the body of an answer that may be a page with a message. Text
// without the name of a field is not one, and stays as it is.
func (b *harBody) page() []byte {
	if string(b.encoding) != "base64" && !mentions(b.text) || len(b.mime) > 0 && !bytes.Contains(b.mime, []byte("html")) {
		return nil
	}
	return b.decoded()
}

// instant reads a time as archives have it; zero where it is none.
func instant(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// httpDate reads a Date header (RFC 9110, 5.6.7); zero where it is none.
func httpDate(text string) time.Time {
	t, err := time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", strings.TrimSpace(text))
	if err != nil {
		return time.Time{}
	}
	return t
}
