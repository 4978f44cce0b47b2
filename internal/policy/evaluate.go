package policy

import (
	"slices"
	"strings"
)

// mostWork bounds the steps of one evaluation.
const mostWork = 1 << 25

// An evaluation is a document in comparison with a request.
type evaluation struct {
	version string
	request Request
	work    int // steps that are left
}

// bound gives the steps that an evaluation may take.
func (r Request) bound() int {
	if r.Steps == nil {
		return mostWork
	}
	return min(mostWork, *r.Steps)
}

// spend takes steps off what is left, and tells whether it was enough.
func (e *evaluation) spend(steps int) bool {
	if steps < 0 || steps > e.work {
		return false
	}
	e.work -= steps
	return true
}

// lookup asks the context for a key, whose case does not count.
func (e *evaluation) lookup(key string) ([]string, bool, string) {
	if e.request.Context == nil {
		return nil, false, "nothing is known of the request's context"
	}
	values, known, why := e.request.Context.Lookup(strings.ToLower(key))
	if !known {
		return nil, false, why
	}
	return values, true, ""
}

// Evaluate answers whether the policy allows a request.
func (d *Document) Evaluate(r Request) Decision {
	e := &evaluation{version: d.Version, request: r, work: r.bound()}
	before := e.work
	allows, denies := e.compareAll(d, Allow), e.compareAll(d, Deny)
	if r.Steps != nil {
		*r.Steps -= before - e.work
	}
	if m := first(denies, True); m != nil {
		return Decision{Outcome: Denied, Statement: m.Statement, Deciding: m}
	}
	allowed := best(allows)
	maybeAllowed, maybeDenied := first(allows, Unknown) != nil, first(denies, Unknown) != nil
	switch {
	case allowed == nil && !maybeAllowed:
		return Decision{Outcome: Denied, Nearest: nearest(allows)}
	case allowed == nil:
		return Decision{Outcome: Undecided, Nearest: nearest(allows), Unknown: unknowns(allows, denies)}
	case maybeDenied:
		return Decision{Outcome: Undecided, Unknown: unknowns(denies)}
	}
	return Decision{Outcome: Allowed, Statement: allowed.Statement, Deciding: allowed, Vacuous: allowed.vacuous()}
}

// compareAll compares the statements of one effect that are for the action.
func (e *evaluation) compareAll(d *Document, effect Effect) []*Match {
	var out []*Match
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Effect == effect && s.forAction(e.request.Action) {
			out = append(out, e.compareStatement(s))
		}
	}
	return out
}

func (e *evaluation) compareStatement(s *Statement) *Match {
	m := &Match{Statement: s, Action: true, Caller: e.caller(s)}
	m.Principal = m.Caller.State == True
	for _, c := range s.Conditions {
		m.Checks = append(m.Checks, e.check(c))
	}
	return m
}

// forAction tells whether a statement is for an action.
func (s *Statement) forAction(action string) bool {
	for _, wanted := range s.Actions {
		if matchesAction(wanted, action) {
			return !s.NotActions
		}
	}
	return s.NotActions
}

// state tells whether a statement applies.
func (m *Match) state() Truth {
	t := m.Caller.State
	for _, c := range m.Checks {
		t = and(t, c.State)
	}
	return t
}

// vacuous gives the checks that hold only because their key is absent.
func (m *Match) vacuous() []Check {
	var out []Check
	for _, c := range m.Checks {
		if c.Vacuous {
			out = append(out, c)
		}
	}
	return out
}

// first gives the first match of a state, nil where there is none.
func first(matches []*Match, state Truth) *Match {
	for _, m := range matches {
		if m.state() == state {
			return m
		}
	}
	return nil
}

// best gives the first statement that applies, one without vacuous checks before
// one with.
func best(matches []*Match) *Match {
	for _, m := range matches {
		if m.state() == True && len(m.vacuous()) == 0 {
			return m
		}
	}
	return first(matches, True)
}

// unknowns gives the checks that keep statements from being decided. A statement
// that fails in any case has none.
func unknowns(groups ...[]*Match) []Check {
	var out []Check
	for _, matches := range groups {
		for _, m := range matches {
			if m.state() != Unknown {
				continue
			}
			for _, c := range append([]Check{m.Caller}, m.Checks...) {
				if c.State == Unknown {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// nearest gives the statement with the best principal, then with the fewest
// checks that fail, then with the fewest that are unknown, then the first.
func nearest(matches []*Match) *Match {
	var out *Match
	var least [3]int
	for _, m := range matches {
		score := [3]int{rank(m.Caller.State)}
		for _, c := range m.Checks {
			if r := rank(c.State); r > 0 {
				score[3-r]++
			}
		}
		if out == nil || slices.Compare(score[:], least[:]) < 0 {
			out, least = m, score
		}
	}
	return out
}
