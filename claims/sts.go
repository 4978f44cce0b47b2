package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// predict adds to a report what AWS will answer. It reads the finished findings
// and judges nothing anew.
func (f *facts) predict(r *Report) {
	all := f.allEyes(r)
	for i := range r.Roles {
		r.Roles[i].STS = all.of(r.Roles[i].Provider).sts.answer(&r.Roles[i])
	}
	whole := all.own
	if f.known.supposed != nil {
		whole = all.of(f.known.supposed.pair.Provider)
	}
	sts, console := whole.sts.whole(r.Roles), f.console(all, r.Roles)
	r.AWS = &Predictions{STS: &sts, Console: &console}
}

// whole gives the answer to the role that is asked for; without one, Success if
// a role succeeds, else the answer to the first.
func (v *view) whole(roles []Role) Prediction {
	if p := best(roles, v.options.Role, func(r *Role) *Prediction { return r.STS }); p != nil {
		return *p
	}
	if v.options.Role == "" {
		return v.answerTo(v.every(), nil)
	}
	p := v.answerTo(v.asked(), nil)
	p.Role = v.options.Role
	return p
}

// best gives the first success that rests on nothing unjudged, else the first
// success, else the first answer, of those to the role that is asked for, or to
// all where none is; nil where there is none.
func best(roles []Role, asked string, answer func(*Role) *Prediction) *Prediction {
	var first, success *Prediction
	for i := range roles {
		if asked != "" && roles[i].Role != asked {
			continue
		}
		p := answer(&roles[i])
		switch {
		case p.Code == Success && p.Reason == "":
			return p.of(roles[i].Role)
		case p.Code == Success && success == nil:
			success = p.of(roles[i].Role)
		case first == nil:
			first = p.of(roles[i].Role)
		}
	}
	if success != nil {
		return success
	}
	return first
}

// answerTo predicts from what counts for a role; nil for none.
func (f *facts) answerTo(w *weight, role *Role) Prediction {
	switch {
	case w.refusal != nil:
		return w.first()
	case len(w.doubts) > 0:
		return undetermined(reasonOf(w.doubts))
	case f.content == nil || role == nil:
		return undetermined("no response with a role was read")
	case !f.report.Verified:
		return undetermined("nothing proves the response")
	}
	return f.success(role, w.accepted)
}

// success tells what STS returns.
func (f *facts) success(role *Role, basis saml.Basis) Prediction {
	id := f.content.NameID()
	p := Prediction{
		Code: Success, Basis: basis, Audience: f.recipient.Text, SessionSeconds: f.apiSeconds(),
		Subject: id.Text, SubjectType: strings.TrimPrefix(id.Format.Text, formatPrefix),
		Issuer: f.content.Issuer().Text, SourceIdentity: f.first(nameSourceIdentity).Text,
	}
	if arn, err := ParseARN(role.Provider); err == nil {
		p.NameQualifier = nameQualifier(p.Issuer, arn.Account, arn.Name)
	}
	// On record are DurationSeconds and SessionDuration each by itself.
	if n := f.sessionDuration(); n != nil && *n < f.options.Duration {
		p.Basis = worse(p.Basis, saml.Documented)
	}
	t := f.trustOf(role.Role, role.Provider)
	if t.known() {
		p.Basis = worse(p.Basis, t.basis())
	}
	p.Reason = f.restsOn(role, t)
	return p
}

// restsOn says what of the account a success takes for granted.
func (f *facts) restsOn(role *Role, t *trust) string {
	var open []string
	if !t.known() {
		open = append(open, "the role's trust policy")
	}
	if f.options.Duration > usualSession && (t == nil || t.role.maxSession == 0) {
		open = append(open, "the role's MaxSessionDuration")
	}
	if f.report.Encrypted() && !f.known.told[[2]string{role.Role, role.Provider}] {
		open = append(open, "the private keys of the SAML provider")
	}
	if len(open) == 0 {
		return ""
	}
	return "as far as the response decides; not judged: " + strings.Join(open, ", ")
}

// formatPrefix is what STS takes off the Format of a NameID.
const formatPrefix = "urn:oasis:names:tc:SAML:2.0:nameid-format:"

// apiSeconds gives the length of a session of the API: DurationSeconds or an
// hour, which SessionDuration and SessionNotOnOrAfter can only shorten.
func (f *facts) apiSeconds() int {
	length := usualSession
	if f.options.Duration > 0 {
		length = f.options.Duration
	}
	if n := f.sessionDuration(); n != nil {
		length = min(length, *n)
	}
	if left, ok := f.sessionLeft(); ok {
		length = min(length, left)
	}
	return length
}

// recordedAlgorithms are those with which answers of STS are on record.
var recordedAlgorithms = []string{
	"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
	"http://www.w3.org/2001/04/xmlenc#sha256",
}

// unrecorded gives what no answer of AWS is on record for and no rule finds
// fault with: that the message is signed otherwise than with RSA and SHA-256, or
// encrypted otherwise than on record.
func (f *facts) unrecorded() []saml.Finding {
	var out []saml.Finding
	for _, s := range f.report.Signatures {
		if !s.Verified {
			continue
		}
		switch {
		case !strings.Contains(s.SignatureAlgorithm, "#rsa-sha"):
			out = append(out, saml.Finding{Stage: saml.StageSignature, Unsettled: "STS verifies signatures with the algorithm " + quote(s.SignatureAlgorithm)})
		case !slices.Contains(recordedAlgorithms, s.SignatureAlgorithm), !slices.Contains(recordedAlgorithms, s.DigestAlgorithm):
			out = append(out, saml.Finding{Stage: saml.StageSignature, AWS: []saml.Answer{bySTS(Success, "", saml.Inferred)}})
		}
	}
	return append(out, f.unrecordedEncryption()...)
}
