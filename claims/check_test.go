package claims

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

func TestReportOfGoodResponse(t *testing.T) {
	r := check(t, said{attributes: []string{
		roles(goodPair, otherPair, goodPair, "\n"+goodIdP+", "+goodRole+" ", "offline_access"), session("jane@example.com"), duration("7200"),
		tagged("Project", "Automation"), tagged("CostCenter", ""), attr(prefix+"TransitiveTagKeys", "Project", "CostCenter"), attr(prefix+"SourceIdentity", "jane"),
	}})
	want := []any{
		RoleObject{Role: goodRole, Provider: goodIdP, Account: "111122223333", Name: "Admin", Path: "/Response/Assertion/AttributeStatement/Attribute[1]/AttributeValue[1]"},
		RoleObject{Role: "arn:aws:iam::444455556666:role/Audit", Provider: "arn:aws:iam::444455556666:saml-provider/Example", Account: "444455556666", Name: "Audit",
			Path: "/Response/Assertion/AttributeStatement/Attribute[1]/AttributeValue[2]"},
	}
	for i, role := range r.Roles {
		if role.STS == nil {
			t.Errorf("nothing is predicted of %s", role.Role)
		}
		r.Roles[i].STS = nil
	}
	if got := r.Object().Roles; !slices.Equal(got, want) {
		t.Errorf("roles %+v, want %+v", got, want)
	}
	if r.RoleSessionName != "jane@example.com" || r.SourceIdentity != "jane" || r.SessionDuration == nil || *r.SessionDuration != 7200 {
		t.Errorf("session name %q, source identity %q, duration %v", r.RoleSessionName, r.SourceIdentity, r.SessionDuration)
	}
	if want := []Tag{{Key: "Project", Value: "Automation"}, {Key: "CostCenter", Value: ""}}; !slices.Equal(r.PrincipalTags, want) {
		t.Errorf("tags %v, want %v", r.PrincipalTags, want)
	}
	if want := []string{"Project", "CostCenter"}; !slices.Equal(r.TransitiveTagKeys, want) {
		t.Errorf("transitive keys %v, want %v", r.TransitiveTagKeys, want)
	}
}

// The ARN of a role is judged by its path and its name.
func TestRoleNameLacksPath(t *testing.T) {
	r := check(t, withRoles("arn:aws:iam::111122223333:role/team/EU,West,"+goodIdP))
	if len(r.Roles) != 1 || r.Roles[0].Name() != "EU,West" || r.Roles[0].Role != "arn:aws:iam::111122223333:role/team/EU,West" {
		t.Errorf("roles %+v", r.Roles)
	}
}

func TestUnusablePairsAreNotListed(t *testing.T) {
	for _, value := range []string{goodRole, goodPair + ",", "arn:aws:iam::12345:role/Admin," + goodIdP, "Admin", goodRole + ",arn:aws:iam::111122223333:saml-provider/a/b"} {
		if r := check(t, withRoles(value)); len(r.Roles) != 0 {
			t.Errorf("%q gives %+v", value, r.Roles)
		}
	}
}

func TestAccountMismatchStaysUsable(t *testing.T) {
	r := check(t, pairOf(goodRole, "arn:aws:iam::444455556666:saml-provider/Example"))
	if len(r.Roles) != 1 || r.Roles[0].Account() != "111122223333" {
		t.Errorf("roles %+v", r.Roles)
	}
}

func TestSessionDurationIsNullUnlessNumber(t *testing.T) {
	for _, value := range []string{"", "3600.0", " 3600", "x", strings.Repeat("9", 30)} {
		if r := check(t, with(duration(value))); r.SessionDuration != nil {
			t.Errorf("%q gives %d", value, *r.SessionDuration)
		}
	}
}

