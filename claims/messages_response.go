package claims

import "github.com/samlcheck/samlcheck/saml"

const (
	detailResponse = "AuthSamlInvalidSamlResponseException"
	detailProvider = "AuthSamlManifestNotFoundException"
	invalidToken   = "InvalidIdentityToken"
)

var (
	sourceRedeem  = saml.Source{Text: "gimme-aws-creds, issue 251: redeemed later than 5 minutes after the issue", URL: "https://github.com/Nike-Inc/gimme-aws-creds/issues/251"}
	sourceReuse   = saml.Source{Text: "saml2aws, issue 759: a response of Keycloak used after it had expired", URL: "https://github.com/Versent/saml2aws/issues/759"}
	sourceGuideIn = iamGuide("Create a SAML identity provider in IAM: keys, expiry, encryption", "id_roles_providers_create_saml")
)

// responseMessages are the answers to the response itself: its provider, its
// structure, its signature and its times.
var responseMessages = []Message{
	{
		Text: "Specified provider doesn't exist", By: "sts", Code: invalidToken, Detail: detailProvider,
		Meaning: "IAM has no SAML provider of the ARN that stands beside the role, in that account",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot},
		Causes: []Cause{
			{[]string{"provider-unknown"}, "the provider's name in the Role value is not that in IAM: a slip, another letter case, or the provider was deleted or renamed", "compare the part behind the comma in the Role value with the ARN that IAM shows under Identity providers (aws iam list-saml-providers)", saml.Documented},
			{[]string{"role-account-mismatch", "role-partition-mismatch"}, "the ARN names another account or partition than the one where the provider was made", "compare the account numbers of role and provider in the pair; each account needs its own provider", saml.Inferred},
			{nil, "the program passes a PrincipalArn of its own configuration", "compare it with the pair in the response", saml.Inferred},
		},
	}, {
		Text: "Invalid base64 SAMLResponse", By: "sts", Code: invalidToken, Detail: detailResponse,
		Meaning: "AWS cannot read the response as it wants it. In spite of its words, base64 is seldom the fault: AWS was observed to answer this where a part of the assertion is missing, too",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecorded, sourceAssertions},
		Causes: []Cause{
			{[]string{"confirmation-data-missing", "recipient-missing", "confirmation-expiry-missing"}, "SubjectConfirmationData lacks its Recipient or its NotOnOrAfter", "look at SubjectConfirmationData in the response; in the identity provider, at the assertion consumer service URL of the application", saml.Observed},
			{[]string{"nameid-format-missing"}, "the NameID has no Format attribute", "set a name ID format in the identity provider, such as persistent or emailAddress", saml.Observed},
			{[]string{"authn-statement-missing"}, "there is no AuthnStatement", "switch it on in the identity provider (in Keycloak Include AuthnStatement), or mend the program that makes the assertion", saml.Observed},
			{[]string{"conditions-missing"}, "there is no Conditions element", "look at what makes the assertion: AWS wants Conditions, even if it holds no NotBefore", saml.Observed},
			{[]string{"confirmation-multiple", "confirmation-missing", "confirmation-method-unsupported"}, "there is not exactly one SubjectConfirmation", "leave one assertion consumer service URL with the application", saml.Observed},
			{[]string{"subject-missing"}, "there is no Subject", "give the application a name ID", saml.Inferred},
			{[]string{"provider-encryption-required", "provider-key-missing", "encryption-key-missing", "decryption-failed", "encryption-unsupported"}, "the SAML provider in IAM requires encrypted assertions and this one is not, or it has no private key that opens this one", "in IAM look at the provider's encryption setting and its private keys (aws iam get-saml-provider: AssertionEncryptionMode, PrivateKeyList); in Entra at Token encryption", saml.Observed},
			{[]string{"time-malformed"}, "a time in the assertion is malformed", "look at NotBefore and NotOnOrAfter", saml.Observed},
			{[]string{"deflate-on-post", "message-not-response", "xml-malformed", "capture-truncated", "base64-malformed", "base64-plus-lost", "base64-twice", "url-encoding-kept"}, "what a program sends is not the base64 of a whole SAML Response: cut, encoded twice, URL-encoded, DEFLATEd, or something else", "decode what the program sends: samlcheck decode FILE; look at how it takes the form field SAMLResponse", saml.Inferred},
			{[]string{"assertion-missing", "attribute-required-missing", "status-not-success"}, "the response holds no assertion, or lacks a required attribute such as IssueInstant", "look at the response's Status: an identity provider that refused sends no assertion", saml.Inferred},
		},
	}, {
		Text: "Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter", By: "sts", Code: invalidToken,
		Also:    []string{"Responses must contain SubjectConfirmationData with a Recipient and NotOnOrAfter"},
		Meaning: "SubjectConfirmationData lacks its Recipient or its NotOnOrAfter. This wording was quoted in 2015; today \"Invalid base64 SAMLResponse\" is on record for the same fault",
		When:    whenOf(answerOf("Invalid base64 SAMLResponse")), Basis: saml.Inferred, Sources: []saml.Source{sourceRecorded},
		Causes: []Cause{{[]string{"recipient-missing", "confirmation-expiry-missing", "confirmation-data-missing"}, "SubjectConfirmationData is incomplete", "look at the assertion consumer service URL of the application in the identity provider", saml.Inferred}},
	}, {
		Text: "Response (with optional signature) must contain an assertion with a mandatory signature", By: "sts", Code: invalidToken, Detail: detailResponse,
		Meaning: "AWS wants a signature on the assertion itself; one on the response around it is optional and does not do",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecorded, sourceMetadata},
		Causes: []Cause{
			{[]string{"assertion-unsigned"}, "the identity provider signs the response only", "in Entra set Signing Option to sign the assertion (or both), in Okta Assertion Signature to Signed, in Keycloak Sign assertions on, in AD FS SamlResponseSignature to AssertionOnly or MessageAndAssertion", saml.Observed},
			{[]string{"signature-missing"}, "nothing is signed", "as above; and look whether a tool takes the signature out on the way", saml.Observed},
			{nil, "the assertion is encrypted, and the signature is around it and not inside", "let the identity provider sign the assertion before it encrypts it", saml.Inferred},
		},
	}, {
		Text: "Issuer not present in specified provider", By: "sts", Code: invalidToken, Detail: detailResponse,
		Also:    []string{"Failed to assume role: Issuer not present in specified provider"},
		Meaning: "the Issuer of the response is not the entityID in the metadata that the SAML provider in IAM holds",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot},
		Causes: []Cause{
			{[]string{"issuer-mismatch", "issuer-missing"}, "Issuer and entityID differ: another tenant or realm, http for https, a slash at the end, an application ID appended", "compare Issuer in the response with entityID in the provider's metadata (aws iam get-saml-provider) character by character; in Entra look whether \"append application ID to issuer\" is on", saml.Documented},
			{[]string{"metadata-entity-missing"}, "the provider in IAM was made from another identity provider's metadata, or the pair names another provider", "compare the provider's ARN in the Role value with the one meant; upload this identity provider's metadata to it", saml.Documented},
		},
	},
	signatureMessage, lateMessage, expiredMessage,
	{
		By: "sts", Code: "IDPRejectedClaim",
		Meaning: "the identity provider itself reports that the sign-in failed, or the claim was revoked, as AWS's service model words it; with SAML it was not seen in use",
		Basis:   saml.Documented, Sources: []saml.Source{sourceModelsSTS},
		Causes: []Cause{{[]string{"status-not-success"}, "the response reports a status other than Success", "look at Status, StatusMessage and any AADSTS code in it, and at the identity provider's sign-in log", saml.Inferred}},
	},
}

