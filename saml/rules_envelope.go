package saml

import (
	"fmt"
	"slices"
)

// The rules on where the Response was sent and what it answers.
var envelopeRules = []*rule{
	{
		Rule: Rule{
			Code: "destination-mismatch", Stage: StageMessage, Severity: Warning, Varies: "error under the profile saml with an expected recipient",
			Title:       "the Destination is not where the response goes",
			Explanation: "Destination, where present, is the URL at which the service provider takes the response, the same as the Recipient of the assertion; a receiver that finds another one discards the message. AWS does not speak of it",
			Fix:         "set the reply URL (assertion consumer service URL) of the application to the URL of the service provider, exactly",
			Sources:     []Source{core("3.2.2"), bindings("3.5.5.2"), awsOperation, awsRecorded},
			AWS:         answerAccepted(Inferred),
		},
		needs: []*need{needDocument, needResponse}, judge: judgeDestination,
	},
	{
		Rule: Rule{
			Code: "destination-missing", Stage: StageMessage, Severity: Warning, Varies: "error under the profile saml",
			Title:       "a signed Response has no Destination",
			Explanation: "a Response that is signed and sent by HTTP-POST carries Destination, so that it cannot be forwarded to another receiver; AWS STS was observed to accept one without",
			Fix:         "configure the identity provider to send Destination",
			Sources:     []Source{bindings("3.5.5.2"), awsRecorded},
			AWS:         []Answer{{By: "sts", Code: "Success", Basis: Observed}},
		},
		needs: []*need{needDocument, needResponse}, judge: func(f *facts, report func(Fault)) {
			if len(f.signaturesOf(f.shape.response)) > 0 && !f.response.Destination.Present() {
				report(Fault{Place: placeOf(f.shape.response), Severity: f.strict(), Message: "a Destination is expected on a signed Response, there is none"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "request-unexpected", Stage: StageMessage, Severity: Info, Varies: "warning where only one of two places has it, error where they contradict each other or the expected request",
			Title:       "the response answers a request",
			Explanation: "InResponseTo names the AuthnRequest that the response answers; a service provider that sent no such request, or has lost its state, refuses it. Sign-in to AWS is started by the identity provider, and then InResponseTo is absent everywhere",
			Fix:         "start the sign-in again where it is meant to start, and do not use a response for another request; InResponseTo has to be the same on the Response and on SubjectConfirmationData, or absent from both",
			Sources:     []Source{core("3.2.2"), profiles("4.1.4.2"), profiles("4.1.5"), iamGuide("Enable SAML 2.0 federated principals to access the AWS Management Console", "id_roles_providers_enable-console-saml")},
			AWS:         answerAccepted(Inferred),
		},
		needs: []*need{needDocument, needResponse}, judge: judgeRequest,
	},
}

func judgeDestination(f *facts, report func(Fault)) {
	d := f.response.Destination
	if !d.Present() {
		return
	}
	if wanted := f.options.Recipients; wanted != nil && !matchesAny(wanted, d.Text) {
		report(Fault{Place: d.Place(), Severity: f.strict(), Message: fmt.Sprintf("the Destination %s is expected, %s is found", expected(wanted), quote(d.Text)) + nearestOf(wanted, []Value{d})})
		return
	}
	if f.content == nil {
		return
	}
	recipients := f.recipients()
	if len(recipients) > 0 && !slices.Contains(recipients, d.Text) {
		r := recipients[0]
		report(Fault{Place: d.Place(), Message: fmt.Sprintf("the Recipient of the assertion is %s, the Destination is %s%s", quote(r), quote(d.Text), differs(r, d.Text))})
	}
}

// recipients gives the Recipients of the confirmations that count; an empty
// one is the fault of another rule.
func (f *facts) recipients() (out []string) {
	for _, c := range f.counting() {
		if !blank(c.Recipient.Text) {
			out = append(out, c.Recipient.Text)
		}
	}
	return out
}

// judgeRequest holds the places of InResponseTo against each other and against
// the request that is expected.
func judgeRequest(f *facts, report func(Fault)) {
	outer := f.response.InResponseTo
	inside := f.confirmedRequest()
	want := f.options.RequestID
	for _, v := range []Value{outer, inside} {
		if v.Present() && blank(v.Text) {
			report(Fault{Place: v.Place(), Severity: Error, Message: "InResponseTo is empty; it names a request or is absent"})
			return
		}
	}
	switch {
	case outer.Present() && inside.Present() && outer.Text != inside.Text:
		report(Fault{Place: inside.Place(), Severity: Error, Message: fmt.Sprintf("the Response answers the request %s, its SubjectConfirmationData the request %s", quote(outer.Text), quote(inside.Text))})
	case want != "":
		f.judgeExpectedRequest(outer, inside, report)
	case outer.Present() && !inside.Present() && f.content != nil:
		report(Fault{Place: outer.Place(), Severity: Warning, Message: fmt.Sprintf("InResponseTo is %s on the Response and absent from SubjectConfirmationData", quote(outer.Text))})
	case inside.Present() && !outer.Present():
		report(Fault{Place: inside.Place(), Severity: Warning, Message: fmt.Sprintf("InResponseTo is %s on SubjectConfirmationData and absent from the Response", quote(inside.Text))})
	case outer.Present() && f.answered() != nil:
		report(Fault{Place: outer.Place(), Message: fmt.Sprintf("the response answers the request %s, which the capture holds: the service provider started this sign-in", quote(outer.Text))})
	case outer.Present():
		report(Fault{Place: outer.Place(), Message: fmt.Sprintf("the response answers the request %s: the service provider must still know that request", quote(outer.Text))})
	}
}

func (f *facts) judgeExpectedRequest(outer, inside Value, report func(Fault)) {
	want := f.options.RequestID
	for _, v := range []Value{outer, inside} {
		if v.Present() && v.Text != want {
			report(Fault{Place: v.Place(), Severity: Error, Message: fmt.Sprintf("an answer to the request %s is expected, this answers %s", quote(want), quote(v.Text))})
			return
		}
	}
	switch {
	case !inside.Present() && f.content != nil:
		report(Fault{Place: f.content.Place(), Severity: Error, Message: fmt.Sprintf("an answer to the request %s is expected, SubjectConfirmationData has no InResponseTo", quote(want))})
	case !outer.Present() && !inside.Present():
		report(Fault{Place: placeOf(f.shape.response), Severity: Warning, Message: fmt.Sprintf("an answer to the request %s is expected, the Response has no InResponseTo", quote(want))})
	case !outer.Present():
		report(Fault{Place: placeOf(f.shape.response), Severity: Warning, Message: fmt.Sprintf("InResponseTo is %s on SubjectConfirmationData and absent from the Response", quote(want))})
	}
}

// confirmedRequest gives the InResponseTo of the first of the confirmations
// that count that has one.
func (f *facts) confirmedRequest() Value {
	if f.content == nil {
		return Value{}
	}
	for _, s := range f.counting() {
		if s.InResponseTo.Present() {
			return s.InResponseTo
		}
	}
	return Value{}
}
