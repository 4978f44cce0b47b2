package claims

import "github.com/samlcheck/samlcheck/saml"

var (
	sourcePacked    = saml.Source{Text: "aws-actions/configure-aws-credentials, issue 1898: packed size of session tags", URL: "https://github.com/aws-actions/configure-aws-credentials/issues/1898"}
	sourceLongTool  = saml.Source{Text: "saml2aws, issue 1514: SessionDuration passed on as DurationSeconds", URL: "https://github.com/Versent/saml2aws/issues/1514"}
	sourceModelsSTS = saml.Source{Text: "AWS service model of STS as shipped in botocore", URL: "https://github.com/boto/botocore"}
)

// parameterMessages are the answers to what the caller passes beside the
// response.
var parameterMessages = []Message{
	{
		Text: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", By: "sts", Code: "ValidationError",
		Also:    []string{"Requested DurationSeconds exceeds MaxSessionDuration set for this role."},
		Meaning: "the call asks for a longer session than the role allows. It comes from a program that calls STS, never from the console's sign-in page",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceLongTool},
		Causes: []Cause{
			{[]string{"duration-exceeds-role"}, "DurationSeconds is above the role's MaxSessionDuration", "in IAM compare the role's Maximum session duration (1 to 12 hours; aws iam get-role, MaxSessionDuration) with the duration that the program is configured with; raise the one or lower the other", saml.Documented},
			{nil, "the program copies the attribute SessionDuration of the response into DurationSeconds (saml2aws, gimme-aws-creds and others do)", "look at the attribute SessionDuration in the response; the console takes it whatever the role's maximum, a program that passes it on does not get away with it. Set the duration in the program's own configuration", saml.Inferred},
		},
	}, {
		Text: "1 validation error detected: Value '…' at 'durationSeconds' failed to satisfy constraint: …", By: "sts", Code: "ValidationError",
		Meaning: "DurationSeconds is outside what the API takes at all, 900 to 43200 seconds, whatever the role allows",
		Basis:   saml.Inferred, Sources: []saml.Source{sourceGsts, sourceOperation},
		Causes: []Cause{
			{[]string{"duration-out-of-range"}, "the program is configured with a duration below 15 minutes or above 12 hours, or with minutes or hours where seconds belong", "compare the duration of the program's configuration with 900 to 43200 seconds", saml.Inferred},
			{[]string{"session-duration-range", "session-duration-malformed"}, "the program takes DurationSeconds from the attribute SessionDuration, and that is out of range", "look at the value of SessionDuration in the response, and at the claim or mapper that makes it", saml.Inferred},
		},
	}, {
		Text: "1 validation error detected: Value '…' at '…' failed to satisfy constraint: …", By: "sts", Code: "ValidationError", wordless: true,
		Meaning: "a parameter of the call has a length or a form that the API does not take; the message names it behind \"at\": roleArn, principalArn, sAMLAssertion, durationSeconds, policy, or for IAM the metadata document",
		Basis:   saml.Inferred, Sources: []saml.Source{sourceOperation, sourceQuotas},
		Causes: []Cause{
			{nil, "the program passes an empty or cut ARN as RoleArn or PrincipalArn (20 to 2048 characters)", "compare the role and provider of the program's configuration with the pair in the response; a program that splits the pair at the wrong comma leaves one of them empty", saml.Inferred},
			{[]string{"response-oversize"}, "the response has more than 100,000 characters of base64: a user of very many roles", "count the roles of the user; send fewer, or split the accounts over several applications", saml.Documented},
			{[]string{"metadata-size"}, "for CreateSAMLProvider: the metadata has under 1,000 or over 10,000,000 characters", "look whether the file is the metadata at all, and not a page or a fragment", saml.Inferred},
		},
	}, {
		Text: "Request ARN is invalid", By: "sts", Code: "ValidationError",
		Meaning: "the RoleArn of the call is not the ARN of a role",
		Basis:   saml.Inferred, Sources: []saml.Source{sourceOktaCLI, sourceOperation},
		Causes: []Cause{
			{nil, "the program passes the provider's ARN as the role's, because it reads the pair of the response in one order only", "look at the order in the value of the attribute Role: role first is what AWS documents; then look at the program's own configuration", saml.Inferred},
			{[]string{"role-arn-malformed", "role-pair-reversed"}, "the role's ARN in the response has a slip: partition, account number, a missing role/, a blank", "compare it character by character with the ARN that IAM shows for the role", saml.Inferred},
		},
	}, {
		Text: "Principal ARN is invalid", By: "sts", Code: "ValidationError",
		Meaning: "the PrincipalArn of the call is not the ARN of a SAML provider",
		Basis:   saml.Inferred, Sources: []saml.Source{sourceOktaCLI, sourceOperation},
		Causes: []Cause{
			{nil, "the program passes the role's ARN as the provider's, because it reads the pair of the response in one order only", "look at the order in the value of the attribute Role, and at the program's own configuration", saml.Inferred},
			{[]string{"provider-arn-malformed", "role-pair-reversed"}, "the provider's ARN in the response has a slip: partition, account number, a missing saml-provider/, a blank", "compare it character by character with the ARN that IAM shows under Identity providers", saml.Inferred},
		},
	}, {
		By: "sts", Code: "MalformedPolicyDocument", Meaning: "the session policy that the program passes beside the response is malformed; the response has nothing to do with it",
		When: "its place among the checks is not known", Basis: saml.Documented, Sources: []saml.Source{sourceOperation},
		Causes: []Cause{{nil, "the program's parameter Policy is no valid policy document", "look at the session policy in the program's configuration (at most 2048 characters of JSON), or call without one", saml.Documented}},
	}, {
		By: "sts", Code: "RegionDisabledException", Meaning: "STS is not activated for this account in the Region that the program calls; the response has nothing to do with it",
		When: "its place among the checks is not known", Basis: saml.Documented, Sources: []saml.Source{sourceOperation},
		Causes: []Cause{{nil, "the program calls the endpoint of an opt-in Region, or one that was deactivated", "in IAM look at Account settings, Security Token Service; or let the program call another Region", saml.Documented}},
	},
}

