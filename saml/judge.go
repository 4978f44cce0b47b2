package saml

import (
	"fmt"
	"slices"
	"sync"
)

// rule is one row of the table: the words, what has to be known, and the
// judgement.
type rule struct {
	Rule
	// proves says that an error of this rule proves the message wrong, whether
	// or not anything else is known of it.
	proves bool
	needs  []*need
	judge  func(f *facts, report func(Fault))
}

// mostPerRule bounds the findings of one rule in one message.
const mostPerRule = 50

// table is all rules in the order of the stages.
var table = sync.OnceValue(func() []*rule {
	rules := slices.Concat(captureRules, xmlRules, messageRules, timeRules, metadataRules, signatureRules, decryptRules, conditionRules, subjectRules, attributeRules)
	slices.SortStableFunc(rules, func(a, b *rule) int {
		return slices.Index(stages, a.Stage) - slices.Index(stages, b.Stage)
	})
	return rules
})

// Rules gives every rule of this package in the order in which they are judged.
func Rules() []Rule {
	var out []Rule
	for _, r := range table() {
		out = append(out, r.Rule)
	}
	return out
}

// replacing gives the rules whose findings take the place of others.
var replacing = sync.OnceValue(func() []Rule {
	return slices.DeleteFunc(Rules(), func(r Rule) bool { return len(r.Replaces) == 0 })
})

// judgeAll runs the rules that hold under the profile and whose needs are met.
func judgeAll(f *facts, rules []*rule) (findings []Finding, skipped []Skip) {
	l := &listing{profile: f.profile}
	report := l.add
	for _, r := range rules {
		if !r.Holds(f.profile) {
			continue
		}
		if n := r.unmet(f); n != nil {
			skipped = AddSkip(skipped, n.reason, r.Code)
			continue
		}
		l.begin(r)
		r.judge(f, report)
		l.end()
	}
	return l.findings, skipped
}

func (r *rule) unmet(f *facts) *need {
	for _, n := range r.needs {
		if !n.met(f) {
			return n
		}
	}
	return nil
}

// A listing takes down the findings of one rule after the other.
type listing struct {
	profile  Profile
	findings []Finding
	rule     *rule // that is judged
	first    int   // its first finding
	more     int   // faults of it beyond those that are listed
}

func (l *listing) begin(r *rule) { l.rule, l.first, l.more = r, len(l.findings), 0 }

func (l *listing) add(fault Fault) {
	if len(l.findings)-l.first == mostPerRule {
		l.more++
		return
	}
	if l.profile == ProfileSAML { // what AWS answers says nothing of another service provider
		fault.AWS, fault.NoAnswer = nil, true
	}
	l.findings = append(l.findings, l.rule.Finding(fault))
}

func (l *listing) end() {
	if l.more > 0 {
		l.findings[len(l.findings)-1].Message += fmt.Sprintf(" (and %d more of this kind)", l.more)
	}
}

// AddSkip adds a code to the skips of its reason.
func AddSkip(skipped []Skip, reason, code string) []Skip {
	for i := range skipped {
		if skipped[i].Reason == reason {
			skipped[i].Codes = append(skipped[i].Codes, code)
			return skipped
		}
	}
	return append(skipped, Skip{Codes: []string{code}, Reason: reason})
}

// Replace drops the findings that a finding of one of the rules replaces.
// Package claims uses it over the rules of both packages.
func Replace(findings []Finding, rules []Rule) []Finding {
	var replaced map[string]bool
	for i := range rules {
		r := &rules[i]
		if len(r.Replaces) == 0 || !slices.ContainsFunc(findings, func(f Finding) bool { return f.Code == r.Code }) {
			continue
		}
		if replaced == nil {
			replaced = map[string]bool{}
		}
		for _, code := range r.Replaces {
			replaced[code] = true
		}
	}
	if replaced == nil {
		return findings
	}
	return slices.DeleteFunc(findings, func(f Finding) bool { return replaced[f.Code] })
}
