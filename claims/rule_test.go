package claims

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// knownAnswers are the answers of AWS on record or in its documentation, with
// the code that comes with each, and the best basis for it. The empty message
// stands for an answer whose words are not known, and for success.
var knownAnswers = []saml.Answer{
	{By: "sts", Code: "InvalidIdentityToken", Message: "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", Basis: saml.Observed},
	{By: "sts", Code: "InvalidIdentityToken", Message: "RoleSessionName is required in AuthnResponse", Basis: saml.Documented},
	{By: "sts", Code: "InvalidIdentityToken", Message: "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", Basis: saml.Documented},
	{By: "sts", Code: "InvalidIdentityToken", Message: "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"", Basis: saml.Documented},
	{By: "sts", Code: "InvalidIdentityToken", Message: "Invalid base64 SAMLResponse", Basis: saml.Observed},
	{By: "sts", Code: "InvalidIdentityToken", Message: "Response signature invalid", Basis: saml.Observed},
	{By: "sts", Code: "InvalidIdentityToken", Message: "Specified provider doesn't exist", Basis: saml.Documented},
	{By: "sts", Code: "InvalidIdentityToken", Message: "Issuer not present in specified provider", Basis: saml.Documented},
	{By: "sts", Code: "ValidationError", Message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", Basis: saml.Documented},
	{By: "sts", Code: "ValidationError", Message: "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200", Basis: saml.Inferred},
	{By: "sts", Code: "ValidationError", Message: "Request ARN is invalid", Basis: saml.Inferred},
	{By: "sts", Code: "ValidationError", Message: "Principal ARN is invalid", Basis: saml.Inferred},
	{By: "sts", Code: "ValidationError", Message: "Unable to validate tags", Basis: saml.Inferred},
	{By: "sts", Code: "ValidationError", Message: "", Basis: saml.Documented}, // the length limit of SAMLAssertion
	{By: "sts", Code: "AccessDenied", Message: "Not authorized to perform sts:AssumeRoleWithSAML", Basis: saml.Observed},
	{By: "sts", Code: "Success", Message: "", Basis: saml.Observed},
	{By: "console", Code: "", Message: "Your request included an invalid SAML response. To logout, click here.", Basis: saml.Documented},
}

var bases = []saml.Basis{saml.Observed, saml.Documented, saml.Inferred}

// answersOf are all answers that rules and their occurrences name.
func answersOf(t *testing.T) []saml.Answer {
	var out []saml.Answer
	for _, r := range Rules() {
		out = append(out, r.AWS...)
	}
	for code, cases := range ruleCases {
		for _, c := range cases {
			if f, found := find(checkWith(t, c.said, Options{Options: c.options}), code); found {
				out = append(out, f.AWS...)
			}
		}
	}
	return out
}

func TestAnswersAreKnown(t *testing.T) {
	for _, a := range answersOf(t) {
		i := slices.IndexFunc(knownAnswers, func(k saml.Answer) bool { return k.By == a.By && k.Code == a.Code && k.Message == a.Message })
		if i < 0 {
			t.Errorf("nobody knows the answer %+v", a)
			continue
		}
		if !slices.Contains(bases, a.Basis) || slices.Index(bases, a.Basis) < slices.Index(bases, knownAnswers[i].Basis) {
			t.Errorf("%+v: the best basis for it is %q", a, knownAnswers[i].Basis)
		}
	}
}

// noAnswer are the rules for whose fault AWS's answer is not known, or which
// AWS does not mind.
var noAnswer = []string{
	"service-other", "role-account-mismatch", "role-partition-mismatch",
	"role-pair-whitespace", "role-attribute-repeated", "role-pair-long", "groups-overage", "trust-undecided",
	"session-name-multiple", "session-duration-multiple", "session-duration-malformed", "session-duration-range", "transitive-key-unknown",
	"attribute-unknown", "source-identity-multiple", "attribute-name-mismatch",
}

func TestAnswersWhereAnswersAreKnown(t *testing.T) {
	for _, r := range Rules() {
		if none := slices.Contains(noAnswer, r.Code); none == (len(r.AWS) > 0) {
			t.Errorf("%s: has %d answers, want none: %v", r.Code, len(r.AWS), none)
		}
	}
}

// What a rule says that AWS answers rests on a page of AWS, a record or a
// report, and the rule names it.
func TestAnswersHaveSources(t *testing.T) {
	for _, r := range AllRules() {
		if len(r.AWS) > 0 && !slices.ContainsFunc(r.Sources, func(s saml.Source) bool { return strings.Contains(s.Text, "AWS") }) {
			t.Errorf("%s says what AWS answers, and names no source for it", r.Code)
		}
	}
}

func TestMisspeltNamesAreAnsweredAsMissing(t *testing.T) {
	role, _ := find(check(t, said{attributes: []string{attr(prefix+"role", goodPair), session("jane")}}), "attribute-name-mismatch")
	missing, _ := find(check(t, said{attributes: []string{session("jane")}}), "role-missing")
	if len(role.AWS) == 0 || !slices.Equal(role.AWS, missing.AWS) {
		t.Errorf("answers %+v, want those of role-missing %+v", role.AWS, missing.AWS)
	}
	if f, _ := find(check(t, with(attr(prefix+"sessionduration", "3600"))), "attribute-name-mismatch"); len(f.AWS) != 0 {
		t.Errorf("SessionDuration under another name is answered with %+v", f.AWS)
	}
}

func TestSoundPairSilencesTheAnswer(t *testing.T) {
	if f, _ := find(check(t, withRoles("Admin", goodPair)), "role-pair-malformed"); len(f.AWS) != 0 {
		t.Errorf("answers %+v although another pair is sound", f.AWS)
	}
}

func TestRulesAreComplete(t *testing.T) {
	slug := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	seen := map[string]bool{}
	for _, r := range AllRules() {
		if seen[r.Code] {
			t.Errorf("%s stands twice", r.Code)
		}
		seen[r.Code] = true
	}
	for _, r := range Rules() {
		if !slug.MatchString(r.Code) {
			t.Errorf("%q is no slug", r.Code)
		}
		if r.Title == "" || r.Explanation == "" || r.Fix == "" || len(r.Sources) == 0 || r.Severity == "" {
			t.Errorf("%s lacks words, sources or severity", r.Code)
		}
		if !r.Holds(saml.ProfileAWS) || r.Holds(saml.ProfileSAML) {
			t.Errorf("%s holds under the wrong profile", r.Code)
		}
		if strings.HasSuffix(r.Explanation, ".") || strings.HasSuffix(r.Fix, ".") || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s ends in a full stop", r.Code)
		}
		for _, code := range r.Replaces {
			if !seen[code] {
				t.Errorf("%s replaces %s, which is no rule", r.Code, code)
			}
		}
	}
	for _, r := range replacements {
		for _, code := range append(slices.Clone(r.by), r.code) {
			if !seen[code] {
				t.Errorf("the replacement of %s names %s, which is no rule", r.code, code)
			}
		}
	}
}

// Messages are one line of ASCII (save for the mark of a cut) that begins in lower case and does not end in
// a full stop, whatever stands in the response.
func TestMessagesAreReadable(t *testing.T) {
	for code, cases := range ruleCases {
		for _, c := range cases {
			f, found := find(checkWith(t, c.said, Options{Options: c.options}), code)
			if !found {
				continue
			}
			if strings.ContainsFunc(f.Message, func(r rune) bool { return (r < ' ' || r > '~') && r != '…' }) {
				t.Errorf("%s: %q", code, f.Message)
			}
			if strings.HasSuffix(f.Message, ".") || len(f.Message) > 1000 {
				t.Errorf("%s: %q", code, f.Message)
			}
		}
	}
}

func TestQuote(t *testing.T) {
	if got := quote("a\x1b[31m\u202e"); got != `"a\x1b[31m\u202e"` {
		t.Errorf("got %s", got)
	}
	if got := quote(strings.Repeat("\u00e4", 161)); got != `"`+strings.Repeat(`\u00e4`, 160)+`"…` {
		t.Errorf("got %s", got)
	}
	if got := quoteAll([]string{"a", "b", "c", "d", "e", "f", "g"}); got != `"a", "b", "c", "d", "e", 2 more` {
		t.Errorf("got %s", got)
	}
	if got := strangers(strings.Repeat("#", 10), isDigit); !strings.HasSuffix(got, "character 8 is U+0023 '#', 2 more") {
		t.Errorf("got %s", got)
	}
}
