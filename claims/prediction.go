package claims

import "github.com/samlcheck/samlcheck/saml"

// The codes of predictions that are no error codes of AWS.
const (
	// Success: AWS accepts the response.
	Success = "Success"
	// Undetermined: it cannot be said, and Reason says why. It is never a guess.
	Undetermined = "Undetermined"
)

// Predictions are what AWS will answer to a message.
type Predictions struct {
	// STS is the answer of AssumeRoleWithSAML: to Options.Role; without it,
	// Success if a role succeeds, else the answer to the first role.
	STS *Prediction `json:"sts"`
	// Console is the answer of the sign-in page.
	Console *ConsolePrediction `json:"console"`
}

// A Prediction is what AssumeRoleWithSAML will answer. What it says of a
// success is empty otherwise.
//
// Source: AWS STS API Reference, AssumeRoleWithSAML, and the recorded answers
// that the rules name.
type Prediction struct {
	Code    string     `json:"code"`    // Success, an error code such as InvalidIdentityToken, or Undetermined
	Message string     `json:"message"` // without the tail that names service and request; empty where none is on record
	Basis   saml.Basis `json:"basis"`
	// Reason says why nothing can be said, or what a success rests on that was
	// not judged.
	Reason string `json:"reason"`
	Role   string `json:"role"` // the ARN of the role that is answered for; empty where there is none, and in the prediction of a Role, which has it

	Audience       string `json:"audience"`        // the Recipient, which STS returns under this name
	SessionSeconds int    `json:"session_seconds"` // length of the session
	Subject        string `json:"subject"`         // the NameID
	SubjectType    string `json:"subject_type"`    // its Format; of the formats of SAML 2.0 the last part
	Issuer         string `json:"issuer"`
	NameQualifier  string `json:"name_qualifier"` // base64 of SHA-1 over issuer, account, "/" and the provider's name
	SourceIdentity string `json:"source_identity"`
}

// A ConsolePrediction is what the sign-in page will show.
type ConsolePrediction struct {
	Code           string     `json:"code"` // that of STS, whose answer the page shows; empty for the page's own answer
	Message        string     `json:"message"`
	Basis          saml.Basis `json:"basis"`
	Reason         string     `json:"reason"`
	SessionSeconds int        `json:"session_seconds"`
}

// of gives the prediction with the role that it is for; p may be nil.
func (p *Prediction) of(role string) *Prediction {
	if p == nil {
		return nil
	}
	out := *p
	out.Role = role
	return &out
}

func undetermined(reason string) Prediction {
	return Prediction{Code: Undetermined, Basis: saml.Inferred, Reason: reason}
}