// tagMessages are the answers to session tags.
var tagMessages = []Message{
	{
		Text: "Unable to validate tags", By: "sts", Code: "ValidationError",
		Meaning: "a session tag (an attribute PrincipalTag:KEY) breaks a rule on tags; the message does not say which, nor is it on record what exactly leads to it",
		Basis:   saml.Inferred, Sources: []saml.Source{sourceTagAnswer, sourceTags},
		Causes: []Cause{
			{[]string{"tag-malformed"}, "a tag's key or value has a character that tags must not have, or is too long (key 128, value 256 characters)", "look at what the directory holds for this user: tags take letters, digits, blanks and _ . : / = + - @", saml.Inferred},
			{[]string{"tag-multiple"}, "a PrincipalTag attribute has several values, such as a list of groups", "map the tag to an attribute of one value", saml.Inferred},
			{[]string{"tag-duplicate"}, "two tags have keys that differ in letter case only", "rename or drop one of the claims", saml.Inferred},
			{[]string{"tag-reserved"}, "a key or value begins with aws:", "rename it", saml.Inferred},
			{[]string{"tags-many"}, "there are more than 50 tags", "send fewer", saml.Inferred},
		},
	}, {
		Text: "Packed size of session tags consumes …% of allotted space.", By: "sts", Code: "PackedPolicyTooLarge",
		Meaning: "session tags and session policies are compressed into one block, which is too large, though each limit by itself may be met",
		When:    "its place among the checks is not known", Basis: saml.Documented, Sources: []saml.Source{sourceOperation, sourceTags, sourcePacked},
		Causes: []Cause{
			{[]string{"tags-many", "tag-malformed"}, "the response sends many or long session tags", "list the PrincipalTag attributes of the response; send those only that policies ask for, with short values", saml.Documented},
			{nil, "the program passes a long session policy, or several PolicyArns, beside the tags", "call without them once, to see whether they are the cause", saml.Documented},
		},
	},
}
