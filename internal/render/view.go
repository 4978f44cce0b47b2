package render

import (
	"slices"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// A view is what of a report is rendered as text.
type view struct {
	*saml.Object
	roles       []claims.RoleObject
	predictions *claims.Predictions // nil where AWS is not the service provider
}

func viewOf(o *saml.Object) *view {
	v := &view{Object: o}
	v.predictions, _ = o.AWS.(*claims.Predictions)
	for _, r := range o.Roles {
		if role, ok := r.(claims.RoleObject); ok {
			v.roles = append(v.roles, role)
		}
	}
	return v
}

// saysNothing reports whether nothing was read that is worth a section, as of
// what is no response at all.
func (v *view) saysNothing() bool {
	isOther := func(f saml.Finding) bool { return f.Code == "message-not-response" }
	return slices.ContainsFunc(v.Findings, isOther) || v.Issuer == "" && v.Subject.NameID == "" && len(v.Signatures) == 0 && len(v.roles) == 0 && v.IssueInstant == nil
}