// answerOf is an answer of STS by its words alone, to ask for its check.
func answerOf(text string) saml.Answer { return bySTS(invalidToken, text, saml.Inferred) }

var signatureMessage = Message{
	Text: "Response signature invalid", By: "sts", Code: invalidToken,
	Meaning: "the signature on the assertion, or the one on the response, does not hold with any key in the metadata that the SAML provider in IAM has. Expired certificates are not the reason: AWS ignores their dates",
	Basis:   saml.Observed, Sources: []saml.Source{sourceRecorded, sourceTroubleshoot, sourceGuideIn},
	Causes: []Cause{
		{[]string{"signature-key-unknown", "provider-metadata-stale"}, "the identity provider signs with a certificate that IAM does not have: it was renewed, or IAM holds the metadata of another application or tenant", "compare the SHA-256 of the signing certificate in the response with those in the provider's metadata (aws iam get-saml-provider; samlcheck metadata FILE); then fetch the metadata anew and upload it: in IAM, Identity providers, the provider, Replace metadata. It replaces the whole document, so keep old and new certificate in it while both are in use", saml.Observed},
		{[]string{"metadata-tenant-wide"}, "in Entra, IAM holds the tenant's metadata while the application signs with its own certificate", "take the App Federation Metadata Url of this very application (it ends in ?appid=...), and upload that", saml.Documented},
		{[]string{"digest-mismatch"}, "the response was changed after it was signed: indented, serialised again, re-encoded or edited on the way", "take the SAMLResponse as the browser posts it; look at the program, proxy or plug-in that touches it", saml.Observed},
		{[]string{"signature-mismatch"}, "the SignedInfo or the SignatureValue was damaged, or the key is none that is known", "check the response against the metadata: samlcheck -m METADATA RESPONSE says which", saml.Observed},
		{[]string{"response-signature-broken"}, "the assertion's signature holds, the response's own does not: it is optional, but verified where it is present", "let the identity provider sign the assertion only, or mend what changes the response", saml.Observed},
		{[]string{"metadata-key-missing"}, "the metadata that IAM took holds no signing key; IAM accepts such a document", "look for a KeyDescriptor with use=\"signing\" in the provider's metadata", saml.Inferred},
		{[]string{"signature-misplaced", "signature-multiple", "signature-malformed", "reference-missing", "reference-multiple", "reference-mismatch", "reference-external"}, "the signature has an unusual shape: not a child of what it signs, or its Reference names something else", "look at how the identity provider, or the library it is built on, places the Signature", saml.Inferred},
	},
}

