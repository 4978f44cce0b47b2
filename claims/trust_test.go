package claims

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// callCase is a response with what AssumeRoleWithSAML is called with and what
// is known of the account: it yields a finding, or is a near miss.
type callCase struct {
	name     string
	said     said
	xml      string // in place of said
	role     string
	duration int
	iam      []string // files; ARN=FILE for the output of get-saml-provider
	metadata string
	severity saml.Severity // empty for a near miss
	says     string        // in the message
	answer   string        // code and basis; empty is not looked at
}

func (c callCase) check(t *testing.T) *Report {
	t.Helper()
	options := Options{Role: c.role, Duration: c.duration, Options: saml.Options{Time: judgedAt}}
	var parts []*IAM
	for _, file := range c.iam {
		m, err := ParseIAM([]byte(file))
		if arn, output, found := strings.Cut(file, "={"); found && strings.HasPrefix(file, "arn:") {
			m, err = ParseIAMProvider(arn, []byte("{"+output))
		}
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		parts = append(parts, m)
	}
	if parts != nil {
		options.IAM = JoinIAM(parts...)
	}
	var metadata *saml.Metadata
	if c.metadata != "" {
		var err error
		if metadata, err = saml.ParseMetadata([]byte(c.metadata)); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
	}
	xml := c.xml
	if xml == "" {
		xml = c.said.xml()
	}
	return Check(saml.Decode([]byte(xml)), metadata, options)
}

// trusting gives the output of get-role for goodRole with these statements.
func trusting(statements ...string) string {
	return `{"Role":` + roleJSON("Admin", `{"Version":"2012-10-17","Statement":[`+strings.Join(statements, ",")+`]}`, `"MaxSessionDuration":7200`) + `}`
}

// allowing is a statement that allows actions to the provider, under a condition.
func allowing(condition string, actions ...string) string {
	if len(actions) == 0 {
		actions = []string{actionAssume}
	}
	return statement("Allow", `{"Federated":"`+goodIdP+`"}`, condition, actions...)
}

func statement(effect, principal, condition string, actions ...string) string {
	list, _ := json.Marshal(actions)
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return fmt.Sprintf(`{"Effect":%q,"Principal":%s,"Action":%s%s}`, effect, principal, list, condition)
}

// aud is the condition that IAM's console writes.
func aud(urls ...string) string {
	list, _ := json.Marshal(urls)
	return `{"StringEquals":{"SAML:aud":` + string(list) + `}}`
}

func listed(roles ...string) string { return `{"Roles":[` + strings.Join(roles, ",") + `]}` }

func listedProviders(names ...string) string {
	var out []string
	for _, n := range names {
		out = append(out, `{"Arn":"arn:aws:iam::111122223333:saml-provider/`+n+`"}`)
	}
	return `{"SAMLProviderList":[` + strings.Join(out, ",") + `]}`
}

func required(mode string, more ...string) string {
	return providerOutput(storedMetadata, append([]string{`"AssertionEncryptionMode":"` + mode + `"`}, more...)...)
}

const (
	regional     = "https://eu-west-1.signin.aws.amazon.com/saml"
	withProvider = "https://signin.aws.amazon.com/saml/acs/SAMLSPEXAMPLEEXAMPLE22"
)

func encryptedXML() string {
	return strings.Replace(said{noContent: true}.xml(), "</samlp:Response>",
		`<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion></samlp:Response>`, 1)
}

var sourceIdentitySent = with(attr(prefix+"SourceIdentity", "jane"))

