package capture

import (
	"fmt"
	"strings"
)

// A tracerReader reads an export of SAML-tracer, request by request.
type tracerReader struct {
	*jsonReader
	gathering
	masked string // a value that the export masks
}

// A tracerRequest is what is read of a request.
type tracerRequest struct {
	method, url    string
	post           []pair
	cut            bool   // the export ends inside what was posted
	saml           string // the message, decoded by the tracer
	date, location string // headers of the answer
}

// findTracer reads an export of SAML-tracer.
func findTracer(data []byte) Found {
	t := tracerReader{jsonReader: &jsonReader{data: data}, gathering: gathering{noun: "request"}}
	t.object(func(key string) {
		if key == "requests" {
			t.array(t.request)
		}
	})
	found := t.found(Tracer, "export of SAML-tracer", !t.stopped())
	if !answers(found.Messages) {
		found.Lacks = t.lacks()
	}
	return found
}

func (t *tracerReader) lacks() string {
	switch {
	case t.masked != "":
		return fmt.Sprintf("the export masks what was posted, such as %s: export again without that filter", short(t.masked))
	case t.stopped():
		return fmt.Sprintf("the export is cut off in its request %d, and none before that has a SAMLResponse: export it again", t.exchanges)
	}
	return fmt.Sprintf("none of its %s has a SAMLResponse: open the tracer before the sign-in, sign in, and export when AWS has answered", counted(t.exchanges, "request"))
}

func (t *tracerReader) request() {
	r := tracerRequest{}
	t.object(func(key string) {
		switch key {
		case "method":
			r.method = t.text()
		case "url":
			r.url = t.text()
		case "post":
			t.array(func() {
				if f := t.field(); len(r.post) < mostFields {
					r.post = append(r.post, f)
				}
			})
			r.cut = t.cut
		case "saml":
			r.saml = t.text()
		case "responseHeaders":
			t.array(func() { r.header(t.field()) })
		}
	})
	x := exchange{method: r.method, url: r.url, date: httpDate(r.date), location: r.location}
	x.body = formOf(r.post)
	if r.cut {
		x.cut = "the export ends inside this request"
	}
	if value, masked := maskedIn(r.post); masked {
		x.body = nil
		t.decodedByTracer(r, value)
	}
	t.add(x)
}

// decodedByTracer takes the XML, which the filter of the export leaves as it is,
// where the values that were posted are masked.
func (t *tracerReader) decodedByTracer(r tracerRequest, value string) {
	t.masked = value
	field, ok := rootOf([]byte(r.saml))
	if !ok {
		return
	}
	m := Message{Field: field, Text: []byte(r.saml), Method: r.method, URL: withoutFragment(r.url)}
	t.see(m, m.Text, "XML as decoded by the tracer, the posted value being masked", false)
}

func (r *tracerRequest) header(h pair) {
	switch strings.ToLower(h.name) {
	case "date":
		r.date = h.value
	case "location":
		r.location = h.value
	}
}

// field reads a name and a value: as an array of the two, or as an object.
func (t *tracerReader) field() pair {
	var p pair
	if t.peek() == '[' {
		n := 0
		t.array(func() {
			switch n++; n {
			case 1:
				p.name = t.text()
			case 2:
				p.value = t.text()
			}
		})
		return p
	}
	t.object(func(key string) {
		switch key {
		case "name":
			p.name = t.text()
		case "value":
			p.value = t.text()
		}
	})
	return p
}

// maskedIn gives the first value that the export masks in a field that would
// carry a message.
func maskedIn(fields []pair) (string, bool) {
	for _, f := range fields {
		if _, ok := carrier([]byte(f.name)); ok && (strings.HasPrefix(f.value, "{hash:") || strings.HasPrefix(f.value, "{obf:") || f.value == "{overwritten}") {
			return f.value, true
		}
	}
	return "", false
}
