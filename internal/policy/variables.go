package policy

import "strings"

// A want is one value of a condition with its variables resolved.
type want struct {
	text    string  // what it stands for; as written where it cannot be resolved
	pattern pattern // the same, wildcards apart; only where variables may stand
	state   Truth   // True where it is resolved, False where a variable has no value
	reason  string  // why it is not resolved
	// unusable says that a variable has several values, which the documentation
	// rules out: it can match nothing, and what that does to a negated operator is
	// not said.
	unusable bool
	spliced  bool // a variable's value in it holds a character that a pattern may take for more
}

// resolve puts the values of variables into a condition's value. Only version
// 2012-10-17 knows variables; before it they are literal text. A value whose
// variable has none equals nothing, so that negated operators hold for it
// (reference_policies_variables, also "Policy variables with no value").
func (e *evaluation) resolve(value string) want {
	w := want{text: value, state: True}
	if e.version != version2012 || !strings.Contains(value, "${") {
		w.pattern = wildcards(value)
		return w
	}
	var out pattern
	for rest := value; rest != ""; {
		before, after, opened := strings.Cut(rest, "${")
		inside, behind, closed := strings.Cut(after, "}")
		if !opened || !closed {
			out = append(out, wildcards(rest)...)
			break
		}
		v := e.variable(inside)
		if !e.spend(8 * len(v.text)) {
			v.state, v.reason = Unknown, tooLong
		}
		w.spliced = w.spliced || v.spliced
		if v.state != True {
			return want{text: value, state: v.state, reason: v.reason, unusable: v.unusable}
		}
		out = append(append(out, wildcards(before)...), []rune(v.text)...)
		rest = behind
	}
	w.pattern, w.text = out, out.String()
	return w
}

// variable gives the value of what stands between ${ and }.
func (e *evaluation) variable(inside string) want {
	if inside == "*" || inside == "?" || inside == "$" {
		return want{text: inside, state: True}
	}
	name, standby, hasStandby := strings.Cut(inside, ",")
	if hasStandby {
		standby = strings.TrimLeft(standby, " ")
		if len(standby) < 2 || standby[0] != '\'' || standby[len(standby)-1] != '\'' {
			return want{state: Unknown, reason: "the default value of the variable " + quote(inside) + " is not in single quotes"}
		}
		standby = standby[1 : len(standby)-1]
	}
	if name == "" || strings.ContainsAny(name, " '*?${") {
		return want{state: Unknown, reason: quote("${"+inside+"}") + " is not a variable of a documented form"}
	}
	values, known, why := e.lookup(name)
	switch {
	case !known:
		return want{state: Unknown, reason: "the variable " + quote(name) + " is not known: " + why}
	case len(values) == 0 && hasStandby:
		return want{text: standby, state: True, spliced: special(standby)}
	case len(values) == 0:
		return want{state: False, reason: "the variable " + quote(name) + " has no value in the request"}
	case len(values) > 1:
		return want{state: False, unusable: true, reason: "a key with several values, here " + quote(name) + ", cannot be a variable"}
	}
	// What cannot be paid for is not looked at: resolve refuses it then.
	return want{text: values[0], state: True, spliced: e.spend(len(values[0])) && special(values[0])}
}

// special tells whether text holds what a pattern, or an ARN, gives a meaning.
// Whether a variable's value keeps it literal is not documented.
func special(text string) bool { return strings.ContainsAny(text, "*?:") }

// String gives a pattern as it would be written without variables.
func (p pattern) String() string {
	var b strings.Builder
	for _, r := range p {
		switch r {
		case anyRun:
			r = '*'
		case anyRune:
			r = '?'
		}
		b.WriteRune(r)
	}
	return b.String()
}
