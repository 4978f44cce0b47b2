package claims

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

func finding(code string, stage saml.Stage, severity saml.Severity, unsettled string, answers ...saml.Answer) saml.Finding {
	return saml.Finding{Code: code, Stage: stage, Severity: severity, Unsettled: unsettled, AWS: answers}
}

var (
	structural = bySTS("InvalidIdentityToken", "Invalid base64 SAMLResponse", saml.Observed)
	structInf  = bySTS("InvalidIdentityToken", "Invalid base64 SAMLResponse", saml.Inferred)
	signature  = bySTS("InvalidIdentityToken", "Response signature invalid", saml.Observed)
	pairWrong  = answerPair(saml.Observed)
	accepted   = bySTS(Success, "", saml.Observed)
	acceptedIn = bySTS(Success, "", saml.Inferred)
)

// TestFirstRefusalWins has the order of the checks, and what it does to the
// basis.
func TestFirstRefusalWins(t *testing.T) {
	for _, c := range []struct {
		name     string
		findings []saml.Finding
		code     string // of the answer; empty where nothing refuses
		message  string
		basis    saml.Basis
		reason   string
	}{
		{"one fault keeps its basis", []saml.Finding{finding("a", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Observed, ""},
		{"the earlier of two, inferred", []saml.Finding{finding("a", saml.StageClaims, saml.Error, "", pairWrong), finding("b", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Inferred, ""},
		{"the order of the findings is nothing", []saml.Finding{finding("b", saml.StageSignature, saml.Error, "", signature), finding("a", saml.StageClaims, saml.Error, "", pairWrong)}, "InvalidIdentityToken", signature.Message, saml.Inferred, ""},
		{"the same answer twice, the better basis", []saml.Finding{finding("a", saml.StageXML, saml.Error, "", structInf), finding("b", saml.StageSubject, saml.Error, "", structural)}, "InvalidIdentityToken", structural.Message, saml.Observed, ""},
		{"what STS lets pass does not compete", []saml.Finding{finding("a", saml.StageConditions, saml.Error, "", accepted), finding("b", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Observed, ""},
		{"another's answer does not compete", []saml.Finding{finding("a", saml.StageClaims, saml.Error, "", answerConsole(saml.Documented)), finding("b", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Observed, ""},
		{"an earlier warning that is unsettled", []saml.Finding{finding("w", saml.StageMessage, saml.Warning, "x", []saml.Answer{}...), finding("b", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Inferred, ""},
		{"a later one", []saml.Finding{finding("w", saml.StageClaims, saml.Error, "x"), finding("b", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Observed, ""},
		{"an earlier error that is unsettled", []saml.Finding{finding("e", saml.StageXML, saml.Error, "STS reads it"), finding("b", saml.StageSignature, saml.Error, "", signature)}, Undetermined, "", saml.Inferred,
			`it is not known whether STS reads it (e); apart from that STS answers InvalidIdentityToken "Response signature invalid"`},
		{"one of the same check", []saml.Finding{finding("e", saml.StageSignature, saml.Error, "x"), finding("b", saml.StageSignature, saml.Error, "", signature)}, "InvalidIdentityToken", signature.Message, saml.Inferred, ""},
	} {
		w := weigh(c.findings)
		if w.refusal == nil {
			t.Errorf("%s: nothing refuses", c.name)
			continue
		}
		if p := w.first(); p.Code != c.code || p.Message != c.message || p.Basis != c.basis || p.Reason != c.reason {
			t.Errorf("%s: found %+v", c.name, p)
		}
	}
}

// TestEveryAnswerHasItsStep: an answer that a rule names and the table does not
// know would never be foretold.
func TestEveryAnswerHasItsStep(t *testing.T) {
	for _, r := range AllRules() {
		for _, a := range r.AWS {
			if a.By == "sts" && a.Code != Success && stepOf(a) == stepNone {
				t.Errorf("%s: the answer %s %q has no place in the order", r.Code, a.Code, a.Message)
			}
		}
	}
}

func TestSuccessIsNoBetterKnownThanWhatItRestsOn(t *testing.T) {
	for _, c := range []struct {
		answers []saml.Answer
		want    saml.Basis
	}{
		{nil, saml.Observed}, {[]saml.Answer{accepted}, saml.Observed}, {[]saml.Answer{accepted, acceptedIn}, saml.Inferred},
	} {
		if w := weigh([]saml.Finding{finding("a", saml.StageConditions, saml.Error, "", c.answers...)}); w.accepted != c.want || w.refusal != nil {
			t.Errorf("%v gives %s, want %s", c.answers, w.accepted, c.want)
		}
	}
}

func TestReasonNamesThreeDoubts(t *testing.T) {
	var all []doubt
	for _, word := range []string{"a", "b", "a", "c", "d", "e"} {
		all = append(all, doubt{words: word, code: "code-" + word})
	}
	if got, want := reasonOf(all), "it is not known whether a (code-a), and whether b (code-b), and whether c (code-c), and 2 more"; got != want {
		t.Errorf("found %q", got)
	}
}

// A fault of one pair says nothing of another, and what is wrong with the values
// nothing of a role that none of them offers.
func TestFaultsOfOnePairAreItsOwn(t *testing.T) {
	r := check(t, withRoles("arn:aws:iam::111122223333:role/Other, "+goodIdP, goodPair))
	if len(r.Roles) != 2 {
		t.Fatalf("roles %+v", r.Roles)
	}
	for _, role := range r.Roles {
		if strings.Contains(role.STS.Reason, "role-pair-whitespace") {
			t.Errorf("the response is unsigned, which is answered first: %+v", role.STS)
		}
	}
	f := gather(saml.Decode(nil), r.SAML, &Options{})
	own := finding("role-pair-whitespace", saml.StageClaims, saml.Warning, "STS takes blanks off")
	own.Path = r.Roles[0].Path()
	s := f.sortOut([]saml.Finding{own, finding("role-not-asserted", saml.StageClaims, saml.Error, "", pairWrong)})
	if w := s.of(&r.Roles[0]); len(w.doubts) != 1 || w.refusal != nil {
		t.Errorf("of the pair itself: %+v", w)
	}
	if w := s.of(&r.Roles[1]); len(w.doubts) != 0 || w.refusal != nil {
		t.Errorf("of the other pair: %+v", w)
	}
	if w := s.asked(); len(w.doubts) != 0 || w.refusal == nil {
		t.Errorf("of a role that nobody offers: %+v", w)
	}
	if w := s.every(); len(w.doubts) != 1 || w.refusal == nil {
		t.Errorf("of no role: %+v", w)
	}
}
