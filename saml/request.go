package saml

import (
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/internal/capture"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A Request is an AuthnRequest that a capture holds beside responses (SAML 2.0
// core, section 3.4.1). It is taken as it stands: whether it is signed, and by
// whom, is not looked at.
type Request struct {
	ID                          string
	Issuer                      string
	Destination                 string
	AssertionConsumerServiceURL string    // where the response is to be sent; empty where the metadata or an index says so
	IssueInstant                time.Time // zero where there is none that can be read
	RelayState                  string    // that went with it
	URL                         string    // where it was sent, if the capture tells
}

// What is read of requests at most: they are short, and there are few.
const (
	mostRequest  = 64 << 10 // bytes of one, as it was captured and as XML
	mostRequests = 100      // before one response
)

// readRequest reads an AuthnRequest. The size is that of what it was decoded to,
// in bytes.
func readRequest(m *capture.Message) (r Request, size int, ok bool) {
	if len(m.Text) > mostRequest {
		return r, 0, false
	}
	message := Decode(m.Text)
	size = len(message.capture.xml)
	if size > mostRequest {
		return r, size, false
	}
	doc, err := xmldoc.Parse([]byte(message.capture.xml), xmldoc.MessageLimits())
	if err != nil || !doc.Root().Is(nsProtocol, "AuthnRequest") {
		return r, size, false
	}
	r = requestOf(doc.Root())
	r.URL, r.RelayState = m.URL, message.RelayState()
	if m.RelayState != "" {
		r.RelayState = m.RelayState
	}
	return r, size, r.ID != ""
}

// requestOf reads the element, of which nothing else is kept in memory.
func requestOf(root xmldoc.Element) Request {
	get := func(name string) string { return strings.Clone(root.Get(name)) }
	r := Request{
		ID: get("ID"), Issuer: strings.Clone(root.Child(nsAssertion, "Issuer").Text()), Destination: get("Destination"),
		AssertionConsumerServiceURL: get("AssertionConsumerServiceURL"),
	}
	if at, err := time.Parse(time.RFC3339, root.Get("IssueInstant")); err == nil {
		r.IssueInstant = at.UTC()
	}
	return r
}

// answered gives the request of the capture that the response answers, by what
// Response and SubjectConfirmationData say; nil if there is none.
func (f *facts) answered() *Request {
	for _, v := range []Value{f.response.InResponseTo, f.confirmedRequest()} {
		for i, r := range f.message.Requests {
			if v.Present() && r.ID == v.Text {
				return &f.message.Requests[i]
			}
		}
	}
	return nil
}
