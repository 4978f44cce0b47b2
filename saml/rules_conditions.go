package saml

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// earlySpan is how far ahead NotBefore may be before it is more than a matter
// of clocks.
const earlySpan = 5 * time.Minute

// The rules on the Conditions element and on the times that limit the assertion.
var conditionRules = []*rule{
	{
		Rule: Rule{
			Code: "conditions-missing", Stage: StageConditions, Severity: Error,
			Title:       "the assertion has no Conditions",
			Explanation: "Conditions says for whom the assertion is meant and for how long it is valid. An assertion without it is meant for everybody and for ever; the Web SSO profile needs at least an AudienceRestriction in it, and AWS STS was observed to refuse an assertion that has none",
			Fix:         "configure the identity provider to send Conditions with NotBefore, NotOnOrAfter and an AudienceRestriction; all products do by default, so look for a custom template",
			Sources:     []Source{core("2.5.1"), profiles("4.1.4.2"), awsRecorded},
			AWS:         answerStructure(Observed),
		},
		needs: absenceNeeds, judge: func(f *facts, report func(Fault)) {
			if f.content.conditions == nil {
				report(Fault{Place: f.content.Place(), Message: "a child Conditions is expected in the Assertion, none is there"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "assertion-expired", Stage: StageConditions, Severity: Error,
			Title:       "the assertion has expired",
			Explanation: "an assertion ends at the first of three times: NotOnOrAfter of Conditions, NotOnOrAfter of SubjectConfirmationData, and SessionNotOnOrAfter of AuthnStatement, each of which is itself no longer valid. AWS STS was observed to enforce all three with less than a minute of tolerance, and is reported to answer that the response comes too late once five minutes have passed since its issue, whatever the limits say",
			Fix:         "sign in again and use the response at once; if a fresh response has expired already, compare the clocks of the identity provider and of the receiver. To judge an older capture, judge it as of the time of its capture or of its issue",
			Sources:     []Source{core("2.5.1.2"), core("2.4.1.2"), core("2.7.2"), awsRecorded, redeemReports},
			AWS:         slices.Concat(answerExpired(Observed), answerLate(Inferred)),
		},
		needs: contentNeeds, judge: judgeExpiry,
	},
	{
		Rule: Rule{
			Code: "assertion-early", Stage: StageConditions, Severity: Error, Varies: "warning within 5 minutes, which clocks explain",
			Title:       "the assertion is not valid yet",
			Explanation: "NotBefore lies after the time as of which the response is judged, so a receiver has to refuse it until then. A minute or two are clocks that differ; hours are a wrong time zone. AWS STS was observed to read NotBefore and to accept the assertion all the same; other receivers do not",
			Fix:         "set the clock of the identity provider by NTP, and let it put NotBefore some minutes before the issue",
			Sources:     []Source{core("2.5.1.2"), core("2.4.1.2"), awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: contentNeeds, judge: judgeEarly,
	},
	{
		Rule: Rule{
			Code: "audience-missing", Stage: StageConditions, Severity: Error,
			Title:       "the assertion names no audience",
			Explanation: "in the Web SSO profile an assertion carries an AudienceRestriction that holds the entity ID of the service provider, so that it cannot be used elsewhere. The API of AWS was observed to accept an assertion without; AWS documents that the audience is required",
			Fix:         "set the audience (SP entity ID, identifier) of the application at the identity provider: in Entra ID Identifier (Entity ID), in Okta Audience URI, in Keycloak the client ID, in ADFS the relying party identifier",
			Sources:     []Source{profiles("4.1.4.2"), core("2.5.1.4"), awsAssertions, awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: absenceNeeds, judge: judgeAudienceMissing,
	},
	{
		Rule: Rule{
			Code: "audience-mismatch", Stage: StageConditions, Severity: Error,
			Title:       "the assertion is meant for another audience",
			Explanation: "the receiver has to be among the Audience values of every AudienceRestriction; they are compared byte by byte, so that a slash, a capital letter or a blank makes another audience. Entra ID writes spn: before an identifier that is no URI. The API of AWS was observed not to look at the audience; AWS documents the error \"Response does not contain the required audience\" without saying where it arises",
			Fix:         "set the audience (SP entity ID, identifier) of the application to exactly what the service provider expects: in Entra ID Identifier (Entity ID), in Okta Audience URI, in Keycloak the client ID, in ADFS the relying party identifier",
			Sources:     []Source{core("2.5.1.4"), profiles("4.1.4.2"), awsAssertions, awsTroubleshoot, awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: []*need{needDocument, needMessage, needContent, needAudience}, judge: judgeAudience,
	},
	{
		Rule: Rule{
			Code: "condition-unknown", Stage: StageConditions, Severity: Error,
			Title:       "there is a condition that nobody can check",
			Explanation: "SAML defines AudienceRestriction, OneTimeUse and ProxyRestriction. A receiver that meets a condition which it does not understand cannot say that the assertion is valid, and has to refuse it",
			Fix:         "remove the extension from the identity provider's configuration for this application",
			Sources:     []Source{core("2.5.1"), core("2.5.1.1")},
			Unsettled:   "STS accepts a condition that it does not know",
		},
		needs: contentNeeds, judge: func(f *facts, report func(Fault)) {
			unknown := sparing(report)
			if c := f.content.conditions; c != nil {
				for _, e := range c.others {
					unknown(func() Fault {
						return Fault{Place: placeOf(c.in.source(e)), Message: "one of AudienceRestriction, OneTimeUse and ProxyRestriction is expected in Conditions, " + unknownCondition(e) + " is found"}
					})
				}
			}
		},
	},
	{
		Rule: Rule{
			Code: "condition-one-time", Stage: StageConditions, Severity: Info,
			Title:       "the assertion may be used once",
			Explanation: "OneTimeUse asks the receiver to use the assertion at once and to remember it, so that it cannot be used a second time. Whether a receiver does that cannot be seen in one response; AWS STS was observed to accept the same assertion again",
			Fix:         "nothing, where the receiver keeps that state; else do not rely on it",
			Sources:     []Source{core("2.5.1.5"), awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: contentNeeds, judge: func(f *facts, report func(Fault)) {
			if c := f.content.conditions; c != nil && c.OneTimeUse {
				report(Fault{Place: placeOf(c.in.source(c.element.Child(nsAssertion, "OneTimeUse"))), Message: "Conditions holds OneTimeUse: the receiver has to remember the assertion and to refuse it a second time"})
			}
		},
	},
}

// unknownCondition names a condition with its namespace and its xsi:type.
func unknownCondition(e xmldoc.Element) string {
	out := quote(e.Local()) + " of the namespace " + quote(e.Space())
	if t := e.Attr(nsSchema, "type"); t.Present() {
		out += " with the type " + quote(t.Value())
	}
	return out
}

// judgeExpiry makes one finding of all limits that have passed.
func judgeExpiry(f *facts, report func(Fault)) {
	limits := f.limits()
	for i := range f.content.authn {
		if t := &f.content.authn[i].SessionNotOnOrAfter; t.Valid() {
			limits = append(limits, t)
		}
	}
	if !slices.ContainsFunc(limits, func(t *Instant) bool { return !t.Time.After(f.now) }) {
		return
	}
	var passed, left []*Instant
	var last time.Time
	for _, t := range limits {
		if t.Time.After(f.now) {
			left = append(left, t)
			continue
		}
		passed = append(passed, t)
		if t.Time.After(last) {
			last = t.Time
		}
	}
	fault := Fault{Place: passed[0].Place(), Message: fmt.Sprintf("the time judged by, %s, is expected to be before every limit: %s; %s",
		stamp(f.now), listed(append(passed, left...), f.limitWords), f.whyExpired(last))}
	fault.AWS = f.expiredAnswer()
	fault.NoAnswer = fault.AWS == nil
	report(fault)
}

// limitWords says whether a limit has passed.
func (f *facts) limitWords(t *Instant) string {
	if t.Time.After(f.now) {
		return fmt.Sprintf("%s %s still holds", t.name(), stamp(t.Time))
	}
	return fmt.Sprintf("%s %s %s", t.name(), stamp(t.Time), passedWords(f.now.Sub(t.Time)))
}

func passedWords(d time.Duration) string {
	if d == 0 {
		return "is reached, and the limit itself is too late"
	}
	return "passed " + span(d) + " ago"
}

// listed joins what is said of times, of at most six of them.
func listed(times []*Instant, words func(*Instant) string) string {
	const most = 6
	var clauses []string
	for _, t := range times[:min(len(times), most)] {
		clauses = append(clauses, words(t))
	}
	if more := len(times) - most; more > 0 {
		clauses = append(clauses, fmt.Sprintf("%d more", more))
	}
	return strings.Join(clauses, ", ")
}

// whyExpired tells a stale capture from a clock that is wrong.
func (f *facts) whyExpired(limit time.Time) string {
	captured, issued := f.message.Captured, f.content.issued
	switch {
	case !captured.IsZero() && captured.Before(limit):
		return fmt.Sprintf("it was valid when it was captured, at %s: the capture is old", stamp(captured))
	case !captured.IsZero():
		return fmt.Sprintf("it had expired when it was captured, at %s: the clocks differ, or it was used too late", stamp(captured))
	case issued.Valid() && f.now.Sub(issued.Time) < redemptionSpan:
		return "it was issued only " + span(f.now.Sub(issued.Time)) + " before: its life is too short, or the clocks differ"
	}
	return "the capture is old, or the clocks differ"
}

// expiredAnswer tells which of its two answers AWS gives to an expired
// assertion; nil where the time of issue is not known.
func (f *facts) expiredAnswer() []Answer {
	issued := f.content.issued
	switch {
	case !issued.Valid():
		return nil
	case f.now.Sub(issued.Time) <= redemptionSpan:
		return answerExpired(Observed)
	}
	return answerLate(Inferred)
}

// judgeEarly makes one finding of all beginnings that lie ahead.
func judgeEarly(f *facts, report func(Fault)) {
	var from []*Instant
	add := func(t *Instant) {
		if t.Valid() && t.Time.After(f.now) {
			from = append(from, t)
		}
	}
	if c := f.content.conditions; c != nil {
		add(&c.NotBefore)
	}
	counting := f.counting()
	for i := range counting {
		add(&counting[i].NotBefore)
	}
	if len(from) == 0 {
		return
	}
	severity := Warning
	for _, t := range from {
		if t.Time.Sub(f.now) > earlySpan {
			severity = Error
		}
	}
	ahead := func(t *Instant) string {
		return fmt.Sprintf("%s %s is %s ahead", t.name(), stamp(t.Time), span(t.Time.Sub(f.now)))
	}
	report(Fault{Place: from[0].Place(), Severity: severity, Message: fmt.Sprintf("a beginning not after the time judged by, %s, is expected: %s", stamp(f.now), listed(from, ahead))})
}

func judgeAudienceMissing(f *facts, report func(Fault)) {
	c := f.content.conditions
	if c == nil {
		return
	}
	if len(c.AudienceRestrictions) == 0 {
		report(Fault{Place: c.Place(), Message: "an AudienceRestriction with an Audience is expected in Conditions, none is there"})
	}
	for _, r := range c.AudienceRestrictions {
		if len(r) == 0 {
			report(Fault{Place: c.Place(), Message: "an Audience is expected in every AudienceRestriction, one has none"})
		}
	}
}

// judgeAudience holds every restriction against the expectation.
func judgeAudience(f *facts, report func(Fault)) {
	if f.content.conditions == nil {
		return
	}
	wrong := sparing(report)
	for i, restriction := range f.content.conditions.AudienceRestrictions {
		if len(restriction) == 0 || slices.ContainsFunc(restriction, func(v Value) bool { return matchesAny(f.options.Audiences, v.Text) }) {
			continue
		}
		wrong(func() Fault {
			message := fmt.Sprintf("the audience %s is expected, %s is found", expected(f.options.Audiences), quoteAll(texts(restriction)))
			if i > 0 {
				message += fmt.Sprintf(" in AudienceRestriction number %d, each of which has to name it", i+1)
			}
			return Fault{Place: restriction[0].Place(), Message: message + nearestOf(f.options.Audiences, restriction)}
		})
	}
}

func texts(values []Value) []string {
	var out []string
	for _, v := range values {
		out = append(out, v.Text)
	}
	return out
}

// expected names what is expected: one of at most three patterns.
func expected(patterns []string) string {
	const most = 3
	switch {
	case len(patterns) == 0:
		return "(none)"
	case len(patterns) > most:
		return fmt.Sprintf("%s (or one of %d others)", quoteAll(patterns[:1]), len(patterns)-1)
	}
	var out []string
	for _, p := range patterns {
		out = append(out, quote(p))
	}
	return strings.Join(out, " or ")
}

// nearestOf gives, as words to append, the difference between one of the first
// values and the expectation that it is nearest to.
func nearestOf(patterns []string, values []Value) string {
	const most = 10
	for _, v := range values[:min(len(values), most)] {
		if want, words := nearest(patterns, v.Text); words != "" {
			if len(patterns) == 1 {
				return ": " + words
			}
			return fmt.Sprintf("; compared with %s, %s", quote(want), words)
		}
	}
	return ""
}
