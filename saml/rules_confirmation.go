package saml

import "fmt"

// counting gives the bearer confirmations whose faults count: under the profile
// saml the first that meets every rule is enough (Core 2.4.1), else all.
func (f *facts) counting() []Confirmation {
	all := f.content.Bearer()
	if f.profile == ProfileSAML {
		for i := range all {
			if f.meets(&all[i]) {
				return all[i : i+1]
			}
		}
	}
	return all
}

// meets reports whether a bearer confirmation alone confirms the subject now.
func (f *facts) meets(c *Confirmation) bool {
	ends := &c.NotOnOrAfter
	return c.HasData && !blank(c.Recipient.Text) && ends.Valid() && ends.Time.After(f.now) &&
		(!c.NotBefore.Present() || c.NotBefore.Valid() && !c.NotBefore.Time.After(f.now)) &&
		(f.options.Recipients == nil || matchesAny(f.options.Recipients, c.Recipient.Text)) &&
		(f.options.RequestID == "" || c.InResponseTo.Text == f.options.RequestID)
}

// weigh gives the severity of a fault of one confirmation: an info where
// another one is enough, else the rule's own.
func (f *facts) weigh() func(*Confirmation) Severity {
	counting := f.counting()
	others := len(counting) == 1 && len(f.content.Bearer()) > 1
	return func(c *Confirmation) Severity {
		if others && counting[0].element != c.element {
			return Info
		}
		return ""
	}
}

// judgeBearers makes a judge that looks at each bearer confirmation and reports
// what is wrong with it at a place; no words are no fault.
func judgeBearers(fault func(c *Confirmation) (words func() string, at func() Place)) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		wrong := sparing(report)
		weigh := f.weigh()
		all := f.content.Bearer()
		for i := range all {
			c := &all[i]
			words, at := fault(c)
			if words == nil {
				continue
			}
			wrong(func() Fault {
				message, severity := words(), weigh(c)
				if severity == Info {
					message += "; another bearer confirmation is enough"
				}
				return Fault{Place: at(), Severity: severity, Message: message, NoAnswer: severity == Info}
			})
		}
	}
}

// just gives words that are known beforehand.
func just(words string) func() string { return func() string { return words } }

