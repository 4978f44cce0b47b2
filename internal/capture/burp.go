package capture

import (
	"bytes"
	"html"
	"strings"
	"time"
)

// findBurp reads the XML that Burp saves of the items of its history.
func findBurp(text []byte) (Found, bool) {
	const longestHead = 4096 // the declaration and the document type
	if text[0] != '<' || !bytes.Contains(text[:min(len(text), longestHead)], []byte("<items burpVersion")) {
		return Found{}, false
	}
	g := gathering{noun: "item"}
	cut := false
	for rest := text; ; {
		_, item, ok := bytes.Cut(rest, []byte("<item>"))
		if !ok {
			break
		}
		item, rest, ok = bytes.Cut(item, []byte("</item>"))
		cut = !ok
		g.add(burpItem(item, cut))
	}
	found := g.found(HTTP, "items saved by Burp", !cut)
	if !answers(found.Messages) {
		found.Lacks = "none of its " + counted(g.exchanges, "item") + " has a SAMLResponse: save the item of the POST to the service provider too"
	}
	return found, true
}

func burpItem(item []byte, cut bool) exchange {
	x := exchange{url: string(burpText(item, "url")), method: string(burpText(item, "method")), time: burpTime(string(burpText(item, "time")))}
	if m, ok := oneHTTP(burpText(item, "request")); ok {
		x.cut = m.cut()
		x.body = m.body
	}
	if cut && !bytes.Contains(item, []byte("</request>")) {
		x.cut = "the file ends inside this item"
	}
	if m, ok := oneHTTP(burpText(item, "response")); ok {
		x.answer(m)
	}
	return x
}

// oneHTTP reads the one HTTP message that a text is.
func oneHTTP(text []byte) (httpMessage, bool) {
	var m httpMessage
	end := lineEnd(text, 0)
	start := httpStart{}
	if !start.read(bytes.TrimRight(text[:end], "\r\n")) {
		return m, false
	}
	m.answer, m.method, m.url = start.answer, start.method, start.url
	m.body = m.head(text[end:])
	return m, true
}

// burpText gives the text of an element of an item, decoded.
func burpText(item []byte, name string) []byte {
	_, rest, ok := bytes.Cut(item, []byte("<"+name+">"))
	attributes := []byte(nil)
	if !ok {
		if _, rest, ok = bytes.Cut(item, []byte("<"+name+" ")); !ok {
			return nil
		}
		attributes, rest, _ = bytes.Cut(rest, []byte(">"))
	}
	text, _, _ := bytes.Cut(rest, []byte("</"+name+">"))
	text = bytes.TrimSpace(text)
	if inner, ok := bytes.CutPrefix(text, []byte("<![CDATA[")); ok {
		text = bytes.TrimSuffix(inner, []byte("]]>"))
	} else if bytes.IndexByte(text, '&') >= 0 {
		text = []byte(html.UnescapeString(string(text)))
	}
	if strings.Contains(string(attributes), `base64="true"`) {
		return decodedPart(text, "base64")
	}
	return text
}

// burpTime reads the time of an item. A zone that is told by letters alone is
// known for UTC only.
func burpTime(text string) time.Time {
	t, err := time.Parse(time.UnixDate, text)
	if err != nil || t.Location() != time.UTC && !strings.Contains(text, " GMT ") && !strings.Contains(text, " UTC ") {
		return time.Time{}
	}
	return t.UTC()
}
