package samltest

import (
	"fmt"
	"time"
)

// A Product is a kind of identity provider; the empty one is Entra.
type Product string

// The products.
const (
	Entra    Product = "entra"
	ADFS     Product = "adfs"
	Okta     Product = "okta"
	Keycloak Product = "keycloak"
)

// Products gives all products.
func Products() []Product { return []Product{Entra, ADFS, Okta, Keycloak} }

func (p Product) orDefault() Product {
	if p == "" {
		return Entra
	}
	return p
}

// tenant is the Entra tenant of the tests.
const tenant = "5f0c1e2d-0000-4000-8000-00000000a001"

// A product's habits: what it does where a Login says nothing.
type habits struct {
	issuer        string
	nameID        string
	nameIDFormat  string
	sessionName   string
	sign          Placement
	authenticated time.Duration // of AuthnInstant, before the issue
	from          time.Duration // of NotBefore, before the issue
	until         time.Duration // of Conditions@NotOnOrAfter, after the issue
	confirm       time.Duration // of SubjectConfirmationData@NotOnOrAfter
	session       time.Duration // of SessionNotOnOrAfter, where it is given
	provider      string        // name of the SAML provider in IAM
	providerFirst bool          // in the value of Role
}

const (
	emailFormat       = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
	persistentFormat  = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	unspecifiedFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
	user              = "dana.fixture@example.com"
)

func (p Product) habits() (habits, error) {
	switch p.orDefault() {
	case Entra:
		return habits{
			issuer: "https://sts.windows.net/" + tenant + "/", nameID: user, nameIDFormat: emailFormat, sessionName: user,
			sign: SignAssertion, authenticated: 7 * time.Hour, from: 5 * time.Minute, until: time.Hour, confirm: time.Hour,
			provider: "WAAD",
		}, nil
	case ADFS:
		return habits{
			issuer: "http://sts.example.com/adfs/services/trust", nameID: `EXAMPLE\dana`, nameIDFormat: persistentFormat, sessionName: user,
			sign: SignAssertion, until: time.Hour, confirm: 5 * time.Minute, provider: "ADFS", providerFirst: true,
		}, nil
	case Okta:
		return habits{
			issuer: "http://www.okta.com/exk0fixture0000000001", nameID: user, nameIDFormat: unspecifiedFormat, sessionName: user,
			sign: SignBoth, from: 5 * time.Minute, until: 5 * time.Minute, confirm: 5 * time.Minute, provider: "Okta",
		}, nil
	case Keycloak:
		return habits{
			issuer: "https://sso.example.com/realms/example", nameID: "G-2f0c1e2d-0000-4000-8000-00000000a003", nameIDFormat: persistentFormat,
			sessionName: user, sign: SignBoth, from: 2 * time.Second, until: 58 * time.Second, confirm: 5 * time.Minute,
			session: 10 * time.Hour, provider: "Keycloak",
		}, nil
	}
	return habits{}, fmt.Errorf("the product is expected to be one of %q, found %q", Products(), p)
}

// pair gives a value of Role in the order in which the product's guides put it.
func (h habits) pair(account, role string) string {
	r := "arn:aws:iam::" + account + ":role/" + role
	p := "arn:aws:iam::" + account + ":saml-provider/" + h.provider
	if h.providerFirst {
		return p + "," + r
	}
	return r + "," + p
}