// callCases has the rules on the call and on the account.
var callCases = map[string][]callCase{
	"role-not-asserted": {
		{name: "another role", role: "arn:aws:iam::111122223333:role/Other", severity: saml.Error, says: "found are " + quote(goodRole), answer: "InvalidIdentityToken observed"},
		{name: "letter case", role: "arn:aws:iam::111122223333:role/admin", severity: saml.Error, says: "in another letter case"},
		{name: "asserted", role: goodRole},
	},
	"duration-out-of-range": {
		{name: "over", duration: 43201, severity: saml.Error, says: "43201 is asked for", answer: "ValidationError inferred"},
		{name: "under", duration: 899, severity: saml.Error, says: "900 to 43200"},
		{name: "the most", duration: 43200},
	},
	"duration-exceeds-role": {
		{name: "over", duration: 7201, iam: []string{trusting(allowing(""))}, severity: saml.Error, says: `a DurationSeconds of at most 7200 is expected, the MaxSessionDuration of the role "Admin"; 7201 is asked for`, answer: "ValidationError documented"},
		{name: "the longest that the API takes", duration: 43200, iam: []string{trusting(allowing(""))}, severity: saml.Error, says: "43200 is asked for"},
		{name: "as long as the role's", duration: 7200, iam: []string{trusting(allowing(""))}},
		{name: "out of range in any case", duration: 50000, iam: []string{trusting(allowing(""))}},
		{name: "MaxSessionDuration is not in the output", duration: 7201, iam: []string{`{"RoleDetailList":[` + roleJSON("Admin", trustPolicy) + `]}`}},
		{name: "no DurationSeconds", iam: []string{trusting(allowing(""))}},
	},
	"role-unknown": {
		{name: "letter case", iam: []string{listed(roleJSON("admin", trustPolicy))}, severity: saml.Error, says: `it has "arn:aws:iam::111122223333:role/admin", which differs in letter case only`, answer: "AccessDenied documented"},
		{name: "another path", iam: []string{listed(strings.Replace(roleJSON("Admin", trustPolicy), "role/Admin", "role/team/Admin", 1))}, severity: saml.Error, says: `of the same name with the path "/team/" in place of "/"`},
		{name: "a like name", iam: []string{listed(roleJSON("Admins", trustPolicy), roleJSON("Zebra", trustPolicy))}, severity: saml.Error, says: `is "arn:aws:iam::111122223333:role/Admins" meant?`},
		{name: "no like name", iam: []string{listed(roleJSON("Zebra", trustPolicy))}, severity: saml.Error, says: "whose list of roles, unless it was narrowed as by --path-prefix, does not have it"},
		{name: "a list that goes on", iam: []string{strings.Replace(listed(roleJSON("Zebra", trustPolicy)), "{", `{"IsTruncated":true,`, 1)}},
		{name: "another account's list", iam: []string{strings.ReplaceAll(listed(roleJSON("Zebra", trustPolicy)), here, "444455556666")}},
		{name: "get-role of another", iam: []string{`{"Role":` + roleJSON("Zebra", trustPolicy) + `}`}},
		{name: "another role is asked for", said: withRoles(goodPair, "arn:aws:iam::111122223333:role/Lost,"+goodIdP), role: goodRole, iam: []string{listed(roleJSON("Admin", trustPolicy))}},
		{name: "there", iam: []string{listed(roleJSON("Admin", trustPolicy))}},
	},
	"provider-unknown": {
		{name: "letter case", iam: []string{listedProviders("example")}, severity: saml.Error, says: "which differs in letter case only", answer: "InvalidIdentityToken documented"},
		{name: "none at all", iam: []string{`{"SAMLProviderList":[]}`, trusting(allowing(""))}, severity: saml.Error, says: "does not have it"},
		{name: "none at all, in an account that no file names", iam: []string{`{"SAMLProviderList":[]}`}},
		{name: "told of by its own output", iam: []string{listedProviders("Other"), goodIdP + "=" + required("Allowed")}},
		{name: "there", iam: []string{listedProviders("Example", "Other")}},
	},
	"trust-principal-mismatch": {
		{name: "another provider", iam: []string{trusting(strings.ReplaceAll(allowing(""), "Example", "Exampl"))}, severity: saml.Error, says: `statement 1 allows sts:AssumeRoleWithSAML to the principal "Federated" "arn:aws:iam::111122223333:saml-provider/Exampl", not to the SAML provider`, answer: "AccessDenied documented"},
		{name: "any AWS principal", iam: []string{trusting(statement("Allow", `{"AWS":"*"}`, "", actionAssume))}, severity: saml.Error, says: "does not admit callers from a SAML provider", answer: "AccessDenied observed"},
		{name: "another action", iam: []string{trusting(allowing("", "sts:AssumeRoleWithWebIdentity"))}, severity: saml.Error, says: `no statement allows sts:AssumeRoleWithSAML; allowed is "sts:AssumeRoleWithWebIdentity"`, answer: "AccessDenied documented"},
		{name: "letter case", iam: []string{trusting(strings.ReplaceAll(allowing(""), "Example", "example"))}, severity: saml.Error, says: "upper and lower case differ"},
		{name: "the provider does not exist either", iam: []string{trusting(strings.ReplaceAll(allowing(""), "Example", "Exampl")), listedProviders("Exampl")}},
		{name: "one of several providers", iam: []string{trusting(statement("Allow", `{"Federated":["arn:aws:iam::111122223333:saml-provider/Other","`+goodIdP+`"]}`, "", "STS:assumeRoleWith*"))}},
		{name: "nothing is known of the role", iam: []string{`{"Role":` + roleJSON("Zebra", trustPolicy) + `}`}},
	},
	"trust-condition-failed": {
		{name: "global URL, regional recipient", said: said{recipient: regional}, iam: []string{trusting(allowing(aud(signIn)))}, severity: saml.Error,
			says: `in statement 1, which comes nearest to allowing sts:AssumeRoleWithSAML, "StringEquals" wants "SAML:aud" to be "https://signin.aws.amazon.com/saml", the request has "https://eu-west-1.signin.aws.amazon.com/saml": the policy lists the global URL, and the Recipient is the endpoint of the Region eu-west-1`, answer: "AccessDenied documented"},
		{name: "global URL, provider's recipient", said: said{recipient: withProvider}, iam: []string{trusting(allowing(aud(signIn)))}, severity: saml.Error, says: `the endpoint of the SAML provider with the ID "SAMLSPEXAMPLEEXAMPLE22"`},
		{name: "the audience is listed", iam: []string{trusting(allowing(aud("urn:amazon:webservices")))}, severity: saml.Error, says: "this key is the Recipient of the response, not its Audience"},
		{name: "slash at the end", iam: []string{trusting(allowing(`{"StringEquals":{"saml:iss":"https://idp.example.com"}}`))}, severity: saml.Error, says: "a slash at its end is too much"},
		{name: "letter case", iam: []string{trusting(allowing(`{"StringEquals":{"saml:sub":"Jane"}}`))}, severity: saml.Error, says: "case"},
		{name: "whole URI of the format", iam: []string{trusting(allowing(`{"StringEquals":{"saml:sub_type":"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"}}`))}, severity: saml.Error, says: "off the Format of the NameID"},
		{name: "wildcard under StringEquals", said: said{recipient: regional}, iam: []string{trusting(allowing(aud("https://*.signin.aws.amazon.com/saml")))}, severity: saml.Error, says: "StringLike takes them as wildcards"},
		{name: "ARN of the provider as saml:doc", iam: []string{trusting(allowing(`{"StringEquals":{"saml:doc":"` + goodIdP + `"}}`))}, severity: saml.Error, says: "this key is ACCOUNT/NAME"},
		{name: "attribute that is not sent", iam: []string{trusting(allowing(`{"StringEquals":{"saml:edupersonprincipalname":"jane"}}`))}, severity: saml.Error, says: "the response has no attribute that AWS takes it from (urn:oid:1.3.6.1.4.1.5923.1.1.1.6)"},
		{name: "the statement that comes nearest", iam: []string{trusting(strings.Replace(allowing(aud("https://example.com/")), "{", `{"Sid":"Two wrong",`, 1), strings.Replace(allowing(`{"StringEquals":{"saml:sub":"john"}}`), "{", `{"Sid":"Sub",`, 1), statement("Allow", `{"AWS":"*"}`, "", actionAssume))}, severity: saml.Error, says: `in statement 1 ("Two wrong")`},
		{name: "the condition that fails, of three", iam: []string{trusting(allowing(`{"StringEquals":{"saml:aud":"` + signIn + `","saml:sub":"john"},"Null":{"saml:iss":"false"}}`))}, severity: saml.Error, says: `"StringEquals" wants "saml:sub" to be "john", the request has "jane"`},
		{name: "explicit Deny", iam: []string{trusting(allowing(""), statement("Deny", `{"Federated":"`+goodIdP+`"}`, `{"StringNotEquals":{"SAML:aud":"`+regional+`"}}`, "sts:*"))}, severity: saml.Error, says: `statement 2 denies it, since its conditions hold: "StringNotEquals" wants "SAML:aud" not to be "https://eu-west-1`},
		{name: "Deny without a condition", iam: []string{trusting(allowing(""), statement("Deny", `{"Federated":"`+goodIdP+`"}`, "", "*"))}, severity: saml.Error, says: "statement 2 denies it without a condition"},
		{name: "recorded key", iam: []string{trusting(allowing(`{"Null":{"aws:PrincipalArn":"false"}}`))}, severity: saml.Error, says: `Null wants the key "aws:PrincipalArn" to be there, the request has no such key`, answer: "AccessDenied observed"},
		{name: "recorded key, other way", iam: []string{trusting(allowing(`{"Null":{"aws:PrincipalAccount":"true"}}`))}, severity: saml.Error, says: `to be absent, the request has "111122223333"`, answer: "AccessDenied observed"},
		{name: "request tag", said: with(tagged("Team", "red")), iam: []string{trusting(allowing(`{"StringEquals":{"aws:RequestTag/team":"blue"}}`, "sts:*"))}, severity: saml.Error, says: `the request has "red"`, answer: "AccessDenied documented"},
		{name: "expired policy", iam: []string{trusting(allowing(`{"DateLessThan":{"aws:CurrentTime":"2026-09-11T11:00:59Z"}}`))}, severity: saml.Error, says: `"DateLessThan" compares "aws:CurrentTime" with "2026-09-11T11:00:59Z", the request has "2026-09-11T11:01:00Z"`},
		{name: "still in time", iam: []string{trusting(allowing(`{"DateLessThan":{"aws:CurrentTime":"2026-09-11T11:01:01Z"}}`))}},
		{name: "listed, key in another case", said: said{recipient: regional}, iam: []string{trusting(allowing(aud(signIn, regional)))}},
		{name: "StringLike", said: said{recipient: regional}, iam: []string{trusting(allowing(`{"StringLike":{"saml:AUD":"https://*.signin.aws.amazon.com/saml"}}`))}},
		{name: "another statement allows", iam: []string{trusting(allowing(aud(regional)), allowing(aud(signIn)))}},
		{name: "all keys of the message", iam: []string{trusting(allowing(`{"StringEquals":{"saml:aud":"` + signIn + `","saml:iss":"https://idp.example.com/","saml:sub":"jane","saml:sub_type":"persistent","saml:doc":"111122223333/Example","sts:RoleSessionName":"jane@example.com","aws:userid":"` + goodIdP + `"}}`))}},
		{name: "another principal is at fault", iam: []string{trusting(strings.ReplaceAll(allowing(aud(regional)), "Example", "Other"))}},
	},
	"trust-tag-action-missing": {
		{name: "not allowed", said: with(tagged("Team", "red")), iam: []string{trusting(allowing(""))}, severity: saml.Error, says: `since the response sends 1 session tag: no statement allows sts:TagSession`, answer: "AccessDenied documented"},
		{name: "allowed to another provider", said: with(tagged("Team", "red")), iam: []string{trusting(allowing(""), strings.ReplaceAll(allowing("", actionTag), "Example", "Other"))}, severity: saml.Error, says: `to the principal "Federated"`},
		{name: "its own condition fails", said: with(tagged("Team", "red")), iam: []string{trusting(allowing(""), allowing(`{"StringEquals":{"aws:RequestTag/Team":"blue"}}`, actionTag))}, severity: saml.Error, says: `wants "aws:RequestTag/Team" to be "blue"`},
		{name: "in the same statement", said: with(tagged("Team", "red")), iam: []string{trusting(allowing("", actionAssume, actionTag))}},
		{name: "in another statement", said: with(tagged("Team", "red")), iam: []string{trusting(allowing(""), allowing(`{"StringEquals":{"aws:RequestTag/Team":"red"}}`, "sts:tagsession"))}},
		{name: "no tags", iam: []string{trusting(allowing(""))}},
		{name: "sign-in is denied already", said: with(tagged("Team", "red")), iam: []string{trusting(allowing(aud(regional)))}},
	},
	"trust-source-identity-action-missing": {
		{name: "not allowed", said: sourceIdentitySent, iam: []string{trusting(allowing("", actionAssume, actionTag))}, severity: saml.Error, says: "no statement allows sts:SetSourceIdentity", answer: "AccessDenied documented"},
		{name: "allowed", said: sourceIdentitySent, iam: []string{trusting(allowing(""), allowing(`{"StringLike":{"sts:SourceIdentity":"j*"}}`, actionIdentity))}},
		{name: "not sent", iam: []string{trusting(allowing(""))}},
	},
	"trust-condition-vacuous": {
		{name: "absent key", iam: []string{trusting(allowing(`{"ForAllValues:StringEquals":{"saml:edupersonaffiliation":["staff"]}}`))}, severity: saml.Warning, says: `holds for a key that the response does not have: statement 1 wants "saml:edupersonaffiliation" to be "staff"`, answer: "Success documented"},
		{name: "the key is there", said: with(attr("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "staff")), iam: []string{trusting(allowing(`{"ForAllValues:StringEquals":{"saml:edupersonaffiliation":["staff","member"]}}`))}},
	},
	"trust-undecided": {
		{name: "address of the caller", iam: []string{trusting(allowing(`{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`))}, severity: saml.Info, says: `"IpAddress aws:SourceIp": it depends on where and how the call is made`},
		{name: "Deny by organization", iam: []string{trusting(allowing(""), statement("Deny", `{"Federated":"`+goodIdP+`"}`, `{"StringNotEquals":{"aws:PrincipalOrgID":"o-example"}}`, "sts:*"))}, severity: saml.Info, says: "organization"},
		{name: "a key that AWS does not document", iam: []string{trusting(allowing(`{"StringEquals":{"saml:audience":"` + signIn + `"}}`))}, severity: saml.Info, says: "AWS documents no condition key of this name"},
		{name: "two policies", iam: []string{trusting(allowing("")), trusting(allowing(aud(signIn)))}, severity: saml.Info, says: "two different trust policies"},
		{name: "policy that cannot be read", iam: []string{`{"Role":` + roleJSON("Admin", `"%7B"`) + `}`}, severity: saml.Info, says: "its trust policy cannot be read"},
		{name: "transitive keys without tags", said: with(attr(prefix+"TransitiveTagKeys", "Team")), iam: []string{trusting(allowing(""))}, severity: saml.Info, says: "whether that is needed then is not confirmed"},
		{name: "two outputs for the provider", iam: []string{trusting(allowing("")), goodIdP + "=" + required("Allowed"), goodIdP + "=" + required("Required")}, severity: saml.Info, says: "two different outputs of get-saml-provider"},
		{name: "two session names", said: said{attributes: []string{roles(goodPair), session("jane", "joan")}}, iam: []string{trusting(allowing(`{"StringEquals":{"sts:RoleSessionName":"jane"}}`))}, severity: saml.Info, says: "several values"},
		{name: "the address does not matter", iam: []string{trusting(allowing(`{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`), allowing(""))}},
		{name: "denied whatever the address", iam: []string{trusting(allowing(`{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"StringEquals":{"saml:sub":"john"}}`))}},
		{name: "transitive keys, tags allowed", said: with(attr(prefix+"TransitiveTagKeys", "Team")), iam: []string{trusting(allowing("", "sts:*"))}},
	},
	"provider-encryption-required": {
		{name: "required by its output", iam: []string{goodIdP + "=" + required("Required")}, severity: saml.Error, says: `the AssertionEncryptionMode of "` + goodIdP + `" is "Required"`, answer: "InvalidIdentityToken observed"},
		{name: "required by the metadata", metadata: required("Required"), severity: saml.Error, says: `of the SAML provider is "Required"`},
		{name: "the output for the ARN counts", metadata: required("Required"), iam: []string{goodIdP + "=" + required("Allowed")}},
		{name: "allowed", metadata: required("Allowed")},
		{name: "encrypted", xml: encryptedXML(), metadata: required("Required")},
	},
	"provider-key-missing": {
		{name: "empty list", xml: encryptedXML(), metadata: required("Allowed", `"PrivateKeyList":[]`), severity: saml.Error, says: "its PrivateKeyList is empty", answer: "InvalidIdentityToken inferred"},
		{name: "a key", xml: encryptedXML(), metadata: required("Allowed", `"PrivateKeyList":[{"KeyId":"SAMLPKEXAMPLE"}]`)},
		{name: "no list in the output", xml: encryptedXML(), metadata: required("Allowed")},
		{name: "not encrypted", metadata: required("Allowed", `"PrivateKeyList":[]`)},
	},
	"provider-metadata-stale": {
		{name: "another issuer", iam: []string{goodIdP + "=" + strings.ReplaceAll(required("Allowed"), "https://idp.example.com/", "https://idp.example.com")}, severity: saml.Error, says: "a slash at its end is too much", answer: "InvalidIdentityToken documented"},
		{name: "the given metadata does not know the issuer either", iam: []string{goodIdP + "=" + strings.ReplaceAll(required("Allowed"), "https://idp.example.com/", "https://idp.example.com")}, metadata: strings.ReplaceAll(storedMetadata, "idp.example.com", "idp.example.net")},
		{name: "the same issuer, nothing verified", iam: []string{goodIdP + "=" + required("Allowed")}},
	},
	"recipient-variant": {
		{name: "another provider's ID", said: said{recipient: withProvider}, iam: []string{goodIdP + "=" + required("Allowed", `"SAMLProviderUUID":"SAMLSPOTHEROTHEROTHER2"`)}, severity: saml.Warning, says: `is another one, "SAMLSPOTHEROTHEROTHER2"`, answer: "Success observed"},
		{name: "the provider's own ID", said: said{recipient: withProvider}, metadata: required("Allowed", `"SAMLProviderUUID":"SAMLSPEXAMPLEEXAMPLE22"`), severity: saml.Info, says: "not the global URL; roles"},
		{name: "global"},
	},
}

func TestCallCases(t *testing.T) {
	for code, cases := range callCases {
		for _, c := range cases {
			r := c.check(t)
			f, found := find(r, code)
			if found != (c.severity != "") {
				t.Errorf("%s: %s: found %v; all: %v", code, c.name, found, messages(r))
				continue
			}
			if !found {
				continue
			}
			if f.Severity != c.severity || !strings.Contains(f.Message, c.says) {
				t.Errorf("%s: %s: %s %q, want %s with %q", code, c.name, f.Severity, f.Message, c.severity, c.says)
			}
			if got := answers(f); c.answer != "" && got != c.answer {
				t.Errorf("%s: %s: answers %q, want %q", code, c.name, got, c.answer)
			}
			if f.Unsettled == "" && len(f.AWS) == 0 {
				t.Errorf("%s: %s: neither an answer nor what is unsettled", code, c.name)
			}
			readable(t, code, f.Message)
		}
	}
}

func messages(r *Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Code+": "+f.Message)
	}
	return out
}

func answers(f saml.Finding) string {
	var out []string
	for _, a := range f.AWS {
		out = append(out, a.Code+" "+string(a.Basis))
	}
	return strings.Join(out, ", ")
}

// readable holds a message against the form of all messages: one line of ASCII
// (save for the mark of a cut) in lower case, without a full stop.
func readable(t *testing.T, code, message string) {
	t.Helper()
	if strings.ContainsFunc(message, func(r rune) bool { return (r < ' ' || r > '~') && r != '…' }) || strings.HasSuffix(message, ".") || len(message) > 1500 {
		t.Errorf("%s: %q", code, message)
	}
}

// A finding about one pair stands at that pair, and only the denied role is
// answered so.
func TestTrustFindingsCountForTheirRole(t *testing.T) {
	second := "arn:aws:iam::111122223333:role/Audit"
	c := callCase{said: withRoles(goodPair, second+","+goodIdP), iam: []string{listed(roleJSON("Admin", trustPolicy), roleJSON("Audit", strings.Replace(trustPolicy, "Example", "Other", 1)))}}
	r := c.check(t)
	f, found := find(r, "trust-principal-mismatch")
	if !found || !strings.HasSuffix(f.Path, "/AttributeValue[2]") || f.Line == 0 {
		t.Fatalf("found %+v", f)
	}
	c.role = goodRole
	if _, found := find(c.check(t), "trust-principal-mismatch"); found {
		t.Error("the other role is judged, though it is not asked for")
	}
}

// What is not judged is said, by reason.
func TestTrustSkips(t *testing.T) {
	reasons := func(c callCase, code string) []string {
		var out []string
		for _, s := range c.check(t).Skipped {
			if slices.Contains(s.Codes, code) {
				out = append(out, s.Reason)
			}
		}
		return out
	}
	for _, tt := range []struct {
		name string
		c    callCase
		code string
		want []string
	}{
		{"nothing given", callCase{}, "trust-condition-failed", []string{"nothing is given of the AWS account"}},
		{"nothing given", callCase{}, "role-unknown", []string{"nothing is given of the AWS account"}},
		{"another role", callCase{iam: []string{`{"Role":` + roleJSON("Zebra", trustPolicy) + `}`}}, "trust-condition-failed", []string{"no trust policy is given for the role"}},
		{"another role", callCase{iam: []string{`{"Role":` + roleJSON("Zebra", trustPolicy) + `}`}}, "role-unknown", []string{"no whole list of the account's roles is given"}},
		{"one of two", callCase{said: withRoles(goodPair, otherPair), iam: []string{trusting(allowing(""))}}, "trust-principal-mismatch", []string{"no trust policy is given for 1 further role"}},
		{"one of two, the other not asked for", callCase{said: withRoles(goodPair, otherPair), role: goodRole, iam: []string{trusting(allowing(""))}}, "trust-principal-mismatch", nil},
		{"nothing given", callCase{}, "provider-encryption-required", []string{"nothing is given of the AWS account"}},
		{"no provider", callCase{iam: []string{trusting(allowing(""))}}, "provider-encryption-required", []string{"no output of aws iam get-saml-provider is given for the SAML provider"}},
		{"no assertion", callCase{said: said{noContent: true}, iam: []string{trusting(allowing(""))}}, "trust-principal-mismatch", []string{"there is no assertion that can be read"}},
	} {
		if got := reasons(tt.c, tt.code); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s is skipped for %q, want %q", tt.name, tt.code, got, tt.want)
		}
	}
}

