package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// A step is one check that STS makes, in the order in which it makes them.
type step int

// The order is inferred, from the two forms of messages (those of the service
// that reads responses bear its name, those of STS do not) and from the few
// cases on record that have two faults: a provider that does not exist is
// answered before issuer and signature are looked at, and a response that is
// both late and expired is answered as late.
const (
	stepParameters     step = iota // lengths, ARNs and DurationSeconds of the call
	stepProvider                   // whether the SAML provider exists
	stepStructure                  // base64, XML, and what has to be in a response
	stepStatus                     // what the identity provider reports
	stepSigned                     // whether the assertion bears a signature
	stepIssuer                     // whether the provider's metadata holds the issuer
	stepSignature                  // whether the signatures hold
	stepLate                       // five minutes since the issue
	stepExpired                    // the three times at which an assertion ends
	stepPair                       // whether the assertion offers the role with the provider
	stepSessionName                // RoleSessionName
	stepSourceIdentity             // SourceIdentity
	stepTags                       // session tags
	stepTrust                      // the role's trust policy
	stepDuration                   // the role's MaxSessionDuration
	stepNone                       // of what is no answer of STS
)

// stepOf gives the check that an answer comes from.
func stepOf(a saml.Answer) step {
	i := slices.IndexFunc(stepTable, func(row stepRow) bool {
		return row.code == a.Code && strings.HasPrefix(a.Message, row.message)
	})
	if a.By != "sts" || i < 0 {
		return stepNone
	}
	return stepTable[i].step
}

// A stepRow tells the check by the code of an answer and what its message
// begins with. The first row that fits counts.
type stepRow struct {
	step    step
	code    string
	message string
}

var stepTable = []stepRow{
	{stepDuration, "ValidationError", "The requested DurationSeconds exceeds"},
	{stepTags, "ValidationError", "Unable to validate tags"},
	{stepParameters, "ValidationError", ""},
	{stepProvider, "InvalidIdentityToken", "Specified provider doesn't exist"},
	{stepStructure, "InvalidIdentityToken", "Invalid base64 SAMLResponse"},
	{stepStatus, "IDPRejectedClaim", ""},
	{stepSigned, "InvalidIdentityToken", "Response (with optional signature)"},
	{stepIssuer, "InvalidIdentityToken", "Issuer not present"},
	{stepSignature, "InvalidIdentityToken", "Response signature invalid"},
	{stepLate, "ExpiredTokenException", "Token must be redeemed"},
	{stepExpired, "ExpiredTokenException", "Response has expired"},
	{stepPair, "InvalidIdentityToken", "SAML Assertion doesn't contain"},
	{stepSessionName, "InvalidIdentityToken", "RoleSessionName"},
	{stepSourceIdentity, "InvalidIdentityToken", "Source Identity"},
	{stepTrust, "AccessDenied", ""},
}

// stepOfStage gives the first check that what is not known about a finding of
// this stage can touch.
func stepOfStage(s saml.Stage) step {
	switch s {
	case saml.StageMetadata, saml.StageSignature, saml.StageDecrypt:
		return stepSignature
	case saml.StageClaims:
		return stepPair
	case saml.StageTrust:
		return stepTrust
	}
	return stepStructure
}
