package policy

import (
	"strings"
	"testing"
)

const action = "sts:AssumeRoleWithSAML"

// facts are what a test knows of a request. Keys that are not in it are absent;
// a key whose values are nil is one that cannot be known.
type facts map[string][]string

func (f facts) Lookup(key string) ([]string, bool, string) {
	values, listed := f[key]
	if listed && values == nil {
		return nil, false, "it is not in the response"
	}
	return values, true, ""
}

// allowIf makes a policy that allows the action under conditions.
func allowIf(conditions string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithSAML",
		"Principal":{"Federated":"` + provider + `"},"Condition":{` + conditions + `}}]}`
}

func decide(t *testing.T, policy string, context Context) Decision {
	t.Helper()
	d, err := Parse([]byte(policy))
	if err != nil {
		t.Fatalf("%v in %s", err, policy)
	}
	return d.Evaluate(Request{Federated: provider, Action: action, Context: context})
}

// The pages of the IAM User Guide that the rows are taken from.
const (
	pageOperators = "reference_policies_elements_condition_operators"
	pageLogic     = "reference_policies_condition-logic-multiple-context-keys-or-values"
	pageSets      = "reference_policies_condition-single-vs-multi-valued-context-keys"
	pageSetRows   = "reference_policies_condition_examples-multi-valued-context-keys"
	pageVariables = "reference_policies_variables"
	pageChecks    = "access-analyzer-reference-policy-checks"
	pageCondition = "reference_policies_elements_condition"
	recorded      = "recorded answers of STS" // its trust policies with one condition
	undocumented  = "left open by the documentation"
)

type row struct {
	page       string
	conditions string
	context    facts
	want       Outcome
}

func run(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		if got := decide(t, allowIf(r.conditions), r.context); got.Outcome != r.want {
			t.Errorf("%s: {%s} with %v is %s, want %s\n%+v", r.page, r.conditions, r.context, got.Outcome, r.want, got)
		}
	}
}

func TestRecordedAnswers(t *testing.T) {
	context := facts{"aws:userid": {provider}, "aws:principaltype": {"User"}, "aws:principalaccount": {"111122223333"}}
	var rows []row
	for _, c := range []struct {
		conditions string
		want       Outcome
	}{
		{`"StringEquals":{"aws:userid":"` + provider + `"}`, Allowed},
		{`"StringLike":{"aws:userid":"*:*"}`, Allowed},
		{`"StringLike":{"aws:userid":"?*"}`, Allowed},
		{`"StringEquals":{"aws:userid":""}`, Denied},
		{`"StringEquals":{"aws:userid":"111122223333"}`, Denied},
		{`"StringLike":{"aws:userid":"*subject-123*"}`, Denied},
		{`"StringLike":{"aws:userid":"AROA*:saml-session"}`, Denied},
		{`"StringLike":{"aws:userid":"AIDA*"}`, Denied},
		{`"StringEquals":{"aws:userid":"` + provider + `:subject"}`, Denied},
		{`"StringEquals":{"aws:PrincipalType":"User"}`, Allowed},
		{`"StringEquals":{"aws:PrincipalType":"Anonymous"}`, Denied},
		{`"StringEquals":{"aws:PrincipalType":"AssumedRole"}`, Denied},
		{`"StringEquals":{"aws:PrincipalAccount":"111122223333"}`, Allowed},
		{`"StringEquals":{"aws:PrincipalAccount":"anonymous"}`, Denied},
		{`"StringEquals":{"aws:PrincipalArn":"` + provider + `"}`, Denied},
		{`"Null":{"aws:PrincipalAccount":"true"}`, Denied},
		{`"Null":{"aws:PrincipalAccount":"false"}`, Allowed},
		{`"Null":{"aws:PrincipalArn":"true"}`, Allowed},
		{`"Null":{"aws:PrincipalArn":"false"}`, Denied},
		{`"Null":{"aws:PrincipalType":"true"}`, Denied},
		{`"Null":{"aws:userid":"false"}`, Allowed},
	} {
		rows = append(rows, row{recorded, c.conditions, context, c.want})
	}
	run(t, rows)
}

func TestStringOperators(t *testing.T) {
	category := facts{"aws:principaltag/job-category": {"iamuser-admin"}}
	prefix := func(v string) facts { return facts{"s3:prefix": {v}, "aws:username": {"Bob"}} }
	const prefixes = `"StringLike":{"s3:prefix":["","home/","home/${aws:username}/"]}`
	run(t, []row{
		{pageOperators, `"StringEquals":{"aws:PrincipalTag/job-category":"iamuser-admin"}`, category, Allowed},
		{pageOperators, `"StringEquals":{"aws:PrincipalTag/job-category":"iamuser-admin"}`, facts{}, Denied},
		{pageOperators, `"StringEquals":{"aws:PrincipalTag/job-category":"IAMUSER-admin"}`, category, Denied},
		{pageOperators, `"StringEquals":{"aws:PrincipalTag/job-category":"iamuser-*"}`, category, Denied},
		{pageOperators, `"StringNotEquals":{"aws:PrincipalTag/job-category":"iamuser-admin"}`, category, Denied},
		{pageOperators, `"StringNotEquals":{"aws:PrincipalTag/job-category":"iamuser-admin"}`, facts{}, Allowed},
		{pageOperators, `"StringEqualsIgnoreCase":{"aws:PrincipalTag/job-category":"IAMUSER-admin"}`, category, Allowed},
		{pageOperators, `"StringNotEqualsIgnoreCase":{"aws:PrincipalTag/job-category":"IAMUSER-admin"}`, category, Denied},
		{pageOperators, `"StringNotEqualsIgnoreCase":{"aws:PrincipalTag/job-category":"IAMUSER-admin"}`, facts{}, Allowed},
		{pageOperators, `"StringLike":{"aws:PrincipalTag/job-category":"iamuser-adm?n"}`, category, Allowed},
		{pageOperators, `"StringLike":{"aws:PrincipalTag/job-category":"IAMUSER-*"}`, category, Denied},
		{pageOperators, `"StringLike":{"aws:PrincipalTag/job-category":"iamuser"}`, category, Denied},
		{pageOperators, `"StringNotLike":{"aws:PrincipalTag/job-category":"iamuser-*"}`, category, Denied},
		{pageOperators, `"StringNotLike":{"aws:PrincipalTag/job-category":"iamuser-*"}`, facts{}, Allowed},
		{pageOperators, prefixes, prefix(""), Allowed},
		{pageOperators, prefixes, prefix("home/"), Allowed},
		{pageOperators, prefixes, prefix("home/Bob/"), Allowed},
		{pageOperators, prefixes, prefix("home/Alice/"), Denied},
		{pageCondition, `"StringEquals":{"aws:username":"john"}`, facts{"aws:username": {"John"}}, Denied},
		{pageCondition, `"StringEqualsIgnoreCase":{"AWS:UserName":"john"}`, facts{"aws:username": {"John"}}, Allowed},
		{undocumented, `"StringEqualsIgnoreCase":{"a:b":"\u212A"}`, facts{"a:b": {"k"}}, Undecided}, // the Kelvin sign
		{undocumented, `"StringEqualsIgnoreCase":{"a:b":"ä"}`, facts{"a:b": {"Ä"}}, Undecided},
		{undocumented, `"StringNotEquals":{"a:b":[]}`, facts{"a:b": {"x"}}, Undecided},
	})
}

func TestOtherOperators(t *testing.T) {
	keys := func(v string) facts { return facts{"s3:max-keys": {v}} }
	when := func(v string) facts { return facts{"aws:tokenissuetime": {v}} }
	from := func(v string) facts { return facts{"aws:sourceip": {v}} }
	const ranges = `"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:DB8:1234:5678::/64"]}`
	run(t, []row{
		{pageOperators, `"NumericLessThanEquals":{"s3:max-keys":"10"}`, keys("10"), Allowed},
		{pageOperators, `"NumericLessThanEquals":{"s3:max-keys":10}`, keys("11"), Denied},
		{pageOperators, `"NumericLessThanEquals":{"s3:max-keys":"10"}`, facts{}, Denied},
		{pageOperators, `"NumericEquals":{"s3:max-keys":10.50}`, keys("10.5"), Allowed},
		{pageOperators, `"NumericNotEquals":{"s3:max-keys":"10"}`, keys("10.0"), Denied},
		{pageOperators, `"NumericNotEquals":{"s3:max-keys":"10"}`, facts{}, Allowed},
		{pageOperators, `"NumericLessThan":{"s3:max-keys":"9"}`, keys("10"), Denied}, // as text it would be less
		{pageOperators, `"NumericGreaterThan":{"s3:max-keys":"-1"}`, keys("-0.5"), Allowed},
		{pageOperators, `"NumericGreaterThanEquals":{"s3:max-keys":["20","10"]}`, keys("10"), Allowed},
		{undocumented, `"NumericEquals":{"s3:max-keys":"1e1"}`, keys("10"), Undecided},
		{undocumented, `"NumericEquals":{"s3:max-keys":"${s3:max-keys}"}`, keys("10"), Undecided},

		{pageOperators, `"DateGreaterThan":{"aws:TokenIssueTime":"2020-01-01T00:00:01Z"}`, when("2020-01-01T00:00:02Z"), Allowed},
		{pageOperators, `"DateGreaterThan":{"aws:TokenIssueTime":"2020-01-01T00:00:01Z"}`, when("2020-01-01T00:00:01Z"), Denied},
		{pageOperators, `"DateGreaterThan":{"aws:TokenIssueTime":"2020-01-01T00:00:01Z"}`, facts{}, Denied},
		{pageOperators, `"DateGreaterThanEquals":{"aws:TokenIssueTime":"2020-01-01T01:00+01:00"}`, when("2020-01-01T00:00:00Z"), Allowed},
		{pageOperators, `"DateEquals":{"aws:TokenIssueTime":1577836800}`, when("2020-01-01T00:00:00Z"), Allowed}, // date -d @1577836800
		{pageOperators, `"DateNotEquals":{"aws:TokenIssueTime":"2020-01"}`, when("1577836800"), Denied},
		{pageOperators, `"DateLessThan":{"aws:TokenIssueTime":"2020-01-02"}`, when("2020-01-01T23:59:59.5Z"), Allowed},
		{pageOperators, `"DateLessThanEquals":{"aws:TokenIssueTime":"2020-01-01"}`, when("2020-01-01T00:00:00.001Z"), Denied},
		{undocumented, `"DateLessThan":{"aws:TokenIssueTime":"2021"}`, when("2020-01-01T00:00:00Z"), Undecided}, // a year, or seconds
		{undocumented, `"DateLessThan":{"aws:TokenIssueTime":"2021-*"}`, when("2020-01-01T00:00:00Z"), Undecided},

		{pageOperators, `"Bool":{"aws:SecureTransport":"false"}`, facts{"aws:securetransport": {"false"}}, Allowed},
		{pageOperators, `"Bool":{"aws:SecureTransport":false}`, facts{"aws:securetransport": {"true"}}, Denied},
		{pageOperators, `"Bool":{"aws:SecureTransport":false}`, facts{}, Denied},
		{pageOperators, `"BoolIfExists":{"aws:SecureTransport":true}`, facts{}, Allowed},
		{undocumented, `"Bool":{"aws:SecureTransport":"${a:b}"}`, facts{"aws:securetransport": {"true"}, "a:b": {"true"}}, Undecided},

		{pageOperators, `"BinaryEquals":{"a:key":"QmluYXJ5VmFsdWVJbkJhc2U2NA=="}`, facts{"a:key": {"BinaryValueInBase64"}}, Allowed},
		{pageOperators, `"BinaryEquals":{"a:key":"QmluYXJ5VmFsdWVJbkJhc2U2NA=="}`, facts{"a:key": {"BinaryValue"}}, Denied},
		{undocumented, `"BinaryEquals":{"a:key":"QmluYXJ5VmFsdWVJbkJhc2U2NA=="}`, facts{"a:key": {"QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}, Undecided},
		{undocumented, `"BinaryEquals":{"a:key":"!"}`, facts{"a:key": {"x"}}, Undecided},

		{pageOperators, `"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`, from("203.0.113.255"), Allowed},
		{pageOperators, `"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`, from("203.0.114.0"), Denied},
		{pageOperators, `"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`, facts{}, Denied},
		{pageOperators, `"IpAddress":{"aws:SourceIp":"203.0.113.7"}`, from("203.0.113.7"), Allowed},
		{pageOperators, `"IpAddress":{"aws:SourceIp":"203.0.113.7"}`, from("203.0.113.8"), Denied},
		{pageOperators, `"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}`, from("203.0.114.0"), Allowed},
		{pageOperators, `"NotIpAddress":{"aws:SourceIp":["198.51.100.0/24","203.0.113.0/24"]}`, from("203.0.113.1"), Denied},
		{pageOperators, ranges, from("203.0.113.9"), Allowed},
		{pageOperators, ranges, from("2001:db8:1234:5678:0::1"), Allowed},
		{pageOperators, ranges, from("2001:db8:1234:5679::1"), Denied},
		{pageChecks, `"IpAddress":{"aws:SourceIp":"203.0.113.77/24"}`, from("203.0.113.1"), Allowed},
		{undocumented, `"IpAddress":{"aws:SourceIp":"2001:db8::1"}`, from("2001:db8::2"), Undecided},
		{undocumented, `"IpAddress":{"aws:SourceIp":"anywhere"}`, from("203.0.113.1"), Undecided},
	})
}

