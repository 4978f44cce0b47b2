package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const provider = "arn:aws:iam::111122223333:saml-provider/Example"

// The trust policy of id_roles_create_for-idp_saml, with more of what the
// grammar allows.
const whole = `{
  "Version": "2012-10-17",
  "Id": "an id",
  "Statement": [{
    "Sid": "first",
    "Effect": "Allow",
    "Action": "sts:AssumeRoleWithSAML",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/Example"},
    "Condition": {
      "StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml", "saml:edupersonorgdn": ["a", "b"]},
      "ForAnyValue:NumericLessThanIfExists": {"x:n": [1, 2.50, true]}
    }
  }, {
    "Effect": "Deny",
    "NotAction": ["sts:TagSession", "sts:Set*"],
    "NotPrincipal": {"AWS": ["111122223333"], "Service": "ec2.amazonaws.com"}
  }, {
    "Effect": "Deny",
    "Action": [],
    "Principal": "*",
    "Condition": {}
  }]
}`

func TestParse(t *testing.T) {
	got, err := Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := &Document{Version: "2012-10-17", ID: "an id", Statements: []Statement{{
		Number: 1, SID: "first", Effect: Allow,
		Principal: Principals{"Federated": {provider}}, Actions: []string{"sts:AssumeRoleWithSAML"},
		Conditions: []Condition{
			{"StringEquals", "SAML:aud", []string{"https://signin.aws.amazon.com/saml"}},
			{"StringEquals", "saml:edupersonorgdn", []string{"a", "b"}},
			{"ForAnyValue:NumericLessThanIfExists", "x:n", []string{"1", "2.50", "true"}},
		},
	}, {
		Number: 2, Effect: Deny, Not: true, NotActions: true,
		Principal: Principals{"AWS": {"111122223333"}, "Service": {"ec2.amazonaws.com"}},
		Actions:   []string{"sts:TagSession", "sts:Set*"},
	}, {
		Number: 3, Effect: Deny, Principal: Principals{"*": {"*"}}, Actions: []string{},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseLoneStatement(t *testing.T) {
	got, err := Parse([]byte(`{"Statement":{"Effect":"Allow","Action":"*","Principal":"*"}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Document{Version: "2008-10-17", Statements: []Statement{{Number: 1, Effect: Allow, Principal: Principals{"*": {"*"}}, Actions: []string{"*"}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// statement makes a policy whose second statement is the given members and the
// rest of a good one.
func statement(members string) string {
	const good = `"Effect":"Allow","Action":"a:b","Principal":"*"`
	return `{"Version":"2012-10-17","Statement":[{` + good + `},{` + members + `}]}`
}

func TestParseErrors(t *testing.T) {
	const rest = `,"Action":"a:b","Principal":"*"`
	deep := strings.Repeat("[", 30) + strings.Repeat("]", 30)
	for _, c := range []struct{ policy, want string }{
		{``, "the policy is not JSON: at byte 0, unexpected end of JSON input"},
		{`[]`, "expected the policy to be a JSON object, found an array"},
		{`{"Statement":[]} x`, "the policy is not JSON: at byte 18, invalid character 'x' after top-level value"},
		{`{"Statement":é}`, "the policy is not JSON: at byte 14, invalid character '?' looking for beginning of value"},
		{"{\"Id\":\"\xff\"}", "the policy is not UTF-8"},
		{`{"Statement":[` + strings.Repeat(" ", 128<<10) + `]}`, "the policy has 131088 bytes, more than the limit of 131072"},
		{`{"Statement":[` + strings.Repeat("{},", 500) + `{}]}`, "Statement: the policy has 501 statements, more than the limit of 500"},
		{`{"Statement":` + deep + `}`, "Statement[1][1][1][1][1][1][1][1][1]: the policy is nested deeper than 10 levels"},
		{`{"Version":"2012-10-17"}`, "the policy has no Statement"},
		{`{"Version":"2012-10-18","Statement":[]}`, `Version: expected "2012-10-17" or "2008-10-17", found "2012-10-18"`},
		{`{"Version":20121017,"Statement":[]}`, `Version: expected "2012-10-17" or "2008-10-17", found the number "20121017"`},
		{`{"version":"2012-10-17","Statement":[]}`, `"version" is not an element of a policy; it is written "Version", and case counts`},
		{`{"Statements":[]}`, `"Statements" is not an element of a policy; is "Statement" meant?`},
		{`{"Statement":[],"Statement":[]}`, `the name "Statement" stands twice in one object`},
		{`{"Id":null,"Statement":[]}`, `Id: expected a string, found null`},
		{`{"Statement":"x"}`, `Statement: expected an object or an array of objects, found "x"`},
		{`{"Statement":[3]}`, `Statement[1]: expected an object, found the number "3"`},
		{`{"Statement":{}}`, `Statement: the statement has no Effect`},
		{statement(`"Effect":"allow"` + rest), `Statement[2].Effect: expected "Allow" or "Deny", found "allow"`},
		{statement(`"Efect":"Allow"` + rest), `Statement[2]: "Efect" is not an element of a statement; is "Effect" meant?`},
		{statement(`"Effect":"Allow","Effect":"Deny"` + rest), `Statement[2]: the name "Effect" stands twice in one object`},
		{statement(`"Effect":"Allow","Principal":"*"`), `Statement[2]: the statement has neither Action nor NotAction`},
		{statement(`"Effect":"Allow","Action":"*"`), `Statement[2]: the statement has neither Principal nor NotPrincipal`},
		{statement(`"Effect":"Allow","NotAction":"*"` + rest), `Statement[2]: the statement has both Action and NotAction`},
		{statement(`"Effect":"Allow","NotAction":[],"Principal":"*"`), `Statement[2].NotAction: expected one action or more, found none`},
		{statement(`"Effect":"Allow","NotPrincipal":"*"` + rest), `Statement[2]: the statement has both Principal and NotPrincipal`},
		{statement(`"Effect":"Allow","Action":["a:b",1],"Principal":"*"`), `Statement[2].Action[2]: expected a string, found the number "1"`},
		{statement(`"Effect":"Allow","Resource":"*"` + rest), `Statement[2]: the trust policy of a role has no Resource: it is about the role that it belongs to`},
		{statement(`"Effect":"Allow","Action":"*","Principal":"arn:x"`), `Statement[2].Principal: expected "*" or an object, found "arn:x"`},
		{statement(`"Effect":"Allow","Action":"*","Principal":{"federated":"x"}`), `Statement[2].Principal: "federated" is not an element of a principal; it is written "Federated", and case counts`},
		{statement(`"Effect":"Allow","Action":"*","Principal":{"AWS":{}}`), `Statement[2].Principal.AWS: expected a string, found an object`},
		{statement(`"Effect":"Allow","Condition":[]` + rest), `Statement[2].Condition: expected an object, found an array`},
		// Recorded of IAM: MalformedPolicyDocument: Invalid Condition type : stringEquals.
		{statement(`"Effect":"Allow","Condition":{"stringEquals":{"a:b":"c"}}` + rest), `Statement[2].Condition: "stringEquals" is not a condition operator; it is written "StringEquals", and case counts`},
		{statement(`"Effect":"Allow","Condition":{"ForAnyValues:StringLike":{}}` + rest), `Statement[2].Condition: "ForAnyValues:StringLike" is not a condition operator; is "ForAnyValue:StringLike" meant?`},
		{statement(`"Effect":"Allow","Condition":{"Regex":{}}` + rest), `Statement[2].Condition: "Regex" is not a condition operator`},
		{statement(`"Effect":"Allow","Condition":{"StringEquals":"x"}` + rest), `Statement[2].Condition.StringEquals: expected an object of condition keys, found "x"`},
		{statement(`"Effect":"Allow","Condition":{"ForAllValues:StringLike":{"saml:aud":[null]}}` + rest), `Statement[2].Condition.ForAllValues:StringLike.saml:aud[1]: expected a string, found null`},
		{statement(`"Effect":"Allow","Condition":{"StringEquals":{"aws:RequestTag/a b":{}}}` + rest), `Statement[2].Condition.StringEquals["aws:RequestTag/a b"]: expected a string, found an object`},
		{statement(`"Effect":"Allow","Condition":{"StringEquals":{"a:b":"c","a:b":"d"}}` + rest), `Statement[2].Condition.StringEquals: the name "a:b" stands twice in one object`},
		{statement(`"Effect":"Allow","Condition":{"StringEquals":{"a:b":"c","A:b":"d"}}` + rest), `Statement[2].Condition.StringEquals: the condition key "A:b" stands twice, in different case`},
	} {
		if _, err := Parse([]byte(c.policy)); err == nil || err.Error() != c.want {
			t.Errorf("Parse(%.200s)\n got %v\nwant %s", c.policy, err, c.want)
		}
	}
}
