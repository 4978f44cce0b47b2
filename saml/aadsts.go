package saml

import "regexp"

// aadsts is a code of Microsoft Entra ID as it stands in a StatusMessage or on
// an error page.
type aadsts struct {
	code    string
	meaning string
	fix     string
}

var aadstsCode = regexp.MustCompile(`AADSTS(\d{4,8})`)

// entraErrors are the codes that a SAML sign-in meets. Microsoft says that
// codes and texts may change, so nothing is decided by them.
var entraErrors = []aadsts{
	{"50003", "the application has no signing key", "create a signing certificate for the application and make it active"},
	{"50007", "the certificate for encrypting tokens is missing", "upload an encryption certificate or switch token encryption off"},
	{"50011", "the reply URL of the request is none of the application's", "add the reply URL to the application, or correct it in the request"},
	{"50020", "the user's account is not in this tenant", "invite the user as a guest, or sign in with an account of the tenant"},
	{"50076", "multifactor authentication is required", "complete multifactor authentication, or look at the Conditional Access policies"},
	{"50079", "the user has to enrol for multifactor authentication", "let the user register an authentication method"},
	{"50105", "the user is not assigned to the application (members of nested groups are not either)", "assign the user, or a group that the user is a direct member of, to the application"},
	{"50124", "a claims transformation got input that it cannot use", "correct the source of the transformed claim, NameID above all"},
	{"501241", "the source attribute of a mandatory claim, such as NameID, is empty for this user", "fill in the attribute or map the claim to another one"},
	{"50146", "the application needs a signing key of its own, which is missing, expired or not yet valid", "create a signing certificate for the application and make it active"},
	{"53003", "a Conditional Access policy blocks the sign-in", "look at the sign-in log for the policy that applied"},
	{"650056", "the application is misconfigured: the Issuer of the request is not its Identifier, or consent is missing", "compare the request's Issuer with the application's Identifier (Entity ID)"},
	{"65005", "the application is misconfigured: a resource or an identifier is not what the tenant knows", "compare the request's Issuer with the application's Identifier (Entity ID)"},
	{"700016", "no application with this identifier is in the tenant", "compare the Identifier (Entity ID), with any #fragment, and the tenant"},
	{"75001", "the binding of the request failed", "send the request by HTTP-Redirect or HTTP-POST"},
	{"75003", "another binding than HTTP-POST is asked for the response", "ask for HTTP-POST in ProtocolBinding"},
	{"75005", "the SAML request is not supported", "send a plain AuthnRequest without optional parts"},
	{"75006", "an error came up while the AuthnRequest was processed", "look at the sign-in log of the tenant"},
	{"75008", "the Destination of the request is not the tenant's endpoint", "correct Destination, or leave it out"},
	{"75011", "the user signed in by another method than the request demands", "leave RequestedAuthnContext out of the request, or ask with Comparison=\"exact\" for a class that Entra ID supports"},
	{"75016", "the NameIDPolicy of the request is invalid", "leave NameIDPolicy out, or ask for a format that Entra knows"},
	{"750054", "neither SAMLRequest nor SAMLResponse is in the query", "look at how the service provider builds the redirect"},
	{"7500514", "the token holds no SAML 2.0 Response or Assertion", "look at what the upstream identity provider sends"},
	{"7500525", "the XML of the SAML message is malformed", "look at how the message is built and encoded"},
	{"7500529", "the ID of the SAML message is malformed: it begins with a digit or is no XML name", "begin the request's ID with a letter or an underscore"},
	{"76021", "the application demands signed requests", "sign the AuthnRequest, or switch the demand off"},
	{"76026", "the IssueInstant of the request is too old", "set the clock of the service provider"},
	{"90011", "the request has a property that is not supported", "leave the property out of the request"},
	{"90072", "the account is external and not in this tenant", "invite the user as a guest, or sign in with an account of the tenant"},
	{"900236", "the request has a property that is not supported, such as SPNameQualifier or Subject", "leave the property out of the request"},
	{"16000", "the chosen account cannot be used in this tenant", "sign out and sign in with an account of the tenant"},
}

// findAADSTS gives the codes of Entra ID that a text names, each once, in
// order. A code without a known meaning has only its number.
func findAADSTS(text string) []aadsts {
	var out []aadsts
	seen := map[string]bool{}
	for _, m := range aadstsCode.FindAllStringSubmatch(text, 16) {
		if !seen[m[1]] {
			seen[m[1]] = true
			out = append(out, lookupAADSTS(m[1]))
		}
	}
	return out
}

func lookupAADSTS(code string) aadsts {
	for _, e := range entraErrors {
		if e.code == code {
			return e
		}
	}
	return aadsts{code: code}
}

var entraErrorCodes = Source{"Microsoft Entra authentication and authorization error codes",
	"https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes"}
