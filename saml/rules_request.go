package saml

import (
	"fmt"
	"slices"
)

var needRequests = &need{func(f *facts) bool { return len(f.message.Requests) > 0 }, "the capture holds no AuthnRequest"}

var needAnswered = &need{func(f *facts) bool { return f.answered() != nil }, "the capture does not hold the request that the response answers"}

// The rules that hold the response against the AuthnRequests in the same capture.
var requestRules = []*rule{
	{
		Rule: Rule{
			Code: "request-unanswered", Stage: StageMessage, Severity: Warning,
			Title:       "the response answers none of the requests in the capture",
			Explanation: "the capture holds AuthnRequests of the service provider that were sent before the response, and its InResponseTo names none of them or is absent. A service provider that waits for the answer to its request refuses such a response: the identity provider started a sign-in of its own, lost the request on a detour (a second login page, an account chooser, the sign-in of another tenant), or response and request belong to different sign-ins",
			Fix:         "capture one sign-in from its beginning, in one tab; where the response still answers nothing, look at where the identity provider drops the request, and whether its sign-in page was stored as a bookmark",
			Sources:     []Source{core("3.2.2"), profiles("4.1.4.2"), profiles("4.1.5")},
		},
		needs: []*need{needDocument, needResponse, needTraffic, needRequests}, judge: judgeUnanswered,
	},
	{
		Rule: Rule{
			Code: "request-endpoint-mismatch", Stage: StageMessage, Severity: Warning,
			Title:       "the response goes to another URL than its request asked for",
			Explanation: "AssertionConsumerServiceURL in an AuthnRequest is where the response has to be sent. The response that answers it names another Destination or Recipient: the identity provider overrides the request by its own configuration, and a service provider that compares the two refuses the response",
			Fix:         "register the URL of the request as a reply URL (assertion consumer service URL) at the identity provider, or correct the URL that the service provider asks for",
			Sources:     []Source{core("3.4.1"), profiles("4.1.4.1"), profiles("4.1.4.3")},
		},
		needs: []*need{needDocument, needResponse, needTraffic, needRequests, needAnswered}, judge: judgeRequestEndpoint,
	},
	{
		Rule: Rule{
			Code: "relay-state-changed", Stage: StageMessage, Severity: Warning,
			Title:       "the RelayState is not the one of the request",
			Explanation: "the RelayState that comes with an AuthnRequest has to come back unchanged with the response; the service provider finds its state, or the page to lead the user to, by it. Here another one came back, or none: the sign-in may succeed and end at the wrong page, or be refused",
			Fix:         "look for what cuts or replaces it: a length limit (the binding allows 80 bytes), a RelayState that is configured at the identity provider, a proxy that decodes it twice",
			Sources:     []Source{bindings("3.4.3"), bindings("3.5.3")},
		},
		needs: []*need{needDocument, needResponse, needTraffic, needRequests, needAnswered}, judge: judgeRelayState,
	},
}

func judgeUnanswered(f *facts, report func(Fault)) {
	asking := f.asking()
	if len(asking) == 0 || f.answered() != nil {
		return
	}
	last := asking[len(asking)-1]
	named := f.response.InResponseTo
	if !named.Present() {
		named = f.confirmedRequest()
	}
	words := fmt.Sprintf("the request %s, the last of %s of this service provider in the capture, is expected to be answered", quote(last.ID), count(len(asking), "request"))
	if named.Present() {
		report(Fault{Place: named.Place(), Message: fmt.Sprintf("%s, the response answers %s", words, quote(named.Text))})
		return
	}
	report(Fault{Place: placeOf(f.shape.response), Message: words + ", the response has no InResponseTo"})
}

// asking gives the requests of the service provider that the response is for: a
// capture may hold those of others too.
func (f *facts) asking() (out []Request) {
	for _, r := range f.message.Requests {
		forIt := f.content != nil && slices.ContainsFunc(f.content.Audiences(), func(a Value) bool { return a.Text == r.Issuer })
		asked := comparableURL(r.AssertionConsumerServiceURL)
		if forIt || asked != "" && slices.ContainsFunc(f.targets(), func(v Value) bool { return comparableURL(v.Text) == asked }) {
			out = append(out, r)
		}
	}
	return out
}

// judgeRequestEndpoint holds Destination and, where it says something else,
// Recipient against the URL of the request.
func judgeRequestEndpoint(f *facts, report func(Fault)) {
	asked := f.answered().AssertionConsumerServiceURL
	if asked == "" {
		return
	}
	told := ""
	for _, v := range f.targets() {
		target := comparableURL(v.Text)
		if !v.Present() || target == told || target == comparableURL(asked) {
			continue
		}
		told = target
		report(Fault{Place: v.Place(), Message: fmt.Sprintf("the request asks for the response at %s, it is made for %s%s", quote(asked), quote(v.Text), differs(asked, v.Text))})
	}
}

// tellsRelayState reports whether the capture would show a RelayState if one had
// come: a tracer may mask it, and a value alone stands beside nothing.
func (m *Message) tellsRelayState() bool {
	return m.capture.fields && m.capture.form != FormTracer && m.capture.cut == ""
}

func judgeRelayState(f *facts, report func(Fault)) {
	sent, came := f.answered().RelayState, f.message.RelayState()
	switch {
	case sent == "" || sent == came:
	case came == "" && !f.message.tellsRelayState():
	case came == "":
		report(Fault{Place: placeOf(f.shape.response), Message: fmt.Sprintf("the RelayState %s of the request is expected, none came with the response", quote(sent))})
	default:
		report(Fault{Place: placeOf(f.shape.response), Message: fmt.Sprintf("the RelayState %s of the request is expected, %s came with the response%s", quote(sent), quote(came), differs(sent, came))})
	}
}
