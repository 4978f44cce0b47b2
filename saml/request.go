package saml

import (
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
	mostRequest  = 64 << 10 // characters of one as it was captured
	mostRequests = 100      // before one response
)

// readRequest reads an AuthnRequest.
func readRequest(m *capture.Message) (r Request, ok bool) {
	if len(m.Text) > mostRequest {
		return r, false
	}
	message := Decode(m.Text)
	doc, err := xmldoc.Parse([]byte(message.capture.xml), xmldoc.MessageLimits())
	if err != nil || !doc.Root().Is(nsProtocol, "AuthnRequest") {
		return r, false
	}
	root := doc.Root()
	r = Request{
		ID: root.Get("ID"), Issuer: root.Child(nsAssertion, "Issuer").Text(), Destination: root.Get("Destination"),
		AssertionConsumerServiceURL: root.Get("AssertionConsumerServiceURL"),
		RelayState:                  message.RelayState(), URL: m.URL,
	}
	if m.RelayState != "" {
		r.RelayState = m.RelayState
	}
	if at, err := time.Parse(time.RFC3339, root.Get("IssueInstant")); err == nil {
		r.IssueInstant = at.UTC()
	}
	return r, r.ID != ""
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
