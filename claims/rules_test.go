package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// ruleCase is a response that yields a finding, or a near miss that does not.
type ruleCase struct {
	name     string
	said     said
	options  saml.Options
	severity saml.Severity // empty for a near miss
	says     string        // in the message
	path     string        // end of the path; empty is not looked at
}

func many(n int, make func(i int) string) []string {
	var out []string
	for i := range n {
		out = append(out, make(i))
	}
	return out
}

func pairOf(role, provider string) said { return withRoles(role + "," + provider) }

const (
	chinaPair = "arn:aws-cn:iam::111122223333:role/Admin,arn:aws-cn:iam::111122223333:saml-provider/Example"
	entra     = "https://sts.windows.net/5f0c1e2d-0000-4000-8000-00000000a001/"
	providerA = "SAMLSPH4D4VUKVI56COEHT"
)

// ruleCases has an entry for every rule of this package, with at least one case
// and one near miss.
var ruleCases = map[string][]ruleCase{
	"response-oversize": {
		{"900 roles", withRoles(many(900, func(i int) string {
			return fmt.Sprintf("arn:aws:iam::111122223333:role/R%04d,%s", i, goodIdP)
		})...), saml.Options{}, saml.Error, "it offers 900 roles of about 127 bytes each, of which about 578 would fit", ""},
		{"400 roles", withRoles(many(400, func(i int) string {
			return fmt.Sprintf("arn:aws:iam::111122223333:role/R%04d,%s", i, goodIdP)
		})...), saml.Options{}, "", "", ""},
	},
	"service-other": {
		{"Identity Center", said{recipient: "https://eu-west-1.signin.aws.amazon.com/platform/saml/acs/4ac38751-0000-4000-8000-000000000001", audience: "https://eu-west-1.signin.aws.amazon.com/platform/saml/d-0000000000", attributes: []string{attr("mail", "jane@example.com")}},
			saml.Options{}, saml.Error, "found one for AWS IAM Identity Center", "/@Recipient"},
		{"Cognito", said{recipient: "https://example.auth.us-east-1.amazoncognito.com/saml2/idpresponse", audience: "urn:amazon:cognito:sp:us-east-1_EXAMPLE"}, saml.Options{}, saml.Error, "Amazon Cognito", ""},
		{"Cognito behind its own domain", said{recipient: "https://login.example.com/saml2/idpresponse", audience: "urn:amazon:cognito:sp:us-east-1_EXAMPLE"}, saml.Options{}, saml.Error, "Amazon Cognito", "/Audience"},
		{"Client VPN", said{recipient: "http://127.0.0.1:35001", audience: "urn:amazon:webservices:clientvpn"}, saml.Options{}, saml.Error, "AWS Client VPN", ""},
		{"Managed Grafana", said{recipient: "https://g-0000000000.grafana-workspace.us-east-1.amazonaws.com/saml/acs", audience: "https://g-0000000000.grafana-workspace.us-east-1.amazonaws.com/saml/metadata"}, saml.Options{}, saml.Error, "Amazon Managed Grafana", ""},
		{"posted to AWS sign-in all the same", said{audience: "urn:amazon:webservices:clientvpn"}, saml.Options{}, "", "", ""},
		{"no service of AWS", said{recipient: "https://app.example.com/saml2/idpresponse", audience: "https://app.example.com/"}, saml.Options{}, "", "", ""},
	},
	"recipient-variant": {
		{"regional", said{recipient: "https://eu-west-1.signin.aws.amazon.com/saml"}, saml.Options{}, saml.Info, "the endpoint of the Region eu-west-1 in partition aws", "/@Recipient"},
		{"with an ID that is too short", said{recipient: "https://us-west-2.signin.aws.amazon.com/saml/acs/SAMLWRONGPROVIDER"}, saml.Options{}, saml.Warning, "22 to 64 characters, this one has 17", ""},
		{"of a provider", said{recipient: "https://us-west-2.signin.aws.amazon.com/saml/acs/" + providerA}, saml.Options{}, saml.Info, `with the ID "SAMLSPH4D4VUKVI56COEHT"`, ""},
		{"FIPS", said{recipient: "https://signin-fips.amazonaws-us-gov.com/saml"}, saml.Options{}, saml.Info, "an endpoint on a FIPS host, whose use for SAML is not confirmed", ""},
		{"static", said{recipient: "https://signin.aws.amazon.com/static/saml"}, saml.Options{}, "", "", ""},
		{"FIPS in a Region", said{recipient: "https://us-gov-west-1.signin-fips.amazonaws-us-gov.com/saml"}, saml.Options{}, saml.Info, "not confirmed", ""},
		{"global", with(), saml.Options{}, "", "", ""},
	},
	"recipient-client": {
		{"awsaml", said{recipient: "http://localhost:2600/sso/saml", audience: "http://localhost:2600/sso/saml"}, saml.Options{}, saml.Info, "the user's own machine", ""},
		{"without a Role", said{recipient: "http://localhost:2600/sso/saml", audience: "http://localhost:2600/sso/saml", attributes: []string{session("jane")}}, saml.Options{}, "", "", ""},
		{"audience elsewhere", said{recipient: "http://127.0.0.1:7890/athena", audience: "https://app.example.com/"}, saml.Options{}, "", "", ""},
		{"a host that only begins alike", said{recipient: "http://localhost.example.com/", audience: "http://localhost.example.com/"}, saml.Options{}, "", "", ""},
	},
	"session-capped": {
		{"ten minutes left", said{end: "2026-09-11T11:11:00Z"}, saml.Options{}, saml.Info, "after 600 seconds instead of 3600", "/@SessionNotOnOrAfter"},
		{"console only", said{end: "2026-09-11T13:01:00Z", attributes: with(duration("28800")).attributes}, saml.Options{}, saml.Info, "after 7200 seconds instead of 28800 in the console; a session of the API keeps its 3600", ""},
		{"both", said{end: "2026-09-11T11:31:00Z", attributes: with(duration("28800")).attributes}, saml.Options{}, saml.Info, "after 1800 seconds instead of 28800 in the console and instead of 3600 in the API", ""},
		{"ten hours left", said{end: "2026-09-11T21:01:00Z"}, saml.Options{}, "", "", ""},
		{"shorter anyway", said{end: "2026-09-11T11:31:00Z", attributes: with(duration("900")).attributes}, saml.Options{}, "", "", ""},
		{"over already", said{end: "2026-09-11T11:00:30Z"}, saml.Options{}, "", "", ""},
	},
	"role-missing": {
		{"no attribute", said{attributes: []string{session("jane")}}, saml.Options{}, saml.Error, "found no attribute of this name; usual causes: in Entra ID", "/Assertion"},
		{"Entra", said{issuer: entra, attributes: []string{session("jane")}}, saml.Options{}, saml.Error, "usual causes: in Entra ID the user, or the group, is assigned to the application with \"Default Access\" (msiam_access", ""},
		{"Okta", said{issuer: "http://www.okta.com/exk0000000000", attributes: []string{session("jane")}}, saml.Options{}, saml.Error, "loses role names that hold a period", ""},
		{"Keycloak", said{issuer: "https://sso.example.com/realms/corp", attributes: []string{session("jane")}}, saml.Options{}, saml.Error, "the user is in no group", ""},
		{"AD FS", said{issuer: "http://sts.example.com/adfs/services/trust", attributes: []string{session("jane")}}, saml.Options{}, saml.Error, "in AD FS", ""},
		{"no value", said{attributes: []string{roles(), session("jane")}}, saml.Options{}, saml.Error, "found none", "/Attribute[1]"},
		{"pairs elsewhere", said{attributes: []string{attr(nameEntraRole, goodPair, otherPair), session("jane")}}, saml.Options{}, saml.Error, "2 pairs of a role and a SAML provider stand in \"" + nameEntraRole, ""},
		{"a bare Role without ARNs", said{attributes: []string{attr("Role", "offline_access"), session("jane")}}, saml.Options{}, saml.Error, "found no attribute of this name", ""},
		{"present", with(), saml.Options{}, "", "", ""},
		{"no success", said{status: "urn:oasis:names:tc:SAML:2.0:status:Responder", attributes: []string{session("jane")}}, saml.Options{}, "", "", ""},
		{"no assertion", said{noContent: true}, saml.Options{}, "", "", ""},
	},
	"attribute-name-mismatch": {
		{"letter case", said{attributes: []string{attr(prefix+"role", goodPair), session("jane")}}, saml.Options{}, saml.Error, "what differs: the letter case", "/Attribute[1]"},
		{"namespace missing", said{attributes: []string{attr("Role", goodPair), session("jane")}}, saml.Options{}, saml.Error, "is missing", ""},
		{"http", said{attributes: []string{roles(goodPair), attr("http://aws.amazon.com/SAML/Attributes/RoleSessionName", "jane")}}, saml.Options{}, saml.Error, "http instead of https", ""},
		{"China", said{attributes: []string{attr("http://www.amazonaws.cn/SAML/Attributes/Role", goodPair), session("jane")}}, saml.Options{}, saml.Error, "AWS China", ""},
		{"doubled slash", said{attributes: []string{attr("https://aws.amazon.com/SAML/Attributes//Role", goodPair), session("jane")}}, saml.Options{}, saml.Error, "a doubled slash", ""},
		{"slash at the end", with(attr(prefix+"SessionDuration/", "3600")), saml.Options{}, saml.Warning, "a slash at the end", ""},
		{"blank at the end", with(attr(prefix+"SourceIdentity ", "jane")), saml.Options{}, saml.Warning, "white space around the name", ""},
		{"two faults", with(attr("http://aws.amazon.com/SAML/Attributes//sessionduration", "3600")), saml.Options{}, saml.Warning, "http instead of https, a doubled slash", ""},
		{"FriendlyName alone", said{attributes: []string{friendly("urn:oid:1.2.3", prefix+"Role", goodPair), session("jane")}}, saml.Options{}, saml.Error, "FriendlyName alone", ""},
		{"short FriendlyName alone", said{attributes: []string{roles(goodPair), friendly("urn:oid:1.2.3", "RoleSessionName", "jane")}}, saml.Options{}, saml.Error, "FriendlyName alone", ""},
		{"short FriendlyName of pairs", said{attributes: []string{friendly("urn:oid:1.2.3", "Role", goodPair), session("jane")}}, saml.Options{}, saml.Error, "FriendlyName alone", ""},
		{"short FriendlyName of other roles", said{attributes: []string{friendly("urn:oid:1.2.3", "Role", "admin"), session("jane")}}, saml.Options{}, "", "", ""},
		{"tag", with(attr("https://aws.amazon.com/saml/attributes/principaltag:Project", "x")), saml.Options{}, saml.Warning, `PrincipalTag:Project", found`, ""},
		{"the right one is there too", with(attr(nameEntraRole, goodPair), attr(prefix+"role", goodPair)), saml.Options{}, "", "", ""},
		{"other AWS products", with(attr("https://redshift.amazon.com/SAML/Attributes/DbUser", "jane"), attr("https://lakeformation.amazon.com/SAML/Attributes/Username", "jane")), saml.Options{}, "", "", ""},
		{"an attribute of another name", with(attr("mail", "jane@example.com"), attr("SessionIndex", "1")), saml.Options{}, "", "", ""},
	},
	"attribute-unknown": {
		{"unknown", with(attr(prefix+"Department", "x")), saml.Options{}, saml.Info, "AWS documents no attribute", "/Attribute[3]"},
		{"beside the right one", with(attr(prefix+"role", goodPair)), saml.Options{}, saml.Info, "SAML/Attributes/role", ""},
		{"known", with(duration("3600"), tagged("Project", "x"), attr(prefix+"TransitiveTagKeys", "Project")), saml.Options{}, "", "", ""},
		{"another prefix", with(attr("https://redshift.amazon.com/SAML/Attributes/DbUser", "jane")), saml.Options{}, "", "", ""},
		{"meant for a known one", said{attributes: []string{attr(prefix+"role", goodPair), session("jane")}}, saml.Options{}, "", "", ""},
	},
	"role-pair-malformed": {
		{"role only", withRoles(goodRole), saml.Options{}, saml.Error, "one half only: the role is there", "/AttributeValue"},
		{"provider only", withRoles(goodIdP), saml.Options{}, saml.Error, "one half only: the SAML provider is there", ""},
		{"a name behind the comma", withRoles(goodRole + ",Example"), saml.Options{}, saml.Error, `what follows the comma, "Example", is no ARN`, ""},
		{"three parts", withRoles(goodPair + "," + goodIdP), saml.Options{}, saml.Error, "3 parts are joined by commas", ""},
		{"two roles", withRoles(goodRole + "," + goodRole), saml.Options{}, saml.Error, "both parts are roles", ""},
		{"two providers", withRoles(goodIdP + "," + goodIdP), saml.Options{}, saml.Error, "both parts are SAML providers", ""},
		{"comma at the end", withRoles(goodPair + ","), saml.Options{}, saml.Error, "ends with a comma", ""},
		{"comma at the beginning", withRoles("," + goodPair), saml.Options{}, saml.Error, "begins with a comma", ""},
		{"GUID", withRoles("0b7a6c55-0000-4000-8000-00000000b002"), saml.Options{}, saml.Error, "object ID of a group", ""},
		{"friendly name", withRoles("Admin"), saml.Options{}, saml.Error, "friendly name", ""},
		{"Keycloak beside a sound pair", withRoles(goodPair, "offline_access", "uma_authorization", "default-roles-corp"), saml.Options{}, saml.Warning, "role of Keycloak's own", "/AttributeValue[2]"},
		{"Okta's template", withRoles("arn:aws:iam::${accountid}:role/${role},arn:aws:iam::${accountid}:saml-provider/Okta"), saml.Options{}, saml.Error, `the template "${accountid}" was left in`, ""},
		{"template in braces", withRoles("arn:aws:iam::111122223333:role/{{role}}," + goodIdP), saml.Options{}, saml.Error, `"{{role}}" was left in`, ""},
		{"empty", withRoles(" "), saml.Options{}, saml.Error, "the value is empty", ""},
		{"comma at the end, provider first", withRoles(goodIdP + "," + goodRole + ","), saml.Options{}, saml.Error, "ends with a comma", ""},
		{"comma at the end of the role's name", withRoles(goodRole + ",," + goodIdP), saml.Options{}, "", "", ""},
		{"elements", withRoles("<x>" + goodPair + "</x>"), saml.Options{}, "", "", ""},
		{"semicolon", withRoles(goodRole + ";" + goodIdP), saml.Options{}, saml.Error, "not with a comma between them", ""},
		{"assumed role", withRoles("arn:aws:sts::111122223333:assumed-role/Admin/jane," + goodIdP), saml.Options{}, saml.Error, "is neither the ARN of a role", ""},
		{"comma in the role's name", withRoles("arn:aws:iam::111122223333:role/Admin,EU," + goodIdP), saml.Options{}, "", "", ""},
		{"provider first", withRoles(goodIdP + "," + goodRole), saml.Options{}, "", "", ""},
		{"blank behind the comma", withRoles(goodRole + ", " + goodIdP), saml.Options{}, "", "", ""},
	},
	"role-arn-malformed": {
		{"five digits", pairOf("arn:aws:iam::12345:role/Admin", goodIdP), saml.Options{}, saml.Error, `at character 14: an account is 12 digits, but "12345" has 5 digits`, "/AttributeValue"},
		{"blank in the name", pairOf("arn:aws:iam::111122223333:role/My Role", goodIdP), saml.Options{}, saml.Error, "at character 34: the name of a role is made of A-Z a-z 0-9 _ + = , . @ -, but here stands U+0020 (space)", ""},
		{"one colon too few", pairOf("arn:aws:iam:111122223333:role/Admin", goodIdP), saml.Options{}, saml.Error, "a colon is missing before the account", ""},
		{"full-width digit", pairOf("arn:aws:iam::11112222333\uff13:role/Admin", goodIdP), saml.Options{}, saml.Error, "U+FF13 (full-width form of '3')", ""},
		{"half a value", withRoles("arn:aws:iam::12345:role/Admin"), saml.Options{}, saml.Error, "12 digits", ""},
		{"the longest name", pairOf("arn:aws:iam::111122223333:role/"+strings.Repeat("a", 64), goodIdP), saml.Options{}, "", "", ""},
		{"a path", pairOf("arn:aws:iam::111122223333:role/team/a!b/Admin", goodIdP), saml.Options{}, "", "", ""},
		{"a template", withRoles("arn:aws:iam::${a}:role/Admin," + goodIdP), saml.Options{}, "", "", ""},
	},
	"provider-arn-malformed": {
		{"a blank in the name", pairOf(goodRole, "arn:aws:iam::111122223333:saml-provider/My IdP"), saml.Options{}, saml.Error, "U+0020 (space)", ""},
		{"a path", pairOf(goodRole, "arn:aws:iam::111122223333:saml-provider/corp/Example"), saml.Options{}, saml.Error, "U+002F '/'", ""},
		{"zero width space", pairOf(goodRole, "arn:aws:iam::111122223333:saml-provider/Exam\u200bple"), saml.Options{}, saml.Error, "at character 45: the name of a SAML provider is made of A-Z a-z 0-9 _ . -, but here stands U+200B (zero width space)", ""},
		{"zero width space before it", withRoles(goodRole + ",\u200b" + goodIdP), saml.Options{}, saml.Error, "at character 1: ", ""},
		{"sound", pairOf(goodRole, "arn:aws:iam::111122223333:saml-provider/My_IdP-1.example"), saml.Options{}, "", "", ""},
	},
	"role-attribute-repeated": {
		{"two elements", said{attributes: []string{roles(goodPair), roles(otherPair), session("jane")}}, saml.Options{}, saml.Warning, "found 2 Attribute elements", "/Attribute[2]"},
		{"one with two values", withRoles(goodPair, otherPair), saml.Options{}, "", "", ""},
	},
	"groups-overage": {
		{"beside roles", with(attr(nameEntraGroupsLink, "https://graph.windows.net/x")), saml.Options{}, saml.Info, "too many groups", "/Attribute[3]"},
		{"without roles", said{attributes: []string{attr(nameEntraGroupsLink, "https://graph.windows.net/x"), session("jane")}}, saml.Options{}, saml.Warning, "Role attribute is missing", ""},
		{"groups", with(attr("http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", "x")), saml.Options{}, "", "", ""},
	},
	"role-account-mismatch": {
		{"two accounts", pairOf(goodRole, "arn:aws:iam::444455556666:saml-provider/Example"), saml.Options{}, saml.Error, `the role "Admin" in account 111122223333 and the provider "Example" in account 444455556666`, ""},
		{"two pairs of an account each", withRoles(goodPair, otherPair), saml.Options{}, "", "", ""},
	},
	"role-partition-mismatch": {
		{"two partitions", pairOf(goodRole, "arn:aws-cn:iam::111122223333:saml-provider/Example"), saml.Options{}, saml.Error, "in aws and the provider \"Example\" in aws-cn", ""},
		{"one partition", said{recipient: "https://signin.amazonaws.cn/saml", audience: "urn:amazon:webservices:cn-north-1", attributes: []string{roles(chinaPair), session("jane")}}, saml.Options{}, "", "", ""},
	},
	"role-pair-reversed": {
		{"reversed", withRoles(goodIdP+","+goodRole, goodPair), saml.Options{}, saml.Info, "in 1 pair;", "/AttributeValue[1]"},
		{"in order", with(), saml.Options{}, "", "", ""},
	},
	"role-pair-whitespace": {
		{"behind the comma", withRoles(goodRole + ", " + goodIdP), saml.Options{}, saml.Warning, "character 38 is U+0020 (space)", ""},
		{"line breaks around", withRoles("\n  " + goodPair + "\n"), saml.Options{}, saml.Warning, "character 1 is U+000A (line feed)", ""},
		{"in the name", withRoles("arn:aws:iam::111122223333:role/My Role," + goodIdP), saml.Options{}, "", "", ""},
	},
	"role-duplicate": {
		{"again", withRoles(goodPair, goodPair), saml.Options{}, saml.Warning, "stands here again; it is value 1 of", "/AttributeValue[2]"},
		{"other letter case", withRoles(goodPair, strings.ReplaceAll(goodPair, "Admin", "admin")), saml.Options{}, saml.Warning, "in another letter case", ""},
		{"other order", withRoles(goodPair, goodIdP+","+goodRole), saml.Options{}, saml.Warning, "again", ""},
		{"another account", withRoles(goodPair, otherPair), saml.Options{}, "", "", ""},
	},
	"role-pair-long": {
		{"241 characters", said{issuer: entra, attributes: []string{roles(longPair(241)), session("jane")}}, saml.Options{}, saml.Info, "has 241 characters", ""},
		{"240 characters", said{issuer: entra, attributes: []string{roles(longPair(240)), session("jane")}}, saml.Options{}, "", "", ""},
		{"not Entra", withRoles(longPair(260)), saml.Options{}, "", "", ""},
	},
	"role-reserved": {
		{"another provider", pairOf("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0000000000000000", goodIdP), saml.Options{}, saml.Warning, "belongs to IAM Identity Center", ""},
		{"its own provider", pairOf("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0000000000000000", "arn:aws:iam::111122223333:saml-provider/AWSSSO_0000000000000000_DO_NOT_DELETE"), saml.Options{}, "", "", ""},
	},
	"role-partition-endpoint": {
		{"recipient", said{attributes: []string{roles(chinaPair), session("jane")}}, saml.Options{}, saml.Error, "all roles are in partition aws-cn, but the recipient", "/@Recipient"},
		{"audience", said{recipient: "https://signin.amazonaws.cn/saml", attributes: []string{roles(chinaPair), session("jane")}}, saml.Options{}, saml.Error, "the audience \"https://signin.aws.amazon.com/saml\" is of partition aws", "/Audience"},
		{"plain URN beside the right endpoint", said{recipient: "https://signin.amazonaws.cn/saml", audience: "urn:amazon:webservices", attributes: []string{roles(chinaPair), session("jane")}}, saml.Options{}, "", "", ""},
		{"plain URN alone", said{recipient: "http://localhost:7890/athena", audience: "urn:amazon:webservices", attributes: []string{roles(chinaPair), session("jane")}}, saml.Options{}, saml.Error, "is of partition aws", ""},
		{"roles of two partitions", withRoles(goodPair, chinaPair), saml.Options{}, "", "", ""},
	},
	"session-name-missing": {
		{"no attribute", said{attributes: []string{roles(goodPair)}}, saml.Options{}, saml.Error, "found no attribute of this name", "/Assertion"},
		{"no value", said{attributes: []string{roles(goodPair), session()}}, saml.Options{}, saml.Error, "found none", "/Attribute[2]"},
		{"present", with(), saml.Options{}, "", "", ""},
		{"under another name", said{attributes: []string{roles(goodPair), attr("RoleSessionName", "jane")}}, saml.Options{}, "", "", ""},
	},
	"session-name-malformed": {
		{"blank and umlaut", said{attributes: []string{roles(goodPair), session("Max M\u00fcller")}}, saml.Options{}, saml.Error, "character 4 is U+0020 (space), character 6 is U+00FC (letter outside ASCII)", "/AttributeValue"},
		{"guest", said{attributes: []string{roles(goodPair), session("jane_example.com#EXT#@corp.example")}}, saml.Options{}, saml.Error, "U+0023 '#'", ""},
		{"65 characters", said{attributes: []string{roles(goodPair), session(strings.Repeat("a", 65))}}, saml.Options{}, saml.Error, "too long with 65 characters", ""},
		{"one character", said{attributes: []string{roles(goodPair), session("a")}}, saml.Options{}, saml.Error, "too short with 1 character", ""},
		{"empty", said{attributes: []string{roles(goodPair), session("")}}, saml.Options{}, saml.Error, "too short with 0 characters", ""},
		{"64 characters of every class", said{attributes: []string{roles(goodPair), session("aZ09_+=,.@-" + strings.Repeat("b", 53))}}, saml.Options{}, "", "", ""},
	},
	"session-name-multiple": {
		{"two", said{attributes: []string{roles(goodPair), session("jane", "joe")}}, saml.Options{}, saml.Warning, `found 2: "jane", "joe"`, "/AttributeValue[2]"},
		{"one", with(), saml.Options{}, "", "", ""},
	},
	"session-duration-malformed": {
		{"quotes", with(duration("&quot;3600&quot;")), saml.Options{}, saml.Error, "the number stands in quotes", "/AttributeValue"},
		{"source attribute", with(duration("user.sessionduration")), saml.Options{}, saml.Error, "the name of a source attribute", ""},
		{"sentence", with(duration("Value between 900 and 43200")), saml.Options{}, saml.Error, "a sentence", ""},
		{"empty", with(duration("")), saml.Options{}, saml.Error, "it is empty", ""},
		{"blank", with(duration(" 3600")), saml.Options{}, saml.Error, "white space", ""},
		{"sign", with(duration("+3600")), saml.Options{}, saml.Error, "a sign", ""},
		{"below zero", with(duration("-5")), saml.Options{}, "", "", ""},
		{"template", with(duration("${duration}")), saml.Options{}, saml.Error, "a template", ""},
		{"fraction", with(duration("3600.0")), saml.Options{}, saml.Error, "character 5 is U+002E '.'", ""},
		{"elements", with(duration("<x>3600</x>s")), saml.Options{}, saml.Error, "XML elements", ""},
		{"number", with(duration("3600")), saml.Options{}, "", "", ""},
		{"attribute without values", with(duration()), saml.Options{}, "", "", ""},
	},
	"session-duration-range": {
		{"899", with(duration("899")), saml.Options{}, saml.Error, `expected a SessionDuration of 900 to 43200 seconds, found "899"`, ""},
		{"43201", with(duration("43201")), saml.Options{}, saml.Error, `"43201"`, ""},
		{"many digits", with(duration(strings.Repeat("9", 40))), saml.Options{}, saml.Error, "9999", ""},
		{"below zero", with(duration("-5")), saml.Options{}, saml.Error, `"-5"`, ""},
		{"900", with(duration("900")), saml.Options{}, "", "", ""},
		{"43200", with(duration("43200")), saml.Options{}, "", "", ""},
	},
	"session-duration-multiple": {
		{"two", with(duration("900", "3600")), saml.Options{}, saml.Warning, "found 2", ""},
		{"one", with(duration("900")), saml.Options{}, "", "", ""},
	},
	"session-duration-capped": {
		{"eight hours", with(duration("28800")), saml.Options{}, saml.Info, "SessionDuration 28800 holds in the console; in the API a session has 3600 seconds", ""},
		{"with an earlier end", said{end: "2026-09-11T12:31:00Z", attributes: with(duration("28800")).attributes}, saml.Options{}, saml.Info, "SessionNotOnOrAfter ends it after 5400 seconds", ""},
		{"one hour", with(duration("3600")), saml.Options{}, "", "", ""},
	},
	"tag-malformed": {
		{"character in the key", with(tagged("Cost!Center", "x")), saml.Options{}, saml.Error, "character 5 is U+0021 '!'", "/Attribute[3]"},
		{"character in the value", with(tagged("Project", "a;b")), saml.Options{}, saml.Error, "character 2 is U+003B ';'", "/AttributeValue"},
		{"empty key", with(tagged("", "x")), saml.Options{}, saml.Error, "expected a key", ""},
		{"long key", with(tagged(strings.Repeat("k", 129), "x")), saml.Options{}, saml.Error, "too long with 129 characters", ""},
		{"long value", with(tagged("Project", strings.Repeat("v", 257))), saml.Options{}, saml.Error, "too long with 257 characters", ""},
		{"elements", with(tagged("Project", "<x/>")), saml.Options{}, "", "", ""},
		{"letters of any script, blanks, empty value", with(tagged("B\u00fcro Z\u00fcrich_.:/=+-@", "\u6771\u4eac 1"), tagged("k", "")), saml.Options{}, "", "", ""},
		{"the longest", with(tagged(strings.Repeat("k", 128), strings.Repeat("v", 256))), saml.Options{}, "", "", ""},
		{"without a value", with(tagged("Cost!Center")), saml.Options{}, "", "", ""},
	},
	"tag-multiple": {
		{"two", with(tagged("Project", "a", "b")), saml.Options{}, saml.Error, `of the tag "Project", found 2`, ""},
		{"one", with(tagged("Project", "a")), saml.Options{}, "", "", ""},
	},
	"tag-reserved": {
		{"key", with(tagged("AWS:x", "a")), saml.Options{}, saml.Error, `found "AWS:x"`, ""},
		{"value", with(tagged("x", "aws:y")), saml.Options{}, saml.Error, `found "aws:y"`, ""},
		{"not at the beginning", with(tagged("my-aws:x", "arn:aws:iam")), saml.Options{}, "", "", ""},
	},
	"tag-duplicate": {
		{"letter case", with(tagged("Project", "a"), tagged("project", "b")), saml.Options{}, saml.Error, `"Project" and "project"`, "/Attribute[4]"},
		{"different", with(tagged("Project", "a"), tagged("Projects", "b")), saml.Options{}, "", "", ""},
	},
	"tags-many": {
		{"51", with(many(51, func(i int) string { return tagged(fmt.Sprint("k", i), "v") })...), saml.Options{}, saml.Error, "at most 50 session tags, found 51", "/Attribute[53]"},
		{"50", with(many(50, func(i int) string { return tagged(fmt.Sprint("k", i), "v") })...), saml.Options{}, "", "", ""},
	},
	"transitive-key-unknown": {
		{"not sent", with(tagged("Project", "a"), attr(prefix+"TransitiveTagKeys", "Project", "Team")), saml.Options{}, saml.Warning, `found "Team"`, "/AttributeValue[2]"},
		{"other letter case", with(tagged("Project", "a"), attr(prefix+"TransitiveTagKeys", "project")), saml.Options{}, "", "", ""},
	},
	"source-identity-malformed": {
		{"blank", with(attr(prefix+"SourceIdentity", "jane doe")), saml.Options{}, saml.Error, "character 5 is U+0020", ""},
		{"reserved", with(attr(prefix+"SourceIdentity", "aws:jane")), saml.Options{}, saml.Error, "begins with aws:", ""},
		{"sound", with(attr(prefix+"SourceIdentity", "jane@example.com")), saml.Options{}, "", "", ""},
	},
	"source-identity-multiple": {
		{"two", with(attr(prefix+"SourceIdentity", "jane", "joe")), saml.Options{}, saml.Warning, "found 2", ""},
		{"one", with(attr(prefix+"SourceIdentity", "jane")), saml.Options{}, "", "", ""},
	},
}

