package claims

import "github.com/samlcheck/samlcheck/saml"

// The pages that the rules on trust policies and providers rest on.
var (
	sourceMultiValued    = iamGuide("Conditions with multiple context keys or values", "reference_policies_condition-logic-multiple-context-keys-or-values")
	sourceGetProvider    = saml.Source{Text: "AWS IAM API Reference, GetSAMLProvider", URL: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html"}
	sourceProviderAnswer = saml.Source{Text: "integration tests of an ECP login tool against AWS STS: answer to a provider that does not exist", URL: ""}
	sourceDurationAnswer = saml.Source{Text: "saml2aws, issue 1514: answer to a DurationSeconds over MaxSessionDuration", URL: "https://github.com/Versent/saml2aws/issues/1514"}
)

// answerStructure is the answer to a response whose structure STS refuses.
func answerStructure(basis saml.Basis) saml.Answer {
	return bySTS("InvalidIdentityToken", "Invalid base64 SAMLResponse", basis)
}
