package saml

import (
	"fmt"
	"iter"
)

// The rules on who issued the message.
var issuerRules = []*rule{
	{
		Rule: Rule{
			Code: "issuer-missing", Stage: StageMessage, Severity: Error,
			Title:       "the assertion names no issuer",
			Explanation: "the Issuer of the assertion says whose keys may prove it; without one, or with an empty one, no receiver can choose the metadata",
			Fix:         "configure the identity provider to send its entity ID as Issuer",
			Sources:     []Source{core("2.3.3"), core("2.2.5")},
			Unsettled:   "STS accepts an assertion without an Issuer",
		},
		proves: true, needs: []*need{needDocument, needMessage, needSuccess, needContent}, judge: func(f *facts, report func(Fault)) {
			switch i := f.content.Issuer(); {
			case !i.Present():
				report(Fault{Place: f.content.Place(), Message: "an Issuer is expected in the assertion, there is none"})
			case blank(i.Text):
				report(Fault{Place: i.Place(), Message: "an entity ID is expected in the Issuer of the assertion, it is empty"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "issuer-mismatch", Stage: StageMessage, Severity: Error,
			Title:       "the issuer is not the entity of the metadata",
			Explanation: "the Issuer of the assertion and the entityID of the metadata must be the same string, compared character by character; Microsoft Entra ID's ends in a slash, and an application that appends its ID to the issuer needs metadata that says so",
			Fix:         "give the metadata of the identity provider (and of the tenant and application) that issued the response, or correct the issuer that it sends",
			Sources:     []Source{core("2.2.5"), metadataSpec("2.3.2"), awsTroubleshoot},
			AWS:         answerIssuer(Documented),
		},
		needs: []*need{needDocument, needMessage, needSuccess, needContent, needMetadata, needEntity}, judge: func(f *facts, report func(Fault)) {
			if issuer := f.content.Issuer(); f.choice.mismatch && issuer.Present() && !blank(issuer.Text) {
				want := f.choice.entities[0].ID
				report(Fault{Place: issuer.Place(), Message: fmt.Sprintf("the metadata describes %s, the response was issued by %s%s", quote(want), quote(issuer.Text), differs(want, issuer.Text))})
			}
		},
	},
	{
		Rule: Rule{
			Code: "issuer-format", Stage: StageMessage, Severity: Warning, Varies: "error under the profile saml",
			Title:       "the Format of an Issuer is not entity",
			Explanation: "in the Web SSO profile the Format of an Issuer is absent or urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
			Fix:         "configure the identity provider to leave the Format out",
			Sources:     []Source{profiles("4.1.4.2"), core("8.3.6")},
			Unsettled:   "STS accepts an Issuer of this Format",
		},
		needs: []*need{needDocument, needMessage}, judge: func(f *facts, report func(Fault)) {
			for i := range f.issuers() {
				if i.Format.Present() && i.Format.Text != formatEntity {
					report(Fault{Place: i.Format.Place(), Severity: f.strict(), Message: fmt.Sprintf("the Format of an Issuer is expected to be absent or %q, %s is found", formatEntity, quote(i.Format.Text))})
				}
			}
		},
	},
	{
		Rule: Rule{
			Code: "response-issuer-missing", Stage: StageMessage, Severity: Warning, Varies: "error under the profile saml",
			Title:       "the Response names no issuer",
			Explanation: "a Response that is signed, or that holds an encrypted assertion, names its issuer: the receiver needs it to choose the key",
			Fix:         "configure the identity provider to send an Issuer in the Response",
			Sources:     []Source{profiles("4.1.4.2")},
			Unsettled:   "STS accepts a Response without an Issuer",
		},
		needs: []*need{needDocument, needResponse}, judge: func(f *facts, report func(Fault)) {
			signed, encrypted := len(f.signaturesOf(f.shape.response)) > 0, len(f.inner.encrypted) > 0
			if (signed || encrypted) && !f.response.Issuer.Present() {
				report(Fault{Place: placeOf(f.shape.response), Severity: f.strict(), Message: "an Issuer is expected in a Response that is signed or holds an encrypted assertion, there is none"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "response-issuer-mismatch", Stage: StageMessage, Severity: Warning, Varies: "error under the profile saml",
			Title:       "Response and assertion name different issuers",
			Explanation: "in the Web SSO profile the Issuer of the Response is the one of the assertion; receivers that choose the key by the Response's Issuer take the wrong metadata. AWS STS was observed to accept it: there the assertion's Issuer counts",
			Fix:         "configure the identity provider to send the same Issuer in both",
			Sources:     []Source{profiles("4.1.4.2"), awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: []*need{needDocument, needResponse, needContent}, judge: func(f *facts, report func(Fault)) {
			outer, inside := f.response.Issuer, f.content.Issuer()
			if outer.Present() && inside.Present() && outer.Text != inside.Text {
				report(Fault{Place: outer.Place(), Severity: f.strict(), Message: fmt.Sprintf("the assertion's issuer is %s, the Response's is %s%s", quote(inside.Text), quote(outer.Text), differs(inside.Text, outer.Text))})
			}
		},
	},
}

// strict is the severity of what the Web SSO profile demands and AWS was
// observed, or is not known, to ask for.
func (f *facts) strict() Severity {
	if f.profile == ProfileSAML {
		return Error
	}
	return Warning
}

// issuers gives the Issuer of the assertion and that of the Response, as far as
// they are there.
func (f *facts) issuers() iter.Seq[*Issuer] {
	return func(yield func(*Issuer) bool) {
		if f.content != nil && f.content.issuer.Present() && !yield(&f.content.issuer) {
			return
		}
		if f.response.Issuer.Present() {
			yield(&f.response.Issuer)
		}
	}
}

// differs gives the kind of difference as words to append.
func differs(want, got string) string {
	if d := difference(want, got); d != "" {
		return ": " + d
	}
	return ""
}
