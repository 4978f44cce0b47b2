package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// whoGap is the width of the names of those who answer.
const whoGap = 9

// predicted writes what AWS will answer, and how that is known.
func (p *page) predicted(v *view) {
	if v.predictions == nil {
		return
	}
	p.labelled(2, "STS", whoGap, "", stsWords(v.predictions.STS)+v.forRole())
	console := *v.predictions.Console
	if console.Reason == v.predictions.STS.Reason && console.Code != claims.Undetermined {
		console.Reason = "" // said above
	}
	p.labelled(2, "console", whoGap, "", consoleWords(v.predictions.STS, &console))
}

// forRole names the role that is answered for, where others have another
// answer.
func (v *view) forRole() string {
	differs := func(r claims.RoleObject) bool { return v.ofRole(r) != "" }
	sts := v.predictions.STS
	if sts.Role == "" || !slices.ContainsFunc(v.roles, differs) {
		return ""
	}
	words := "; for " + Value(sts.Role)
	refused := 0
	for _, r := range v.roles {
		if r.STS != nil && r.STS.Code != claims.Success && r.STS.Code != claims.Undetermined {
			refused++
		}
	}
	if refused > 0 && sts.Code == claims.Success {
		words += fmt.Sprintf("; it refuses %d of the %s offered", refused, count(len(v.roles), "role"))
	}
	return words
}

// stsWords says in words what AssumeRoleWithSAML answers.
func stsWords(a *claims.Prediction) string {
	switch a.Code {
	case claims.Undetermined:
		return "cannot be foretold: " + a.Reason
	case claims.Success:
		return known("accepts it: a session of "+seconds(a.SessionSeconds), a.Basis, a.Reason)
	}
	return known("refuses it: "+refusal(a.Code, a.Message), a.Basis, a.Reason)
}

func consoleWords(sts *claims.Prediction, a *claims.ConsolePrediction) string {
	switch {
	case a.Code == claims.Undetermined && a.Reason == sts.Reason:
		return "cannot be foretold, for the same reason"
	case a.Code == claims.Undetermined:
		return "cannot be foretold: " + a.Reason
	case a.Code == claims.Success:
		return known("signs in: a session of "+seconds(a.SessionSeconds), a.Basis, a.Reason)
	case a.Code == "":
		return known("shows "+Quote(a.Message), a.Basis, a.Reason)
	}
	return known("shows the answer of STS: "+refusal(a.Code, a.Message), a.Basis, a.Reason)
}

func refusal(code, message string) string {
	if message == "" {
		return Value(code)
	}
	return Value(code) + " " + Quote(message)
}

func known(words string, basis saml.Basis, reason string) string {
	words += " (" + string(basis) + ")"
	if reason != "" {
		words += ", " + reason
	}
	return words
}

func seconds(n int) string {
	return fmt.Sprintf("%d seconds (%s)", n, span(time.Duration(n)*time.Second))
}

// returned says what STS returns beside the credentials.
func (p *page) returned(v *view) {
	if v.predictions == nil || v.predictions.STS.Code != claims.Success {
		return
	}
	a := v.predictions.STS
	for i, f := range []struct{ name, value string }{
		{"Audience", a.Audience}, {"SubjectType", a.SubjectType}, {"NameQualifier", a.NameQualifier}, {"SourceIdentity", a.SourceIdentity},
	} {
		if f.value != "" {
			p.field(once("STS returns", i), f.name+" "+Value(f.value))
		}
	}
}

// ofRole gives what STS answers to a role, where that is not what it answers on
// the whole.
func (v *view) ofRole(r claims.RoleObject) string {
	if r.STS == nil || v.predictions == nil {
		return ""
	}
	whole := v.predictions.STS
	if r.STS.Code == whole.Code && r.STS.Message == whole.Message && r.STS.Reason == whole.Reason && r.STS.SessionSeconds == whole.SessionSeconds {
		return ""
	}
	return "STS " + stsWords(r.STS)
}

// refused reports whether AWS is foretold to refuse the response. That is not
// said where it is the call that STS refuses, so that the sign-in page takes the
// response, nor where the answer of STS to one of the roles cannot be foretold.
func (v *view) refused() bool {
	if v.predictions == nil || !refuses(v.predictions.STS) || v.predictions.Console.Code == claims.Success {
		return false
	}
	return !slices.ContainsFunc(v.roles, func(r claims.RoleObject) bool { return r.STS != nil && r.STS.Code == claims.Undetermined })
}

func refuses(a *claims.Prediction) bool {
	return a.Code != claims.Success && a.Code != claims.Undetermined
}

// accepts reports whether an answer says that AWS lets a fault pass.
func accepts(a saml.Answer) bool { return strings.EqualFold(a.Code, claims.Success) }
