package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// predict adds to a report what AWS will answer. It reads the finished findings
// and judges nothing anew.
func (f *facts) predict(r *Report) {
	byProvider := map[string]*eyes{}
	base := f.eyes(r, "", byProvider)
	all := make([]*eyes, len(r.Roles))
	for i := range r.Roles {
		all[i] = f.eyes(r, r.Roles[i].Provider, byProvider)
		r.Roles[i].STS = all[i].answerFor(all[i].sts, &r.Roles[i])
	}
	whole := base
	if supposed := f.supposed(); supposed != nil {
		whole = f.eyes(r, supposed.provider.text, byProvider)
	}
	sts, console := whole.whole(whole.sts, r.Roles), f.console(base.page, all, r.Roles)
	r.AWS = &Predictions{STS: &sts, Console: &console}
}

// answerFor predicts the answer to one role that is offered.
func (f *facts) answerFor(all *sorted, role *Role) *Prediction {
	p := f.answerTo(all.of(role), role)
	p.Role = role.Role
	return &p
}

// whole gives the answer to the role that is asked for; without one, Success if
// a role succeeds, else the answer to the first.
func (f *facts) whole(all *sorted, roles []Role) Prediction {
	p := f.answerTo(all.every(), nil)
	switch asked := f.askedOf(roles); {
	case len(asked) > 0:
		p = *best(asked)
	case f.options.Role != "":
		p = f.answerTo(all.asked(), nil)
		p.Role = f.options.Role
	}
	return p
}

// askedOf gives the roles that are asked for: without Options.Role, all.
func (f *facts) askedOf(roles []Role) []Role {
	if f.options.Role == "" {
		return roles
	}
	return slices.DeleteFunc(slices.Clone(roles), func(r Role) bool { return r.Role != f.options.Role })
}

// best gives the first success that rests on nothing unjudged, else the first
// success, else the first answer.
func best(roles []Role) *Prediction {
	succeeds := func(r Role) bool { return r.STS.Code == Success }
	judged := func(r Role) bool { return succeeds(r) && r.STS.Reason == "" }
	i := slices.IndexFunc(roles, judged)
	if i < 0 {
		i = max(slices.IndexFunc(roles, succeeds), 0)
	}
	return roles[i].STS
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
	told := func(v *roleValue) bool {
		return v.role.text == role.Role && v.provider.text == role.Provider && f.providerOf(v) != nil
	}
	if f.report.Encrypted() && !f.anyJudged(told) {
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