// longPair makes a pair of n characters.
func longPair(n int) string {
	role := "arn:aws:iam::111122223333:role/team/"
	return role + strings.Repeat("x", n-len(role)-len("/Admin,")-len(goodIdP)) + "/Admin," + goodIdP
}

func TestRuleCases(t *testing.T) {
	for code, cases := range ruleCases {
		for _, c := range cases {
			t.Run(code+"/"+c.name, func(t *testing.T) {
				f, found := find(checkWith(t, c.said, Options{Options: c.options}), code)
				switch {
				case found && c.severity == "":
					t.Errorf("near miss, but found: %s", f.Message)
				case c.severity == "":
				case !found:
					t.Error("not found")
				case f.Severity != c.severity:
					t.Errorf("severity %s, want %s", f.Severity, c.severity)
				case !strings.Contains(f.Message, c.says):
					t.Errorf("message %q, want %q in it", f.Message, c.says)
				case !strings.HasSuffix(f.Path, c.path):
					t.Errorf("path %s, want it to end in %s", f.Path, c.path)
				case !f.Unverified && f.Stage != saml.StageCapture:
					t.Error("a finding on an unsigned assertion is not marked unverified")
				}
			})
		}
	}
}

func TestEveryRuleHasCaseAndNearMiss(t *testing.T) {
	for _, r := range Rules() {
		cases := ruleCases[r.Code]
		calls := callCases[r.Code]
		if !slices.ContainsFunc(cases, func(c ruleCase) bool { return c.severity != "" }) && !slices.ContainsFunc(calls, func(c callCase) bool { return c.severity != "" }) {
			t.Errorf("%s has no case", r.Code)
		}
		if !slices.ContainsFunc(cases, func(c ruleCase) bool { return c.severity == "" }) && !slices.ContainsFunc(calls, func(c callCase) bool { return c.severity == "" }) {
			t.Errorf("%s has no near miss", r.Code)
		}
	}
	for code := range ruleCases {
		if !slices.ContainsFunc(Rules(), func(r saml.Rule) bool { return r.Code == code }) {
			t.Errorf("%s is no rule", code)
		}
	}
}

func TestGoodResponseHasNoOwnFinding(t *testing.T) {
	if got := ownCodes(check(t, with())); len(got) > 0 {
		t.Errorf("found %v", got)
	}
}
