// Package samltest is an identity provider for tests: it issues SAML responses
// for AWS as Microsoft Entra ID, AD FS, Okta and Keycloak shape them, with the
// metadata that proves them, and breaks them on request.
//
// In a test one line is enough:
//
//	response, metadata := samltest.SignIn(t, samltest.Login{})
//
// The Login says who signs in and how; its zero value is a sound sign-in at Entra,
// and every field changes one thing:
//
//	login := samltest.Login{Product: samltest.Okta, SessionName: "dana", InResponseTo: "_request-1",
//		Roles: []string{"arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/Okta"}}
//
// Where there is no test, its methods Response and Metadata give the same with an
// error.
//
// The response comes as XML, as base64, as the body of a form. What shall be
// wrong with it is named, before signing as a fault of the identity provider,
// after signing as what a tool or an attacker does:
//
//	response, metadata := samltest.SignIn(t, login.With("audience-other", "nameid-edited"))
//
// Mutations lists all of them. The Assertion is encrypted on request, for the
// key that DecryptionKey gives:
//
//	login.Encrypt = samltest.Encryption{Algorithm: "aes256-gcm"}
//
// The same Login gives the same bytes at every call and on every machine: keys and
// certificates are part of the package, identifiers are derived from the Login,
// instants from its Issued.
//
// Instants are those of Issued, which is Instant where it is left zero. Judge a
// response as of then, or issue it now, with Issued: time.Now().
//
// The keys are public. Nothing that they sign proves anything; never put their
// certificates or this metadata into a service that anybody relies on.
package samltest
