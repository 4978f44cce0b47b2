package claims

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// Seconds of a session, as AWS documents them.
const (
	shortestSession = 900
	longestSession  = 43200
	usualSession    = 3600 // where nothing states a length
)

// sessionRules are the rules on the end of the session that the identity
// provider sets.
var sessionRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "session-capped", Stage: saml.StageSubject, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "session cut short by SessionNotOnOrAfter",
			Explanation: "a session ends at the earlier of its length and the SessionNotOnOrAfter of the assertion, even where that leaves less than 900 seconds",
			Fix:         "have the identity provider leave SessionNotOnOrAfter out or set it later, if longer sessions are wanted",
			Sources:     []saml.Source{sourceAssertions, sourceOperation, sourceRecorded},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Observed)},
		},
		needs: needPresent,
		judge: judgeCapped,
	},
}

var durationRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "session-duration-malformed", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SessionDuration that is no whole number",
			Explanation: "SessionDuration is a whole number of seconds. Quotes, blanks, the name of a source attribute or a sentence in its place are no number. What AWS makes of such a value is not confirmed; client tools fail on it",
			Fix:         "send digits only, such as 3600; in Entra ID a constant is entered without quotes",
			Sources:     []saml.Source{sourceAssertions, sourceEntraAWS},
			Unsettled:   "STS accepts a SessionDuration that is no number",
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			for _, v := range f.values(nameSessionDuration) {
				if _, ok := seconds(v.Text); !ok {
					report(v, saml.Fault{Message: fmt.Sprintf("expected a whole number of seconds in SessionDuration, found %s: %s", quote(v.Text), durationFault(v))})
				}
			}
		},
	}, {
		Rule: saml.Rule{
			Code: "session-duration-range", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SessionDuration out of range",
			Explanation: "AWS documents 900 to 43200 seconds, that is 15 minutes to 12 hours. What it makes of another number is not confirmed",
			Fix:         "send a number between 900 and 43200",
			Sources:     []saml.Source{sourceAssertions},
			Unsettled:   "STS accepts a SessionDuration out of range",
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			for _, v := range f.values(nameSessionDuration) {
				if n, ok := seconds(v.Text); ok && (n < shortestSession || n > longestSession) {
					report(v, saml.Fault{Message: fmt.Sprintf("expected a SessionDuration of %d to %d seconds, found %s", shortestSession, longestSession, quote(v.Text))})
				}
			}
		},
	},
	multiple("session-duration-multiple", nameSessionDuration, sourceAssertions),
	{
		Rule: saml.Rule{
			Code: "session-duration-capped", Stage: saml.StageClaims, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "SessionDuration that only the console keeps",
			Explanation: "SessionDuration sets the length of console sessions. In the API it can shorten a session but not lengthen it: without DurationSeconds a session has 3600 seconds. The lesser of it and SessionNotOnOrAfter wins",
			Fix:         "nothing for the console; API clients ask for longer sessions with DurationSeconds, within the role's MaxSessionDuration",
			Sources:     []saml.Source{sourceAssertions, sourceRecorded},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Observed)},
		},
		needs: needPresent,
		judge: judgeDurationCapped,
	},
}

// seconds reads a whole number, below zero too; one too large for an int is
// read as the largest.
func seconds(text string) (int, bool) {
	if !allDigits(strings.TrimPrefix(text, "-")) {
		return 0, false
	}
	n, _ := strconv.Atoi(text)
	return n, true
}

// sessionDuration gives the first SessionDuration; nil where it is no whole
// number of a sensible size.
func (f *facts) sessionDuration() *int {
	const most = 1 << 31
	n, ok := seconds(f.first(nameSessionDuration).Text)
	if !ok || n < 0 || n >= most {
		return nil
	}
	return &n
}

// durationFault names what stands in place of a number.
func durationFault(v saml.Value) string {
	text := v.Text
	trimmed := strings.TrimFunc(text, isGap)
	switch {
	case v.Nested():
		return "XML elements stand in it"
	case trimmed == "":
		return "it is empty"
	case allDigits(trimmed):
		return "white space stands around the number"
	case allDigits(strings.Trim(trimmed, "\"'\u201c\u201d\u2018\u2019")):
		return "the number stands in quotes"
	case strings.HasPrefix(trimmed, "user."):
		return "the name of a source attribute was sent in place of its value"
	case findTemplate(trimmed) != "":
		return "a template was left in"
	case strings.Contains(trimmed, " "):
		return "this is a sentence"
	case allDigits(strings.TrimLeft(trimmed, "+")):
		return "a sign stands before the number"
	}
	return strangers(text, isDigit)
}

// planned gives the seconds that a session has in the API and in the console
// before SessionNotOnOrAfter is looked at. Only the API has DurationSeconds.
func (f *facts) planned() (api, console int) {
	api, console = usualSession, usualSession
	if n := f.options.Duration; n >= shortestSession && n <= longestSession {
		api = n
	}
	if n := f.sessionDuration(); n != nil && *n >= shortestSession && *n <= longestSession {
		api, console = min(api, *n), *n
	}
	return api, console
}

func judgeCapped(f *facts, report reporter) {
	left, ok := f.sessionLeft()
	api, console := f.planned()
	if !ok || left >= max(api, console) {
		return
	}
	end := f.content.SessionNotOnOrAfter()
	fault := saml.Fault{Message: fmt.Sprintf("the session ends at SessionNotOnOrAfter %s: after %s instead of ", quote(end.Text), count(left, "second"))}
	switch {
	case api == console:
		fault.Message += fmt.Sprint(api)
	case left >= api:
		fault.NoAnswer = true
		fault.Message += fmt.Sprintf("%d in the console; a session of the API keeps its %d", console, api)
	case left >= console:
		fault.Message += fmt.Sprintf("%d in the API; a session of the console keeps its %d", api, console)
	default:
		fault.Message += fmt.Sprintf("%d in the console and instead of %d in the API", console, api)
	}
	report(end, fault)
}

func judgeDurationCapped(f *facts, report reporter) {
	api, console := f.planned()
	if console <= max(api, usualSession) {
		return
	}
	v := f.first(nameSessionDuration)
	why := "unless DurationSeconds asks for more"
	if f.options.Duration > 0 {
		why = "for which DurationSeconds asks"
	}
	message := fmt.Sprintf("SessionDuration %d holds in the console; in the API a session has %d seconds %s", console, api, why)
	if left, ok := f.sessionLeft(); ok && left < console {
		message += fmt.Sprintf("; SessionNotOnOrAfter ends it after %s", count(left, "second"))
	}
	report(v, saml.Fault{Message: message})
}
