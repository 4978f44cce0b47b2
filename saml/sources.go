package saml

// The standards and pages that rules name as their sources.
const (
	urlCore     = "https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf"
	urlProfiles = "https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf"
	urlBindings = "https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf"
	urlMetadata = "https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf"
	urlXMLDSig  = "https://www.w3.org/TR/xmldsig-core1/"
	urlIAM      = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
	urlEntra    = "https://learn.microsoft.com/en-us/entra/"
)

func core(section string) Source { return Source{"SAML 2.0 Core, section " + section, urlCore} }
func profiles(section string) Source {
	return Source{"SAML 2.0 Profiles, section " + section, urlProfiles}
}
func bindings(section string) Source {
	return Source{"SAML 2.0 Bindings, section " + section, urlBindings}
}
func metadataSpec(section string) Source {
	return Source{"SAML 2.0 Metadata, section " + section, urlMetadata}
}
func xmldsig(section string) Source {
	return Source{"XML Signature Syntax and Processing 1.1, section " + section, urlXMLDSig}
}

// iamGuide names a page of the AWS IAM User Guide.
func iamGuide(title, page string) Source {
	return Source{"AWS IAM User Guide, " + title, urlIAM + page + ".html"}
}

// The pages of AWS that several rules rest on.
var (
	awsAssertions   = iamGuide("Configure SAML assertions for the authentication response", "id_roles_providers_create_saml_assertions")
	awsTroubleshoot = iamGuide("Troubleshoot SAML federation with IAM", "troubleshoot_saml")
	awsProvider     = iamGuide("Create a SAML identity provider in IAM", "id_roles_providers_create_saml")
	awsOperation    = Source{"AWS STS API Reference, AssumeRoleWithSAML", "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html"}
	awsRecorded     = Source{"recorded answers of AWS STS AssumeRoleWithSAML, us-east-1, 2026-09-11 (published by a third party)", "https://github.com/radkawar/stackd"}
)

// onlyAWS marks rules that hold under the profile of AWS alone.
var onlyAWS = []Profile{ProfileAWS}

// answerAccepted says that STS lets a fault pass.
func answerAccepted(b Basis) []Answer { return []Answer{{By: "sts", Code: "Success", Basis: b}} }

// The answers of STS that several rules name.
func answerStructure(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "InvalidIdentityToken", Message: "Invalid base64 SAMLResponse", Basis: b}}
}

func answerSigned(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "InvalidIdentityToken",
		Message: "Response (with optional signature) must contain an assertion with a mandatory signature", Basis: b}}
}

func answerSignature(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "InvalidIdentityToken", Message: "Response signature invalid", Basis: b}}
}

func answerLate(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "ExpiredTokenException", Message: "Token must be redeemed within 5 minutes of issuance", Basis: b}}
}

func answerExpired(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "ExpiredTokenException", Message: "Response has expired", Basis: b}}
}

func answerDenied(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "AccessDenied", Message: "Not authorized to perform sts:AssumeRoleWithSAML", Basis: b}}
}

func answerIssuer(b Basis) []Answer {
	return []Answer{{By: "sts", Code: "InvalidIdentityToken", Message: "Issuer not present in specified provider", Basis: b}}
}
