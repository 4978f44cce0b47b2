package claims

import (
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// rule is one row of the table: the words, what has to be known, and the
// judgement.
type rule struct {
	saml.Rule
	needs []*need
	judge func(f *facts, report reporter)
}

// A reporter takes a fault with the thing that it is at, nil for none. The place
// is looked up for the findings that are kept only: a path costs a walk over
// the siblings, so that thousands of them would cost seconds.
type reporter func(at placed, fault saml.Fault)

type placed interface{ Place() saml.Place }

// mostPerRule bounds the findings of one rule in one message.
const mostPerRule = 50

// table gives all rules of this package in the order of the stages.
func table() []*rule {
	rules := slices.Concat(messageRules, endpointRules, sessionRules, roleRules, attributeRules, sessionNameRules, durationRules, requestRules, tagRules)
	slices.SortStableFunc(rules, func(a, b *rule) int { return order(a.Stage, b.Stage) })
	return rules
}

func order(a, b saml.Stage) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// Rules gives every rule of this package in the order in which they are judged.
func Rules() []saml.Rule {
	var out []saml.Rule
	for _, r := range table() {
		out = append(out, r.Rule)
	}
	return out
}

// AllRules gives the rules of packages saml and claims in the order of the
// stages.
func AllRules() []saml.Rule {
	out := slices.Concat(saml.Rules(), Rules())
	slices.SortStableFunc(out, func(a, b saml.Rule) int { return order(a.Stage, b.Stage) })
	return out
}

// judgeAll runs the rules whose needs are met, and adds the others to skipped.
func judgeAll(f *facts, skipped []saml.Skip) ([]saml.Finding, []saml.Skip) {
	var findings []saml.Finding
	for _, r := range table() {
		if n := r.unmet(f); n != nil {
			skipped = saml.AddSkip(skipped, n.reason, r.Code)
			continue
		}
		findings = append(findings, r.run(f)...)
	}
	return findings, skipped
}

func (r *rule) unmet(f *facts) *need {
	for _, n := range r.needs {
		if !n.met(f) {
			return n
		}
	}
	return nil
}

func (r *rule) run(f *facts) (out []saml.Finding) {
	more := 0
	r.judge(f, func(at placed, fault saml.Fault) {
		if len(out) == mostPerRule {
			more++
			return
		}
		if at != nil {
			fault.Place = at.Place()
		}
		out = append(out, r.Finding(fault))
	})
	if more > 0 {
		out[mostPerRule-1].Message += fmt.Sprintf(" (and %d more of this kind)", more)
	}
	return out
}
