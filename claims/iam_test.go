package claims

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/samlcheck/samlcheck/internal/policy"
	"github.com/samlcheck/samlcheck/internal/seeds"
)

const (
	trustPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + goodIdP + `"},"Action":"sts:AssumeRoleWithSAML"}]}`
	here        = "111122223333"
)

// roleJSON is a role as the AWS CLI prints it; the policy is a JSON value.
func roleJSON(name, policy string, more ...string) string {
	return fmt.Sprintf(`{"Path":"/","RoleName":%q,"RoleId":"AROAEXAMPLE","Arn":"arn:aws:iam::111122223333:role/%s","CreateDate":"2026-01-01T00:00:00+00:00","AssumeRolePolicyDocument":%s%s}`,
		name, name, policy, strings.Join(append([]string{""}, more...), ","))
}

func asText(policy string) string {
	out, _ := json.Marshal(policy)
	return string(out)
}

func asUTF16(text string, order binary.AppendByteOrder) string {
	out := []byte{}
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

func parsed(t *testing.T, files ...string) *IAM {
	t.Helper()
	var parts []*IAM
	for _, file := range files {
		m, err := ParseIAM([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, m)
	}
	return JoinIAM(parts...)
}

// contents is what an IAM knows, in a form to compare.
func contents(m *IAM) map[string]any {
	out := map[string]any{}
	for arn, r := range m.roles {
		out[arn] = []any{r.text, r.maxSession, r.fault, r.trust != nil}
	}
	for arn, p := range m.providers {
		out[arn] = []any{p.text != "", p.conflict}
	}
	for kind, accounts := range m.whole {
		for a := range accounts {
			out[fmt.Sprintf("whole %d %s", kind, a.number)] = true
		}
	}
	return out
}

// Every output and every way to write the trust policy gives the same role.
func TestParseIAMForms(t *testing.T) {
	role := roleJSON("Admin", trustPolicy, `"MaxSessionDuration":14400`)
	getRole := `{"Role":` + role + `}`
	for name, file := range map[string]string{
		"get-role":            getRole,
		"list-roles":          `{"Roles":[` + roleJSON("Other", trustPolicy) + `,` + role + `]}`,
		"details":             `{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[` + role + `],"Policies":[]}`,
		"array of roles":      `[` + role + `]`,
		"a role alone":        role,
		"array of pages":      `[{"Roles":[` + role + `]},{"Roles":[]}]`,
		"policy as JSON text": `{"Role":` + roleJSON("Admin", asText(trustPolicy), `"MaxSessionDuration":14400`) + `}`,
		"percent-encoded":     `{"Role":` + roleJSON("Admin", asText(url.PathEscape(trustPolicy)), `"MaxSessionDuration":14400`) + `}`,
		"every byte encoded":  `{"Role":` + roleJSON("Admin", asText(percentAll(trustPolicy)), `"MaxSessionDuration":14400`) + `}`,
		"UTF-8 with a mark":   "\ufeff" + getRole,
		"UTF-16LE":            asUTF16(getRole, binary.LittleEndian),
		"UTF-16BE":            asUTF16(getRole, binary.BigEndian),
		"two documents":       getRole + "\n" + `{"SAMLProviderList":[{"Arn":"` + goodIdP + `"}]}`,
	} {
		m, err := ParseIAM([]byte(file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := m.roles[goodRole]
		if r == nil || r.fault != "" || r.maxSession != 14400 || len(r.trust.Statements) != 1 || r.trust.Statements[0].Principal["Federated"][0] != goodIdP {
			t.Errorf("%s: found %+v", name, r)
		}
	}
}

func percentAll(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

func TestParseIAMErrors(t *testing.T) {
	for _, tt := range []struct{ file, says string }{
		{"", "found nothing"},
		{" \n", "found nothing"},
		{"\ufeff", "found nothing"},
		{"\xff\xfe", "found nothing"},
		{"<html>", "found XML or a web page"},
		{"ROLE\tarn:aws:iam::111122223333:role/Admin", "text that is no JSON"},
		{`{"Role":`, "JSON that stops early"},
		{`{"Role":{}}`, "the Role cannot be read: it has no Arn"},
		{`{"Role":null}`, "the Role cannot be read: it has no Arn"},
		{`{"Role":[]}`, "the Role cannot be read: it is no object"},
		{`{"Roles":[{"Arn":"arn:aws:iam::12345:role/Admin"}]}`, `role 1 of the list cannot be read: its Arn "arn:aws:iam::12345:role/Admin" is none of IAM: at character 14`},
		{`{"Roles":[{"Arn":"` + goodIdP + `"}]}`, "is that of a saml-provider, not of a role"},
		{`{"Roles":{}}`, "a list of roles that is no array"},
		{`{"SAMLProviderList":[{"Arn":"` + goodRole + `"}]}`, "not of a saml-provider"},
		{`{"SAMLMetadataDocument":"<EntityDescriptor/>"}`, "found the output of aws iam get-saml-provider; give it as ARN=FILE"},
		{trustPolicy, "a policy without the role that it belongs to"},
		{`{"Users":[],"Name\u001b":1}`, `an object with the keys "Name\x1b", "Users"`},
		{`{}`, "an object with no keys"},
		{`[]`, "an empty array"},
		{`[1]`, "an array of other things than objects"},
		{`"text"`, "a single JSON value"},
		{`{"Roles":[]}{"Users":[]}`, "document 2 of the file: "},
	} {
		m, err := ParseIAM([]byte(tt.file))
		if err == nil || !strings.Contains(err.Error(), tt.says) || strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%q: got %v, %v; want an error with %q", tt.file, m, err, tt.says)
		}
	}
}

// A trust policy that cannot be read spoils nothing else.
func TestParseIAMKeepsRolesWithBadPolicies(t *testing.T) {
	for policy, says := range map[string]string{
		`null`: "there is no AssumeRolePolicyDocument", `7`: "an object or text is expected", `"Example"`: `found "Example"`, `"%zz"`: `found "%zz"`,
		`{"Version":"2012-10-17"}`: "its trust policy cannot be read", `"{"`: "its trust policy cannot be read",
	} {
		m := parsed(t, `{"Roles":[`+roleJSON("Bad", policy)+`,`+roleJSON("Admin", trustPolicy)+`]}`)
		bad := m.roles["arn:aws:iam::111122223333:role/Bad"]
		if bad == nil || bad.trust != nil || !strings.Contains(bad.fault, says) {
			t.Errorf("%s: found %+v, want a fault with %q", policy, bad, says)
		}
		if good := m.roles[goodRole]; good == nil || good.fault != "" {
			t.Errorf("%s: the other role is %+v", policy, good)
		}
	}
}

// Of which accounts the lists are whole.
func TestWholeLists(t *testing.T) {
	const (
		one, two  = `{"Arn":"arn:aws:iam::111122223333:role/A"}`, `{"Arn":"arn:aws:iam::444455556666:role/B"}`
		providers = `{"SAMLProviderList":[{"Arn":"arn:aws:iam::111122223333:saml-provider/P"}]}`
		none      = `{"SAMLProviderList":[]}`
	)
	for _, tt := range []struct {
		name  string
		files []string
		want  []string // "roles" and "providers" with their accounts
	}{
		{"get-role", []string{`{"Role":` + one + `}`}, nil},
		{"array", []string{`[` + one + `]`}, nil},
		{"list-roles", []string{`{"Roles":[` + one + `]}`}, []string{"roles 111122223333"}},
		{"details", []string{`{"RoleDetailList":[` + one + `],"IsTruncated":false,"Marker":null}`}, []string{"roles 111122223333"}},
		{"truncated", []string{`{"Roles":[` + one + `],"IsTruncated":true,"Marker":"m"}`}, nil},
		{"next token", []string{`{"Roles":[` + one + `],"NextToken":"t"}`}, nil},
		{"pages", []string{`{"Roles":[` + one + `],"IsTruncated":true,"Marker":"m"}` + "\n" + `{"Roles":[{"Arn":"arn:aws:iam::111122223333:role/Z"}]}`}, []string{"roles 111122223333"}},
		{"pages in two files, the last one empty", []string{`{"Roles":[` + one + `],"NextToken":"t"}`, `{"Roles":[]}`}, []string{"roles 111122223333"}},
		{"the last page is another account's", []string{`{"Roles":[` + one + `],"NextToken":"t"}`, `{"Roles":[` + two + `]}`}, []string{"roles 444455556666"}},
		{"the last page is another command's", []string{`{"Roles":[` + one + `],"NextToken":"t"}`, `{"RoleDetailList":[],"UserDetailList":[]}`}, nil},
		{"empty list", []string{`{"Roles":[]}`}, nil},
		{"providers", []string{providers}, []string{"providers 111122223333"}},
		{"no providers, no account", []string{none}, nil},
		{"no providers, one account", []string{none, `{"Role":` + one + `}`}, []string{"providers 111122223333"}},
		{"no providers, two accounts", []string{none, `{"Roles":[` + one + `,` + two + `]}`}, []string{"roles 111122223333", "roles 444455556666"}},
	} {
		m := parsed(t, tt.files...)
		var got []string
		for _, number := range []string{here, "444455556666"} {
			a := account{"aws", number}
			if m.allRoles(a) {
				got = append(got, "roles "+number)
			}
			if m.allProviders(a) {
				got = append(got, "providers "+number)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: whole are %v, want %v", tt.name, got, tt.want)
		}
	}
	if m := parsed(t, none, providers); !m.allProviders(account{"aws", here}) || m.allProviders(account{"aws-cn", here}) {
		t.Error("an account belongs to one partition")
	}
}

// The same role in several files: what one lacks another adds, and where two
// differ neither is believed.
func TestJoinRoles(t *testing.T) {
	other := strings.Replace(trustPolicy, "Example", "Other", 1)
	details := `{"RoleDetailList":[` + roleJSON("Admin", asText(strings.ReplaceAll(trustPolicy, ":", ": "))) + `]}`
	for name, tt := range map[string]struct {
		files   []string
		session int
		fault   string
	}{
		"the same twice":         {[]string{`{"Role":` + roleJSON("Admin", trustPolicy) + `}`, `{"Role":` + roleJSON("Admin", trustPolicy) + `}`}, 0, ""},
		"one has the duration":   {[]string{details, `{"Role":` + roleJSON("Admin", trustPolicy, `"MaxSessionDuration":7200`) + `}`}, 7200, ""},
		"two policies":           {[]string{`{"Role":` + roleJSON("Admin", trustPolicy) + `}`, `{"Role":` + roleJSON("Admin", other) + `}`}, 0, "two different trust policies"},
		"two durations":          {[]string{`{"Role":` + roleJSON("Admin", trustPolicy, `"MaxSessionDuration":7200`) + `}`, `{"Role":` + roleJSON("Admin", trustPolicy, `"MaxSessionDuration":3600`) + `}`}, 0, "two values of MaxSessionDuration"},
		"two and the first anew": {[]string{`{"Role":` + roleJSON("Admin", trustPolicy) + `}`, `{"Role":` + roleJSON("Admin", other) + `}`, `{"Role":` + roleJSON("Admin", trustPolicy) + `}`}, 0, "two different trust policies"},
	} {
		files := tt.files
		if name == "one has the duration" {
			files = []string{`{"RoleDetailList":[` + roleJSON("Admin", asText(trustPolicy)) + `]}`, tt.files[1]}
		}
		r := parsed(t, files...).roles[goodRole]
		if r.maxSession != tt.session || !strings.Contains(r.fault, tt.fault) || (r.fault == "") != (tt.fault == "") || (r.trust == nil) != (tt.fault != "") {
			t.Errorf("%s: found %+v", name, r)
		}
	}
}

func TestJoinIAMOfNothing(t *testing.T) {
	m := JoinIAM(nil, &IAM{}, nil)
	if len(m.roles) != 0 || m.role(ARN{}) != nil || (*IAM)(nil).allRoles(account{}) {
		t.Errorf("found %+v", m)
	}
}

const storedMetadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>`

// providerOutput is what get-saml-provider prints.
func providerOutput(metadata string, more ...string) string {
	return `{` + strings.Join(append([]string{`"SAMLMetadataDocument":` + asText(metadata)}, more...), ",") + `}`
}

func TestParseIAMProvider(t *testing.T) {
	output := providerOutput(storedMetadata, `"SAMLProviderUUID":"SAMLSPEXAMPLEEXAMPLE22"`, `"AssertionEncryptionMode":"Required"`, `"PrivateKeyList":[{"KeyId":"SAMLPKEXAMPLE"}]`)
	for name, data := range map[string]string{"UTF-8": output, "UTF-16": asUTF16(output, binary.LittleEndian)} {
		m, err := ParseIAMProvider(goodIdP, []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p := m.providers[goodIdP].said()
		if p == nil || p.UUID != "SAMLSPEXAMPLEEXAMPLE22" || p.EncryptionMode != "Required" || p.PrivateKeys != 1 || !p.HasPrivateKeys {
			t.Errorf("%s: found %+v", name, p)
		}
		if m.allProviders(account{"aws", here}) {
			t.Errorf("%s: one provider is no list", name)
		}
	}
	for _, tt := range []struct{ arn, data, says string }{
		{goodRole, output, "found that of a role"},
		{"Example", output, "the ARN of a SAML provider is expected"},
		{goodIdP, storedMetadata, "federation metadata alone"},
		{goodIdP, `{"SAMLProviderList":[]}`, "list-saml-providers"},
		{goodIdP, "", "found nothing"},
	} {
		if _, err := ParseIAMProvider(tt.arn, []byte(tt.data)); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: got %v, want an error with %q", tt.arn, err, tt.says)
		}
	}
}

func TestJoinProviders(t *testing.T) {
	detail := func(more string) *IAM {
		m, err := ParseIAMProvider(goodIdP, []byte(providerOutput(storedMetadata, more)))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	a, b := detail(`"AssertionEncryptionMode":"Required"`), detail(`"AssertionEncryptionMode":"Allowed"`)
	listed := parsed(t, `{"SAMLProviderList":[{"Arn":"`+goodIdP+`"}]}`)
	for name, tt := range map[string]struct {
		parts    []*IAM
		conflict bool
		mode     string
	}{
		"listed and told of": {[]*IAM{listed, a, listed}, false, "Required"},
		"told of twice":      {[]*IAM{a, a}, false, "Required"},
		"told differently":   {[]*IAM{a, b, listed, a}, true, ""},
	} {
		p := JoinIAM(tt.parts...).providers[goodIdP]
		mode := ""
		if s := p.said(); s != nil {
			mode = s.EncryptionMode
		}
		if p.conflict != tt.conflict || mode != tt.mode {
			t.Errorf("%s: found %+v, mode %q", name, p, mode)
		}
	}
}

// FuzzParseIAM: nothing makes it fall over, an error is a bounded line of plain
// text, and what is taken is the same when it is joined with itself.
func FuzzParseIAM(f *testing.F) {
	seeds.Add(f, 20, seeds.Accounts(f))
	for _, seed := range []string{
		`{"Role":` + roleJSON("Admin", trustPolicy) + `}`, `{"Roles":[` + roleJSON("Admin", asText(url.PathEscape(trustPolicy))) + `],"IsTruncated":true}{"Roles":[]}`,
		`{"SAMLProviderList":[{"Arn":"` + goodIdP + `"}]}`, `[` + roleJSON("Admin", `null`) + `]`, asUTF16(`{"RoleDetailList":[]}`, binary.LittleEndian), "\xff\xfe\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ParseIAM(data)
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) || len(err.Error()) > 2000 {
				t.Errorf("an error of %d bytes: %q", len(err.Error()), err)
			}
			return
		}
		if diff := cmp.Diff(contents(m), contents(JoinIAM(m, m))); diff != "" {
			t.Errorf("joined with itself it is another (-alone +twice):\n%s", diff)
		}
		for _, r := range slices.Collect(maps.Values(m.roles)) {
			if r.trust != nil {
				r.trust.Evaluate(policy.Request{Federated: goodIdP, Action: actionAssume, Context: &pairContext{said: saidContext{}}})
			}
		}
	})
}
