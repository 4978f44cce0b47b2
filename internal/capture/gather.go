package capture

import (
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
	bodyCut     string // why the container says that the body was cut
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
	left      int // messages that were too many
}

// add looks through an exchange.
func (g *gathering) add(x exchange) {
	g.inURL(x.method, x.url, x.time, "URL", false, time.Time{})
	g.inBody(x)
	if x.location != "" {
		g.inURL("GET", resolve(x.url, x.location), time.Time{}, "redirect", true, x.date)
	}
	for _, f := range formsOf(x.page) {
		m := f.message()
		m.URL, m.Date = resolve(x.url, m.URL), x.date
		g.see(m, []byte(f.value), "page", true)
	}
	g.exchanges++
}

func (g *gathering) inURL(method, address string, sent time.Time, part string, brought bool, date time.Time) {
	before, query := splitURL(address)
	if c, ok := carries([]byte(query)); ok {
		g.see(Message{Field: c.field, Text: c.text([]byte(query)), RelayState: c.relay, Method: method, URL: before, Time: sent, Date: date}, c.value, part, brought)
	}
}

func (g *gathering) inBody(x exchange) {
	m := Message{Text: x.body, Method: x.method, URL: withoutFragment(x.url), Time: x.time, Cut: x.bodyCut}
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
	}
}

func (g *gathering) see(m Message, value []byte, part string, brought bool) {
	if len(g.sightings) >= mostMessages {
		g.left++
		return
	}
	g.sightings = append(g.sightings, sighting{m, g.exchanges, part, keyOf(m.Field, value), brought})
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
// and a request sent is the request's, and has the Date of the answer.
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
		if origin, ok := first[s.key]; ok && !s.brought {
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
