package saml

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// The spans that the rules on time judge by.
const (
	redemptionSpan = 5 * time.Minute // AWS: from the issue to the call
	futureSpan     = 5 * time.Minute // clocks that differ by less are usual
	shortLife      = 3 * time.Minute
	briefLife      = time.Minute
)

var (
	schemaDateTime = Source{"XML Schema part 2: Datatypes, section 3.2.7 (dateTime)", "https://www.w3.org/TR/xmlschema-2/#dateTime"}
	rfc3339        = Source{"RFC 3339, section 5.6", "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"}
	redeemReports  = Source{"reports of users that quote the answer of AWS", "https://github.com/Nike-Inc/gimme-aws-creds/issues/251"}
	redeemOneLogin = Source{"onelogin-aws-cli, issue 64: responses of OneLogin that were used late", "https://github.com/physera/onelogin-aws-cli/issues/64"}
)

// The rules on instants, wherever they stand.
var timeRules = []*rule{
	{
		Rule: Rule{
			Code: "time-malformed", Stage: StageMessage, Severity: Error,
			Title:       "a time cannot be read",
			Explanation: "every time in SAML is an xs:dateTime: date, the letter T, time of day, a fraction if need be, and Z for UTC, such as 2026-09-11T10:00:00Z. Years have four digits here and a time is at most 64 characters long. A receiver that cannot read a time cannot judge the limit that it sets, and refuses the assertion",
			Fix:         "make the identity provider write its times as UTC in the form YYYY-MM-DDThh:mm:ss.sssZ; look at custom templates and plug-ins that write dates",
			Sources:     []Source{core("1.3.3"), schemaDateTime, awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		proves: true, needs: []*need{needDocument, needMessage}, judge: judgeMalformedTimes,
	},
	{
		Rule: Rule{
			Code: "time-nonstandard", Stage: StageMessage, Severity: Warning, Varies: "info for a fraction of more than three digits, for 24:00:00 and for white space around a time",
			Title:       "a time is written in an unusual form",
			Explanation: "SAML wants every time in UTC, without any other time zone, and says that nobody shall rely on more than milliseconds. A time without a zone is read as UTC by some receivers, as local time by others, and refused by readers of RFC 3339; a time with an offset is the right instant to most and wrong to those that drop the offset. samlcheck reads the instant as XML Schema says, and takes a missing zone for UTC",
			Fix:         "make the identity provider write its times as UTC, ending in Z, with at most three digits of fraction",
			Sources:     []Source{core("1.3.3"), schemaDateTime, rfc3339},
			Unsettled:   "STS reads a time of this form",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeTimeForms,
	},
	{
		Rule: Rule{
			Code: "issue-instant-future", Stage: StageMessage, Severity: Warning,
			Title:       "the time of issue lies in the future",
			Explanation: "IssueInstant is more than five minutes later than the time as of which the response is judged. Either the clock of the identity provider is ahead, or the clock here is behind, or the wrong time was given to judge by; receivers that check IssueInstant refuse such a response",
			Fix:         "set the clocks of the identity provider and of this machine by NTP, or judge as of the time of capture",
			Sources:     []Source{core("2.3.3"), core("3.2.2")},
			Unsettled:   "STS accepts a time of issue that lies in the future",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeFutureIssue,
	},
	{
		Rule: Rule{
			Code: "redemption-late", Stage: StageMessage, Severity: Warning, Profiles: onlyAWS,
			Title:       "more than five minutes have passed since the issue",
			Explanation: "AWS wants a response within five minutes of its issue, whatever its conditions allow: users of Okta, OneLogin and Entra ID quote the answer, also for assertions that live for an hour. That the five minutes run from the assertion's IssueInstant is inferred from these reports, and the exact tolerance is not known. A saved capture is always late; that does not make the response wrong",
			Fix:         "send a fresh response to AWS at once after sign-in; to judge an older capture, judge it as of the time of its capture or of its issue (--at issued)",
			Sources:     []Source{redeemReports, redeemOneLogin},
			AWS:         answerLate(Inferred),
		},
		needs: []*need{needDocument, needMessage, needContent}, judge: judgeRedemption,
	},
	{
		Rule: Rule{
			Code: "lifetime-short", Stage: StageConditions, Severity: Info, Varies: "warning under 60 seconds",
			Title:       "the assertion is valid for a short time only",
			Explanation: "from its issue to its NotOnOrAfter the assertion lives for less than three minutes. A user who has to choose a role, a slow network or clocks that differ by a minute are enough for it to expire on the way",
			Fix:         "let assertions live for about five minutes: in Keycloak the client's Access Token Lifespan or the realm's, in Shibboleth assertionLifetime, elsewhere the assertion validity of the application",
			Sources:     []Source{core("2.5.1.2"), profiles("4.1.4.2")},
		},
		needs: contentNeeds, judge: judgeLifetime,
	},
	{
		Rule: Rule{
			Code: "lifetime-inverted", Stage: StageConditions, Severity: Error,
			Title:       "the window of validity is empty",
			Explanation: "NotBefore has to be earlier than NotOnOrAfter; where it is not, there is no instant at which the assertion is valid",
			Fix:         "look at the clock skew and the lifetime that the identity provider is configured with: a skew larger than the lifetime, or a negative one, gives such a window",
			Sources:     []Source{core("2.5.1.2"), core("2.4.1.2"), awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: contentNeeds, judge: judgeInvertedWindows,
	},
}

// contentNeeds are what the rules on the assertion's content need.
var contentNeeds = []*need{needDocument, needMessage, needContent}

// absenceNeeds are what the rules on missing content need: where the identity
// provider reports a failure nothing is missed.
var absenceNeeds = []*need{needDocument, needMessage, needSuccess, needContent}

// instants gives every time of the message that is there.
func (f *facts) instants() iter.Seq[*Instant] {
	return func(yield func(*Instant) bool) {
		give := func(all ...*Instant) bool {
			return !slices.ContainsFunc(all, func(t *Instant) bool { return t.Present() && !yield(t) })
		}
		c := f.content
		if !give(&f.response.IssueInstant) || c == nil || !give(&c.issued) {
			return
		}
		if k := c.conditions; k != nil && !give(&k.NotBefore, &k.NotOnOrAfter) {
			return
		}
		for i := range c.confirmations() {
			if s := &c.subject.Confirmations[i]; !give(&s.NotBefore, &s.NotOnOrAfter) {
				return
			}
		}
		for i := range c.authn {
			if s := &c.authn[i]; !give(&s.AuthnInstant, &s.SessionNotOnOrAfter) {
				return
			}
		}
	}
}

// name gives element and attribute: "Conditions@NotBefore".
func (t *Instant) name() string { return t.at().Local() + "@" + t.attribute() }

func judgeMalformedTimes(f *facts, report func(Fault)) {
	malformed := sparing(report)
	for t := range f.instants() {
		if t.Valid() {
			continue
		}
		malformed(func() Fault {
			fault := Fault{Place: t.Place(), Message: fmt.Sprintf("an xs:dateTime such as 2026-09-11T10:00:00Z is expected in %s, %s is found: %s", t.name(), quote(t.Text), whyNoInstant(t.Text))}
			if t.name() == "Conditions@NotBefore" {
				fault.AWS = answerStructure(Observed)
			}
			return fault
		})
	}
}

// whyNoInstant says why parseInstant does not take a text.
func whyNoInstant(s string) string {
	if len(s) > longestTime {
		return fmt.Sprintf("it is %d characters long, more than %d", len(s), longestTime)
	}
	s = strings.Trim(s, " \t\r\n")
	year := strings.TrimLeft(s, "-+")
	digits := len(year) - len(strings.TrimLeft(year, "0123456789"))
	switch {
	case s == "":
		return "it is empty"
	case strings.HasPrefix(s, "-"):
		return "the year is negative"
	case isDateTime(s):
		return "there is no such day, time of day or time zone"
	case digits == len(year):
		return "it is a number, not a date"
	case digits > 4 && year[digits] == '-':
		return "the year has more than 4 digits"
	case strings.ContainsAny(s, " t") && isDateTime(strings.NewReplacer(" ", "T", "t", "T").Replace(s)):
		return "the letter T is missing between date and time"
	case strings.HasSuffix(s, "z"):
		return "the Z has to be a capital letter"
	}
	return "it has another form"
}

func isDateTime(s string) bool { _, ok := splitTime(s); return ok }

func judgeTimeForms(f *facts, report func(Fault)) {
	odd := sparing(report)
	say := func(t *Instant, severity Severity, words string) {
		odd(func() Fault {
			// A trifle is what readers of xs:dateTime take.
			return Fault{Place: t.Place(), Severity: severity, NoAnswer: severity == Info, Message: fmt.Sprintf("%s is %s: %s", t.name(), quote(t.Text), words)}
		})
	}
	for t := range f.instants() {
		switch {
		case !t.Valid():
			continue
		case t.form.noZone:
			say(t, Warning, "a Z for UTC is expected at its end, there is no time zone; it is read as UTC here, and a reader of RFC 3339 times refuses it")
		case t.form.offset:
			say(t, Warning, "UTC with a Z is expected, another time zone is found; the instant is "+stamp(t.Time))
		}
		if words := t.form.trifles(); words != "" {
			say(t, Info, words)
		}
	}
}

// trifles names what most readers take and some do not.
func (form timeForm) trifles() string {
	var out []string
	if form.fraction > 3 {
		out = append(out, fmt.Sprintf("a fraction of %d digits is found, where readers need to keep no more than 3", form.fraction))
	}
	if form.midnight {
		out = append(out, "24:00:00 is the midnight that ends the day; a reader of RFC 3339 times refuses it")
	}
	if form.blanks {
		out = append(out, "white space stands around it, which XML Schema takes off and other readers do not")
	}
	return strings.Join(out, "; ")
}

func judgeFutureIssue(f *facts, report func(Fault)) {
	issued := []Instant{f.response.IssueInstant}
	if f.content != nil {
		issued = []Instant{f.content.issued, f.response.IssueInstant}
	}
	for _, t := range issued {
		if ahead := t.Time.Sub(f.now); t.Valid() && ahead > futureSpan {
			report(Fault{Place: t.Place(), Message: fmt.Sprintf("the IssueInstant of the %s is %s, %s later than the time judged by, %s", t.at().Local(), stamp(t.Time), span(ahead), stamp(f.now))})
			return // one clock is ahead; what it stamped besides says the same
		}
	}
}

func judgeRedemption(f *facts, report func(Fault)) {
	issued := f.content.issued
	if age := f.now.Sub(issued.Time); issued.Valid() && age > redemptionSpan {
		report(Fault{Place: issued.Place(), Message: fmt.Sprintf("the assertion was issued at %s, %s before the time judged by, %s; AWS takes a response for 5 minutes after its issue", stamp(issued.Time), span(age), stamp(f.now))})
	}
}

// limits gives the times at which the assertion ends for its receiver: those
// of the conditions and of the confirmations that count.
func (f *facts) limits() []*Instant {
	var out []*Instant
	if c := f.content.conditions; c != nil && c.NotOnOrAfter.Valid() {
		out = append(out, &c.NotOnOrAfter)
	}
	counting := f.counting()
	for i := range counting {
		if t := &counting[i].NotOnOrAfter; t.Valid() {
			out = append(out, t)
		}
	}
	return out
}

func judgeLifetime(f *facts, report func(Fault)) {
	issued := f.content.issued
	limits := f.limits()
	if !issued.Valid() || len(limits) == 0 {
		return
	}
	first := limits[0]
	for _, t := range limits[1:] {
		if t.Time.Before(first.Time) {
			first = t
		}
	}
	life := first.Time.Sub(issued.Time)
	switch {
	case life <= 0:
		report(Fault{Place: first.Place(), Severity: Warning, Message: fmt.Sprintf("%s is %s, not later than the IssueInstant %s", first.name(), stamp(first.Time), stamp(issued.Time))})
	case life < briefLife:
		report(Fault{Place: first.Place(), Severity: Warning, Message: fmt.Sprintf("%s is %s, only %s after the issue; about 5 minutes are usual", first.name(), stamp(first.Time), span(life))})
	case life < shortLife:
		report(Fault{Place: first.Place(), Message: fmt.Sprintf("%s is %s, %s after the issue; about 5 minutes are usual", first.name(), stamp(first.Time), span(life))})
	}
}

func judgeInvertedWindows(f *facts, report func(Fault)) {
	wrong := sparing(report)
	inverted := func(from, to *Instant, severity Severity) {
		if from.Valid() && to.Valid() && !from.Time.Before(to.Time) {
			wrong(func() Fault {
				return Fault{Place: from.Place(), Severity: severity, Message: fmt.Sprintf("%s is expected to be earlier than NotOnOrAfter, %s is not before %s", from.name(), stamp(from.Time), stamp(to.Time))}
			})
		}
	}
	weigh := f.weigh()
	if c := f.content.conditions; c != nil {
		inverted(&c.NotBefore, &c.NotOnOrAfter, Error)
	}
	all := f.content.Bearer()
	for i := range all {
		s := &all[i]
		inverted(&s.NotBefore, &s.NotOnOrAfter, weigh(s))
	}
}