func TestJSON(t *testing.T) {
	data, err := json.Marshal(check(t, with(tagged("Project", "x"))))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	role := map[string]any{"role": goodRole, "provider": goodIdP, "account": "111122223333", "name": "Admin",
		"path": "/Response/Assertion/AttributeStatement/Attribute[1]/AttributeValue"}
	for key, want := range map[string]any{
		"version": 1.0, "profile": "aws", "verdict": "fail", "verified": false, "at": "2026-09-11T11:01:00Z", "recipient": signIn,
		"role_session_name": "jane@example.com", "session_duration": nil, "source_identity": "",
	} {
		if v, found := got[key]; !found || v != want {
			t.Errorf("%s is %v, want %v", key, v, want)
		}
	}
	first := got["roles"].([]any)[0].(map[string]any)
	if len(first) != len(role)+1 {
		t.Errorf("role has the fields %v", first)
	}
	aws := got["aws"].(map[string]any)
	unsigned := "Response (with optional signature) must contain an assertion with a mandatory signature"
	for name, answer := range map[string]any{"aws.sts": aws["sts"], "aws.console": aws["console"], "roles[0].sts": first["sts"]} {
		if a := answer.(map[string]any); a["code"] != "InvalidIdentityToken" || !strings.HasPrefix(a["message"].(string), unsigned) {
			t.Errorf("%s is %v", name, a)
		}
	}
	for key, want := range role {
		if first[key] != want {
			t.Errorf("role's %s is %v, want %v", key, first[key], want)
		}
	}
	if tags := got["principal_tags"].([]any); len(tags) != 1 || tags[0].(map[string]any)["key"] != "Project" {
		t.Errorf("principal_tags %v", tags)
	}
}

