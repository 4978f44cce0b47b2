package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	allow   = `{"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":"` + provider + `"}}`
	deny    = `{"Effect":"Deny","Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":"` + provider + `"}}`
	maybe   = `,"Condition":{"StringEquals":{"a:unknown":"x"}}}`
	never   = `,"Condition":{"StringEquals":{"a:unknown":"x","a:absent":"x"}}}`
	another = "arn:aws:iam::111122223333:saml-provider/Another"
)

// with adds members to a statement.
func with(statement, members string) string { return strings.TrimSuffix(statement, "}") + members }

func statements(list ...string) string {
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(list, ",") + `]}`
}

// TestEffects follows reference_policies_evaluation-logic: an explicit Deny,
// then an Allow, else an implicit denial; and what is unknown in between.
func TestEffects(t *testing.T) {
	for _, c := range []struct {
		policy  string
		want    Outcome
		decided int // number of the statement that decided
	}{
		{statements(), Denied, 0},
		{statements(allow), Allowed, 1},
		{statements(allow, deny), Denied, 2},
		{statements(deny, allow), Denied, 1},
		{statements(deny), Denied, 1},
		{statements(with(allow, maybe)), Undecided, 0},
		{statements(with(allow, never)), Denied, 0},
		{statements(with(allow, maybe), allow), Allowed, 2},
		{statements(allow, with(deny, maybe)), Undecided, 0},
		{statements(allow, with(deny, never)), Allowed, 1},
		{statements(with(deny, maybe)), Denied, 0},
		{statements(with(allow, never), with(deny, maybe)), Denied, 0},
		{statements(with(allow, maybe), deny), Denied, 2},
		{statements(with(allow, maybe), with(deny, maybe)), Undecided, 0},
		{statements(strings.Replace(deny, action, "sts:TagSession", 1), allow), Allowed, 2},
		{statements(strings.Replace(deny, "Action", "NotAction", 1), allow), Allowed, 2},
	} {
		got := decide(t, c.policy, facts{"a:unknown": nil})
		decided := 0
		if got.Statement != nil {
			decided = got.Statement.Number
		}
		if got.Outcome != c.want || decided != c.decided {
			t.Errorf("%s\nis %s by statement %d, want %s by %d", c.policy, got.Outcome, decided, c.want, c.decided)
		}
		if (got.Statement == nil) != (got.Deciding == nil) || (got.Outcome == Undecided) != (len(got.Unknown) > 0) {
			t.Errorf("%s\ncontradicts itself: %+v", c.policy, got)
		}
	}
}

// TestActions follows reference_policies_elements_action: neither the prefix nor
// the name is case-sensitive, and wildcards stand anywhere.
func TestActions(t *testing.T) {
	for pattern, want := range map[string]Outcome{
		`"sts:AssumeRoleWithSAML"`:           Allowed,
		`"STS:assumerolewithsaml"`:           Allowed,
		`"sts:*"`:                            Allowed,
		`"sts:Assume*"`:                      Allowed,
		`"sts:AssumeRoleWith????"`:           Allowed,
		`"*"`:                                Allowed,
		`["sts:TagSession","sts:*SAML"]`:     Allowed,
		`"sts:AssumeRole"`:                   Denied,
		`"sts:AssumeRoleWith?"`:              Denied,
		`["sts:TagSession","iam:*"]`:         Denied,
		`[]`:                                 Denied,
		`"sts:AssumeRoleWithSAML*Something"`: Denied,
	} {
		policy := statements(strings.Replace(allow, `"sts:AssumeRoleWithSAML"`, pattern, 1))
		if got := decide(t, policy, facts{}).Outcome; got != want {
			t.Errorf("Action %s: %s, want %s", pattern, got, want)
		}
		inverted := map[Outcome]Outcome{Allowed: Denied, Denied: Allowed}[want]
		if pattern == "[]" {
			continue
		}
		if got := decide(t, strings.Replace(policy, "Action", "NotAction", 1), facts{}).Outcome; got != inverted {
			t.Errorf("NotAction %s: %s, want %s", pattern, got, inverted)
		}
	}
}

