package policy

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/seeds"
)

// TestWildcards compares with regular expressions, over all short patterns and
// texts of two letters.
func TestWildcards(t *testing.T) {
	texts := allWords("ab\n", 4)
	for _, p := range allWords("a*?", 5) {
		want := regexp.MustCompile("(?s)^" + strings.NewReplacer("*", ".*", "?", ".").Replace(p) + "$")
		for _, text := range texts {
			if got := wildcards(p).matches([]rune(text)); got != want.MatchString(text) {
				t.Errorf("%q on %q is %t", p, text, got)
			}
		}
	}
}

// allWords gives all words over some letters up to a length.
func allWords(letters string, most int) []string {
	out := []string{""}
	for from := 0; most > 0; most-- {
		longest := out[from:]
		from = len(out)
		for _, w := range longest {
			for _, l := range letters {
				out = append(out, w+string(l))
			}
		}
	}
	return out
}

// FuzzWildcards: a pattern matches what the regular expression that says the
// same matches.
func FuzzWildcards(f *testing.F) {
	f.Add("a*b?c", "axxbyc")
	f.Add("*?é*", "aéé")
	f.Fuzz(func(t *testing.T, p, text string) {
		if len(p) > 60 || len(text) > 300 {
			return
		}
		pattern := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(string([]rune(p))))
		want := regexp.MustCompile("(?s)^" + pattern + "$").MatchString(string([]rune(text)))
		if got := wildcards(p).matches([]rune(text)); got != want {
			t.Errorf("%q on %q is %t", p, text, got)
		}
	})
}

// FuzzParse: no document makes Parse panic, and one that it takes is evaluated
// the same twice, and is denied once an unconditional Deny is added.
func FuzzParse(f *testing.F) {
	seeds.Add(f, 10, trustPolicies(f))
	f.Add([]byte(whole))
	f.Add([]byte(allowIf(`"ForAnyValue:StringLike":{"a:b":["${a:c, 'd'}*","${?}"]},"NotIpAddress":{"a:b":"::1"}`)))
	f.Add([]byte(statements(allow, with(deny, maybe))))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if (d == nil) == (err == nil) {
			t.Fatalf("document %v, error %v", d, err)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) || len(err.Error()) > 2000 {
				t.Errorf("error of %d bytes: %q", len(err.Error()), err)
			}
			return
		}
		r := Request{Federated: provider, Action: action, Context: facts{"a:b": {"c", "::1"}, "a:c": {"d"}, "a:unknown": nil}}
		first := d.Evaluate(r)
		if again := d.Evaluate(r); !reflect.DeepEqual(first, again) {
			t.Errorf("%+v, then %+v", first, again)
		}
		d.Statements = append(d.Statements, Statement{Effect: Deny, Actions: []string{action}, Principal: Principals{"Federated": {provider}}})
		if got := d.Evaluate(r); got.Outcome != Denied {
			t.Errorf("denied by all means, but %s", got.Outcome)
		}
	})
}

// trustPolicies gives the trust policies of the accounts of the cases that are
// written as JSON in JSON, each once.
func trustPolicies(tb testing.TB) [][]byte {
	tb.Helper()
	var out [][]byte
	seen := map[string]bool{}
	for _, account := range seeds.Accounts(tb) {
		for _, m := range regexp.MustCompile(`"AssumeRolePolicyDocument":\s*`).FindAllIndex(account, -1) {
			var policy json.RawMessage
			if json.NewDecoder(strings.NewReader(string(account[m[1]:]))).Decode(&policy) == nil && !seen[string(policy)] {
				seen[string(policy)] = true
				out = append(out, policy)
			}
		}
	}
	return out
}

// The seeds of FuzzParse are trust policies that are taken.
func TestTrustPoliciesAreTaken(t *testing.T) {
	taken := 0
	for _, policy := range trustPolicies(t) {
		if _, err := Parse(policy); err == nil {
			taken++
		}
	}
	if taken < 10 {
		t.Errorf("expected 10 trust policies of the cases or more, found %d", taken)
	}
}

// TestUnknownIsSound: for every operator, what is decided without knowing a key
// stays so whatever its value.
func TestUnknownIsSound(t *testing.T) {
	values := []string{"", "x", "a*", "5", "true", "203.0.113.0/24", "203.0.113.1", "${a:key}", "2020-01-01", "arn:aws:s3:::b", "eA=="}
	sets := [][]string{{}, {"x", "5"}}
	for _, v := range values {
		sets = append(sets, []string{v})
	}
	for _, name := range operatorNames() {
		for _, v := range values {
			for _, key := range []string{"a:key", "a:other", "a:absent"} {
				for _, effect := range []Effect{Allow, Deny} {
					s := Statement{Effect: effect, Actions: []string{"*"}, Principal: Principals{"Federated": {provider}}, Conditions: []Condition{{name, key, []string{v}}}}
					always := Statement{Effect: Allow, Actions: []string{"*"}, Principal: s.Principal}
					d := &Document{Version: version2012, Statements: []Statement{s, always}}
					if effect == Allow {
						d.Statements = d.Statements[:1]
					}
					ask := func(set []string) Outcome {
						return d.Evaluate(Request{Federated: provider, Action: action, Context: facts{"a:key": set, "a:other": {"x"}}}).Outcome
					}
					for blind, i := ask(nil), 0; blind != Undecided && i < len(sets); i++ {
						if got := ask(sets[i]); got != blind {
							t.Errorf("%s %s %s %q: %s while a:key is unknown, %s for %q", effect, name, key, v, blind, got, sets[i])
						}
					}
				}
			}
		}
	}
}

// FuzzUnknown: what is decided without knowing a key stays so whatever its
// value. The two operators, three values and two statements make the policy.
func FuzzUnknown(f *testing.F) {
	f.Add(uint8(0), uint8(1), "x", "${a:key}", "x", "y", false)
	f.Add(uint8(23), uint8(80), "*", "a?", "", "ab", true)
	names := operatorNames()
	f.Fuzz(func(t *testing.T, one, two uint8, v1, v2, real1, real2 string, many bool) {
		condition := func(n uint8, key, value string) Condition {
			return Condition{Operator: names[int(n)%len(names)], Key: key, Values: []string{value, "fixed"}}
		}
		base := Statement{Actions: []string{"*"}, Principal: Principals{"Federated": {provider}}}
		allowing, denying := base, base
		allowing.Effect, allowing.Conditions = Allow, []Condition{condition(one, "a:key", v1), condition(two, "a:other", v2)}
		denying.Effect, denying.Conditions = Deny, []Condition{condition(two, "a:key", v2), condition(one, "a:other", v1)}
		d := &Document{Version: version2012, Statements: []Statement{allowing, denying, allowing}}
		d.Statements[2].Conditions = allowing.Conditions[1:]
		ask := func(values []string) Outcome {
			context := facts{"a:key": values, "a:other": {"fixed"}}
			return d.Evaluate(Request{Federated: provider, Action: action, Context: context}).Outcome
		}
		sets := [][]string{{}, {real1}, {real2}, {"fixed"}, {""}}
		if many {
			sets = append(sets, []string{real1, real2})
		}
		blind := ask(nil)
		for _, values := range sets {
			if got := ask(values); blind != Undecided && got != blind {
				t.Errorf("%s while a:key is unknown, %s for %q\n%+v", blind, got, values, d)
			}
		}
	})
}
