package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/policy"
	"github.com/samlcheck/samlcheck/saml"
)

// foldKey gives a condition key as the context knows it.
func foldKey(key string) string { return strings.ToLower(key) }

// statementWords names a statement.
func statementWords(s *policy.Statement) string {
	if s.SID != "" {
		return fmt.Sprintf("statement %d (%s)", s.Number, quote(s.SID))
	}
	return fmt.Sprintf("statement %d", s.Number)
}

// checkWords says what a condition wants and what the request has.
func checkWords(c policy.Check) string {
	key := quote(c.Key)
	if isNull(c) {
		want := "to be there"
		if slices.Contains(c.Wanted, "true") {
			want = "to be absent"
		}
		return fmt.Sprintf("%s wants the key %s %s, %s", c.Operator, key, want, hadWords(c))
	}
	verb := "wants %s to be %s"
	switch {
	case negated(c):
		verb = "wants %s not to be %s"
	case strings.Contains(c.Operator, "Than"):
		verb = "compares %s with %s"
	}
	return quote(c.Operator) + " " + fmt.Sprintf(verb, key, oneOfWords(c.Wanted)) + ", " + hadWords(c)
}

func isNull(c policy.Check) bool { return c.Operator == "Null" }

func oneOfWords(values []string) string {
	switch len(values) {
	case 0:
		return "one of no values"
	case 1:
		return quote(values[0])
	}
	return "one of " + quoteAll(values)
}

func hadWords(c policy.Check) string {
	switch {
	case c.Absent:
		return "the request has no such key"
	case len(c.Had) == 0:
		return "what the request has is not known"
	}
	return "the request has " + quoteAll(c.Had)
}

// causeOf names the likely cause of a condition that does not hold, with the
// mark that parts it from what stands before it; empty where none is likely.
func causeOf(f *facts, c policy.Check) string {
	words := f.keyCause(foldKey(c.Key), c)
	if words == "" {
		words = c.Reason
	}
	if words == "" && len(c.Had) == 1 && !negated(c) {
		if wanted, how := saml.Difference(c.Wanted, c.Had[0]); how != "" {
			words = "compared with " + quote(wanted) + " " + how
		}
	}
	if words == "" {
		return ""
	}
	return ": " + words
}

func negated(c policy.Check) bool { return strings.Contains(c.Operator, "Not") || isNull(c) }

// keyCause knows what people get wrong with single keys.
func (f *facts) keyCause(key string, c policy.Check) string {
	had := ""
	if len(c.Had) == 1 {
		had = c.Had[0]
	}
	switch {
	case negated(c):
	case key == "saml:aud":
		return f.audienceCause(c.Wanted)
	case key == "saml:sub_type" && slices.ContainsFunc(c.Wanted, func(w string) bool { return w == formatPrefix+had }):
		return "AWS takes the prefix " + quote(formatPrefix) + " off the Format of the NameID"
	case key == "saml:sub_type" && slices.ContainsFunc(c.Wanted, func(w string) bool { return w != "" && strings.HasSuffix(had, ":"+w) }):
		return "of Formats that do not begin with " + quote(formatPrefix) + " AWS keeps the whole URI"
	case key == "saml:doc" && slices.ContainsFunc(c.Wanted, func(w string) bool { return strings.HasPrefix(w, "arn:") }):
		return "this key is ACCOUNT/NAME of the SAML provider, not its ARN"
	case key == "aws:principalarn" && c.Absent:
		return "the key is absent while the trust policy is evaluated"
	case c.Absent && isAttributeKey(key):
		return "the response has no attribute that AWS takes it from (" + strings.Join(attributesFor(key), ", ") + ")"
	}
	return ""
}

// audienceCause looks at what a condition on saml:aud, which is the Recipient,
// is compared with instead.
func (f *facts) audienceCause(wanted []string) string {
	global := slices.ContainsFunc(wanted, func(w string) bool {
		e, ok := ParseEndpoint(w)
		return ok && e.Kind == EndpointGlobal
	})
	urn := slices.ContainsFunc(wanted, func(w string) bool { return strings.HasPrefix(w, "urn:") })
	switch e := f.endpoint; {
	case global && e != nil && e.Kind == EndpointRegional:
		return "the policy lists the global URL, and the Recipient is the endpoint of the Region " + e.Region + "; list it too, or compare with StringLike"
	case global && e != nil && e.Kind == EndpointProvider:
		return "the policy lists the global URL, and the Recipient is the endpoint of the SAML provider with the ID " + quote(e.ProviderID) + "; list it too, or compare with StringLike"
	case urn:
		return "this key is the Recipient of the response, not its Audience"
	}
	return ""
}

// answerFor gives the answer to a denial that a condition causes.
func answerFor(c policy.Check) []saml.Answer {
	if slices.Contains(recordedKeys, foldKey(c.Key)) {
		return []saml.Answer{answerDenied(saml.Observed)}
	}
	return []saml.Answer{answerDenied(saml.Documented)}
}

// failed gives the first check of a match that does not hold.
func failed(m *policy.Match) (policy.Check, bool) {
	i := slices.IndexFunc(m.Checks, func(c policy.Check) bool { return c.State == policy.False })
	if i < 0 {
		return policy.Check{}, false
	}
	return m.Checks[i], true
}

// denialWords says why a decision denies an action, with the check that causes
// it where one condition does.
func denialWords(f *facts, d *policy.Decision, action string) (words string, cause *policy.Check) {
	switch {
	case d.Deciding != nil:
		return denyWords(d.Deciding)
	case d.Nearest == nil:
		return "no statement allows " + action, nil
	}
	at := statementWords(d.Nearest.Statement)
	if !d.Nearest.Principal {
		return fmt.Sprintf("%s allows %s %s", at, action, callerWords(d.Nearest.Caller)), nil
	}
	if c, found := failed(d.Nearest); found {
		return fmt.Sprintf("in %s, which comes nearest to allowing %s, %s%s", at, action, checkWords(c), causeOf(f, c)), &c
	}
	return fmt.Sprintf("%s comes nearest to allowing %s and does not", at, action), nil
}

// denyWords tells of an explicit Deny.
func denyWords(m *policy.Match) (words string, cause *policy.Check) {
	at := statementWords(m.Statement)
	if len(m.Checks) == 0 {
		return at + " denies it without a condition", nil
	}
	var all []string
	for _, c := range m.Checks {
		all = append(all, checkWords(c))
	}
	return fmt.Sprintf("%s denies it, since its conditions hold: %s", at, strings.Join(all[:min(len(all), 3)], "; ")), &m.Checks[0]
}

// callerWords says whom a statement admits instead of the provider.
func callerWords(c policy.Check) string {
	provider := oneOfWords(c.Had)
	words := fmt.Sprintf("to other principals than the SAML provider %s", provider)
	switch {
	case c.Operator == "NotPrincipal":
		words = fmt.Sprintf("and excludes the SAML provider %s", provider)
	case len(c.Values) > 0:
		words = fmt.Sprintf("to the principal %s %s, not to the SAML provider %s", quote(c.Key), oneOfWords(c.Values), provider)
	}
	switch {
	case c.Reason != "":
		words += ": " + c.Reason
	case c.Key == "Federated" && len(c.Had) == 1:
		if _, how := saml.Difference(c.Values, c.Had[0]); how != "" {
			words += ": " + how
		}
	}
	return words
}