// TestPrincipals: {"AWS": "*"} in an Allow is recorded not to admit a SAML
// caller, and IAM to refuse "*" and {"Federated": "*"}; the others follow
// reference_policies_elements_principal and _notprincipal.
func TestPrincipals(t *testing.T) {
	for _, c := range []struct {
		principal   string
		allow, deny Outcome // of an Allow, and of a Deny beside a good Allow
	}{
		{`"Principal":{"Federated":"` + provider + `"}`, Allowed, Denied},
		{`"Principal":{"Federated":["` + another + `","` + provider + `"]}`, Allowed, Denied},
		{`"Principal":{"AWS":"*","Federated":"` + provider + `"}`, Allowed, Denied},
		{`"Principal":{"Federated":"` + another + `"}`, Denied, Allowed},
		{`"Principal":{"Federated":"` + strings.ToLower(provider) + `"}`, Denied, Allowed},
		{`"Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/*"}`, Denied, Allowed},
		{`"Principal":{"Federated":"*"}`, Denied, Undecided},
		{`"Principal":{"Federated":[]}`, Denied, Allowed},
		{`"Principal":{}`, Denied, Allowed},
		{`"Principal":"*"`, Denied, Denied},
		{`"Principal":{"AWS":"*"}`, Denied, Undecided},
		{`"Principal":{"AWS":"111122223333"}`, Denied, Undecided},
		{`"Principal":{"AWS":"arn:aws:iam::111122223333:root"}`, Denied, Undecided},
		{`"Principal":{"AWS":"arn:aws:iam::111122223333:role/Admin"}`, Denied, Allowed},
		{`"Principal":{"Service":"ec2.amazonaws.com"}`, Denied, Allowed},
		{`"NotPrincipal":{"Federated":"` + provider + `"}`, Denied, Allowed},
		{`"NotPrincipal":{"AWS":"111122223333","Federated":"` + provider + `"}`, Denied, Allowed},
		{`"NotPrincipal":{"Federated":"` + another + `"}`, Undecided, Denied},
		{`"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/Admin"}`, Undecided, Denied},
		{`"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}`, Undecided, Undecided},
		{`"NotPrincipal":{"AWS":"*"}`, Undecided, Undecided},
		{`"NotPrincipal":"*"`, Undecided, Undecided},
		{`"NotPrincipal":{}`, Undecided, Undecided},
	} {
		const own = `"Principal":{"Federated":"` + provider + `"}`
		if got := decide(t, statements(strings.Replace(allow, own, c.principal, 1)), facts{}); got.Outcome != c.allow {
			t.Errorf("Allow %s: %s, want %s", c.principal, got.Outcome, c.allow)
		}
		if got := decide(t, statements(allow, strings.Replace(deny, own, c.principal, 1)), facts{}); got.Outcome != c.deny {
			t.Errorf("Deny %s: %s, want %s", c.principal, got.Outcome, c.deny)
		}
	}
}

func TestNearest(t *testing.T) {
	condition := func(s string) string { return with(allow, `,"Condition":{`+s+`}}`) }
	foreign := strings.Replace(allow, provider, another, 1)
	for _, c := range []struct {
		about string
		list  []string
		want  int
	}{
		{"nothing for the action", []string{strings.Replace(allow, action, "sts:TagSession", 1)}, 0},
		{"a Deny is none", []string{deny + ``, foreign}, 0},
		{"principal before conditions", []string{foreign, condition(`"StringEquals":{"a:b":"x","a:c":"x"}`)}, 2},
		{"fewest that fail", []string{condition(`"StringEquals":{"a:b":"x","a:c":"x"}`), condition(`"StringEquals":{"a:b":"x"}`)}, 2},
		{"then fewest unknown", []string{condition(`"StringEquals":{"a:b":"x","a:unknown":"x"}`), condition(`"StringEquals":{"a:b":"x","a:ok":"ok"}`)}, 2},
		{"then the first", []string{condition(`"StringEquals":{"a:b":"x"}`), condition(`"StringEquals":{"a:c":"x"}`)}, 1},
		{"the action only", []string{foreign}, 1},
	} {
		got := decide(t, statements(c.list...), facts{"a:unknown": nil, "a:ok": {"ok"}})
		number := 0
		if got.Nearest != nil {
			number = got.Nearest.Statement.Number
		}
		if number != c.want {
			t.Errorf("%s: nearest is %d, want %d", c.about, number, c.want)
		}
	}
}