var lateMessage = Message{
	Text: "Token must be redeemed within 5 minutes of issuance", By: "sts", Code: "ExpiredTokenException",
	Meaning: "the response reached AWS more than five minutes after it was issued. The rule is AWS's own: it holds however long the response says that it is valid",
	Basis:   saml.Inferred, Sources: []saml.Source{sourceRedeem},
	Causes: []Cause{
		{[]string{"redemption-late"}, "the user waited on the page that asks for a role, or a program kept the response, for more than five minutes", "sign in again and choose the role at once; compare IssueInstant with the time of the error", saml.Inferred},
		{[]string{"assertion-expired"}, "an old response was sent again: from a cache, from the browser's history, or by hand", "let the program ask for a fresh response each time", saml.Inferred},
		{[]string{"clock-offset"}, "the identity provider's clock is slow", "compare IssueInstant with a clock that is known to be right", saml.Inferred},
	},
}

var expiredMessage = Message{
	Text: "Response has expired", By: "sts", Code: "ExpiredTokenException",
	Meaning: "one of the three ends that the assertion names has passed: NotOnOrAfter of Conditions, NotOnOrAfter of SubjectConfirmationData, or SessionNotOnOrAfter of AuthnStatement",
	Basis:   saml.Observed, Sources: []saml.Source{sourceRecorded, sourceReuse},
	Causes: []Cause{
		{[]string{"assertion-expired"}, "the response was used too late: kept by a program, posted again by the browser", "compare the three times with the time of the error; sign in again", saml.Observed},
		{[]string{"lifetime-short"}, "its life is very short, such as the one minute of Keycloak's default", "lengthen the assertion lifespan in the identity provider to some minutes; more than five are of no use for AWS", saml.Inferred},
		{[]string{"clock-offset"}, "the identity provider's clock is slow, so that the response is old when it is made", "compare IssueInstant with a clock that is known to be right", saml.Inferred},
	},
}
