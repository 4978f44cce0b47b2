package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// again is what the sign-in page shows behind an answer of STS, as users quote
// it for the signature, RoleSessionName and the five minutes.
const again = " Please try again."

// console predicts what the sign-in page shows: its own answer where it reads
// no usable role, else that of STS, which it calls.
func (f *facts) console(all *sorted, roles []Role) ConsolePrediction {
	if len(roles) == 0 {
		return f.consoleWithoutRole(all)
	}
	answers := slices.Clone(roles)
	for i := range answers {
		p := f.answerTo(all.of(&answers[i]), &answers[i])
		answers[i].STS = &p
	}
	return f.consoleOf(*best(answers), all)
}

// forConsole gives the findings as they count for the page: it has none of the
// API's parameters, and whether it has the limit on the length is not known.
func forConsole(findings []saml.Finding) []saml.Finding {
	var out []saml.Finding
	for _, f := range findings {
		switch f.Code {
		case "duration-out-of-range", "duration-exceeds-role":
			continue
		case "response-oversize":
			f.AWS, f.Unsettled = nil, "the sign-in page takes a response of this length"
		}
		out = append(out, f)
	}
	return out
}

func (f *facts) consoleWithoutRole(all *sorted) ConsolePrediction {
	sts := f.answerTo(all.every(), nil)
	if sts.Code == Undetermined {
		return ConsolePrediction{Code: Undetermined, Basis: saml.Inferred, Reason: sts.Reason}
	}
	own := answerConsole(saml.Documented)
	if f.content == nil {
		own.Basis = saml.Inferred
	}
	return ConsolePrediction{Message: own.Message, Basis: own.Basis}
}

// consoleOf gives what the page makes of an answer of STS. Of what AWS
// documents for the sign-in and STS does not look at, nobody has recorded
// whether the page does.
func (f *facts) consoleOf(sts Prediction, all *sorted) ConsolePrediction {
	out := ConsolePrediction{Code: sts.Code, Basis: saml.Inferred, Reason: sts.Reason}
	switch sts.Code {
	case Undetermined:
		return out
	case Success:
	default:
		out.Message = sts.Message + again
		return out
	}
	if unseen := unseenByConsole(all.codes); len(unseen) > 0 {
		out.Code = Undetermined
		out.Reason = "it is not known whether the sign-in page checks " + strings.Join(unseen, " and ") + ", as AWS documents that it has to be right"
		return out
	}
	out.Basis, out.SessionSeconds = worse(saml.Documented, sts.Basis), f.consoleSeconds()
	return out
}

// consoleSeconds gives the length of a console session: SessionDuration or an
// hour, which SessionNotOnOrAfter can shorten.
func (f *facts) consoleSeconds() int {
	_, length := f.planned()
	if left, ok := f.sessionLeft(); ok {
		length = min(length, left)
	}
	return length
}

// unseen are the findings on what STS lets pass, with what they are about.
var unseen = []struct{ code, words string }{
	{"audience-missing", "the audience"},
	{"audience-mismatch", "the audience"},
	{"recipient-mismatch", "the Recipient"},
	{"recipient-client", "the Recipient"},
	{"role-partition-endpoint", "the partition of the endpoint"},
	{"destination-mismatch", "the Destination"},
	{"request-unexpected", "InResponseTo"},
	{"assertion-early", "NotBefore"},
	{"lifetime-inverted", "NotBefore"},
}

func unseenByConsole(codes map[string]bool) []string {
	var out []string
	for _, u := range unseen {
		if codes[u.code] && !slices.Contains(out, u.words) {
			out = append(out, u.words)
		}
	}
	return out
}
