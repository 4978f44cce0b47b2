package saml

import (
	"slices"

	"github.com/samlcheck/samlcheck/internal/capture"
)

// mostUnpacked is how many bytes of XML the messages of one capture may have
// together: they are all held at once.
const mostUnpacked = 256 << 20

// forms are the forms of what was captured in a container.
var forms = map[capture.Kind]Form{
	capture.HAR: FormHAR, capture.Tracer: FormTracer, capture.Curl: FormCurl, capture.HTML: FormHTML, capture.HTTP: FormHTTP,
	capture.JSON: FormJSON, capture.Text: FormText, capture.AWS: FormAWS, capture.CloudTrail: FormJSON,
}

// DecodeAll decodes every response of a capture, in whatever form it was made:
// what Decode takes, or what a browser, a tracer or a proxy exports. There is
// at least one message, and Index counts them from 0; a capture without any
// response gives one that is none, for Check to say what it is instead. The
// AuthnRequests that were sent before a response stand in its Requests.
func DecodeAll(data []byte) []*Message {
	found := capture.Find(data)
	if found.Kind == capture.None {
		message := Decode(data)
		if len(data) > capture.Most {
			message.capture.tooLarge = &sizeFault{"container", len(data), capture.Most}
		}
		return []*Message{message}
	}
	u := &unpacking{found: &found}
	for i := range found.Messages {
		u.take(&found.Messages[i])
	}
	if len(u.messages) == 0 {
		return []*Message{u.lacking()}
	}
	return u.messages
}

// An unpacking goes through the messages of a container.
type unpacking struct {
	found    *capture.Found
	messages []*Message
	unread   []*capture.Message // requests since the last response
	requests []Request
	unpacked int // bytes of XML so far
}

func (u *unpacking) take(m *capture.Message) {
	if m.Field == capture.Request {
		u.unread = append(u.unread, m)
		return
	}
	message := u.decode(m)
	message.Index = len(u.messages)
	message.Requests = u.before()
	u.messages = append(u.messages, message)
}

// before gives the requests that were sent before a response. Only now are those
// read that count, so that a capture of requests alone costs nothing.
func (u *unpacking) before() []Request {
	for _, m := range lastOf(u.unread, mostRequests) {
		if u.unpacked >= mostUnpacked {
			break
		}
		r, size, ok := readRequest(m)
		u.unpacked += size
		if ok {
			u.requests = append(u.requests, r)
		}
	}
	u.unread = nil
	return slices.Clip(lastOf(u.requests, mostRequests))
}

func lastOf[T any](all []T, n int) []T { return all[max(0, len(all)-n):] }

// decode decodes one message. What the container itself tells of it stands over
// what is read from a form or URL inside.
func (u *unpacking) decode(m *capture.Message) *Message {
	d := u.decoder()
	if m.Where != "" {
		d.step(m.Where)
	}
	if u.unpacked < mostUnpacked {
		d.decode(m.Text)
	} else {
		d.facts.tooLarge = &sizeFault{"container", u.unpacked, mostUnpacked}
	}
	d.scratch.free()
	u.unpacked += len(d.facts.xml)
	d.facts.cut = m.Cut
	if m.RelayState != "" {
		d.facts.relayState = m.RelayState
	}
	message := &Message{URL: d.url, Captured: m.Time.UTC(), HTTPDate: m.Date.UTC(), capture: d.facts}
	if m.URL != "" {
		message.URL = m.URL
	}
	return message
}

// decoder gives a decoder of something in the container.
func (u *unpacking) decoder() *decoder {
	d := &decoder{facts: captureFacts{form: FormText}, contained: true}
	d.isForm(forms[u.found.Kind])
	d.step("taken out of " + u.found.Name)
	return d
}

// lacking gives a message that says that the container holds none.
func (u *unpacking) lacking() *Message {
	d := u.decoder()
	d.facts.other, d.facts.container, d.facts.lacks = otherContainer, u.found.Name, u.found.Lacks
	return &Message{capture: d.facts}
}
