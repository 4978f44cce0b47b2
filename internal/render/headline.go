package render

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// nothingProves is how a headline says that a response is not proved: then it
// need not be said again.
const nothingProves = "nothing proves"

// headline is the verdict in words.
func headline(v *view) string {
	return strings.ToUpper(string(v.Verdict)) + ": " + because(v)
}

func because(v *view) string {
	switch v.Verdict {
	case saml.Pass:
		return passed(v)
	case saml.Unverified:
		return undecided(v)
	}
	if v.Verified {
		return genuineButWrong(v)
	}
	return failed(v)
}

func passed(v *view) string {
	if v.refused() {
		return "the response is genuine and holds no error, but AWS will not accept it"
	}
	words := "the response is genuine, and nothing in it is wrong for " + forWhom(v.Profile)
	warnings := 0
	for _, f := range v.Findings {
		if f.Severity == saml.Warning {
			warnings++
		}
	}
	if warnings > 0 {
		words += ", but mind " + theWarnings(warnings)
	}
	return words
}

func theWarnings(n int) string {
	if n == 1 {
		return "the warning"
	}
	return "the " + count(n, "warning")
}

// genuineButWrong keeps what AWS is known to refuse apart from what is wrong
// and AWS may let pass.
func genuineButWrong(v *view) string {
	if v.refused() {
		return "the response is genuine, but AWS will not accept it"
	}
	return "the response is genuine, but it is not right for " + forWhom(v.Profile)
}

// A reason is what a finding makes of the verdict, in words. Of several the
// first of the table counts.
type reason struct {
	codes string
	words string
}

func reasonsToFail() []reason {
	return []reason{
		{"input-empty message-missing", "there is no SAML response in the input"},
		{"message-not-response", "this is not a SAML response"},
		{"capture-truncated", "the response is cut off, so nothing proves it"},
		{"base64-malformed", "the input cannot be decoded to a SAML response"},
		{"deflate-on-post", "the response is compressed, which a posted response must not be"},
		{"xml-malformed encoding-unsupported doctype-present namespace-relative", "the response is no XML that may be trusted"},
		{"status-not-success", "the identity provider did not let the user sign in"},
		{"digest-mismatch", "the response is not what was signed"},
		{"signature-key-unknown metadata-tenant-wide", "the response is signed with a key that the metadata does not hold"},
		{"signature-mismatch response-signature-broken", "the signature does not hold, so nothing proves the response"},
		{"signature-missing", "the response is not signed, so nothing proves it"},
		{"id-duplicate id-misplaced comment-in-value instruction-in-value element-in-value assertion-multiple assertion-misplaced " +
			"signature-misplaced signature-multiple signature-malformed reference-missing reference-multiple reference-mismatch " +
			"reference-external transform-unsupported canonicalization-unsupported element-repeated",
			"the response is built so that its signature does not prove what it says"},
		{"assertion-missing", "the response holds no assertion"},
	}
}

func failed(v *view) string {
	return v.first(reasonsToFail(), "the response is wrong, and nothing proves what it says")
}

func reasonsForDoubt() []reason {
	return []reason{
		{"limit-exceeded", "the response is larger than the limits allow, so it was not judged"},
		{"metadata-missing", "no metadata is given, so nothing proves the response"},
		{"metadata-entity-missing", "the metadata does not describe the issuer, so nothing proves the response"},
		{"issuer-mismatch", "the metadata is that of another issuer, so nothing proves the response"},
		{"metadata-key-missing", "the metadata holds no key to verify with, so nothing proves the response"},
		{"encryption-key-missing decryption-failed encryption-unsupported", "the assertion is encrypted and was not decrypted, so nothing proves it"},
		{"verifiers-disagree", "the two verifiers disagree on the signature, so it counts for nothing"},
		{"algorithm-unsupported canonicalization-unsupported transform-unsupported", "the signature uses an algorithm that is not supported, so nothing proves the response"},
		{"key-weak", "the key is too weak to prove anything"},
		{"plaintext-context", "what is encrypted is read with declarations from around it, and nothing proves it"},
	}
}

func undecided(v *view) string {
	return v.first(reasonsForDoubt(), "nothing proves the response, and nothing proves it wrong")
}

// first gives the words of the first reason that an error of the report bears
// out, or a warning where it has no error.
func (v *view) first(reasons []reason, otherwise string) string {
	for _, severity := range []saml.Severity{saml.Error, saml.Warning} {
		for _, r := range reasons {
			for _, f := range v.Findings {
				if f.Severity == severity && slices.Contains(strings.Fields(r.codes), f.Code) {
					return r.words
				}
			}
		}
	}
	return otherwise
}