// TestExplanation: a denial tells the operator, the key, what was wanted and what
// was there.
func TestExplanation(t *testing.T) {
	policy := allowIf(`"StringEquals":{"SAML:aud":["https://signin.aws.amazon.com/saml","https://${a:host}/saml"]},"StringLike":{"saml:sub":"*"},"Bool":{"a:unknown":"true"},"Null":{"a:b":true}`)
	got := decide(t, policy, facts{"saml:aud": {"https://signin.aws.amazon.com/SAML"}, "a:host": {"example.com"}, "a:unknown": nil})
	if got.Outcome != Denied || got.Nearest == nil {
		t.Fatalf("%+v", got)
	}
	want := &Match{
		Statement: got.Nearest.Statement, Principal: true, Action: true,
		Caller: Check{
			Condition: Condition{"Principal", "Federated", []string{provider}},
			State:     True, Had: []string{provider}, Wanted: []string{provider},
		},
		Checks: []Check{{
			Condition: Condition{"StringEquals", "SAML:aud", []string{"https://signin.aws.amazon.com/saml", "https://${a:host}/saml"}},
			State:     False, Had: []string{"https://signin.aws.amazon.com/SAML"},
			Wanted: []string{"https://signin.aws.amazon.com/saml", "https://example.com/saml"},
			Reason: "the two differ in case only, and the operator heeds case",
		}, {
			Condition: Condition{"StringLike", "saml:sub", []string{"*"}},
			State:     False, Absent: true, Wanted: []string{"*"},
		}, {
			Condition: Condition{"Bool", "a:unknown", []string{"true"}},
			State:     Unknown, Wanted: []string{"true"}, Reason: "it is not in the response",
		}, {
			Condition: Condition{"Null", "a:b", []string{"true"}},
			State:     True, Absent: true, Wanted: []string{"true"},
		}},
	}
	if diff := cmp.Diff(want, got.Nearest); diff != "" {
		t.Error(diff)
	}
}

func TestHints(t *testing.T) {
	for conditions, want := range map[string]string{
		`"StringEquals":{"a:b":"ABC"}`:    "the two differ in case only, and the operator heeds case",
		`"StringLike":{"a:b":"ABC"}`:      "the two differ in case only, and the operator heeds case",
		`"StringEquals":{"a:b":" abc\n"}`: "the two differ in blanks around them only",
		`"StringEquals":{"a:b":"a*"}`:     "StringEquals takes * and ? as they stand; StringLike takes them as wildcards",
		`"StringEquals":{"a:b":"b*"}`:     "",
		`"StringNotEquals":{"a:b":"abc"}`: "",
		`"StringEquals":{"a:b":"${a:c}"}`: `the variable "a:c" has no value in the request`,
	} {
		got := decide(t, allowIf(conditions), facts{"a:b": {"abc"}})
		if got.Nearest == nil || got.Nearest.Checks[0].State != False || got.Nearest.Checks[0].Reason != want {
			t.Errorf("%s: %+v, want the reason %q", conditions, got.Nearest, want)
		}
	}
}

func TestNotes(t *testing.T) {
	const own = `"Principal":{"Federated":"` + provider + `"}`
	for principal, want := range map[string]string{
		`"Principal":"*"`:               `IAM refuses the principal "*" in a trust policy, so that this cannot be one in force`,
		`"Principal":{"AWS":"*"}`:       `the principal {"AWS": "*"} does not admit callers from a SAML provider`,
		`"Principal":{"Federated":"*"}`: `IAM refuses the principal {"Federated": "*"}, so that this cannot be a policy in force`,
		`"Principal":{"Federated":"x"}`: "",
	} {
		got := decide(t, statements(strings.Replace(allow, own, principal, 1)), facts{})
		if got.Nearest == nil || got.Nearest.Principal || got.Nearest.Caller.Reason != want {
			t.Errorf("%s: %+v, want the reason %q", principal, got.Nearest, want)
		}
	}
}

// TestVacuous: of two statements that allow, the one that rests on no absent key
// is named.
func TestVacuous(t *testing.T) {
	vacuous := with(allow, `,"Condition":{"ForAllValues:StringEquals":{"saml:edupersonaffiliation":["staff"]}}}`)
	got := decide(t, statements(vacuous), facts{})
	want := []Check{{
		Condition: Condition{"ForAllValues:StringEquals", "saml:edupersonaffiliation", []string{"staff"}},
		State:     True, Absent: true, Wanted: []string{"staff"}, Vacuous: true,
	}}
	if diff := cmp.Diff(want, got.Vacuous); diff != "" || got.Outcome != Allowed {
		t.Errorf("%s %s", got.Outcome, diff)
	}
	if got := decide(t, statements(vacuous, allow), facts{}); got.Statement.Number != 2 || got.Vacuous != nil {
		t.Errorf("statement %d, vacuous %v", got.Statement.Number, got.Vacuous)
	}
	if got := decide(t, statements(vacuous), facts{"saml:edupersonaffiliation": {"staff"}}); got.Outcome != Allowed || got.Vacuous != nil {
		t.Errorf("%s, vacuous %v", got.Outcome, got.Vacuous)
	}
}

func TestUnknownPrincipal(t *testing.T) {
	const own = `"Principal":{"Federated":"` + provider + `"}`
	got := decide(t, statements(allow, strings.Replace(deny, own, `"Principal":{"AWS":"*"}`, 1)), facts{})
	want := []Check{{
		Condition: Condition{"Principal", "AWS", []string{"*"}},
		State:     Unknown, Had: []string{provider}, Wanted: []string{"*"},
		Reason: `whether the AWS principal "*" covers callers from a SAML provider, other than in an Allow, is not known`,
	}}
	if diff := cmp.Diff(want, got.Unknown); diff != "" {
		t.Error(diff)
	}
}

