package saml

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

var messageRules = slices.Concat(statusRules, structureRules, issuerRules, envelopeRules, requestRules)

// The rules on the status and on how many assertions there are.
var statusRules = []*rule{
	{
		Rule: Rule{
			Code: "version-unsupported", Stage: StageMessage, Severity: Error,
			Title:       "the version is not 2.0",
			Explanation: "a Response and an Assertion of SAML 2.0 carry Version=\"2.0\"; a receiver refuses a version that it does not know, and SAML 1.1 is another protocol",
			Fix:         "configure the identity provider to issue SAML 2.0",
			Sources:     []Source{core("2.3.3"), core("3.2.2"), core("4.1")},
			Unsettled:   "STS accepts another version of SAML",
		},
		proves: true, needs: []*need{needDocument, needMessage}, judge: judgeVersion,
	},
	{
		Rule: Rule{
			Code: "status-not-success", Stage: StageMessage, Severity: Error,
			Title:       "the identity provider reports a failure",
			Explanation: "the outermost StatusCode is not Success, or there is none: the identity provider did not sign the user in, and the message tells why; nothing in it is a sign-in, whatever else it holds",
			Fix:         "mend the cause that the identity provider names; its own sign-in log tells more",
			Sources:     []Source{core("3.2.2.1"), core("3.2.2.2"), entraErrorCodes, awsOperation},
			AWS:         []Answer{{By: "sts", Code: "IDPRejectedClaim", Message: "", Basis: Inferred}},
		},
		proves: true, needs: []*need{needDocument, needResponse}, judge: judgeStatus,
	},
	{
		Rule: Rule{
			Code: "assertion-missing", Stage: StageMessage, Severity: Error,
			Title:       "there is no assertion",
			Explanation: "the status is Success, but the Response holds neither an Assertion nor an EncryptedAssertion as a child, so it says nothing about anybody",
			Fix:         "capture the whole response; if it is whole, look at the identity provider's configuration for this application",
			Sources:     []Source{core("3.3.3"), profiles("4.1.4.2"), awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		proves: true, needs: []*need{needDocument, needResponse, needSuccess}, judge: func(f *facts, report func(Fault)) {
			if f.inner.count() == 0 {
				report(Fault{Place: placeOf(f.shape.response), Message: "a child Assertion or EncryptedAssertion is expected in the Response, none is there"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "assertion-multiple", Stage: StageMessage, Severity: Error,
			Title:       "there are several assertions",
			Explanation: "readers differ on which of several assertions counts, and a forged one beside a genuine one is the classic signature-wrapping attack; samlcheck trusts a response only if it has exactly one assertion, plain and encrypted counted together",
			Fix:         "configure the identity provider to send one assertion; if it sends one, the response was tampered with",
			Sources:     []Source{profiles("4.1.4.2"), {"CVE-2022-41912: several assertions in one response", "https://github.com/advisories/GHSA-j2jp-wvqg-wc2g"}},
			Unsettled:   "STS accepts several assertions, and which of them it reads",
		},
		proves: true, needs: []*need{needDocument, needResponse}, judge: judgeSeveralAssertions,
	},
	{
		Rule: Rule{
			Code: "assertion-misplaced", Stage: StageMessage, Severity: Error, Varies: "warning inside Advice, where SAML allows it",
			Title:       "an assertion stands where none belongs",
			Explanation: "an Assertion belongs into the Response, as its child; one inside Extensions, StatusDetail, a Signature or an unknown wrapper is how signature-wrapping attacks hide the genuine assertion from the reader that takes the forged one",
			Fix:         "take the response from the identity provider anew; if it sends the assertion there, it is misconfigured",
			Sources:     []Source{core("2.3.3"), core("3.3.3"), {"Somorovsky et al., On Breaking SAML: Be Whoever You Want to Be, 2012", "https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky"}},
			Unsettled:   "STS accepts an assertion in such a place",
		},
		proves: true, needs: []*need{needDocument, needMessage}, judge: judgeMisplaced,
	},
}

func judgeVersion(f *facts, report func(Fault)) {
	for _, e := range append([]xmldoc.Element{f.shape.response}, f.inner.readable()...) {
		if a := e.Attr("", "Version"); a.Present() && a.Value() != samlVersion {
			report(Fault{Place: placeOfAttr(e, "Version"), Message: fmt.Sprintf("version \"2.0\" is expected on the %s, %s is found", e.Local(), quote(a.Value()))})
		}
	}
}

func judgeStatus(f *facts, report func(Fault)) {
	if f.succeeded() {
		return
	}
	status := f.shape.response.Child(nsProtocol, "Status")
	if len(f.response.StatusCodes) == 0 {
		place := f.shape.response
		if status.Present() {
			place = status
		}
		report(Fault{Place: placeOf(place), Message: "a Status with the code Success is expected, the Response has no StatusCode"})
		return
	}
	text := "the status is " + statusChain(f.response.StatusCodes)
	if f.response.StatusText != "" {
		text += ", with the message " + quote(f.response.StatusText)
	}
	if detail := status.Child(nsProtocol, "StatusDetail").Text(); !blank(detail) {
		text += ", with the detail " + quote(strings.TrimSpace(detail))
	}
	known := explainAADSTS(f.response.StatusText + " " + status.Child(nsProtocol, "StatusDetail").Text())
	report(Fault{Place: placeOf(status.Child(nsProtocol, "StatusCode")), Message: text + known.meaning, Fix: known.fix})
}

// statusChain gives the codes from the outermost inwards, known ones shortened
// to their last word.
func statusChain(codes []string) string {
	var out []string
	for _, c := range codes {
		if short, ok := strings.CutPrefix(c, "urn:oasis:names:tc:SAML:2.0:status:"); ok && xmldoc.IsNCName(short) {
			out = append(out, quote(short))
			continue
		}
		out = append(out, quote(c))
	}
	return strings.Join(out, " / ")
}

// explainAADSTS gives what is known of the codes in a text: words to append,
// and a fix; both empty where the text names none.
func explainAADSTS(text string) (known aadsts) {
	for _, e := range findAADSTS(text) {
		if e.meaning == "" {
			continue
		}
		known.meaning += "; AADSTS" + e.code + " means that " + e.meaning
		if known.fix == "" {
			known.fix = e.fix
		}
	}
	return known
}

func judgeSeveralAssertions(f *facts, report func(Fault)) {
	n := f.inner.count()
	if n < 2 {
		return
	}
	all := slices.Concat(f.inner.plain, f.inner.encrypted)
	slices.SortFunc(all, func(a, b xmldoc.Element) int { return a.Offset() - b.Offset() })
	signed := 0
	for _, e := range all {
		if c := f.encryptions[e]; c != nil {
			e = c.root
		}
		if f.signed(e) {
			signed++
		}
	}
	report(Fault{Place: placeOf(all[1]), Message: fmt.Sprintf("one assertion is expected, %d are found (%s plain, %s encrypted), %d of them with a Signature",
		n, countOf(len(f.inner.plain)), countOf(len(f.inner.encrypted)), signed)})
}

func countOf(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

// judgeMisplaced reports what is forbidden before what is merely remarked on,
// so that no number of the latter hides the former.
func judgeMisplaced(f *facts, report func(Fault)) {
	misplaced := sparing(report)
	for _, advised := range []bool{false, true} {
		for _, e := range f.survey.assertions {
			if !f.misplaced(e) || isAdvice(e.Parent()) != advised {
				continue
			}
			misplaced(func() Fault {
				fault := Fault{Place: placeOf(e), Message: fmt.Sprintf("an %s is expected as a child of the Response, this one stands in %s", e.Local(), quote(e.Parent().Local()))}
				if advised {
					fault.Severity = Warning
				}
				return fault
			})
		}
	}
}

// misplaced reports whether an assertion is none of those that are read.
func (f *facts) misplaced(e xmldoc.Element) bool {
	if slices.Contains(f.inner.opened, e) {
		return false
	}
	return e != f.shape.assertion && (!f.shape.response.Present() || e.Parent() != f.shape.response)
}

// isAdvice reports whether e is the Advice of an assertion. In another place
// the schema knows none.
func isAdvice(e xmldoc.Element) bool {
	return e.Is(nsAssertion, "Advice") && e.Parent().Is(nsAssertion, "Assertion")
}
