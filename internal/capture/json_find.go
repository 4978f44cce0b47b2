package capture

import (
	"bytes"
	"strings"
	"time"
)

// findJSON finds the messages in JSON of any kind. What only looks like JSON at
// its beginning, such as a mail whose subject stands in brackets, is none.
func findJSON(text []byte) (Found, bool) {
	if text[0] != '{' && text[0] != '[' {
		return Found{}, false
	}
	switch sniff(text) {
	case HAR:
		return findHAR(text), true
	case Tracer:
		return findTracer(text), true
	}
	w := jsonWalker{jsonReader: &jsonReader{data: text}, gathering: &gathering{noun: "document"}}
	w.documents()
	found := w.found(JSON, "JSON", !w.stopped())
	if len(found.Messages) > 0 {
		if !answers(found.Messages) {
			found.Lacks = "the JSON holds a SAMLRequest and no SAMLResponse: the response is what the browser posts to the service provider afterwards"
		}
		return found, true
	}
	return findCloudTrail(text)
}

// sniff tells by the members of the outermost object what JSON is.
func sniff(text []byte) Kind {
	kind := None
	r := jsonReader{data: text}
	r.object(func(key string) {
		switch key {
		case "log":
			r.object(func(key string) {
				if key == "entries" || key == "version" || key == "creator" {
					kind = HAR
				}
			})
		case "requests":
			r.array(func() {
				r.object(func(key string) {
					if key == "requestId" || key == "requestHeaders" {
						kind = Tracer
					}
				})
			})
		}
	})
	return kind
}

// mostLayers is how many times JSON may stand in a string of JSON.
const mostLayers = 4

// A jsonWalker looks for messages at any depth of JSON.
type jsonWalker struct {
	*jsonReader
	*gathering
	layer int
}

// A jsonLevel is what the members of an object tell of the messages in it.
type jsonLevel struct {
	relay, url string
	time       time.Time
}

// documents reads one document after the other, as JSON Lines have them.
func (w *jsonWalker) documents() {
	for w.peek() != 0 && !w.stopped() {
		start := w.pos
		w.value("", &jsonLevel{})
		w.exchanges++
		if w.bad && !w.nextLine(start) || w.pos == start {
			return
		}
	}
}

// nextLine goes on behind a line that is no JSON, such as one that a log was cut
// in. A document of several lines is not gone into again.
func (w *jsonWalker) nextLine(start int) bool {
	end := lineEnd(w.data, start)
	if w.pos > end {
		return false
	}
	w.pos, w.bad = end, false
	return true
}

func (w *jsonWalker) value(key string, level *jsonLevel) {
	switch w.peek() {
	case '{':
		inner := jsonLevel{}
		first := len(w.sightings)
		w.object(func(key string) { w.value(key, &inner) })
		inner.tell(w.sightings[first:])
	case '[':
		w.array(func() { w.value(key, level) })
	case '"':
		w.leaf(key, w.raw(), level)
	default:
		w.skip()
	}
}

// tell has the messages of an object know what else it tells.
func (l *jsonLevel) tell(all []sighting) {
	for i := range all {
		m := &all[i].Message
		if m.RelayState == "" {
			m.RelayState = l.relay
		}
		if m.URL == "" {
			m.URL = l.url
		}
		if m.Time.IsZero() {
			m.Time = l.time
		}
	}
}

// jsonFields are the names that members with a message have, in small letters
// and without hyphens and underscores. What bears one of the weaker names counts
// only where a message begins.
var jsonFields = map[string]struct {
	field Field
	weak  bool
}{
	"samlresponse": {Response, false}, "samlassertion": {Response, false}, "samlrequest": {Request, false}, "wresult": {Result, false},
	"assertion": {Response, true}, "response": {Response, true}, "saml": {Response, true}, "samlxml": {Response, true}, "token": {Response, true},
}

var plainName = strings.NewReplacer("_", "", "-", "", " ", "")

// leaf looks at a string.
func (w *jsonWalker) leaf(key string, raw []byte, level *jsonLevel) {
	name := plainName.Replace(strings.ToLower(key[:min(len(key), 64)]))
	if f, ok := jsonFields[name]; ok && len(raw) > 0 {
		value := unquote(raw)
		if w.nested(value) || f.weak && !isMessage(value) {
			return
		}
		m := Message{Field: f.field, Text: value}
		if w.cut {
			m.Cut = "the text ends inside the value of " + string(f.field)
		}
		w.see(m, value, "field "+string(f.field), false)
		return
	}
	switch name {
	case "relaystate":
		level.relay = string(unquote(raw))
	case "url", "requesturl", "acsurl", "destination":
		if address := string(unquote(raw)); strings.Contains(address, "://") { // and no path alone
			level.url = address
		}
	case "time", "timestamp", "@timestamp", "starteddatetime":
		level.time = instant(string(raw))
	case "body":
		w.body(raw)
	default:
		if mentions(raw) {
			w.nested(unquote(raw))
		}
	}
}

func isMessage(value []byte) bool {
	if startsMessage(value) {
		return true
	}
	_, ok := rootOf(value[:min(len(value), mostHead)])
	return ok
}

// body looks at the body of a request, which API Gateway gives in base64 where
// it takes it for binary.
func (w *jsonWalker) body(raw []byte) {
	value := unquote(raw)
	if !mentions(value) && len(value) >= 16 && onlySymbols(value) {
		value = decodedPart(value, "base64")
	}
	w.nested(value)
}

// nested looks into a string: at JSON in it, at a form body, or at a line of a
// log.
func (w *jsonWalker) nested(value []byte) bool {
	value = bytes.Trim(value, blanks)
	if len(value) == 0 || !mentions(value) || w.layer >= mostLayers {
		return false
	}
	before := len(w.sightings)
	switch c, ok := carries(value); {
	case value[0] == '{' || value[0] == '[':
		inner := jsonWalker{jsonReader: &jsonReader{data: value}, gathering: w.gathering, layer: w.layer + 1}
		inner.value("", &jsonLevel{})
	case ok && !bytes.ContainsAny(value, " \n\""):
		at := 0
		if startsFold(value, []string{"http://", "https://"}) {
			at = bytes.IndexByte(value, '?') + 1
		}
		w.see(Message{Field: c.field, Text: c.text(value[at:]), RelayState: c.relay, URL: string(value[:max(at-1, 0)])}, c.value, "string with a form", false)
	default:
		for _, p := range passages(value) {
			w.see(p.message, p.value, "string with a message in it", false)
		}
	}
	return len(w.sightings) > before
}