// TestNoContext: without a context every key is unknown.
func TestNoContext(t *testing.T) {
	d, err := Parse([]byte(allowIf(`"StringEquals":{"a:b":"c"}`)))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Evaluate(Request{Federated: provider, Action: action}); got.Outcome != Undecided {
		t.Errorf("%+v", got)
	}
	if got := d.Evaluate(Request{Action: action}); got.Outcome != Denied {
		t.Errorf("a caller from nowhere: %+v", got)
	}
}

// TestHostile: what is made to take long is undecided instead, in bounded time.
func TestHostile(t *testing.T) {
	long := strings.Repeat("a", 100_000)
	stars := strings.Repeat("a*", 30_000) + "b"
	list := func(n int, value string) string {
		return `["` + strings.Repeat(value+`","`, n) + value + `"]`
	}
	for about, c := range map[string]struct {
		conditions string
		context    facts
	}{
		"stars":          {`"StringLike":{"a:b":"` + stars + `"}`, facts{"a:b": {long}}},
		"arn":            {`"ArnLike":{"a:b":"a:b:c:d:e:` + stars + `"}`, facts{"a:b": {"a:b:c:d:e:" + long}}},
		"many":           {`"StringLike":{"a:b":` + list(20_000, "*?b") + `}`, facts{"a:b": {long}}},
		"variables":      {`"StringEquals":{"a:b":` + list(9_000, "${a:b}!") + `}`, facts{"a:b": {long}}},
		"numbers":        {`"NumericEquals":{"a:b":` + list(20_000, "1") + `}`, facts{"a:b": {strings.Repeat("+", 200_000)}}},
		"dates":          {`"DateEquals":{"a:b":` + list(9_000, "2026-01-01") + `}`, facts{"a:b": {long}}},
		"addresses":      {`"IpAddress":{"a:b":` + list(9_000, "192.0.2.1") + `}`, facts{"a:b": {long}}},
		"octets":         {`"BinaryEquals":{"a:b":` + list(9_000, "YQ==") + `}`, facts{"a:b": {long}}},
		"blanks":         {`"StringEquals":{"a:b":` + list(20_000, "b") + `}`, facts{"a:b": {strings.Repeat("\u2003", 60_000)}}},
		"lone variables": {`"StringLike":{"a:b":` + list(9_000, "${a:b}") + `}`, facts{"a:b": {strings.Repeat(long, 8)}}},
		"many values":    {`"ForAnyValue:StringEquals":{"a:b":` + list(30_000, "b") + `}`, facts{"a:b": slices.Repeat([]string{"a"}, 30_000)}},
	} {
		start := time.Now()
		got := decide(t, allowIf(c.conditions), c.context)
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s took %s", about, took)
		}
		unread := func(why string) bool { return strings.HasPrefix(why, "the operator compares ") }
		if got.Outcome != Undecided || len(got.Unknown) != 1 || got.Unknown[0].Reason != tooLong && !unread(got.Unknown[0].Reason) {
			t.Errorf("%s: %s with %d unknown", about, got.Outcome, len(got.Unknown))
		}
	}
}

// TestSharedSteps: evaluations that share a bound spend it together, and what is
// then not compared is neither allowed nor denied.
func TestSharedSteps(t *testing.T) {
	d, err := Parse([]byte(allowIf(`"StringEquals":{"a:b":"x"}`)))
	if err != nil {
		t.Fatal(err)
	}
	steps := 5
	for i, want := range []Outcome{Allowed, Undecided, Undecided} {
		got := d.Evaluate(Request{Federated: provider, Action: action, Context: facts{"a:b": {"x"}}, Steps: &steps})
		if got.Outcome != want {
			t.Errorf("evaluation %d is %s with %d steps left, want %s", i+1, got.Outcome, steps, want)
		}
	}
}

func ExampleDocument_Evaluate() {
	d, err := Parse([]byte(allowIf(`"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}`)))
	if err != nil {
		fmt.Println(err)
		return
	}
	got := d.Evaluate(Request{Federated: provider, Action: action, Context: facts{"saml:aud": {"https://us-east-1.signin.aws.amazon.com/saml"}}})
	check := got.Nearest.Checks[0]
	fmt.Println(got.Outcome, check.Operator, check.Key, check.Wanted, check.Had)
	// Output: denied StringEquals SAML:aud [https://signin.aws.amazon.com/saml] [https://us-east-1.signin.aws.amazon.com/saml]
}