var confirmationRules = []*rule{
	{
		Rule: Rule{
			Code: "confirmation-missing", Stage: StageSubject, Severity: Error,
			Title:       "the Subject has no SubjectConfirmation",
			Explanation: "SubjectConfirmation says how a receiver knows that whoever presents the assertion may do so. In the Web SSO profile there is one with the method bearer, whose data bind the assertion to one receiver and one short time",
			Fix:         "configure the identity provider for the Web Browser SSO profile; all products send a bearer confirmation then",
			Sources:     []Source{profiles("4.1.4.2"), core("2.4.1.1"), awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		needs: absenceNeeds, judge: func(f *facts, report func(Fault)) {
			if s := f.content.subject; s != nil && len(s.Confirmations) == 0 {
				report(Fault{Place: s.Place(), Message: "a child SubjectConfirmation with the method bearer is expected in Subject, none is there"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "confirmation-multiple", Stage: StageSubject, Severity: Error, Profiles: onlyAWS,
			Title:       "there is more than one SubjectConfirmation",
			Explanation: "SAML allows several confirmations, of which one has to hold. AWS documents exactly one and was observed to refuse two, with words about base64",
			Fix:         "configure the identity provider to send one bearer SubjectConfirmation to AWS: one assertion consumer service URL for this application",
			Sources:     []Source{awsAssertions, awsRecorded, core("2.4.1")},
			AWS:         answerStructure(Observed),
		},
		needs: contentNeeds, judge: func(f *facts, report func(Fault)) {
			if s := f.content.subject; s != nil && len(s.Confirmations) > 1 {
				report(Fault{Place: s.Confirmations[1].Place(), Message: fmt.Sprintf("one SubjectConfirmation is expected, %d are found", len(s.Confirmations))})
			}
		},
	},
	{
		Rule: Rule{
			Code: "confirmation-method-unsupported", Stage: StageSubject, Severity: Error,
			Title:       "no SubjectConfirmation has the method bearer",
			Explanation: "in the Web SSO profile whoever presents the assertion is taken for its subject, which is the method bearer. Other methods, such as holder-of-key and sender-vouches, ask for proofs that a browser does not give",
			Fix:         "configure the identity provider for the Web Browser SSO profile with bearer confirmation",
			Sources:     []Source{profiles("4.1.4.2"), profiles("3.3")},
			Unsettled:   "STS accepts another method of confirmation than bearer",
		},
		needs: contentNeeds, judge: func(f *facts, report func(Fault)) {
			s := f.content.subject
			if s == nil || len(s.Confirmations) == 0 || len(f.content.Bearer()) > 0 {
				return
			}
			var methods []string
			for _, c := range s.Confirmations {
				methods = append(methods, c.Method.Text)
			}
			report(Fault{Place: s.Confirmations[0].Place(), Message: fmt.Sprintf("the method %s is expected, %s is found", quote(methodBearer), quoteAll(methods))})
		},
	},
	{
		Rule: Rule{
			Code: "confirmation-data-missing", Stage: StageSubject, Severity: Error, Varies: varies,
			Title:       "a bearer confirmation has no SubjectConfirmationData",
			Explanation: "the data of a bearer confirmation bind the assertion to one receiver (Recipient) and to a short time (NotOnOrAfter); without them whoever gets hold of the assertion can use it anywhere",
			Fix:         "configure the identity provider to send SubjectConfirmationData with Recipient and NotOnOrAfter; check that the assertion consumer service URL of the application is set",
			Sources:     []Source{profiles("4.1.4.2"), core("2.4.1.2"), awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		needs: contentNeeds, judge: judgeBearers(func(c *Confirmation) (func() string, func() Place) {
			if c.HasData {
				return nil, nil
			}
			return just("a child SubjectConfirmationData is expected in the bearer SubjectConfirmation, none is there"), c.Place
		}),
	},
	{
		Rule: Rule{
			Code: "confirmation-expiry-missing", Stage: StageSubject, Severity: Error, Varies: varies,
			Title:       "a bearer confirmation has no NotOnOrAfter",
			Explanation: "NotOnOrAfter of SubjectConfirmationData limits the time in which the assertion may be presented; the Web SSO profile and AWS require it, whatever Conditions says, and AWS STS was observed to refuse an assertion without",
			Fix:         "configure the identity provider to send NotOnOrAfter on SubjectConfirmationData; look for a custom template",
			Sources:     []Source{profiles("4.1.4.2"), awsAssertions, awsRecorded},
			AWS:         answerStructure(Observed),
		},
		needs: contentNeeds, judge: judgeBearers(func(c *Confirmation) (func() string, func() Place) {
			if !c.HasData || c.NotOnOrAfter.Present() {
				return nil, nil
			}
			return just("an attribute NotOnOrAfter is expected on SubjectConfirmationData, there is none"), c.DataPlace
		}),
	},
	{
		Rule: Rule{
			Code: "confirmation-notbefore", Stage: StageSubject, Severity: Warning, Varies: varies,
			Title:       "a bearer confirmation has a NotBefore",
			Explanation: "the Web SSO profile forbids NotBefore on the data of a bearer confirmation; strict receivers refuse the assertion for it. AWS STS was observed to accept it",
			Fix:         "configure the identity provider to leave NotBefore out of SubjectConfirmationData; it belongs on Conditions",
			Sources:     []Source{profiles("4.1.4.2"), awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: contentNeeds, judge: judgeBearers(func(c *Confirmation) (func() string, func() Place) {
			if !c.NotBefore.Present() {
				return nil, nil
			}
			return func() string {
				return "no NotBefore is expected on the data of a bearer confirmation, " + quote(c.NotBefore.Text) + " is found"
			}, c.NotBefore.Place
		}),
	},
}

// varies says when faults of a confirmation weigh less.
const varies = "info under the profile saml where another bearer confirmation is enough"

var recipientRules = []*rule{
	{
		Rule: Rule{
			Code: "recipient-missing", Stage: StageSubject, Severity: Error, Varies: varies,
			Title:       "a bearer confirmation has no Recipient",
			Explanation: "Recipient is the URL at which the service provider takes the response; it keeps one service provider from using the assertion at another. The Web SSO profile and AWS require it, and AWS STS was observed to refuse an assertion without. ADFS leaves it out of responses that were asked for at its WS-Trust endpoints",
			Fix:         "set the assertion consumer service URL (reply URL) of the application, and sign in by the browser's way, not by WS-Trust",
			Sources:     []Source{profiles("4.1.4.2"), awsAssertions, awsRecorded},
			AWS:         answerStructure(Observed),
		},
		needs: contentNeeds, judge: judgeBearers(func(c *Confirmation) (func() string, func() Place) {
			switch {
			case !c.HasData || c.Recipient.Present() && !blank(c.Recipient.Text):
				return nil, nil
			case c.Recipient.Present():
				return func() string { return "a URL is expected in Recipient, " + quote(c.Recipient.Text) + " is found" }, c.Recipient.Place
			}
			return just("an attribute Recipient is expected on SubjectConfirmationData, there is none"), c.DataPlace
		}),
	},
	{
		Rule: Rule{
			Code: "recipient-mismatch", Stage: StageSubject, Severity: Error, Varies: "info for a recipient that was documented once; " + varies,
			Title:       "the Recipient is not the service provider",
			Explanation: "Recipient has to be the URL at which the service provider takes the response, byte by byte. The API of AWS was observed to accept any Recipient and to hand it on as saml:aud, so that it fails at roles whose trust policy names a sign-in URL; what the console does with another Recipient is not known",
			Fix:         "set the assertion consumer service URL (reply URL) of the application to exactly the URL that the service provider names: in Entra ID Reply URL, in Okta Single sign on URL, in Keycloak the Assertion Consumer Service POST Binding URL, in ADFS the endpoint of the relying party trust",
			Sources:     []Source{profiles("4.1.4.2"), profiles("4.1.4.3"), core("2.4.1.2"), awsAssertions, awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: []*need{needDocument, needMessage, needContent, needRecipient}, judge: judgeRecipients,
	},
}

func judgeRecipients(f *facts, report func(Fault)) {
	wrong := sparing(report)
	weigh := f.weigh()
	all := f.content.Bearer()
	for i := range all {
		c := &all[i]
		r := c.Recipient
		if blank(r.Text) || matchesAny(f.options.Recipients, r.Text) {
			continue
		}
		wrong(func() Fault {
			severity := weigh(c)
			message := fmt.Sprintf("the recipient %s is expected, %s is found", expected(f.options.Recipients), quote(r.Text)) + nearestOf(f.options.Recipients, []Value{r})
			switch {
			case severity == Info:
				message += "; another bearer confirmation is enough"
			case matchesAny(f.options.DoubtfulRecipients, r.Text):
				severity = Info
				message += "; it was documented once and may be meant"
			}
			return Fault{Place: r.Place(), Severity: severity, Message: message}
		})
	}
}
