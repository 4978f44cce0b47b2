package claims

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// contextOf gives the condition context of a response for its first pair.
func contextOf(t *testing.T, s said) *pairContext {
	t.Helper()
	options := Options{Options: saml.Options{Time: judgedAt}}
	message := saml.Decode([]byte(s.xml()))
	f := gather(message, saml.Check(message, nil, options.forAWS()), &options)
	v := &f.roles[0]
	return &pairContext{said: f.context(), role: v.roleARN(), provider: v.providerARN(), issuer: f.content.Issuer().Text}
}

const soap = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"

func TestContext(t *testing.T) {
	everything := with(
		attr(prefix+"SourceIdentity", "jane"), attr(prefix+"TransitiveTagKeys", "Team", "Unit"), tagged("Team", "red"), tagged("Unit", "a"),
		attr("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "staff", "member"), attr("urn:oid:1.3.6.1.4.1.5923.1.1.1.3", "o=example", "o=other"),
		attr("urn:oid:1.3.6.1.4.1.5923.1.2.1.6", "https://example.com/"), attr("urn:oid:2.5.4.3", "Jane"), attr("2.5.4.3", "Jane Doe"),
		attr(soap+"emailaddress", "jane@example.com"), attr("0.9.2342.19200300100.1.3", "jane@example.net"),
		attr(soap+"surname", "Doe"), attr("2.5.4.4", "Doe"), attr("2.5.4.42", "Jane"),
		attr("http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "S-1-5"),
		friendly("urn:oid:0.9.2342.19200300.100.1.1", "uid", "jane"),
		attr("urn:oid:1.3.6.1.4.1.5923.1.1.1.10", `<saml:NameID>x</saml:NameID>`))
	const unknown, absent = "unknown", ""
	for _, tt := range []struct{ key, want string }{
		{"saml:aud", signIn}, {"saml:iss", "https://idp.example.com/"}, {"saml:sub", "jane"}, {"saml:sub_type", "persistent"},
		{"saml:doc", "111122223333/Example"}, {"sts:rolesessionname", "jane@example.com"}, {"sts:sourceidentity", "jane"},
		{"sts:transitivetagkeys", "Team Unit"}, {"aws:tagkeys", "Team Unit"}, {"aws:requesttag/team", "red"}, {"aws:requesttag/other", absent},
		{"saml:edupersonaffiliation", "staff member"}, {"saml:edupersonorgdn", unknown}, {"saml:eduorgwhitepagesuri", "https://example.com/"},
		{"saml:cn", "Jane"}, {"saml:commonname", "Jane Doe"}, {"saml:mail", unknown}, {"saml:surname", "Doe"}, {"saml:givenname", unknown},
		{"saml:uid", unknown}, {"saml:primarygroupsid", unknown}, {"saml:organizationstatus", absent}, {"saml:edupersontargetedid", unknown},
		{"aws:principalaccount", here}, {"aws:principalarn", absent}, {"aws:principaltype", "User"}, {"aws:userid", goodIdP},
		{"aws:currenttime", "2026-09-11T11:01:00Z"}, {"aws:epochtime", "1789124460"},
		{"sts:externalid", absent}, {"aws:multifactorauthpresent", absent}, {"accounts.google.com:aud", absent},
		{"aws:sourceip", unknown}, {"aws:securetransport", unknown}, {"aws:requestedregion", unknown}, {"aws:useragent", unknown},
		{"aws:principalorgid", unknown}, {"aws:resourcetag/team", unknown}, {"aws:principaltag/team", unknown}, {"aws:new", unknown}, {"saml:audience", unknown},
	} {
		values, known, why := contextOf(t, everything).Lookup(tt.key)
		got := strings.Join(values, " ")
		if !known {
			got = unknown
		}
		if got != tt.want || known == (why != "") {
			t.Errorf("%s: got %q, %v, %q; want %q", tt.key, values, known, why, tt.want)
		}
	}
}

func TestContextOfOddResponses(t *testing.T) {
	for name, tt := range map[string]struct {
		said  said
		key   string
		want  []string
		known bool
	}{
		"no attribute":            {with(), "saml:mail", nil, true},
		"two session names":       {said{attributes: []string{roles(goodPair), session("a1", "a2")}}, "sts:rolesessionname", nil, false},
		"one session name twice":  {said{attributes: []string{roles(goodPair), session("a1"), session("a1")}}, "sts:rolesessionname", []string{"a1"}, true},
		"tag in two letter cases": {with(tagged("Team", "red"), tagged("team", "blue")), "aws:requesttag/team", nil, false},
		"two accounts":            {withRoles("arn:aws:iam::444455556666:role/Audit," + goodIdP), "aws:principalaccount", nil, false},
		"markup in the name":      {said{attributes: []string{roles(goodPair), session("<b>jane</b>")}}, "sts:rolesessionname", nil, false},
		"any recipient":           {said{recipient: "not-a-url"}, "saml:aud", []string{"not-a-url"}, true},
	} {
		values, known, _ := contextOf(t, tt.said).Lookup(tt.key)
		if !slices.Equal(values, tt.want) || known != tt.known {
			t.Errorf("%s: got %q, %v", name, values, known)
		}
	}
}

// AWS documents these as lists of strings, and the others as one string, of which
// two values are none.
//
// Source: IAM User Guide, "Configure SAML assertions for the authentication
// response", table of attributes.
func TestContextOfLists(t *testing.T) {
	const eduPerson, eduOrg = "urn:oid:1.3.6.1.4.1.5923.1.1.1.", "urn:oid:1.3.6.1.4.1.5923.1.2.1."
	for _, tt := range []struct {
		name, key string
		list      bool
	}{
		{eduPerson + "1", "saml:edupersonaffiliation", true}, {eduPerson + "2", "saml:edupersonnickname", true}, {eduPerson + "3", "saml:edupersonorgdn", false},
		{eduPerson + "4", "saml:edupersonorgunitdn", true}, {eduPerson + "5", "saml:edupersonprimaryaffiliation", false}, {eduPerson + "6", "saml:edupersonprincipalname", false},
		{eduPerson + "7", "saml:edupersonentitlement", true}, {eduPerson + "8", "saml:edupersonprimaryorgunitdn", false}, {eduPerson + "9", "saml:edupersonscopedaffiliation", true},
		{eduPerson + "11", "saml:edupersonassurance", true}, {eduOrg + "2", "saml:eduorghomepageuri", true}, {eduOrg + "4", "saml:eduorglegalname", true},
		{"urn:oid:2.5.4.3", "saml:cn", true}, {soap + "surname", "saml:surname", false},
	} {
		values, known, _ := contextOf(t, with(attr(tt.name, "one", "two"))).Lookup(tt.key)
		if known != tt.list || known && !slices.Equal(values, []string{"one", "two"}) {
			t.Errorf("%s: got %q, %v", tt.key, values, known)
		}
	}
}

// The vector is computed over the example values of AWS's documentation with
// openssl: printf https://example.com/saml123456789012/MySAMLIdP | openssl sha1 -binary | base64.
func TestNameQualifierKey(t *testing.T) {
	c := contextOf(t, said{issuer: "https://example.com/saml", attributes: []string{roles("arn:aws:iam::123456789012:role/Admin,arn:aws:iam::123456789012:saml-provider/MySAMLIdP"), session("jane")}})
	if got, known, _ := c.Lookup("saml:namequalifier"); !known || !slices.Equal(got, []string{"1uAJanUnBc2XeUkHURMht+xam2c="}) {
		t.Errorf("got %q", got)
	}
}

func TestContextTimeIsJudgedTime(t *testing.T) {
	local := Options{Options: saml.Options{Time: judgedAt.In(time.FixedZone("", 7200))}}
	message := saml.Decode([]byte(with().xml()))
	f := gather(message, saml.Check(message, nil, local.forAWS()), &local)
	if got := f.context()["aws:currenttime"].values; !slices.Equal(got, []string{"2026-09-11T11:01:00Z"}) {
		t.Errorf("got %q", got)
	}
}