func TestJSONHasNoNullLists(t *testing.T) {
	data, err := json.Marshal(Check(saml.Decode(nil), nil, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"roles", "principal_tags", "transitive_tag_keys", "findings", "skipped", "signatures", "audiences"} {
		if !strings.Contains(string(data), `"`+key+`":[`) {
			t.Errorf("%s is no list: %s", key, data)
		}
	}
}

func TestFindingsAreInStageOrder(t *testing.T) {
	r := check(t, said{recipient: "https://eu-west-1.signin.aws.amazon.com/saml", audience: "urn:example", end: "2026-09-11T11:11:00Z",
		attributes: []string{roles("Admin"), duration("x")}})
	if !slices.IsSortedFunc(r.Findings, func(a, b saml.Finding) int { return order(a.Stage, b.Stage) }) {
		t.Errorf("not in order: %v", codes(r))
	}
	for _, code := range []string{"signature-missing", "audience-mismatch", "recipient-variant", "session-capped", "role-pair-malformed", "session-name-missing", "session-duration-malformed"} {
		if _, found := find(r, code); !found {
			t.Errorf("%s is missing in %v", code, codes(r))
		}
	}
	if !slices.IsSortedFunc(AllRules(), func(a, b saml.Rule) int { return order(a.Stage, b.Stage) }) {
		t.Error("AllRules is not in stage order")
	}
	if len(AllRules()) != len(Rules())+len(saml.Rules()) {
		t.Error("AllRules has lost rules")
	}
}

func TestAbsenceRowsAreSkipped(t *testing.T) {
	for reason, s := range map[string]said{
		"the identity provider reports no success": {status: "urn:oasis:names:tc:SAML:2.0:status:Responder", noContent: true},
		"there is no assertion that can be read":   {noContent: true},
	} {
		r := check(t, s)
		if got := ownCodes(r); len(got) > 0 {
			t.Errorf("%s: found %v", reason, got)
		}
		i := slices.IndexFunc(r.Skipped, func(s saml.Skip) bool { return s.Reason == reason })
		if i < 0 || !slices.Contains(r.Skipped[i].Codes, "role-missing") || !slices.Contains(r.Skipped[i].Codes, "session-name-missing") {
			t.Errorf("%s: skipped %v", reason, r.Skipped)
		}
		if slices.ContainsFunc(r.SAML.Skipped, func(s saml.Skip) bool { return slices.Contains(s.Codes, "role-missing") }) {
			t.Errorf("%s: the report of package saml was changed", reason)
		}
	}
}

func TestExpectationsOfAWS(t *testing.T) {
	for _, tt := range []struct {
		name    string
		said    said
		options saml.Options
		want    []string // of recipient- and audience-mismatch
	}{
		{"global", with(), saml.Options{}, nil},
		{"regional", said{recipient: "https://eu-west-1.signin.aws.amazon.com/saml", audience: "https://eu-west-1.signin.aws.amazon.com/saml"}, saml.Options{}, nil},
		{"URN", said{audience: "urn:amazon:webservices"}, saml.Options{}, nil},
		{"another", said{recipient: "https://app.example.com/saml", audience: "https://app.example.com/"}, saml.Options{}, []string{"audience-mismatch", "recipient-mismatch"}},
		{"given by the caller", with(), saml.Options{Audiences: []string{"urn:example"}, Recipients: []string{"https://app.example.com/saml"}}, []string{"audience-mismatch", "recipient-mismatch"}},
		{"met by the caller's", said{recipient: "https://app.example.com/saml", audience: "urn:example"}, saml.Options{Audiences: []string{"urn:example"}, Recipients: []string{"https://app.example.com/saml"}}, nil},
	} {
		var got []string
		for _, f := range checkWith(t, tt.said, Options{Options: tt.options}).Findings {
			if f.Code == "recipient-mismatch" || f.Code == "audience-mismatch" {
				got = append(got, f.Code)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if f, found := find(check(t, said{recipient: "https://signin.aws.amazon.com/static/saml"}), "recipient-mismatch"); !found || f.Severity != saml.Info {
		t.Errorf("the URL of 2023: %v %s, want an info", found, f.Severity)
	}
	gov := strings.ReplaceAll(goodPair, "arn:aws:", "arn:aws-us-gov:")
	fips := said{recipient: "https://signin-fips.amazonaws-us-gov.com/saml", audience: "urn:amazon:webservices:govcloud", attributes: []string{roles(gov), session("jane")}}
	if f, found := find(check(t, fips), "recipient-mismatch"); found {
		t.Errorf("a FIPS host: %s", f.Message)
	}
}

func TestReplacement(t *testing.T) {
	lookalike := "Jane D\u043ee" // a Cyrillic o
	tests := []struct {
		name    string
		said    said
		options saml.Options
		has     []string
		lacks   []string
	}{
		{"another service replaces what depends on it",
			said{recipient: "https://example.auth.us-east-1.amazoncognito.com/saml2/idpresponse", audience: "urn:amazon:cognito:sp:us-east-1_EXAMPLE", attributes: []string{attr("Role", goodPair), session("a b")}},
			saml.Options{}, []string{"service-other"}, []string{"recipient-mismatch", "audience-mismatch", "destination-mismatch", "role-missing", "attribute-name-mismatch", "session-name-malformed", "session-name-missing"}},
		{"a client replaces both mismatches",
			said{recipient: "http://localhost:2600/sso/saml", audience: "http://localhost:2600/sso/saml"},
			saml.Options{}, []string{"recipient-client"}, []string{"recipient-mismatch", "audience-mismatch", "destination-mismatch"}},
		{"a client leaves what the caller expects",
			said{recipient: "http://localhost:2600/sso/saml", audience: "http://localhost:2600/sso/saml"},
			saml.Options{Recipients: []string{"https://signin.aws.amazon.com/saml"}, Audiences: []string{"urn:example"}},
			[]string{"recipient-client", "recipient-mismatch", "audience-mismatch"}, nil},
		{"the partition replaces both mismatches",
			said{attributes: []string{roles(chinaPair), session("jane")}},
			saml.Options{Recipients: []string{"https://signin.amazonaws.cn/saml"}, Audiences: []string{"urn:amazon:webservices:cn-north-1"}},
			[]string{"role-partition-endpoint"}, []string{"recipient-mismatch", "audience-mismatch"}},
		{"the partition leaves an audience of somebody else",
			said{audience: "urn:example", attributes: []string{roles(chinaPair), session("jane")}},
			saml.Options{}, []string{"role-partition-endpoint", "audience-mismatch"}, nil},
		{"the session name replaces the look-alike in it only",
			said{attributes: []string{roles(goodPair), session(lookalike), attr("displayname", lookalike)}},
			saml.Options{}, []string{"session-name-malformed", "text-confusable"}, nil},
		{"the name of an attribute replaces its absence",
			said{attributes: []string{attr(prefix+"role", goodPair), attr(prefix+"rolesessionname", "jane"), attr(prefix+"Other", "x")}},
			saml.Options{}, []string{"attribute-name-mismatch", "attribute-unknown"}, []string{"role-missing", "session-name-missing"}},
		{"the name of the role leaves the session name",
			said{attributes: []string{attr(prefix+"role", goodPair)}},
			saml.Options{}, []string{"attribute-name-mismatch", "session-name-missing"}, []string{"role-missing", "attribute-unknown"}},
	}
	for _, tt := range tests {
		r := checkWith(t, tt.said, Options{Options: tt.options})
		for _, code := range tt.has {
			if _, found := find(r, code); !found {
				t.Errorf("%s: %s is missing in %v", tt.name, code, codes(r))
			}
		}
		for _, code := range tt.lacks {
			if _, found := find(r, code); found {
				t.Errorf("%s: %s is in %v", tt.name, code, codes(r))
			}
		}
	}
}

// text-confusable stays where no rule of this package names the character.
func TestConfusableIsReplacedInPlace(t *testing.T) {
	lookalike := "Jane D\u043ee"
	r := check(t, said{attributes: []string{roles(goodPair), session(lookalike), attr("displayname", lookalike)}})
	var paths []string
	for _, f := range r.Findings {
		if f.Code == "text-confusable" {
			paths = append(paths, f.Path)
		}
	}
	if want := []string{"/Response/Assertion/AttributeStatement/Attribute[3]/AttributeValue"}; !slices.Equal(paths, want) {
		t.Errorf("text-confusable at %v, want %v", paths, want)
	}
}

func TestAttributeUnknownLeavesOtherAttributes(t *testing.T) {
	r := check(t, said{attributes: []string{attr(prefix+"role", goodPair), session("jane"), attr(prefix+"Other", "x")}})
	n := 0
	for _, f := range r.Findings {
		if f.Code == "attribute-unknown" {
			n++
			if !strings.HasSuffix(f.Path, "/Attribute[3]") {
				t.Errorf("at %s", f.Path)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d findings, want 1", n)
	}
}

func TestIgnore(t *testing.T) {
	r := checkWith(t, withRoles("Admin"), Options{Options: saml.Options{Ignore: []string{"role-pair-malformed", "service-other"}}})
	if f, found := find(r, "role-pair-malformed"); !found || !f.Ignored {
		t.Errorf("found %v, ignored %v", found, f.Ignored)
	}
	r = checkWith(t, said{recipient: "http://127.0.0.1:35001", audience: "urn:amazon:webservices:clientvpn"}, Options{Options: saml.Options{Ignore: []string{"service-other"}}})
	if f, found := find(r, "service-other"); !found || f.Ignored {
		t.Errorf("found %v, ignored %v: stages up to the signature cannot be ignored", found, f.Ignored)
	}
}

func TestTooManyFindingsOfOneKind(t *testing.T) {
	r := check(t, withRoles(many(60, func(int) string { return "Admin" })...))
	n, last := 0, ""
	for _, f := range r.Findings {
		if f.Code == "role-pair-malformed" {
			n, last = n+1, f.Message
		}
	}
	if n != 50 || !strings.HasSuffix(last, "(and 10 more of this kind)") {
		t.Errorf("%d findings, the last %q", n, last)
	}
}

// What is there is judged although the message reports no success.
func TestPresentRowsAreJudgedWithoutSuccess(t *testing.T) {
	r := check(t, said{status: "urn:oasis:names:tc:SAML:2.0:status:Responder", attributes: []string{roles("Admin")}})
	if got, want := ownCodes(r), []string{"role-pair-malformed"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// Blanks, commas and beginnings of ARNs without end take linear time, and so do
// values, tags and misspelt names without end.
func TestHostileClaims(t *testing.T) {
	tests := map[string]said{
		"bad values":      withRoles(many(8000, func(int) string { return "x" })...),
		"equal pairs":     withRoles(many(6000, func(int) string { return goodPair })...),
		"tags":            with(many(5000, func(i int) string { return tagged("k;", "v;") })...),
		"misspelt names":  with(many(5000, func(i int) string { return attr(prefix+"sourceidentity", "v") })...),
		"other names":     with(many(5000, func(i int) string { return attr(prefix+"x", "v") })...),
		"transitive keys": with(attr(prefix+"TransitiveTagKeys", many(8000, func(int) string { return "x" })...)),
		"names elsewhere": {attributes: many(5000, func(int) string { return attr("x", goodRole) })},
	}
	for _, unit := range []string{",", ", arn:", ",arn:aws:iam::111122223333:role/a", "${", "{{", " ", "\u200b,"} {
		tests["value of "+unit] = withRoles(strings.Repeat(unit, 200000/len(unit)))
	}
	for name, s := range tests {
		start := time.Now()
		check(t, s)
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

// No recipient or audience that is no endpoint of AWS goes without an error,
// however * in the patterns may be filled.
func TestNoLookAlikeEndpointIsSilent(t *testing.T) {
	for _, url := range []string{
		"https://evil.example/.signin.aws.amazon.com/saml", "https://evil.example#.signin.aws.amazon.com/saml", "https://evil.example?.signin.amazonaws.cn/saml",
		"https://a@b.signin.aws.amazon.com/saml", "https://evil.example/.signin.aws.amazon.com/saml/acs/x", "https://signin.aws.amazon.com/saml/acs/../x",
		"https://.signin.aws.amazon.com/saml", "https://eu-west-1 .signin.aws.amazon.com/saml", "https://xsignin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml/",
	} {
		for _, s := range []said{{recipient: url}, {audience: url}} {
			r := check(t, s)
			if !slices.ContainsFunc(r.Findings, func(f saml.Finding) bool {
				return f.Severity == saml.Error && slices.Contains([]string{"recipient-mismatch", "audience-mismatch"}, f.Code)
			}) {
				t.Errorf("%q: only %v", url, codes(r))
			}
		}
	}
}

// What * in AWS's patterns lets through and is no endpoint is a mismatch as any
// other.
func TestWhatPatternsLetThroughIsAMismatch(t *testing.T) {
	const recipient, audience = "recipient-mismatch", "audience-mismatch"
	for _, c := range []struct {
		name    string
		said    said
		options saml.Options
		code    string // empty for none
		words   string
	}{
		{"a Region that is none", said{recipient: "https://eu-central1.signin.aws.amazon.com/saml"}, saml.Options{}, recipient, `"eu-central1" is no name of a Region of partition aws`},
		{"a host that only ends alike", said{recipient: "https://evil.example/x.signin.aws.amazon.com/saml"}, saml.Options{}, recipient, "its host is another one"},
		{"a host that only ends alike, of a provider", said{recipient: "https://evil.example/?.signin.aws.amazon.com/saml/acs/" + providerA}, saml.Options{}, recipient, "its host is another one"},
		{"a Region of another partition", said{audience: "https://cn-north-1.signin.aws.amazon.com/saml"}, saml.Options{}, audience, `"cn-north-1" is no name of a Region`},
		{"an ID that is none", said{recipient: "https://signin.aws.amazon.com/saml/acs/example"}, saml.Options{}, recipient, `"example" is no ID of a SAML provider`},
		{"a Region", said{recipient: "https://eu-central-1.signin.aws.amazon.com/saml"}, saml.Options{}, "", ""},
		{"expected by the caller", said{recipient: "https://www.signin.aws.amazon.com/saml"}, saml.Options{Recipients: []string{"https://www.signin.aws.amazon.com/saml"}}, "", ""},
	} {
		r := checkWith(t, c.said, Options{Options: c.options})
		for _, code := range []string{recipient, audience} {
			f, found := find(r, code)
			if found != (code == c.code) {
				t.Errorf("%s: %v", c.name, codes(r))
			}
			if found && (!strings.Contains(f.Message, c.words) || f.Severity != saml.Error || !f.Unverified) {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
	}
}
