package samltest

import (
	"fmt"
	"time"
)

// The endpoint of AWS where browsers post responses; also its usual audience.
const signIn = "https://signin.aws.amazon.com/saml"

// awsAttribute is what the names of AWS's attributes begin with.
const awsAttribute = "https://aws.amazon.com/SAML/Attributes/"

// A Login is one sign-in of one user. Every field that is left zero has the
// value that the product would give it; the zero Login is a sound sign-in at
// Entra. What shall be missing or wrong is a mutation.
type Login struct {
	Product      Product
	Issued       time.Time   // zero: Instant()
	Issuer       string      // entity ID of the identity provider; another one than the product's is not that of the Metadata
	NameID       string      // the user
	NameIDFormat string      // URI of the form that the NameID has
	Roles        []string    // pairs of a role ARN and a provider ARN; nil: two of two accounts
	SessionName  string      // RoleSessionName
	Duration     string      // SessionDuration in seconds; empty: 3600
	Attributes   []Attribute // further ones, after those of AWS
	Audience     string      // entity ID of the service provider; empty: that of AWS
	Recipient    string      // URL that the response is posted to; empty: that of AWS
	Destination  string      // empty: the Recipient
	InResponseTo string      // ID of the request that it answers; empty: started at the identity provider
	Sign         Placement
	Algorithm    Algorithm
	Key          Key      // that signs; zero: the one of the Metadata
	Mutations    []string // names out of Mutations(), in the order in which they are done
	Encrypt      Encryption
}

// An Attribute is an attribute of the assertion.
type Attribute struct {
	Name         string
	FriendlyName string // only Keycloak's shape has it
	Values       []string
}

// Placement says what of a response is signed.
type Placement string

// The placements; the empty one is what the product does by default.
const (
	SignAssertion Placement = "assertion"
	SignResponse  Placement = "response"
	SignBoth      Placement = "both"
)

// Algorithm says how a response is signed, and with which digest.
type Algorithm string

// The algorithms; the empty one is RSASHA256.
const (
	RSASHA256   Algorithm = "rsa-sha256"
	RSASHA1     Algorithm = "rsa-sha1"
	ECDSASHA256 Algorithm = "ecdsa-sha256" // signs with ECKey where no key is named
)

// Instant gives the instant at which a Login is issued that names none.
func Instant() time.Time { return time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC) }

// filled gives the login with every zero field set.
func (l Login) filled() (Login, habits, error) {
	h, err := l.Product.habits()
	if err != nil {
		return l, h, err
	}
	l.Product = l.Product.orDefault()
	if l.Issued.IsZero() {
		l.Issued = Instant()
	}
	l.Issued = l.Issued.UTC()
	for _, f := range []struct {
		field *string
		value string
	}{
		{&l.Issuer, h.issuer}, {&l.NameID, h.nameID}, {&l.NameIDFormat, h.nameIDFormat},
		{&l.SessionName, h.sessionName}, {&l.Duration, "3600"}, {&l.Audience, signIn}, {&l.Recipient, signIn},
	} {
		if *f.field == "" {
			*f.field = f.value
		}
	}
	if l.Destination == "" {
		l.Destination = l.Recipient
	}
	if l.Roles == nil {
		l.Roles = []string{h.pair("111122223333", "Admin"), h.pair("444455556666", "Auditors")}
	}
	return l.filledSigning(h), h, nil
}

func (l Login) filledSigning(h habits) Login {
	if l.Sign == "" {
		l.Sign = h.sign
	}
	if l.Algorithm == "" {
		l.Algorithm = RSASHA256
	}
	if l.Algorithm == ECDSASHA256 && l.Key == CurrentKey {
		l.Key = ECKey
	}
	return l
}

// seed gives what identifiers are derived from: everything but the encryption,
// so that it encrypts what would else be sent plain.
func (l Login) seed() string {
	return fmt.Sprintf("{%q %q %q %q %q %q %q %q %q %q %q %q %q %q %q %q %q}", l.Product, l.Issued, l.Issuer, l.NameID, l.NameIDFormat,
		l.Roles, l.SessionName, l.Duration, l.Attributes, l.Audience, l.Recipient, l.Destination, l.InResponseTo,
		l.Sign, l.Algorithm, l.Key, l.Mutations)
}

// attributes gives the attributes in the order in which the product writes
// them: Entra's core claims come first, whatever else is configured.
func (l Login) attributes() []Attribute {
	var out []Attribute
	if l.Product == Entra {
		out = entraClaims(l)
	}
	out = append(out,
		Attribute{Name: awsAttribute + "RoleSessionName", FriendlyName: "Session Name", Values: []string{l.SessionName}},
		Attribute{Name: awsAttribute + "Role", FriendlyName: "Session Role", Values: l.Roles},
		Attribute{Name: awsAttribute + "SessionDuration", FriendlyName: "Session Duration", Values: []string{l.Duration}})
	return append(out, l.Attributes...)
}

func entraClaims(l Login) []Attribute {
	one := func(name, value string) Attribute { return Attribute{Name: name, Values: []string{value}} }
	const microsoft, soap = "http://schemas.microsoft.com/identity/claims/", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
	return []Attribute{
		one(microsoft+"tenantid", tenant),
		one(microsoft+"objectidentifier", "0b7a6c55-0000-4000-8000-00000000b002"),
		one(microsoft+"displayname", "Dana Fixture"),
		one(microsoft+"identityprovider", l.Issuer),
		{Name: "http://schemas.microsoft.com/claims/authnmethodsreferences", Values: []string{
			"http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password",
			"http://schemas.microsoft.com/claims/multipleauthn"}},
		one(soap+"givenname", "Dana"),
		one(soap+"surname", "Fixture"),
		one(soap+"emailaddress", user),
		one(soap+"name", user),
	}
}