func TestARNOperators(t *testing.T) {
	source := func(v string) facts { return facts{"aws:sourcearn": {v}} }
	const finance = `{"aws:SourceArn":"arn:aws:someservice:*:111122223333:finance/*"}`
	const document = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"
	run(t, []row{
		{pageOperators, `"StringLike":` + finance, source(document), Allowed},
		{pageOperators, `"ArnLike":` + finance, source(document), Denied},
		{pageOperators, `"ArnEquals":` + finance, source(document), Denied},
		{pageOperators, `"ArnNotEquals":` + finance, source(document), Allowed},
		{pageOperators, `"ArnLike":` + finance, source("arn:aws:someservice:us-east-2:111122223333:finance/a:b/c"), Allowed},
		{pageOperators, `"ArnEquals":` + finance, source("arn:aws:someservice:us-east-2:111122223333:finance/a"), Allowed},
		{pageOperators, `"ArnNotLike":` + finance, source("arn:aws:someservice:us-east-2:111122223333:finance/a"), Denied},
		{pageOperators, `"ArnLike":` + finance, source("arn:aws:someservice:us-east-2:111122223333:Finance/a"), Denied},
		{pageOperators, `"ArnLike":` + finance, facts{}, Denied},
		{pageOperators, `"ArnNotLike":` + finance, facts{}, Allowed},
		{pageOperators, `"ArnLike":` + finance, source("bob"), Denied},
		{undocumented, `"ArnLike":{"aws:SourceArn":"*"}`, source(document), Undecided},
	})
}

