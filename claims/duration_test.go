package claims_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// SessionNotOnOrAfter is 1170 seconds away: what is said to be cut short is what
// the call asks for, and agrees with what is foretold.
func TestDurationSecondsAgainstTheEndOfTheSession(t *testing.T) {
	tests := []struct {
		name          string
		asked         int
		attribute     string // SessionDuration
		wanted        string // in the message of session-capped; empty for no finding
		api, console  int
		capped        string // in the message of session-duration-capped; empty for no finding
		basisObserved bool
	}{
		{"longer call", 7200, "3600", "instead of 3600", 1170, 1170, "", false},
		{"longer call and attribute", 7200, "14400", "instead of 14400 in the console and instead of 7200 in the API", 1170, 1170, "SessionDuration 14400 holds in the console; in the API a session has 7200 seconds for which DurationSeconds asks", true},
		{"shorter call", 900, "3600", "instead of 3600 in the console; a session of the API keeps its 900", 900, 1170, "", true},
		{"shorter attribute", 7200, "900", "", 900, 900, "", false},
		{"no call", 0, "7200", "instead of 7200 in the console and instead of 3600 in the API", 1170, 1170, "in the API a session has 3600 seconds unless DurationSeconds asks for more", true},
	}
	for _, test := range tests {
		message, metadata, options := signed(t, samltest.Login{Product: samltest.Okta, Sign: samltest.SignAssertion, Duration: test.attribute, Mutations: []string{"session-capped"}})
		options.Duration = test.asked
		r := claims.Check(message, metadata, options)
		for code, want := range map[string]string{"session-capped": test.wanted, "session-duration-capped": test.capped} {
			i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == code })
			if found := i >= 0; found != (want != "") || found && !strings.Contains(r.Findings[i].Message, want) {
				t.Errorf("%s: %s: wanted %q, found %+v", test.name, code, want, r.Findings)
			}
		}
		if sts, console := r.AWS.STS, r.AWS.Console; sts.SessionSeconds != test.api || console.SessionSeconds != test.console {
			t.Errorf("%s: %d seconds in the API and %d in the console, want %d and %d", test.name, sts.SessionSeconds, console.SessionSeconds, test.api, test.console)
		}
		if observed := r.AWS.STS.Basis == saml.Observed; observed != test.basisObserved {
			t.Errorf("%s: basis %s", test.name, r.AWS.STS.Basis)
		}
	}
}
