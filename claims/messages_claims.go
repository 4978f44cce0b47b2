package claims

import "github.com/samlcheck/samlcheck/saml"

// claimMessages are the answers to what the response says to AWS.
var claimMessages = []Message{
	{
		Text: "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", By: "sts", Code: invalidToken,
		Meaning: "the call asks for a role with a provider, and the response offers no such pair. \"Metadata\" means the SAML provider",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecorded, sourceAssertions},
		Causes: []Cause{
			{[]string{"role-not-asserted"}, "the program asks for a role that this user is not given, or with another letter case or path", "compare the role that the program is configured with, character by character, with the values of the attribute Role in the response", saml.Observed},
			{[]string{"role-pair-malformed"}, "the value is no pair: the provider is missing, a name stands in place of an ARN, a template was left in", "look at each value of the attribute Role: ROLE-ARN,PROVIDER-ARN", saml.Inferred},
			{[]string{"role-missing", "attribute-name-mismatch", "groups-overage"}, "the response has no Role attribute, or one of another spelling", "look for " + prefix + nameRole + "; in Entra at the app role that is assigned, in Okta at the group filter, in Keycloak at the groups and mappers of the user", saml.Inferred},
			{[]string{"role-pair-whitespace", "role-attribute-repeated"}, "the pair is there with blanks in it, or in a second Role attribute; what AWS makes of these is not known", "send one Role attribute with a plain value for each role", saml.Inferred},
		},
	}, {
		Text: "RoleSessionName is required in AuthnResponse", By: "sts", Code: invalidToken,
		Meaning: "the response lacks the attribute " + prefix + nameRoleSessionName,
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceAssertions},
		Causes: []Cause{
			{[]string{"session-name-missing"}, "the attribute is not configured, or its source is empty for this user", "look at what the claim or mapper takes its value from, and whether this user has it: in Entra user.userprincipalname or user.mail, in Okta user.login", saml.Documented},
			{[]string{"attribute-name-mismatch"}, "it is there under another spelling: names are compared with their letter case", "compare its Name with " + prefix + nameRoleSessionName + " character by character", saml.Documented},
		},
	}, {
		Text: "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", By: "sts", Code: invalidToken,
		Also:    []string{"RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,32}"},
		forms:   []string{"RoleSessionName in AuthnResponse must match…"},
		Meaning: "the session name has a character that AWS does not take, or not 2 to 64 characters",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceGuest},
		Causes: []Cause{
			{[]string{"session-name-malformed"}, "a blank (a display name), a letter with an accent, the #EXT# of an Entra guest, a backslash of DOMAIN\\user, or more than 64 characters", "look at the value; take another source, such as the mail address, or transform it in the identity provider", saml.Documented},
			{[]string{"session-name-multiple"}, "the attribute has several values; which one AWS takes is not known", "map it to an attribute of one value", saml.Inferred},
		},
	}, {
		Text: `Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"`, By: "sts", Code: invalidToken,
		forms:   []string{"Source Identity must match…"},
		Meaning: "the attribute SourceIdentity has a character that AWS does not take, not 2 to 64 characters, or begins with aws:",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceIdentity},
		Causes: []Cause{{[]string{"source-identity-malformed", "source-identity-multiple"}, "its source in the directory holds such a value for this user", "look at the value in the response; take another source, or leave the attribute out, for it is optional", saml.Documented}},
	},
}

// consoleMessages are those of the sign-in page, and one whose speaker is not
// known.
var consoleMessages = []Message{
	{
		Text: "Your request included an invalid SAML response. To logout, click here.", By: "console",
		forms:   []string{"Your request included an invalid SAML response"},
		Meaning: "the sign-in page reads no usable role from the response. Other faults get the words of STS there, after the role was chosen",
		When:    "before a role is chosen, so before STS is asked: nothing is said of signature, times and trust policy yet",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceNameCase, sourceOkta},
		Causes: []Cause{
			{[]string{"role-missing", "groups-overage"}, "the response has no Role attribute: the user is given no role", "in Entra look whether the user or group is assigned with an AWS role and not with Default Access; in Okta whether the group filter lets the role's name through (the usual one loses names with a period) and a SAML role is assigned; in Keycloak whether the user is in a group that bears a role; in IAM Identity Center at the attribute mapping of the application", saml.Documented},
			{[]string{"role-pair-malformed", "role-arn-malformed", "provider-arn-malformed"}, "the Role attribute holds no pair of a role and a SAML provider", "look at each value: arn:PARTITION:iam::ACCOUNT:role/NAME,arn:PARTITION:iam::ACCOUNT:saml-provider/NAME", saml.Documented},
			{[]string{"attribute-name-mismatch"}, "the attribute has another spelling: lower case, http, a slash at the end", "compare its Name with " + prefix + nameRole + " character by character", saml.Documented},
			{[]string{"message-not-response", "xml-malformed", "status-not-success", "assertion-missing"}, "what was posted is no response with an assertion", "capture what the browser posts (form field SAMLResponse) and check it", saml.Inferred},
			{nil, "the browser still holds another user's session", "try a private window; users report it as rare", saml.Inferred},
		},
	}, {
		Text:    "Response does not contain the required audience.",
		Meaning: "the audience of the response is not the entity ID of AWS. AWS documents the message; nobody has quoted it, and which service gives it is not known: the STS API was observed to take any audience",
		When:    "not known",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceRecorded},
		Causes: []Cause{
			{[]string{"audience-mismatch", "audience-missing"}, "the identity provider sends another audience than the service expects", "for IAM roles set the audience to urn:amazon:webservices (China urn:amazon:webservices:cn-north-1, GovCloud urn:amazon:webservices:govcloud) or to the sign-in URL: in Entra Identifier (Entity ID), in Okta Audience URI, in Keycloak the client ID, in AD FS the relying party identifier", saml.Documented},
			{[]string{"service-other"}, "the response is for another service of AWS, or was sent to the wrong one", "look at Audience and Recipient: IAM Identity Center, Cognito, Client VPN and others have their own", saml.Inferred},
		},
	},
}