func TestSeveralKeysAndValues(t *testing.T) {
	tags := func(department, role, user string) facts {
		f := facts{"aws:principalarn": {"arn:aws:iam::222222222222:user/" + user}}
		if department != "" {
			f["aws:principaltag/department"] = []string{department}
		}
		if role != "" {
			f["aws:principaltag/role"] = []string{role}
		}
		return f
	}
	const strings = `"StringEquals":{"aws:PrincipalTag/department":["finance","hr","legal"],"aws:PrincipalTag/role":["audit","security"]}`
	const users = `{"aws:PrincipalArn":["arn:aws:iam::222222222222:user/Ana","arn:aws:iam::222222222222:user/Mary"]}`
	const like, notLike = strings + `,"ArnLike":` + users, strings + `,"ArnNotLike":` + users
	run(t, []row{
		{pageLogic, like, tags("legal", "audit", "Mary"), Allowed},
		{pageLogic, like, tags("hr", "audit", "Nikki"), Denied},
		{pageLogic, like, tags("hr", "payroll", "Mary"), Denied},
		{pageLogic, like, tags("hr", "", "Mary"), Denied},
		{pageLogic, like, tags("", "", "Mary"), Denied},
		{pageLogic, notLike, tags("legal", "audit", "Nikki"), Allowed},
		{pageLogic, notLike, tags("hr", "audit", "Mary"), Denied},
		{pageLogic, notLike, tags("hr", "payroll", "Nikki"), Denied},
		{pageLogic, notLike, tags("hr", "", "Nikki"), Denied},
		{pageLogic, notLike, tags("", "", "Nikki"), Denied},
	})
}

