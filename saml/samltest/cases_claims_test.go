package samltest

import "strings"

func roleCases() []testCase {
	long := "arn:aws:iam::111122223333:role/" + strings.Repeat("r", 64) + ",arn:aws:iam::111122223333:saml-provider/" + strings.Repeat("p", 120)
	china := "arn:aws-cn:iam::111122223333:role/Admin,arn:aws-cn:iam::111122223333:saml-provider/WAAD"
	one := "arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/WAAD"
	return []testCase{
		{name: "role-missing", why: "The user has no role that Entra would send.", login: mutation("role-missing")},
		{name: "attribute-name-mismatch", why: "Names are case-sensitive: …/attributes/role is not Role.", login: mutation("role-name-lowercase")},
		{name: "attribute-name-mismatch.namespace", why: "The namespace was left empty in the claim.", login: mutation("role-namespace-missing")},
		{name: "attribute-name-mismatch.session-name", why: "RolesessionName is not RoleSessionName.", login: mutation("session-name-lowercase")},
		{name: "role-pair-malformed", why: "The only pair has lost its provider: an error.", login: Login{Roles: []string{one}, Mutations: []string{"role-pair-cut"}}},
		{name: "role-pair-malformed.other-sound", why: "Another pair is sound: a warning.", login: mutation("role-pair-cut")},
		{name: "role-pair-malformed.tripled", why: "Three parts.", login: mutation("role-pair-tripled")},
		{name: "role-pair-malformed.group", why: "The object ID of a group, where groups are emitted as roles.", login: mutation("role-group")},
		{name: "role-pair-malformed.template", why: "Okta's or another template was not filled in.", login: mutation("role-template")},
		{name: "role-pair-malformed.near", why: "A comma is legal in the name of a role.", login: Login{Roles: []string{"arn:aws:iam::111122223333:role/Admin,EU,arn:aws:iam::111122223333:saml-provider/WAAD"}}},
		{name: "role-arn-malformed", why: "A blank in the name of the role.", login: mutation("role-space-in-name")},
		{name: "role-arn-malformed.account", why: "An account of five digits, as a published sample has it; provider-arn-malformed says the same of the provider.", login: mutation("role-account-short")},
		{name: "provider-arn-malformed", why: "A blank in the name of the provider.", login: Login{Roles: []string{"arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/My IdP"}}},
		{name: "role-account-mismatch", why: "Role and provider are in different accounts.", login: mutation("role-account-other")},
		{name: "role-partition-mismatch", why: "Role and provider are in different partitions.", login: mutation("role-partition-other")},
		{name: "role-partition-endpoint", why: "Roles of China, endpoint of the commercial partition.", login: Login{Roles: []string{china}}},
		{name: "role-partition-endpoint.near", why: "Roles and endpoint of China.", login: Login{Roles: []string{china}, Recipient: "https://signin.amazonaws.cn/saml", Audience: "urn:amazon:webservices:cn-north-1"}},
		{name: "role-pair-reversed", why: "AWS takes either order; some client tools do not.", login: mutation("role-pair-reversed")},
		{name: "role-pair-whitespace", why: "A blank after the comma.", login: mutation("role-pair-blank")},
		{name: "role-duplicate", why: "The same pair twice.", login: mutation("role-duplicate")},
		{name: "role-attribute-repeated", why: "One Attribute for each role, as Keycloak does without Single Role Attribute.", login: Login{Product: Keycloak, Sign: SignBoth, Mutations: []string{"role-attribute-repeated"}}, metadata: "idp/keycloak.xml", flags: "--at=2026-09-11T11:00:30Z"},
		{name: "role-attribute-repeated.near", why: "Several values in one Attribute.", login: Login{Product: Keycloak, Sign: SignBoth}, metadata: "idp/keycloak.xml", flags: "--at=2026-09-11T11:00:30Z"},
		{name: "role-pair-long", why: "Over 240 characters: Entra cannot store it as the value of an app role.", login: Login{Roles: []string{long}}},
		{name: "role-pair-long.near", why: "At Okta the same pair is nothing to remark.", login: Login{Product: Okta, Roles: []string{long}}, metadata: "idp/okta.xml"},
		{name: "role-reserved", why: "Identity Center's own roles cannot be assumed through another provider.", login: mutation("role-reserved")},
		{name: "role-reserved.near", why: "With Identity Center's own provider it is right.", login: Login{Roles: []string{"arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef,arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"}}},
		{name: "groups-overage", why: "Entra left the groups out.", login: mutation("groups-overage")},
	}
}

func claimCases() []testCase {
	return []testCase{
		{name: "session-name-missing", why: "AWS wants RoleSessionName.", login: mutation("session-name-missing")},
		{name: "session-name-malformed", why: "A display name with a blank.", login: mutation("session-name-blank")},
		{name: "session-name-malformed.guest", why: "The user principal name of a guest holds #EXT#.", login: mutation("session-name-guest")},
		{name: "session-name-malformed.long", why: "65 characters.", login: mutation("session-name-long")},
		{name: "session-name-malformed.near", why: "64 characters, each kind that is allowed.", login: Login{SessionName: "a_Z0+=,.@-" + strings.Repeat("n", 54)}},
		{name: "session-name-multiple", why: "Two values: which one counts is not known.", login: mutation("session-name-twice")},
		{name: "session-duration-malformed", why: "Entra's constants are entered without quotes.", login: mutation("session-duration-quoted")},
		{name: "session-duration-malformed.near", why: "Without SessionDuration AWS takes an hour.", login: mutation("session-duration-missing")},
		{name: "session-duration-range", why: "One second more than twelve hours.", login: mutation("session-duration-long")},
		{name: "session-duration-range.near", why: "Fifteen minutes are the least.", login: Login{Duration: "900"}},
		{name: "session-duration-multiple", why: "Two values.", login: mutation("session-duration-twice")},
		{name: "session-duration-capped", why: "The API gives an hour unless asked; the console keeps eight.", login: Login{Duration: "28800"}},
		{name: "tag-malformed", why: "A comma in the value of a tag.", login: mutation("tag-malformed")},
		{name: "tag-multiple", why: "A tag has one value.", login: mutation("tag-twice")},
		{name: "tag-reserved", why: "Keys that begin with aws: are AWS's own.", login: mutation("tag-reserved")},
		{name: "tag-duplicate", why: "Keys that differ in case only are one key.", login: mutation("tag-duplicate")},
		{name: "tags-many", why: "Fifty are the most.", login: mutation("tags-many")},
		{name: "source-identity-multiple", why: "Two values.", login: mutation("source-identity-twice")},
		{name: "tag-malformed.near", why: "A sound tag, passed on to further roles.", login: Login{Attributes: []Attribute{
			{Name: awsAttribute + "PrincipalTag:Team", Values: []string{"red"}}, {Name: awsAttribute + "TransitiveTagKeys", Values: []string{"Team"}}}}},
		{name: "transitive-key-unknown", why: "TransitiveTagKeys names a tag that is not sent.", login: mutation("transitive-key-unknown")},
		{name: "source-identity-malformed", why: "A blank in SourceIdentity.", login: mutation("source-identity-blank")},
		{name: "source-identity-malformed.near", why: "A sound SourceIdentity.", login: Login{Attributes: []Attribute{{Name: awsAttribute + "SourceIdentity", Values: []string{user}}}}},
		{name: "attribute-duplicate", why: "Readers take the first, the last or both.", login: mutation("attribute-duplicate")},
		{name: "attribute-unknown", why: "AWS has no attribute of this name.", login: mutation("attribute-unknown")},
	}
}
