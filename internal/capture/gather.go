package capture

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// mostMessages is how many messages of a container are given.
const mostMessages = 10_000

// An exchange is an HTTP request and its answer, as far as a container tells of
// them.
type exchange struct {
	method, url string
	time        time.Time
	body        []byte // of the request
	cut         string // why the container says that the request was cut
	date        time.Time
	page        []byte // body of the answer, where it is HTML
	location    string // where the answer redirects to
}

// A sighting is a message at one place of a container.
type sighting struct {
	Message
	exchange int    // its number, from 0
	part     string // of the exchange
	key      [sha256.Size]byte
	brought  bool // to the browser by an answer, to be sent from there
}

// A gathering collects the messages of one container.
type gathering struct {
	noun      string // what the container is a list of
	sightings []sighting
	exchanges int
	left      int    // messages that were too many
	redacted  string // what stands where somebody took a message out
}

// add looks through an exchange.
func (g *gathering) add(x exchange) {
	g.inURL(Message{Method: x.method, URL: x.url, Time: x.time, Cut: x.cut}, "URL", false)
	g.inBody(x)
	if x.location != "" {
		g.inURL(Message{Method: "GET", URL: resolve(x.url, x.location), Date: x.date}, "redirect", true)
	}
	for _, f := range formsOf(x.page) {
		m := f.message()
		m.URL, m.Date = resolve(x.url, m.URL), x.date
		g.see(m, []byte(f.value), "page", true)
	}
	g.exchanges++
}

// inURL looks for a message in the URL of m, which is what else is known of it.
func (g *gathering) inURL(m Message, part string, brought bool) {
	before, query := splitURL(m.URL)
	if c, ok := carries([]byte(query)); ok {
		m.Field, m.Text, m.RelayState, m.URL = c.field, c.text([]byte(query)), c.relay, before
		g.see(m, c.value, part, brought)
	}
}

func (g *gathering) inBody(x exchange) {
	m := Message{Text: x.body, Method: x.method, URL: withoutFragment(x.url), Time: x.time, Cut: x.cut}
	c, ok := carries(x.body)
	if !ok {
		if c, ok = carriesParts(x.body); ok {
			m.Text = c.value
		}
	}
	if !ok {
		c, ok = carriesLines(x.body)
	}
	if ok {
		m.Text = c.text(m.Text)
		m.Field, m.RelayState = c.field, c.relay
		g.see(m, c.value, "request body", false)
		return
	}
	g.inJSON(m)
}

// inJSON looks for a message in a body that is JSON, as pages with a script of
// their own send it. m is what else is known of the request.
func (g *gathering) inJSON(m Message) {
	if !mentions(m.Text) || !startsExactly(bytes.TrimLeft(m.Text, blanks), []string{"{", "["}) {
		return
	}
	first := len(g.sightings)
	w := jsonWalker{jsonReader: &jsonReader{data: m.Text}, gathering: g, layer: 1}
	w.value("", &jsonLevel{})
	for i := range g.sightings[first:] {
		s := &g.sightings[first+i]
		s.Method, s.URL, s.Time, s.Cut = m.Method, m.URL, m.Time, m.Cut
		s.part = "request body, " + s.part
	}
}

func (g *gathering) see(m Message, value []byte, part string, brought bool) {
	if len(value) == 0 {
		return
	}
	if isRedacted(value) {
		g.redacted = string(value)
		return
	}
	if len(g.sightings) >= mostMessages {
		g.left++
		return
	}
	g.sightings = append(g.sightings, sighting{m, g.exchanges, part, keyOf(m.Field, value), brought})
}

// isRedacted reports whether a value is what programs that sanitize put in the
// place of a message.
func isRedacted(value []byte) bool {
	const longest = 80
	return len(value) <= longest && (indexFold(value, "redacted") >= 0 || indexFold(value, "sanitized") >= 0 || len(bytes.Trim(value, "*xX")) == 0)
}

// found gives what a container holds. total says that the whole of it was read.
func (g *gathering) found(kind Kind, name string, total bool) Found {
	out := Found{Kind: kind, Name: name, Messages: g.messages(total)}
	if g.left > 0 {
		out.Name += fmt.Sprintf(", of which the first %d messages are read and %d are not", mostMessages, g.left)
	}
	return out
}

// messages gives what was seen, each message once: one that an answer brought
// and a request sent is the request's, and has the Date of the answer. What an
// answer has only afterwards did not bring it: service providers pass messages on.
func (g *gathering) messages(total bool) []Message {
	first := map[[sha256.Size]byte]sighting{} // where an answer brought it
	sent := map[[sha256.Size]byte]bool{}
	for _, s := range g.sightings {
		if _, known := first[s.key]; s.brought && !known {
			first[s.key] = s
		}
		sent[s.key] = sent[s.key] || !s.brought
	}
	var out []Message
	given := map[[sha256.Size]byte]bool{}
	for _, s := range g.sightings {
		if s.brought && (sent[s.key] || given[s.key]) {
			continue
		}
		given[s.key] = true
		s.Where = g.place(s, total)
		if origin, ok := first[s.key]; ok && !s.brought && origin.exchange < s.exchange {
			s.Date = origin.Date
			s.Where += "; brought by " + g.place(origin, false)
		}
		out = append(out, s.Message)
	}
	sortByTime(out)
	return out
}

// place tells in words where a message stands.
func (g *gathering) place(s sighting, total bool) string {
	if g.noun == "" || g.exchanges <= 1 {
		return s.part
	}
	if total {
		return fmt.Sprintf("%s %d of %d, %s", g.noun, s.exchange+1, g.exchanges, s.part)
	}
	return fmt.Sprintf("%s %d, %s", g.noun, s.exchange+1, s.part)
}

// sortByTime puts messages in the order in which they were sent, where each
// tells when that was.
func sortByTime(all []Message) {
	if slices.ContainsFunc(all, func(m Message) bool { return m.Time.IsZero() }) {
		return
	}
	slices.SortStableFunc(all, func(a, b Message) int { return a.Time.Compare(b.Time) })
}

// resolve gives the address that a page or an answer at base points to; what
// cannot be resolved stays as it is.
func resolve(base, address string) string {
	if base == "" || strings.Contains(address, "://") {
		return address
	}
	from, err := url.Parse(base)
	if err != nil {
		return address
	}
	to, err := from.Parse(address)
	if err != nil {
		return address
	}
	return to.String()
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}

// answers reports whether there is a response among messages, of SAML or of
// WS-Federation.
func answers(all []Message) bool {
	return slices.ContainsFunc(all, func(m Message) bool { return m.Field != Request })
}