func TestSetOperators(t *testing.T) {
	tags := func(keys ...string) facts { return facts{"aws:tagkeys": keys} }
	const two = `{"aws:TagKeys":["environment","cost-center"]}`
	const all, some = `"ForAllValues:StringEquals":` + two + `,"Null":{"aws:TagKeys":"false"}`, `"ForAnyValue:StringEquals":` + two
	const notKey1, notKey12 = `"ForAllValues:StringNotLike":{"aws:TagKeys":"key1*"}`, `"ForAllValues:StringNotLike":{"aws:TagKeys":["key1*","key2*"]}`
	const webserver = `"ForAnyValue:StringEquals":{"aws:TagKeys":"webserver"}`
	run(t, []row{
		{pageSets, all, tags("environment"), Allowed},
		{pageSets, all, tags("cost-center"), Allowed},
		{pageSets, all, tags("environment", "cost-center"), Allowed},
		{pageSets, all, tags("environment", "dept"), Denied},
		{pageSets, all, facts{}, Denied},
		{pageSets, some, tags("environment"), Allowed},
		{pageSets, some, tags("environment", "cost-center"), Allowed},
		{pageSets, some, tags("environment", "dept"), Allowed},
		{pageSets, some, tags("dept"), Denied},
		{pageSets, some, facts{}, Denied},
		{pageSets, `"ForAnyValue:StringNotEquals":` + two, facts{}, Denied},
		{pageSets, `"ForAnyValue:StringNotEquals":` + two, tags("environment", "dept"), Allowed},
		{pageSets, `"ForAnyValue:StringNotEquals":` + two, tags("environment", "cost-center"), Denied},
		{pageSets, `"ForAllValues:StringEquals":` + two, facts{}, Allowed},
		{pageSetRows, notKey1, tags("key1:legal"), Denied},
		{pageSetRows, notKey1, tags("key1:hr", "key1:personnel"), Denied},
		{pageSetRows, notKey1, tags("key2:audit"), Allowed},
		{pageSetRows, notKey1, facts{}, Allowed},
		{pageSetRows, notKey12, tags("key1:legal"), Denied},
		{pageSetRows, notKey12, tags("key1:hr", "key2:audit"), Denied},
		{pageSetRows, notKey12, tags("key3:legal"), Allowed},
		{pageSetRows, notKey12, facts{}, Allowed},
		{pageSetRows, webserver, tags("webserver"), Allowed},
		{pageSetRows, webserver, tags("environment", "webserver", "test"), Allowed},
		{pageSetRows, webserver, tags("environment", "test"), Denied},
		{pageSetRows, webserver, facts{}, Denied},
		{pageChecks, `"ForAllValues:Null":{"aws:TagKeys":"true"}`, tags("x"), Allowed},
		{pageChecks, `"ForAnyValue:Null":{"aws:TagKeys":"true"}`, facts{}, Denied},
		{pageOperators, `"StringLikeIfExists":{"ec2:InstanceType":["t1.*","t2.*","m3.*"]}`, facts{}, Allowed},
		{pageOperators, `"StringLikeIfExists":{"ec2:InstanceType":["t1.*","t2.*","m3.*"]}`, facts{"ec2:instancetype": {"t2.nano"}}, Allowed},
		{pageOperators, `"StringLikeIfExists":{"ec2:InstanceType":["t1.*","t2.*","m3.*"]}`, facts{"ec2:instancetype": {"c5.large"}}, Denied},
		{pageOperators, `"StringNotEqualsIfExists":{"a:b":"c"}`, facts{}, Allowed},
		{pageOperators, `"Null":{"aws:TokenIssueTime":"true"}`, facts{"aws:tokenissuetime": {"2020-01-01T00:00:00Z"}}, Denied},
		{undocumented, `"NullIfExists":{"aws:TokenIssueTime":"true"}`, facts{}, Undecided},
		{undocumented, `"Null":{"aws:TokenIssueTime":"true"}`, facts{"aws:tokenissuetime": {""}}, Undecided},
		// The guide says that IfExists holds for an absent key and that ForAnyValue
		// does not; a user of AWS reports a denial (AWS re:Post, "ForAnyValue:
		// StringEqualsIfExists behaving unexpectedly").
		{undocumented, `"ForAnyValue:StringEqualsIfExists":` + two, facts{}, Undecided},
		{undocumented, `"ForAllValues:StringEquals":` + two, tags(""), Undecided},
		{undocumented, `"ForAnyValue:StringEquals":{"aws:TagKeys":""}`, tags(""), Undecided},
		{undocumented, `"StringEquals":` + two, tags("environment", "dept"), Undecided},
		{pageLogic, `"StringEquals":` + two, tags("environment", "cost-center"), Allowed},
		{pageLogic, `"StringEquals":` + two, tags("a", "b"), Denied},
		{pageLogic, `"StringNotEquals":` + two, tags("a", "b"), Allowed},
	})
}

