package claims

import "github.com/samlcheck/samlcheck/saml"

// trustMessages are the refusals of the role.
var trustMessages = []Message{
	{
		Text: "Not authorized to perform sts:AssumeRoleWithSAML", By: "sts", Code: "AccessDenied",
		forms:   []string{"User: … is not authorized to perform: sts:AssumeRoleWithSAML"},
		Meaning: "AWS accepts the response, but the role does not let this sign-in assume it, or there is no such role. The message is the same for every reason",
		Basis:   saml.Observed, Sources: []saml.Source{sourceTroubleshoot, sourceRecorded, sourceRoleForSAML, sourceConditions},
		Causes: []Cause{
			{[]string{"trust-principal-mismatch"}, "the role's trust policy does not allow sts:AssumeRoleWithSAML to this SAML provider: another provider's ARN, an old name, AWS in place of Federated", "in IAM, the role, Trust relationships: compare Principal.Federated with the provider's ARN behind the comma in the Role value, and look for the action", saml.Documented},
			{[]string{"trust-condition-failed", "recipient-variant", "recipient-mismatch"}, "a condition of the trust policy is not met, most often SAML:aud, which is compared with the Recipient and not with the Audience", "compare SAML:aud with SubjectConfirmationData@Recipient: a regional URL or .../saml/acs/ID is another value than https://signin.aws.amazon.com/saml; list both, or use StringLike", saml.Documented},
			{[]string{"trust-tag-action-missing"}, "the response sends session tags (PrincipalTag), and the trust policy lacks sts:TagSession", "add sts:TagSession beside sts:AssumeRoleWithSAML to every role that gets such responses, or stop sending the tags", saml.Documented},
			{[]string{"trust-source-identity-action-missing"}, "the response sends SourceIdentity, and the trust policy lacks sts:SetSourceIdentity", "add sts:SetSourceIdentity, or stop sending the attribute", saml.Documented},
			{[]string{"role-unknown", "role-arn-malformed"}, "the role does not exist in that account: misspelt, in another letter case, without its path, deleted", "compare the role's ARN in the Role value character by character with the one that IAM shows", saml.Documented},
			{[]string{"role-reserved"}, "the role is one of IAM Identity Center (AWSReservedSSO_...), which trusts Identity Center's own provider only", "use the access portal of Identity Center for it, or make a role of your own", saml.Inferred},
			{[]string{"nameid-missing"}, "the response has no NameID; AWS documents this answer, \"Invalid base64 SAMLResponse\" is as likely", "look at Subject in the response", saml.Documented},
			{[]string{"role-account-mismatch", "role-partition-mismatch"}, "role and provider are of two accounts or partitions; AWS wants one, its answer is not known", "compare the account numbers in the pair", saml.Inferred},
		},
	}, {
		Text: "Not authorized to perform sts:…", By: "sts", Code: "AccessDenied",
		forms:   []string{"User: … is not authorized to perform: sts:…"},
		Meaning: "this is the refusal of another action than sts:AssumeRoleWithSAML: look at the name behind sts: in the message. Where it is a call of its own, the SAML sign-in is not what failed",
		When:    "outside the checks of the SAML sign-in, where the action is another call", Basis: saml.Inferred, Sources: []saml.Source{sourceTags, sourceIdentity},
		Causes: []Cause{
			{nil, "sts:AssumeRole: a program goes on from the SAML role to another one (role chaining, source_profile), and that role does not trust the first", "look at the trust policy of the second role, and at the permissions of the first; samlcheck has nothing to check there", saml.Inferred},
			{[]string{"trust-tag-action-missing"}, "sts:TagSession: tags are passed, in the response or by the chain, and the trust policy does not allow that action", "add sts:TagSession to the trust policy for the same principal", saml.Inferred},
			{[]string{"trust-source-identity-action-missing"}, "sts:SetSourceIdentity: a source identity is passed and the trust policy does not allow that action", "add sts:SetSourceIdentity to the trust policy for the same principal", saml.Inferred},
		},
	},
}
