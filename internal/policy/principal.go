package policy

import (
	"maps"
	"slices"
	"strings"
)

// caller compares the Principal of a statement with the provider that the
// caller comes from.
func (e *evaluation) caller(s *Statement) Check {
	k := Check{Condition: Condition{Operator: "Principal"}, Had: []string{e.request.Federated}, State: False}
	if s.Not {
		k.Operator = "NotPrincipal"
	}
	for _, kind := range kinds(s.Principal) {
		for _, value := range s.Principal[kind] {
			r := comparePrincipal(s, kind, value, e.request.Federated)
			if k.Key == "" || rank(r.state) < rank(k.State) || r.state == k.State && k.Reason == "" && r.reason != "" {
				k.Key, k.Values, k.State, k.Reason = kind, s.Principal[kind], r.state, r.reason
			}
		}
	}
	k.Wanted = k.Values
	if s.Not {
		k.set(notPrincipal(s, &k))
	}
	return k
}

// kinds gives the types of principals, Federated first: it is what a reader
// compares with.
func kinds(p Principals) []string {
	out := slices.Sorted(maps.Keys(p))
	slices.SortStableFunc(out, func(a, b string) int {
		return rank(truth(a == "Federated")) - rank(truth(b == "Federated"))
	})
	return out
}

// comparePrincipal tells whether one principal covers a caller who comes from a
// SAML provider. That {"AWS": "*"} in an Allow does not admit one is recorded,
// and so is that IAM refuses "*" alone and {"Federated": "*"} in a trust policy.
// That "*" stands for everybody is documented
// (reference_policies_elements_principal).
func comparePrincipal(s *Statement, kind, value, provider string) result {
	deny := s.Effect == Deny || s.Not
	switch {
	case kind == "Federated" && value == provider && value != "" && value != "*":
		return plain(true)
	case kind == "*" && s.Not:
		return unknown("a NotPrincipal \"*\" leaves nobody over")
	case kind == "*" && deny:
		return plain(true)
	case kind == "*":
		return result{False, "IAM refuses the principal \"*\" in a trust policy, so that this cannot be one in force"}
	case kind == "Federated" && value == "*" && deny:
		return unknown("IAM refuses the principal {\"Federated\": \"*\"}, and what it would cover is not known")
	case kind == "Federated" && value == "*":
		return result{False, "IAM refuses the principal {\"Federated\": \"*\"}, so that this cannot be a policy in force"}
	case kind == "AWS" && (value == "*" || isAccount(value)) && deny:
		return unknown("whether the AWS principal " + quote(value) + " covers callers from a SAML provider, other than in an Allow, is not known")
	case kind == "AWS" && value == "*":
		return result{False, "the principal {\"AWS\": \"*\"} does not admit callers from a SAML provider"}
	}
	return plain(false)
}

// notPrincipal makes of "the caller is named" whether the statement covers the
// caller. NotPrincipal is documented for a Deny; the guide advises against it in
// an Allow, and says that a trust policy cannot have one
// (reference_policies_elements_notprincipal).
func notPrincipal(s *Statement, named *Check) result {
	switch {
	case named.State == True:
		return result{False, "the NotPrincipal names the provider"}
	case named.State == Unknown:
		return unknown(named.Reason)
	case s.Effect == Allow:
		return unknown("what a NotPrincipal in an Allow admits in a trust policy is not known")
	case named.Key == "":
		return unknown("what a NotPrincipal without principals covers is not documented")
	}
	return plain(true)
}

// isAccount tells whether an AWS principal is a whole account.
func isAccount(value string) bool {
	if strings.HasPrefix(value, "arn:") && strings.HasSuffix(value, ":root") {
		return true
	}
	return len(value) == 12 && allDigits(value)
}
