package saml

import (
	"fmt"
	"slices"
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

// table gives all rules in the order of the stages.
func table() []*rule {
	rules := slices.Concat(captureRules, xmlRules, messageRules, timeRules, metadataRules, signatureRules, decryptRules, conditionRules, subjectRules, attributeRules)
	slices.SortStableFunc(rules, func(a, b *rule) int {
		return slices.Index(stages, a.Stage) - slices.Index(stages, b.Stage)
	})
	return rules
}

// Rules gives every rule of this package in the order in which they are judged.
func Rules() []Rule {
	var out []Rule
	for _, r := range table() {
		out = append(out, r.Rule)
	}
	return out
}

// judgeAll runs the rules that hold under the profile and whose needs are met.
func judgeAll(f *facts, rules []*rule) (findings []Finding, skipped []Skip) {
	for _, r := range rules {
		if !r.Holds(f.profile) {
			continue
		}
		if n := r.unmet(f); n != nil {
			skipped = AddSkip(skipped, n.reason, r.Code)
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

func (r *rule) run(f *facts) (out []Finding) {
	more := 0
	r.judge(f, func(fault Fault) {
		if len(out) == mostPerRule {
			more++
			return
		}
		if f.profile == ProfileSAML { // what AWS answers says nothing of another service provider
			fault.AWS, fault.NoAnswer = nil, true
		}
		out = append(out, r.Finding(fault))
	})
	if more > 0 {
		out[mostPerRule-1].Message += fmt.Sprintf(" (and %d more of this kind)", more)
	}
	return out
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
	replaced := map[string]bool{}
	for _, r := range rules {
		if len(r.Replaces) > 0 && slices.ContainsFunc(findings, func(f Finding) bool { return f.Code == r.Code }) {
			for _, code := range r.Replaces {
				replaced[code] = true
			}
		}
	}
	return slices.DeleteFunc(findings, func(f Finding) bool { return replaced[f.Code] })
}
