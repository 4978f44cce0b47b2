package samltest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The pair of most cases on the account.
const (
	trustedRole     = "arn:aws:iam::111122223333:role/Admin"
	trustedProvider = "arn:aws:iam::111122223333:saml-provider/Okta"
	trustedPair     = trustedRole + "," + trustedProvider
)

// oneRole gives a sign-in at Okta, whose metadata is short, that offers one role.
func oneRole(attributes ...Attribute) Login {
	return Login{Product: Okta, Sign: SignAssertion, Roles: []string{trustedPair}, Attributes: attributes}
}

func sentTo(recipient string) Login {
	l := oneRole()
	l.Recipient = recipient
	return l
}

func attributeNamed(name string, values ...string) Attribute {
	return Attribute{Name: name, Values: values}
}

func team() Attribute { return attributeNamed(awsAttribute+"PrincipalTag:Team", "red") }

// statement gives a statement of a trust policy for the provider; condition is
// JSON or empty.
func statement(effect, condition string, actions ...string) string {
	return statementFor(effect, `{"Federated":"`+trustedProvider+`"}`, condition, actions...)
}

func statementFor(effect, principal, condition string, actions ...string) string {
	list, _ := json.Marshal(actions)
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return fmt.Sprintf(`{"Effect":%q,"Principal":%s,"Action":%s%s}`, effect, principal, list, condition)
}

const assume, tagging, identity = "sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"

func audience(urls ...string) string {
	list, _ := json.Marshal(urls)
	return `{"StringEquals":{"SAML:aud":` + string(list) + `}}`
}

// accountRole gives a role as the AWS CLI prints it, whose sessions last an hour at most.
func accountRole(name string, statements ...string) string {
	return fmt.Sprintf(`{"Path":"/","RoleName":%q,"RoleId":"AROAEXAMPLEEXAMPLE00","Arn":"arn:aws:iam::111122223333:role/%s","CreateDate":"2026-01-05T08:00:00+00:00","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[%s]},"MaxSessionDuration":3600}`,
		name, name, strings.Join(statements, ","))
}

// trusting gives the output of get-role for the role of the pair.
func trusting(statements ...string) []string {
	return []string{`{"Role":` + accountRole("Admin", statements...) + `}`}
}

func listing(roles ...string) []string {
	return []string{`{"Roles":[` + strings.Join(roles, ",") + `]}`}
}

// output gives that of get-saml-provider.
func output(m Metadata, mode string, keys ...string) string {
	document, err := m.XML()
	if err != nil {
		panic(err) // the metadata is fixed
	}
	text, _ := json.Marshal(string(document))
	list := []string{}
	for _, k := range keys {
		list = append(list, `{"KeyId":"`+k+`","Timestamp":"2026-01-05T08:00:00+00:00"}`)
	}
	return fmt.Sprintf(`{"SAMLProviderUUID":"SAMLSP0123456789ABCDEF","SAMLMetadataDocument":%s,"CreateDate":"2026-01-05T08:00:00+00:00","ValidUntil":"2126-01-05T08:00:00+00:00","Tags":[],"AssertionEncryptionMode":%q,"PrivateKeyList":[%s]}`,
		text, mode, strings.Join(list, ","))
}

func callCases() []testCase {
	return []testCase{
		{name: "role-not-asserted", why: "The role that is asked for is in no pair.", login: oneRole(), metadata: "idp/okta.xml", flags: "--role=arn:aws:iam::111122223333:role/Other"},
		{name: "role-not-asserted.near", why: "The role that is asked for is in the pair.", login: oneRole(), metadata: "idp/okta.xml", flags: "--role=" + trustedRole},
		{name: "duration-out-of-range", why: "One second more than twelve hours.", login: oneRole(), metadata: "idp/okta.xml", flags: "--duration=43201"},
		{name: "duration-out-of-range.near", why: "Twelve hours.", login: oneRole(), metadata: "idp/okta.xml", flags: "--duration=43200"},
		{name: "duration-exceeds-role", why: "Two hours of a role that gives one.", login: oneRole(), metadata: "idp/okta.xml", flags: "--duration=7200", iam: trusting(statement("Allow", "", assume))},
		{name: "duration-exceeds-role.near", why: "The hour that the role gives.", login: oneRole(), metadata: "idp/okta.xml", flags: "--duration=3600", iam: trusting(statement("Allow", "", assume))},
	}
}

