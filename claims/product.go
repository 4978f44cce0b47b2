package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// product is the identity provider's make, as far as the message shows it.
type product string

const (
	productOther    product = ""
	productEntra    product = "Entra ID"
	productOkta     product = "Okta"
	productKeycloak product = "Keycloak"
	productADFS     product = "AD FS"
)

// productOf guesses the product from the issuer and from attributes that one
// product alone sends. Only hints on causes depend on it.
func productOf(c saml.Content) product {
	issuer := c.Issuer().Text
	switch {
	case strings.HasPrefix(issuer, "https://sts.windows.net/"), strings.HasPrefix(issuer, "https://login.microsoftonline."),
		slices.ContainsFunc(c.Attributes(), func(a saml.Attribute) bool {
			return a.Name == "http://schemas.microsoft.com/identity/claims/tenantid"
		}):
		return productEntra
	case strings.HasPrefix(issuer, "http://www.okta.com/"):
		return productOkta
	case strings.Contains(issuer, "/realms/"):
		return productKeycloak
	case strings.HasSuffix(issuer, "/adfs/services/trust"):
		return productADFS
	}
	return productOther
}

// noRoleCauses are the causes of a missing Role attribute that were reported,
// product by product.
var noRoleCauses = map[product]string{
	productEntra:    "in Entra ID the user, or the group, is assigned to the application with \"Default Access\" (msiam_access, which has no value) instead of an AWS role, or through a nested group, or the Role claim (user.assignedroles) was deleted",
	productOkta:     "in Okta the group filter matches none of the user's groups (the usual filter [\\w\\-]+ loses role names that hold a period), or no SAML role is assigned to the user",
	productKeycloak: "in Keycloak the user is in no group that bears a role of the AWS client, or the client has no role list mapper of this name",
	productADFS:     "in AD FS the rule that turns groups into roles finds no group of the user whose name fits its pattern",
}

// causes gives the causes for one product, or for all where it is not known.
func (p product) causes() string {
	if c, ok := noRoleCauses[p]; ok {
		return c
	}
	var out []string
	for _, k := range []product{productEntra, productOkta, productKeycloak} {
		out = append(out, noRoleCauses[k])
	}
	return strings.Join(out, "; ")
}
