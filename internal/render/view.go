package render

import (
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// A view is what of a report is rendered as text.
type view struct {
	*saml.Object
	roles []claims.Role
}

func viewOf(o *saml.Object) *view {
	v := &view{Object: o}
	for _, r := range o.Roles {
		if role, ok := r.(claims.Role); ok {
			v.roles = append(v.roles, role)
		}
	}
	return v
}

// saysNothing reports whether nothing was read that is worth a section.
func (v *view) saysNothing() bool {
	return v.Issuer == "" && v.Subject.NameID == "" && len(v.Signatures) == 0 && len(v.roles) == 0 && v.IssueInstant == nil
}
