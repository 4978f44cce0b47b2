package claims

import "github.com/samlcheck/samlcheck/saml"

func iamGuide(title, page string) saml.Source {
	return saml.Source{Text: "AWS IAM User Guide, " + title, URL: "https://docs.aws.amazon.com/IAM/latest/UserGuide/" + page + ".html"}
}

// The pages that rules rest on.
var (
	sourceAssertions   = iamGuide("Configure SAML assertions for the authentication response", "id_roles_providers_create_saml_assertions")
	sourceTroubleshoot = iamGuide("Troubleshoot SAML federation with IAM", "troubleshoot_saml")
	sourceProvider     = iamGuide("Create a SAML identity provider in IAM", "id_roles_providers_create_saml")
	sourceRoleForSAML  = iamGuide("Create a role for SAML 2.0 federation", "id_roles_create_for-idp_saml")
	sourceTags         = iamGuide("Pass session tags in AWS STS", "id_session-tags")
	sourceTagRules     = iamGuide("Tags for AWS Identity and Access Management resources", "id_tags")
	sourceIdentity     = iamGuide("Monitor and control actions taken with assumed roles", "id_credentials_temp_control-access_monitor")
	sourceIdentifiers  = iamGuide("IAM identifiers", "reference_identifiers")
	sourceARNs         = iamGuide("Amazon Resource Names", "reference-arns")
	sourceQuotas       = iamGuide("IAM and AWS STS quotas", "reference_iam-quotas")
	sourceConditions   = iamGuide("IAM and AWS STS condition context keys", "reference_policies_iam-condition-keys")
	sourceOperation    = saml.Source{Text: "AWS STS API Reference, AssumeRoleWithSAML", URL: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html"}
	sourceCreateRole   = saml.Source{Text: "AWS IAM API Reference, CreateRole", URL: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"}
	sourceRecorded     = saml.Source{Text: "recorded answers of AWS STS AssumeRoleWithSAML, us-east-1, 2026-09-11 (published by a third party)", URL: "https://github.com/radkawar/stackd"}
	sourceOktaCLI      = saml.Source{Text: "okta-aws-cli-assume-role, issue 307: answers to an ARN of the wrong kind", URL: "https://github.com/oktadev/okta-aws-cli-assume-role/issues/307"}
	sourceGsts         = saml.Source{Text: "gsts, tests: the answer to a DurationSeconds out of range", URL: "https://github.com/ruimarinho/gsts"}
	sourceTagAnswer    = saml.Source{Text: "ministryofjustice/cloud-platform, issue 4455: answer to bad tags", URL: "https://github.com/ministryofjustice/cloud-platform/issues/4455"}
	sourceNameCase     = saml.Source{Text: "MicrosoftDocs/azure-docs, pull request 4405: lower-case attribute names are refused", URL: "https://github.com/MicrosoftDocs/azure-docs/pull/4405"}
	sourceGuest        = saml.Source{Text: "MicrosoftDocs/azure-docs, issue 45025: RoleSessionName refused", URL: "https://github.com/MicrosoftDocs/azure-docs/issues/45025"}
	sourceEntraAWS     = saml.Source{Text: "Microsoft, tutorial: AWS Single-Account Access", URL: "https://learn.microsoft.com/en-us/entra/identity/saas-apps/amazon-web-service-tutorial"}
	sourceEntraTokens  = saml.Source{Text: "Microsoft, SAML token claims reference", URL: "https://learn.microsoft.com/en-us/entra/identity-platform/reference-saml-tokens"}
	sourceEntraGroups  = saml.Source{Text: "Microsoft, configure group claims", URL: "https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/how-to-connect-fed-group-claims"}
	sourceOkta         = saml.Source{Text: "Okta support, invalid SAML response with AWS Account Federation", URL: "https://support.okta.com"}
	sourceKeycloak     = saml.Source{Text: "Keycloak Server Administration Guide, protocol mappers", URL: "https://www.keycloak.org/docs/latest/server_admin/"}
	sourceAthena       = saml.Source{Text: "Amazon Athena, JDBC 3.x driver, browser SAML authentication", URL: "https://docs.amazonaws.cn/en_us/athena/latest/ug/jdbc-v3-driver-browser-saml.html"}
	sourceAWSAML       = saml.Source{Text: "Rapid7 awsaml, README", URL: "https://github.com/rapid7/awsaml"}
	sourceADFS         = saml.Source{Text: "AWS Managed Services, claim rules and SAML settings for AD FS: the provider before the role"}
	sourceSDKNet       = saml.Source{Text: "AWS SDK for .NET, SAMLAssertion.cs: both orders of the pair, the first Role attribute only", URL: "https://github.com/aws/aws-sdk-net"}
	sourceClients      = saml.Source{Text: "saml2aws, aws_role.go: how the pair is read", URL: "https://github.com/Versent/saml2aws"}
)

// Answers of AWS, without the tail that names service and request.

func bySTS(code, message string, basis saml.Basis) saml.Answer {
	return saml.Answer{By: "sts", Code: code, Message: message, Basis: basis}
}

// answerConsole is the sign-in page's answer where it reads no usable role. It
// bears no code.
func answerConsole(basis saml.Basis) saml.Answer {
	return saml.Answer{By: "console", Message: "Your request included an invalid SAML response. To logout, click here.", Basis: basis}
}

// answerPair is the answer of the API where the pair it is called with is not
// in the assertion.
func answerPair(basis saml.Basis) saml.Answer {
	return bySTS("InvalidIdentityToken", "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", basis)
}

func answerDenied(basis saml.Basis) saml.Answer {
	return bySTS("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", basis)
}

var (
	noUsableRole  = []saml.Answer{answerConsole(saml.Documented), answerPair(saml.Inferred)}
	sessionNeeded = []saml.Answer{bySTS("InvalidIdentityToken", "RoleSessionName is required in AuthnResponse", saml.Documented)}
	tagsRefused   = []saml.Answer{bySTS("ValidationError", "Unable to validate tags", saml.Inferred)}
)

// onlyAWS are the profiles of nearly all rules of this package.
var onlyAWS = []saml.Profile{saml.ProfileAWS}
