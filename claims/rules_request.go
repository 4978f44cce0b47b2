package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// requestRules are the rules on what AssumeRoleWithSAML is asked for, beside
// the response.
var requestRules = []*rule{
	{
		Rule: saml.Rule{
			Code: codeNotAsserted, Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "role that the response does not offer",
			Explanation: "RoleArn and PrincipalArn of the call have to stand together in one value of the Role attribute. The role that is asked for is in none of them; a role is compared by its whole ARN, letter case and path included",
			Fix:         "ask for a role that the response offers, or have the identity provider assign this one to the user",
			Sources:     []saml.Source{sourceAssertions, sourceOperation, sourceRecorded},
			AWS:         []saml.Answer{answerPair(saml.Observed)},
		},
		needs: needPresent,
		judge: judgeNotAsserted,
	}, {
		Rule: saml.Rule{
			Code: "duration-out-of-range", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "DurationSeconds out of range",
			Explanation: "DurationSeconds of the call is 900 to 43200 seconds, that is 15 minutes to 12 hours, and no more than the role's MaxSessionDuration. It is checked before the response is looked at",
			Fix:         "ask for 900 to 43200 seconds, within the MaxSessionDuration of the role",
			Sources:     []saml.Source{sourceOperation, sourceGsts},
			AWS:         []saml.Answer{answerRange(longestSession+1, "less than or equal to", longestSession)},
		},
		judge: judgeDurationRange,
	},
}

func judgeNotAsserted(f *facts, report reporter) {
	asked := f.options.Role
	if asked == "" || slices.ContainsFunc(f.pairs, func(r Role) bool { return r.Role == asked }) {
		return
	}
	message := fmt.Sprintf("the role %s is expected among the pairs of the response, %s", quote(asked), f.offeredWords())
	for v := range f.usable() {
		if strings.EqualFold(v.pair.Role, asked) {
			message = fmt.Sprintf("the role %s is expected among the pairs of the response, it stands there in another letter case: %s", quote(asked), quote(v.pair.Role))
		}
	}
	report(f.roleAttribute(), saml.Fault{Message: message})
}

func (f *facts) offeredWords() string {
	if len(f.pairs) == 0 {
		return "no usable pair is found"
	}
	var roles []string
	for v := range f.usable() {
		roles = append(roles, v.pair.Role)
	}
	return "found are " + quoteAll(roles)
}

// roleAttribute gives the Role attribute, or the assertion where there is none.
func (f *facts) roleAttribute() placed {
	if a := f.named[nameRole]; len(a) > 0 {
		return a[0]
	}
	return f.content
}

// STS names its constraint in the answer, of which the upper one is on record.
func judgeDurationRange(f *facts, report reporter) {
	n := f.options.Duration
	fault := saml.Fault{Message: fmt.Sprintf("a DurationSeconds of %d to %d is expected, %d is asked for", shortestSession, longestSession, n)}
	switch {
	case n == 0:
		return
	case n > longestSession:
		fault.AWS = []saml.Answer{answerRange(n, "less than or equal to", longestSession)}
	case n < shortestSession:
		fault.AWS = []saml.Answer{answerRange(n, "greater than or equal to", shortestSession)}
	default:
		return
	}
	report(nil, fault)
}

func answerRange(found int, relation string, bound int) saml.Answer {
	message := fmt.Sprintf("1 validation error detected: Value '%d' at 'durationSeconds' failed to satisfy constraint: Member must have value %s %d", found, relation, bound)
	return bySTS("ValidationError", message, saml.Inferred)
}
