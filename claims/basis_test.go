package claims_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// TestEveryAnswerOfAWSHasItsBasisAndSource holds the whole table of rules: no
// statement about AWS without a basis and a source that bears it out.
func TestEveryAnswerOfAWSHasItsBasisAndSource(t *testing.T) {
	answers := 0
	for _, r := range claims.AllRules() {
		for _, a := range r.AWS {
			answers++
			if !slices.Contains([]string{"sts", "console", "iam", "trust-policy"}, a.By) {
				t.Errorf("%s: %q answers nothing", r.Code, a.By)
			}
			if a.Code == "" && a.By != "console" {
				t.Errorf("%s: an answer without a code", r.Code)
			}
			if !bornOut(r, a.Basis) {
				t.Errorf("%s: no source bears out that the answer %s %q is %s: %v", r.Code, a.Code, a.Message, a.Basis, r.Sources)
			}
		}
	}
	if answers < 60 {
		t.Errorf("only %d answers were looked at", answers)
	}
}

// bornOut reports whether a rule has a source of the kind that a basis needs.
func bornOut(r saml.Rule, basis saml.Basis) bool {
	return slices.ContainsFunc(r.Sources, func(s saml.Source) bool {
		recorded := strings.HasPrefix(s.Text, "recorded answers of AWS STS") && s.URL != ""
		page := strings.HasPrefix(s.URL, "https://docs.aws.amazon.com/") || strings.HasPrefix(s.Text, "AWS ") || strings.HasPrefix(s.Text, "Amazon ")
		switch basis {
		case saml.Observed:
			return recorded
		case saml.Documented:
			return page
		case saml.Inferred:
			return s.Text != ""
		}
		return false
	})
}

// ofNoConcern are the rules whose faults STS never sees, or that are known to
// be of no consequence for its answer, with the reason.
var ofNoConcern = map[string]string{
	"input-empty": "there is no response", "message-missing": "there is no response",
	"base64-plus-lost": "the capture was repaired", "base64-twice": "the capture was repaired", "url-encoding-kept": "the capture was repaired",
	"html-escaped": "the capture was repaired", "base64url-used": "the capture was repaired", "posted-elsewhere": "it speaks of the capture",
	"request-unanswered": "STS never sees the request", "request-endpoint-mismatch": "STS never sees the request", "relay-state-changed": "STS never sees RelayState",
	"text-confusable":      "STS takes the value as it stands",
	"metadata-unreadable":  "there is no report",
	"metadata-keys-many":   "a quota on the provider, not on the response",
	"metadata-size":        "it speaks of the upload",
	"certificate-expiring": "the certificate is valid",
}

// TestEveryFaultIsWeighed: a rule says what STS answers, that it lets the fault
// pass, what is not known about it, or it stands above.
func TestEveryFaultIsWeighed(t *testing.T) {
	for _, r := range claims.AllRules() {
		says := r.Unsettled != "" || slices.ContainsFunc(r.AWS, func(a saml.Answer) bool { return a.By == "sts" || a.By == "iam" })
		_, silent := ofNoConcern[r.Code]
		switch {
		case r.Severity == saml.Info:
		case !says && !silent && !weighedByJudge(r.Code):
			t.Errorf("%s: what STS makes of it is not said", r.Code)
		case says && silent && r.Unsettled != "":
			t.Errorf("%s: it is of no concern to STS, and something about it is unsettled", r.Code)
		}
		if r.Unsettled != "" && slices.ContainsFunc(r.AWS, func(a saml.Answer) bool { return a.By == "sts" }) {
			t.Errorf("%s: STS's answer is known and unsettled", r.Code)
		}
	}
}

// weighedByJudge tells of rules whose judge says it for each occurrence.
func weighedByJudge(code string) bool {
	return slices.Contains([]string{
		"attribute-name-mismatch", // as if the attribute were missing
		"attribute-duplicate",     // only of AWS's attributes
	}, code)
}

// notConfirmed are the rules on what nobody has confirmed of AWS: none of them
// may state an answer as observed or documented.
var notConfirmed = []string{
	"redemption-late",                         // which instant the five minutes run from
	"algorithm-weak", "algorithm-unsupported", // SHA-1, RSA 1.5, 3DES
	"role-pair-whitespace", "session-duration-malformed", // white space in values
	"role-attribute-repeated", "session-name-multiple", "session-duration-multiple", "source-identity-multiple", "tag-multiple", "attribute-duplicate",
	"session-duration-range", "transitive-key-unknown",
	"status-not-success", "assertion-multiple", "confirmation-method-unsupported", "response-issuer-missing", "issuer-missing",
	"role-account-mismatch",
}

func TestNothingUnconfirmedIsStated(t *testing.T) {
	rules := claims.AllRules()
	for _, code := range notConfirmed {
		i := slices.IndexFunc(rules, func(r saml.Rule) bool { return r.Code == code })
		if i < 0 {
			t.Errorf("there is no rule %s", code)
			continue
		}
		for _, a := range rules[i].AWS {
			if a.Basis != saml.Inferred {
				t.Errorf("%s: %s %q is said to be %s, and nobody confirmed it", code, a.Code, a.Message, a.Basis)
			}
		}
	}
}
