package claims

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// What the rules say that AWS answers is a message of the table, and the rule
// stands among its causes.
func TestRulesAreCauses(t *testing.T) {
	all := Messages()
	for _, a := range answersOf(t) {
		if a.Code != "Success" && messageOf(all, a) < 0 {
			t.Errorf("a finding names the answer %+v, which the table does not have", a)
		}
	}
	for _, r := range AllRules() {
		for _, a := range r.AWS {
			if a.Code == "Success" {
				continue
			}
			i := messageOf(all, a)
			if i < 0 {
				t.Errorf("%s names the answer %+v, which the table does not have", r.Code, a)
				continue
			}
			if !slices.ContainsFunc(all[i].Causes, func(c Cause) bool { return slices.Contains(c.Codes, r.Code) }) {
				t.Errorf("%s is no cause of %q", r.Code, all[i].Text)
			}
		}
	}
}

func TestMessageTable(t *testing.T) {
	rules := map[string]bool{}
	for _, r := range AllRules() {
		rules[r.Code] = true
	}
	for _, m := range Messages() {
		name := or(m.Text, m.Code)
		if name == "" || m.When == "" || m.Meaning == "" || len(m.Causes) == 0 || len(m.Sources) == 0 || !slices.Contains(bases, m.Basis) || !slices.Contains([]string{"sts", "console", "iam", ""}, m.By) {
			t.Errorf("%q lacks something: %+v", name, m)
		}
		seen := map[string]bool{}
		for _, c := range m.Causes {
			if c.What == "" || c.Look == "" || !slices.Contains(bases, c.Basis) || strings.HasSuffix(c.What, ".") || strings.HasSuffix(c.Look, ".") {
				t.Errorf("%q: a cause without words or basis, or with a full stop: %+v", name, c)
			}
			for _, code := range c.Codes {
				if !rules[code] {
					t.Errorf("%q names %s, which is no rule", name, code)
				}
				if seen[code] {
					t.Errorf("%q names %s twice", name, code)
				}
				seen[code] = true
			}
		}
	}
}

// A cause is no better known than the best of the rules that show it and name
// this answer. Of a malformed time, one place is on record; the rule is for all.
func TestCausesAreKnownAsTheRulesKnowThem(t *testing.T) {
	all := Messages()
	strength := func(b saml.Basis) int { return slices.Index(bases, b) }
	best := map[string]saml.Basis{}
	for _, r := range AllRules() {
		for _, a := range r.AWS {
			if i := messageOf(all, a); i >= 0 {
				key := all[i].Text + r.Code
				best[key] = better(best[key], a.Basis)
			}
		}
	}
	for _, m := range all {
		for _, c := range m.Causes {
			known := saml.Basis("")
			for _, code := range c.Codes {
				if b, ok := best[m.Text+code]; ok {
					known = better(known, b)
				}
			}
			if known != "" && strength(c.Basis) < strength(known) && !slices.Contains(c.Codes, "time-malformed") {
				t.Errorf("%q: the cause %q is called %s, its rules only %s", or(m.Text, m.Code), c.What, c.Basis, known)
			}
		}
	}
}

// Nothing that nobody has confirmed is stated as a fact.
func TestUnconfirmedIsSaidToBe(t *testing.T) {
	for text, want := range map[string]string{
		"Response does not contain the required audience.": "nobody has quoted it",
		"Unable to validate tags":                          "nor is it on record what exactly leads to it",
		"IDPRejectedClaim":                                 "it was not seen in use",
	} {
		found, ok := ExplainMessage(text)
		if !ok || !strings.Contains(found[0].Meaning, want) {
			t.Errorf("%q does not say %q: %+v", text, want, found)
		}
	}
	for _, m := range Messages() {
		for _, c := range m.Causes {
			if slices.Contains(c.Codes, "status-not-success") && c.Basis != saml.Inferred || m.By == "console" && c.Basis == saml.Observed {
				t.Errorf("%q: %q is %s", or(m.Text, m.Code), c.What, c.Basis)
			}
		}
	}
}

// A caller who writes into what he is given spoils nobody else's.
func TestMessagesAreFresh(t *testing.T) {
	first := Messages()
	for i := range first {
		for j := range first[i].Causes {
			first[i].Causes[j].What = "spoilt"
		}
	}
	for _, m := range Messages() {
		if m.Causes[0].What == "spoilt" {
			t.Fatalf("%q is shared", m.Text)
		}
	}
}