func TestVariables(t *testing.T) {
	team := func(principal, object string) facts {
		f := facts{"s3:existingobjecttag/team": {object}}
		if principal != "" {
			f["aws:principaltag/team"] = []string{principal}
		}
		return f
	}
	const equal, unequal = `"StringEquals":{"s3:ExistingObjectTag/Team":"${aws:PrincipalTag/Team}"}`, `"StringNotEquals":{"s3:ExistingObjectTag/Team":"${aws:PrincipalTag/Team}"}`
	const bucket = `"StringEquals":{"a:bucket":"amzn-s3-demo-bucket-${aws:PrincipalTag/team, 'company-wide'}"}`
	many := facts{"a:b": {"x"}, "a:many": {"x", "y"}}
	run(t, []row{
		{pageVariables, equal, team("blue", "blue"), Allowed},
		{pageVariables, equal, team("blue", "red"), Denied},
		{pageVariables, equal, team("", "red"), Denied},
		{pageVariables, unequal, team("blue", "blue"), Denied},
		{pageVariables, unequal, team("", "red"), Allowed},
		{pageVariables, bucket, facts{"a:bucket": {"amzn-s3-demo-bucket-yellow"}, "aws:principaltag/team": {"yellow"}}, Allowed},
		{pageVariables, bucket, facts{"a:bucket": {"amzn-s3-demo-bucket-company-wide"}, "aws:principaltag/team": {"yellow"}}, Denied},
		{pageVariables, bucket, facts{"a:bucket": {"amzn-s3-demo-bucket-company-wide"}}, Allowed},
		{pageVariables, `"StringLike":{"sns:endpoint":"https://example.com/${aws:username}/"}`, facts{"sns:endpoint": {"https://example.com/Adele/"}, "aws:username": {"Adele"}}, Allowed},
		{pageVariables, `"StringLike":{"a:b":"a${*}c"}`, facts{"a:b": {"a*c"}}, Allowed},
		{pageVariables, `"StringLike":{"a:b":"a${*}c"}`, facts{"a:b": {"abc"}}, Denied},
		{pageVariables, `"StringLike":{"a:b":"${?}*${$}{x}"}`, facts{"a:b": {"?bc${x}"}}, Allowed},
		{pageVariables, `"StringEquals":{"a:b":"${aws:username}"}`, facts{"a:b": {"${aws:username}"}, "aws:username": {"x"}}, Denied},
		{pageVariables, `"ArnLike":{"a:b":"arn:aws:s3:::*/${aws:username}"}`, facts{"a:b": {"arn:aws:s3:::b/x"}, "aws:username": {"x"}}, Allowed},
		{pageVariables, `"StringEquals":{"a:b":"${a:many}"}`, many, Denied},
		{undocumented, `"StringNotEquals":{"a:b":"${a:many}"}`, many, Undecided},
		{undocumented, `"StringLike":{"a:b":"${a:c}"}`, facts{"a:b": {"xy"}, "a:c": {"x*"}}, Undecided},
		{undocumented, `"StringEquals":{"a:b":"${a:c, x}"}`, facts{"a:b": {"x"}}, Undecided},
	})
	old := strings.Replace(allowIf(`"StringEquals":{"a:b":"${aws:username}"}`), "2012", "2008", 1)
	if got := decide(t, old, facts{"a:b": {"${aws:username}"}}); got.Outcome != Allowed {
		t.Errorf("before version 2012-10-17 a variable is literal text, but the outcome is %s", got.Outcome)
	}
}

