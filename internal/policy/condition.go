package policy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// check compares one condition with the request.
func (e *evaluation) check(c Condition) Check {
	k := Check{Condition: c, Wanted: c.Values}
	o, ok := parseOperator(c.Operator)
	if !ok {
		k.State, k.Reason = Unknown, quote(c.Operator)+" is not a condition operator"
		return k
	}
	had, known, why := e.lookup(c.Key)
	k.Had, k.Absent = had, known && len(had) == 0
	switch {
	case o.family == familyNull:
		k.set(checkNull(o, c.Values, had, known, why))
	case !known:
		k.set(unknown(why))
	case k.Absent && o.ifExists && o.quantifier == anyOf:
		k.set(unknown("the key is absent, for which IfExists is documented to hold and ForAnyValue not to"))
	case k.Absent && o.ifExists:
		k.set(plain(true))
	default:
		e.checkValues(o, &k)
	}
	k.Vacuous = k.State == True && o.family != familyNull && o.quantifier == allOf && k.Absent
	return k
}

func (k *Check) set(r result) { k.State, k.Reason = r.state, r.reason }

// checkValues compares the values of a key that is known.
func (e *evaluation) checkValues(o operator, k *Check) {
	wants := make([]want, len(k.Values))
	k.Wanted = make([]string, len(k.Values))
	var unresolved string
	for i, v := range k.Values {
		wants[i] = want{text: v, state: True}
		if o.takesVariables() {
			wants[i] = e.resolve(v)
		}
		k.Wanted[i] = wants[i].text
		unresolved = cmp.Or(unresolved, wants[i].reason)
	}
	k.set(e.quantify(o, wants, k.Had))
	if k.State == False && !k.Absent {
		k.Reason = cmp.Or(unresolved, e.hint(o, wants, k.Had))
	}
}

// quantify puts the results for the single values of the request together. Under
// ForAllValues an absent key holds, under ForAnyValue it does not
// (reference_policies_condition-single-vs-multi-valued-context-keys). Without
// them, negated operators hold for an absent key and the others do not
// (reference_policies_elements_condition_operators).
func (e *evaluation) quantify(o operator, wants []want, had []string) result {
	switch {
	case len(had) == 0 && o.quantifier != single:
		return plain(o.quantifier == allOf)
	case len(had) == 0:
		return plain(o.negated)
	case len(wants) == 0 && o.negated:
		return unknown("the condition has no values, and what a negated operator makes of that is not documented")
	}
	results := make([]result, len(had))
	for i, h := range had {
		if results[i] = e.oneOf(o, wants, h); results[i].reason == tooLong {
			return results[i]
		}
	}
	switch o.quantifier {
	case allOf:
		return orEmpty(fold(results, and), had, True)
	case anyOf:
		return orEmpty(fold(results, or), had, False)
	}
	return agreed(results)
}

// orEmpty makes a result unknown where all values are empty text and the key
// would give another result if it were absent: older editions of
// reference_policies_multi-value-conditions call these an empty set, the present
// one does not speak of them.
func orEmpty(r result, had []string, absent Truth) result {
	if r.state != absent && empty(had) {
		return unknown("the key has nothing but empty text, and whether a set operator takes that for a value is not documented")
	}
	return r
}

// oneOf compares one value of the request with all of the policy: one of them
// must match, or none where the operator is negated
// (reference_policies_condition-logic-multiple-context-keys-or-values).
func (e *evaluation) oneOf(o operator, wants []want, had string) result {
	r := plain(false)
	for _, w := range wants {
		r = combine(r, e.compare(o, w, had), or)
		if r.state == True || r.reason == tooLong {
			break
		}
	}
	if o.negated {
		r.state = not(r.state)
	}
	return r
}

// combine puts two results together; a reason is that of what is Unknown.
func combine(a, b result, how func(Truth, Truth) Truth) result {
	r := result{state: how(a.state, b.state)}
	if r.state != Unknown {
		return r
	}
	for _, one := range []result{a, b} {
		if one.state == Unknown {
			r.reason = cmp.Or(r.reason, one.reason)
		}
	}
	return r
}

func fold(results []result, how func(Truth, Truth) Truth) result {
	out := results[0]
	for _, r := range results[1:] {
		out = combine(out, r, how)
	}
	return out
}

// agreed is the result that all values of a key give under an operator for a
// single one; the documentation asks for a set operator and does not say what
// happens without.
func agreed(results []result) result {
	for _, r := range results[1:] {
		if r.state != results[0].state {
			return unknown("the key has several values that do not give the same result, and the operator has neither ForAnyValue nor ForAllValues")
		}
	}
	return results[0]
}

// checkNull tests whether a key is there. With ForAllValues it always holds and
// with ForAnyValue it never does (access-analyzer-reference-policy-checks, "Null
// with qualifier").
func checkNull(o operator, wanted, had []string, known bool, why string) result {
	switch {
	case o.ifExists:
		return unknown("Null takes no IfExists")
	case o.quantifier != single:
		return plain(o.quantifier == allOf)
	case slices.ContainsFunc(wanted, func(w string) bool { return w != "true" && w != "false" }):
		return unreadable("true and false")
	case !known:
		return unknown(why)
	case len(had) > 0 && empty(had):
		return unknown("the key is there with an empty value, and whether that is null is not documented")
	}
	return plain(slices.Contains(wanted, strconv.FormatBool(len(had) == 0)))
}

// empty tells whether values are none or nothing but empty text.
func empty(values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return v != "" })
}

// hint tells of a string comparison that fails where the reader sees no
// difference at first sight.
func (e *evaluation) hint(o operator, wants []want, had []string) string {
	if o.negated || len(had) != 1 || (o.family != familyString && o.family != familyLike && o.family != familyARN) {
		return ""
	}
	for _, w := range wants {
		switch {
		case !e.spend(1 + len(w.text) + len(had[0])):
			return ""
		case w.text != had[0] && strings.EqualFold(w.text, had[0]):
			return "the two differ in case only, and the operator heeds case"
		case w.text != had[0] && strings.TrimSpace(w.text) == strings.TrimSpace(had[0]):
			return "the two differ in blanks around them only"
		case o.family == familyString && strings.ContainsAny(w.text, "*?") && e.compareLike(w, had[0]).state == True:
			return "StringEquals takes * and ? as they stand; StringLike takes them as wildcards"
		}
	}
	return ""
}
