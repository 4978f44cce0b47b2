package capture

import (
	"bytes"
	"strings"
)

// mostForms is how many forms of a page are given.
const mostForms = 100

// A form is a form of a page that carries a message.
type form struct {
	field          Field
	value          string
	relay          string
	method, action string
	cut            string
}

func (f form) message() Message {
	return Message{Field: f.field, Text: []byte(f.value), RelayState: f.relay, Method: f.method, URL: f.action, Cut: f.cut}
}

// formsOf gives the forms of a page that carry a message.
func formsOf(page []byte) []form {
	if !mentions(page) {
		return nil
	}
	var out []form
	current := form{}
	flush := func() {
		if current.field != "" && len(out) < mostForms {
			out = append(out, current)
		}
		current = form{}
	}
	for s := (&tagScanner{text: page}); ; {
		t, ok := s.next()
		if !ok {
			break
		}
		switch t.name {
		case "form":
			flush()
			current.action = strings.TrimSpace(t.attributes["action"])
			current.method = strings.ToUpper(strings.TrimSpace(t.attributes["method"]))
		case "/form":
			flush()
		case "input", "button":
			current.input(t.attributes["name"], t.attributes["value"], t.cut)
		case "textarea":
			text, cut := s.content("textarea")
			current.input(t.attributes["name"], text, cut)
		}
	}
	flush()
	return out
}

// input takes a field of the form.
func (f *form) input(name, value string, cut bool) {
	if strings.EqualFold(name, relayState) {
		f.relay = value
	}
	field, ok := carrier([]byte(name))
	if !ok || f.field != "" && rank(f.field) <= rank(field) {
		return
	}
	f.field, f.value, f.cut = field, value, ""
	if cut {
		f.cut = "the page ends inside the value of " + string(field)
	}
}

// pageStarts are what a page, or a piece of one, begins with.
var pageStarts = []string{"<!doctype html", "<html", "<head", "<body", "<form", "<input", "<div", "<script", "<meta", "<title", "<span", "<table", "<p>", "<p ", "<a ", "<textarea", "<noscript"}

// isPage reports whether a text begins as a page does, comments and the
// declaration of XHTML aside.
func isPage(text []byte) bool {
	for range 8 {
		switch {
		case bytes.HasPrefix(text, []byte("<!--")):
			text = afterMark(text, "-->")
		case bytes.HasPrefix(text, []byte("<?xml")):
			text = afterMark(text, "?>")
		default:
			return startsFold(text, pageStarts)
		}
	}
	return false
}

func afterMark(text []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(mark))
	return bytes.TrimLeft(rest, blanks)
}

func startsFold(text []byte, starts []string) bool {
	for _, start := range starts {
		if len(text) >= len(start) && bytes.EqualFold(text[:len(start)], []byte(start)) {
			return true
		}
	}
	return false
}

// findHTML finds the messages in the forms of a page.
func findHTML(text []byte) (Found, bool) {
	if !isPage(text) {
		return Found{}, false
	}
	g := gathering{}
	g.add(exchange{page: text})
	found := g.found(HTML, "HTML page", true)
	if !answers(found.Messages) {
		found.Lacks = "the page sends a SAMLRequest to the identity provider: the response is in the page that answers it"
	}
	return found, len(found.Messages) > 0
}
