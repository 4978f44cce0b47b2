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
func (f *facts) console(all *allEyes, roles []Role) ConsolePrediction {
	own := all.own.page.sorted
	if len(roles) == 0 {
		return f.consoleWithoutRole(own)
	}
	answer := func(r *Role) *Prediction { return all.of(r.Provider).page.answer(r) }
	if p := best(roles, f.options.Role, answer); p != nil {
		return f.consoleOf(*p, own)
	}
	out := f.consoleOf(*best(roles, "", answer), own)
	if out.Code == Success {
		out.Reason = strings.TrimSuffix(reasonNotOffered+"; "+out.Reason, "; ")
	}
	return out
}

// reasonNotOffered goes with a sign-in where the response does not offer the
// role that is asked for: the user chooses among those that it offers.
const reasonNotOffered = "for a role that the response offers, not for the one that is asked for, which the page does not show"

// forConsole gives the findings as they count for the page: it has none of the
// API's parameters, and whether it has the limit on the length is not known.
// Without a usable role it does not come to ask STS about signatures. It gives
// nil where they count as they do for STS.
func forConsole(findings []saml.Finding, usable bool) []saml.Finding {
	differs := func(f saml.Finding) bool {
		return slices.Contains(otherForConsole, f.Code) || !usable && ofSignature(f) && f.Unsettled != ""
	}
	if !slices.ContainsFunc(findings, differs) {
		return nil
	}
	out := make([]saml.Finding, 0, len(findings))
	for _, f := range findings {
		if !usable && ofSignature(f) {
			f.Unsettled = ""
		}
		switch f.Code {
		case "duration-out-of-range", codeExceeds:
			continue
		case "response-oversize":
			f.AWS, f.Unsettled = nil, "the sign-in page takes a response of this length"
		case "provider-key-missing":
			f.AWS, f.Unsettled = nil, "the sign-in page shows an answer of its own or that of STS to what it cannot decrypt"
		}
		out = append(out, f)
	}
	return out
}

// otherForConsole are the codes that forConsole changes.
var otherForConsole = []string{"duration-out-of-range", codeExceeds, "response-oversize", "provider-key-missing"}

func ofSignature(f saml.Finding) bool {
	return f.Stage == saml.StageMetadata || f.Stage == saml.StageSignature
}

func (f *facts) consoleWithoutRole(all *sorted) ConsolePrediction {
	sts := f.answerTo(all.every(), nil)
	if sts.Code == Undetermined {
		return ConsolePrediction{Code: Undetermined, Basis: saml.Inferred, Reason: sts.Reason}
	}
	own := answerConsole(saml.Documented)
	if f.content == nil || f.finds("attribute-encrypted") {
		own.Basis = saml.Inferred
	}
	return ConsolePrediction{Message: own.Message, Basis: own.Basis}
}

// consoleOf gives what the page makes of an answer of STS.
func (f *facts) consoleOf(sts Prediction, all *sorted) ConsolePrediction {
	out := ConsolePrediction{Code: sts.Code, Basis: saml.Inferred, Reason: sts.Reason}
	switch {
	case sts.Code == Undetermined:
	case sts.Code != Success && sts.Message == "":
	case sts.Code != Success:
		out.Message = sts.Message + again
	default:
		reason := doubtOfConsole(all.gravest)
		if reason == "" && f.report.Encrypted() && (f.endpoint == nil || f.endpoint.Kind != EndpointProvider) {
			reason = doubtEncrypted
		}
		if reason != "" {
			out.Code, out.Reason = Undetermined, reason
			break
		}
		out.Basis, out.SessionSeconds = worse(saml.Documented, sts.Basis), f.consoleSeconds()
	}
	return out
}

// doubtEncrypted is for an encrypted assertion that is not sent to the URL of
// its provider, which the page has to know before it can decrypt.
const doubtEncrypted = "it is not known whether the sign-in page takes an encrypted assertion at another URL than /saml/acs/ID, which STS lets pass; AWS documents that URL of the provider where encryption is required"

// consoleSeconds gives the length of a console session: SessionDuration or an
// hour, which SessionNotOnOrAfter can shorten.
func (f *facts) consoleSeconds() int {
	_, length := f.planned()
	if left, ok := f.sessionLeft(); ok {
		length = min(length, left)
	}
	return length
}

// An unseen is what STS lets pass, and of which nobody has recorded whether the
// page does.
type unseen struct {
	codes string
	least saml.Severity
	words string
	note  string // what AWS documents of it
}

var unseenByConsole = []unseen{
	{"audience-missing audience-mismatch", saml.Info, "the audience", "AWS documents the error \"Response does not contain the required audience.\""},
	{"recipient-mismatch recipient-client", saml.Info, "the Recipient", "AWS documents that it is the sign-in URL"},
	{"recipient-variant", saml.Warning, "the ID of the provider in its URL", "AWS documents that it is the provider's"},
	{"role-partition-endpoint", saml.Info, "the partition", "AWS documents that nothing is delegated from one to another"},
	{"destination-mismatch", saml.Info, "the Destination", ""},
	{"request-unexpected", saml.Info, "InResponseTo", ""},
	{"assertion-early lifetime-inverted", saml.Info, "NotBefore", ""},
}

// doubtOfConsole says why an answer of the page cannot be foretold; empty where
// it can.
func doubtOfConsole(gravest map[string]saml.Severity) string {
	var names, notes []string
	for _, u := range unseenByConsole {
		for code := range strings.FieldsSeq(u.codes) {
			if severity, found := gravest[code]; found && severity.AtLeast(u.least) && !slices.Contains(names, u.words) {
				names = append(names, u.words)
				notes = append(notes, u.note)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	notes = slices.DeleteFunc(notes, func(s string) bool { return s == "" })
	return strings.Join(append([]string{"it is not known whether the sign-in page checks " + strings.Join(names, " and ") + ", which STS lets pass"}, notes...), "; ")
}