func trustCases() []testCase {
	const regional = "https://eu-central-1.signin.aws.amazon.com/saml"
	affiliated := `{"ForAllValues:StringEquals":{"saml:edupersonaffiliation":["staff"]}}`
	allowed := statement("Allow", "", assume)
	out := []testCase{
		{name: "role-unknown", why: "The role's name is in another letter case in the account.", login: oneRole(), iam: listing(accountRole("admin", allowed))},
		{name: "role-unknown.near", why: "The list goes on, so that the role may be on the next page.", login: oneRole(), iam: []string{strings.Replace(listing(accountRole("admin", allowed))[0], "{", `{"IsTruncated":true,"Marker":"m",`, 1)}},
		{name: "provider-unknown", why: "The provider bears another name in the account.", login: oneRole(), iam: []string{`{"SAMLProviderList":[{"Arn":"arn:aws:iam::111122223333:saml-provider/okta"}]}`}},
		{name: "provider-unknown.near", why: "The provider is there.", login: oneRole(), iam: []string{`{"SAMLProviderList":[{"Arn":"` + trustedProvider + `"}]}`}},
		{name: "trust-principal-mismatch", why: "The role trusts another provider.", login: oneRole(), iam: trusting(statementFor("Allow", `{"Federated":"arn:aws:iam::111122223333:saml-provider/Entra"}`, "", assume))},
		{name: "trust-principal-mismatch.any", why: "Any AWS principal: no SAML provider is one.", login: oneRole(), iam: trusting(statementFor("Allow", `{"AWS":"*"}`, "", assume))},
		{name: "trust-principal-mismatch.near", why: "One of two providers, the action by a wildcard.", login: oneRole(), iam: trusting(statementFor("Allow", `{"Federated":["arn:aws:iam::111122223333:saml-provider/Entra","`+trustedProvider+`"]}`, "", "sts:AssumeRole*"))},
		{name: "trust-condition-failed", why: "The policy lists the global URL, the Recipient is regional.", login: sentTo(regional), iam: trusting(statement("Allow", audience(signIn), assume))},
		{name: "trust-condition-failed.deny", why: "An explicit Deny wins over the Allow.", login: oneRole(), iam: trusting(allowed, statement("Deny", `{"StringLike":{"saml:sub":"*"}}`, "sts:*"))},
		{name: "trust-condition-failed.near", why: "The policy lists the regional URL too.", login: sentTo(regional), iam: trusting(statement("Allow", audience(signIn, regional), assume))},
		{name: "trust-tag-action-missing", why: "A session tag, and no sts:TagSession.", login: oneRole(team()), iam: trusting(allowed)},
		{name: "trust-tag-action-missing.near", why: "sts:TagSession in a statement of its own.", login: oneRole(team()), iam: trusting(allowed, statement("Allow", `{"StringEquals":{"aws:RequestTag/Team":"red"}}`, tagging))},
		{name: "trust-source-identity-action-missing", why: "A source identity, and no sts:SetSourceIdentity.", login: oneRole(attributeNamed(awsAttribute+"SourceIdentity", user)), iam: trusting(allowed)},
		{name: "trust-source-identity-action-missing.near", why: "sts:SetSourceIdentity beside it.", login: oneRole(attributeNamed(awsAttribute+"SourceIdentity", user)), iam: trusting(statement("Allow", "", assume, identity))},
		{name: "trust-condition-vacuous", why: "The attribute that ForAllValues looks at is not sent.", login: oneRole(), iam: trusting(statement("Allow", affiliated, assume))},
		{name: "trust-condition-vacuous.near", why: "The attribute is sent.", login: oneRole(attributeNamed("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "staff")), iam: trusting(statement("Allow", affiliated, assume))},
		{name: "trust-undecided", why: "The address of the caller cannot be known.", login: oneRole(), iam: trusting(statement("Allow", `{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`, assume))},
		{name: "trust-undecided.near", why: "Denied whatever the address.", login: oneRole(), iam: trusting(statement("Allow", `{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"StringEquals":{"saml:sub_type":"persistent"}}`, assume))},
	}
	for i := range out {
		out[i].metadata = "idp/okta.xml"
	}
	return out
}

func providerCases() []testCase {
	okta := Metadata{Product: Okta}
	encrypted := oneRole()
	encrypted.Encrypt = Encryption{Algorithm: "aes256-gcm"}
	out := []testCase{
		{name: "provider-metadata-stale", why: "IAM has the metadata after a rollover that has not happened yet.", login: oneRole(), provider: output(Metadata{Product: Okta, Keys: []Key{NextKey}}, "Allowed")},
		{name: "provider-metadata-stale.issuer", why: "IAM has the metadata of another application.", login: oneRole(), provider: output(Metadata{Product: Okta, EntityID: "http://www.okta.com/exkother00000000000"}, "Allowed")},
		{name: "provider-metadata-stale.near", why: "IAM has both keys.", login: oneRole(), provider: output(Metadata{Product: Okta, Keys: []Key{NextKey, CurrentKey}}, "Allowed")},
		{name: "provider-encryption-required", why: "The provider wants encryption, the assertion is plain.", login: oneRole(), provider: output(okta, "Required", "SAMLPKEXAMPLE")},
		{name: "provider-encryption-required.near", why: "The provider wants encryption, the assertion is encrypted.", login: encrypted, flags: withKey, provider: output(okta, "Required", "SAMLPKEXAMPLE")},
		{name: "provider-key-missing", why: "The assertion is encrypted, the provider has no key.", login: encrypted, flags: withKey, provider: output(okta, "Allowed")},
		{name: "provider-key-missing.near", why: "The assertion is encrypted, the provider has a key.", login: encrypted, flags: withKey, provider: output(okta, "Allowed", "SAMLPKEXAMPLE")},
		{name: "recipient-variant.provider", why: "The ID in the Recipient is another provider's.", login: sentTo("https://signin.aws.amazon.com/saml/acs/SAMLSP0000000000000000"), provider: output(okta, "Allowed")},
		{name: "recipient-variant.own", why: "The ID in the Recipient is the provider's.", login: sentTo("https://signin.aws.amazon.com/saml/acs/SAMLSP0123456789ABCDEF"), provider: output(okta, "Allowed")},
	}
	for i := range out {
		out[i].metadata = "idp/okta.xml"
	}
	return out
}
