package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

var (
	sourceUpdateProvider = saml.Source{Text: "AWS IAM API Reference, UpdateSAMLProvider", URL: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html"}
	sourceRecordedIAM    = saml.Source{Text: "recorded answers of AWS IAM to calls about SAML providers and roles, us-east-1, 2026-09-11 (published by a third party)", URL: "https://github.com/radkawar/stackd"}
)

const (
	whenProvider = "while the SAML provider is made or changed in IAM: no response is involved"
	whenRole     = "while the role is made or its trust policy changed in IAM: no response is involved"
)

// iamMessages are the answers of IAM to whoever sets up the sign-in.
func iamMessages() []Message {
	out := slices.Concat(metadataMessages, keyMessages(), roleMessages)
	for i := range out {
		out[i].By = "iam"
	}
	return out
}

var metadataMessages = []Message{
	{
		Text: "Could not parse metadata", Code: "InvalidInput", When: whenProvider,
		Also:    []string{"Unable to parse metadata"},
		Meaning: "IAM does not take the file as federation metadata",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceProvider, sourceRecordedIAM},
		Causes: []Cause{
			{[]string{"metadata-unreadable"}, "the file is no metadata of an identity provider: a web page, metadata of a service provider, a certificate, a fragment", "open it: EntityDescriptor with IDPSSODescriptor is wanted; samlcheck metadata FILE says what it is", saml.Documented},
			{[]string{"metadata-byte-order-mark"}, "the file begins with a byte order mark, as some editors and PowerShell write it", "save it as UTF-8 without a byte order mark", saml.Documented},
			{[]string{"metadata-certificate-malformed"}, "a certificate in it does not parse, or repeats an extension", "samlcheck metadata FILE shows each certificate; fetch the metadata anew instead of pasting certificates", saml.Observed},
			{[]string{"key-weak"}, "a certificate's key is shorter than 1024 bits", "renew the signing certificate with 2048 bits or more", saml.Documented},
		},
	}, {
		Text: "SAML Providers must reference at least one SAML assertion issuer.", When: whenProvider,
		Meaning: "the metadata has no IDPSSODescriptor, so it describes no identity provider",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecordedIAM},
		Causes: []Cause{{[]string{"metadata-unreadable"}, "the file is the metadata of a service provider, such as AWS's own, or of another role", "take the metadata of the identity provider: its EntityDescriptor holds an IDPSSODescriptor", saml.Observed}},
	}, {
		Text: "Manifest not found for arn …", Code: "NoSuchEntity", When: whenProvider,
		Meaning: "IAM has no SAML provider of this ARN (\"manifest\" means the provider's metadata)",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecordedIAM},
		Causes: []Cause{{[]string{"provider-unknown"}, "the ARN is misspelt, of another account, or the provider was deleted", "compare it with aws iam list-saml-providers", saml.Observed}},
	}, {
		Text: "Unable to update identity provider. No updates are defined for metadata or encryption assertion.", Code: "ValidationError", When: whenProvider,
		Meaning: "the update names nothing that it would change",
		Basis:   saml.Documented, Sources: []saml.Source{sourceTroubleshoot, sourceUpdateProvider},
		Causes: []Cause{{nil, "neither metadata, nor the encryption mode, nor a key is given", "look at the parameters of UpdateSAMLProvider: one of them at least has to be there", saml.Inferred}},
	},
}

// keyMessages are about the private keys for encrypted assertions. Of most only
// the words are known: what is said of their causes follows from these.
func keyMessages() []Message {
	key := func(text, code, meaning, what, look string, basis saml.Basis) Message {
		return Message{Text: text, Code: code, When: whenProvider, Meaning: meaning, Basis: basis,
			Sources: []saml.Source{sourceTroubleshoot, sourceUpdateProvider}, Causes: []Cause{{nil, what, look, saml.Inferred}}}
	}
	const keys = "look at the keys that the provider has: aws iam get-saml-provider, PrivateKeyList"
	out := []Message{
		key("Invalid private key.", "", "IAM cannot use the private key that was uploaded for encrypted assertions",
			"the file is no private key in PEM form: a certificate, a public key, DER, or a key under a passphrase", "look at the file's first line; a .pem with a private key is wanted", saml.Documented),
		key("Failed to remove private key because the Key ID does not match a private key.", "", "the provider has no private key of that ID",
			"the key ID is misspelt, of another provider, or the key was removed before", keys, saml.Documented),
		key("Failed to remove private key.", "InvalidInput", "IAM does not remove the key. It was observed for the last key of a provider that requires encrypted assertions",
			"it is the provider's last key while the encryption mode is Required", "set the mode to Allowed first, or add another key; "+keys, saml.Observed),
		key("Unable to set assertion encryption mode to Required because no private key is provided.", "ValidationError", "a provider that requires encrypted assertions needs a private key",
			"the mode Required is asked for in a call that brings no key", "upload a private key with it, and give its certificate to the identity provider", saml.Documented),
		key("Failed to set assertion encryption mode to Required because no private key is present.", "InvalidInput", "a provider that requires encrypted assertions needs a private key, and it has none",
			"the mode Required is set before a key was added", "add a private key first; "+keys, saml.Observed),
		key("Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.", "", "a key is added or removed in one request, not both",
			"the update names a key to add and one to remove", "add the new key first, then remove the old one", saml.Documented),
		key("Private key limit of 2 is reached.", "LimitExceeded", "a provider has two private keys at most",
			"the provider has two keys already", "remove the older one first; "+keys, saml.Observed),
	}
	for i := range out {
		if out[i].Basis == saml.Observed {
			out[i].Sources = append(out[i].Sources, sourceRecordedIAM)
		}
	}
	return out
}

var roleMessages = []Message{
	{
		Text: "Federated principals must be valid domain names or SAML metadata ARNs", Code: "MalformedPolicyDocument", When: whenRole,
		Meaning: "Principal.Federated of the trust policy is neither the ARN of a SAML provider nor a domain name. \"SAML metadata ARN\" means the provider's",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecordedIAM, sourceRoleForSAML},
		Causes: []Cause{
			{[]string{"provider-arn-malformed"}, "the ARN has a slip: partition, account number, a missing saml-provider/", "compare it with the ARN that IAM shows under Identity providers", saml.Inferred},
			{nil, "Federated is \"*\", which IAM was observed to refuse", "name the provider", saml.Observed},
		},
	}, {
		Text: "AssumeRolepolicy contained an invalid principal: …", Code: "MalformedPolicyDocument", When: whenRole,
		Meaning: "the trust policy names a principal that IAM does not take; the message quotes it",
		Basis:   saml.Observed, Sources: []saml.Source{sourceRecordedIAM, sourceRoleForSAML},
		Causes: []Cause{{nil, "the principal is \"*\" alone, which IAM was observed to refuse, or is misspelt", "write {\"Federated\": \"arn:PARTITION:iam::ACCOUNT:saml-provider/NAME\"}", saml.Observed}},
	},
}