// Policies that are made to take long, one for each of many roles, take no longer
// together than a few of them do. What is then left over is not decided.
func TestManyHostilePolicies(t *testing.T) {
	const n = 400
	values := slices.Repeat([]string{"*" + strings.Repeat("a", 150) + "b"}, 350)
	condition := `{"StringLike":{"saml:iss":["` + strings.Join(values, `","`) + `"]}}`
	hostile := `{"Version":"2012-10-17","Statement":[` + allowing(condition) + `]}`
	c := callCase{
		said: withRoles(many(n, func(i int) string { return fmt.Sprintf("arn:aws:iam::111122223333:role/R%04d,%s", i, goodIdP) })...),
		iam:  []string{listed(many(n, func(i int) string { return roleJSON(fmt.Sprintf("R%04d", i), hostile) })...)},
	}
	c.said.issuer = strings.Repeat("a", 100_000)
	start := time.Now()
	r := c.check(t)
	if d := time.Since(start); d > 30*time.Second { // room for a slow machine under the race detector
		t.Errorf("it took %s", d)
	}
	if last := r.Roles[n-1].STS; last.Code == Success {
		t.Errorf("the last role is foretold %+v", last)
	}
	if f, found := find(r, "trust-undecided"); !found || !strings.Contains(f.Message, "too long") {
		t.Errorf("trust-undecided says %q", f.Message)
	}
}

// Findings are capped.
func TestManyDeniedRoles(t *testing.T) {
	const n = 120
	c := callCase{
		said: withRoles(many(n, func(i int) string { return fmt.Sprintf("arn:aws:iam::111122223333:role/R%04d,%s", i, goodIdP) })...),
		iam: []string{listed(many(n, func(i int) string {
			return roleJSON(fmt.Sprintf("R%04d", i), strings.Replace(trustPolicy, "Example", "Other", 1))
		})...)},
	}
	r := c.check(t)
	if got := slices.DeleteFunc(codes(r), func(c string) bool { return c != "trust-principal-mismatch" }); len(got) != mostPerRule {
		t.Errorf("%d findings, want %d", len(got), mostPerRule)
	}
}