func TestUnknownKeys(t *testing.T) {
	context := facts{"a:known": {"x"}, "a:unknown": nil}
	run(t, []row{
		{undocumented, `"StringEquals":{"a:unknown":"x"}`, context, Undecided},
		{undocumented, `"StringNotEquals":{"a:unknown":"x"}`, context, Undecided},
		{undocumented, `"Null":{"a:unknown":"true"}`, context, Undecided},
		{undocumented, `"StringEqualsIfExists":{"a:unknown":"x"}`, context, Undecided},
		{undocumented, `"StringEquals":{"a:unknown":"x","a:known":"x"}`, context, Undecided},
		{undocumented, `"StringEquals":{"a:unknown":"x","a:known":"y"}`, context, Denied},
		{undocumented, `"StringEquals":{"a:known":["${a:unknown}","x"]}`, context, Allowed},
		{undocumented, `"StringEquals":{"a:known":"${a:unknown}"}`, context, Undecided},
		{undocumented, `"StringNotEquals":{"a:known":["${a:unknown}","x"]}`, context, Denied},
		{undocumented, `"StringNotEquals":{"a:absent":"${a:unknown}"}`, context, Allowed},
		{pageChecks, `"ForAllValues:Null":{"a:unknown":"true"}`, context, Allowed},
	})
}
