package claims

import (
	"fmt"
	"slices"
	"sync"

	"github.com/samlcheck/samlcheck/saml"
)

// rule is one row of the table: the words, what has to be known, and the
// judgement.
type rule struct {
	saml.Rule
	needs []*need
	// rest says for what part of the message the rule was not judged, where it
	// was judged for another; empty where it was for all. It may be nil.
	rest  func(f *facts) string
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
var table = sync.OnceValue(func() []*rule {
	rules := slices.Concat(messageRules, endpointRules, sessionRules, roleRules, attributeRules, sessionNameRules, durationRules, requestRules, tagRules, existenceRules, trustRules, providerRules)
	slices.SortStableFunc(rules, func(a, b *rule) int { return order(a.Stage, b.Stage) })
	return rules
})

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

// replacing gives the rules of both packages whose findings take the place of
// others.
var replacing = sync.OnceValue(func() []saml.Rule {
	return slices.DeleteFunc(AllRules(), func(r saml.Rule) bool { return len(r.Replaces) == 0 })
})

// A run is the judging of one message by one rule after another.
type run struct {
	*facts
	rule     *rule
	findings []saml.Finding
	listed   int // findings of the rule
	more     int // those that are left out
}

// judgeAll runs the rules whose needs are met, and adds the others to skipped.
func judgeAll(f *facts, skipped []saml.Skip) ([]saml.Finding, []saml.Skip) {
	r := &run{facts: f}
	report := r.report
	for _, r.rule = range table() {
		if n := r.rule.unmet(f); n != nil {
			skipped = saml.AddSkip(skipped, n.reason, r.rule.Code)
			continue
		}
		r.listed, r.more = 0, 0
		r.rule.judge(f, report)
		if r.more > 0 {
			r.findings[len(r.findings)-1].Message += fmt.Sprintf(" (and %d more of this kind)", r.more)
		}
		if r.rule.rest != nil && r.rule.rest(f) != "" {
			skipped = saml.AddSkip(skipped, r.rule.rest(f), r.rule.Code)
		}
	}
	return r.findings, skipped
}

func (r *rule) unmet(f *facts) *need {
	for _, n := range r.needs {
		if !n.met(f) {
			return n
		}
	}
	return nil
}

func (r *run) report(at placed, fault saml.Fault) {
	if r.listed == mostPerRule {
		r.more++
		r.keep(at, fault)
		return
	}
	if at != nil {
		fault.Place = at.Place()
	}
	r.listed++
	r.findings = append(r.findings, r.rule.Finding(fault))
}

// keep keeps what is left out of the findings for the prediction, where it is
// about one pair: that needs no more than its path, which is known.
func (r *run) keep(at placed, fault saml.Fault) {
	var path string
	switch v := at.(type) {
	case *roleValue:
		path = v.path()
	case *trust:
		path = v.path()
	default:
		return
	}
	fault.Place, fault.Message = saml.Place{Path: path}, ""
	r.unlisted = append(r.unlisted, r.rule.Finding(fault))
}
