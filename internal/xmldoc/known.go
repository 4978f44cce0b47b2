package xmldoc

// known gives the same text, for the namespace names that messages mostly use
// as the constant that the program holds: of two strings that are one, it is
// known at once that they are equal, and names of elements are compared often.
func known(uri string) string {
	for _, name := range [...]string{
		"urn:oasis:names:tc:SAML:2.0:assertion",
		"urn:oasis:names:tc:SAML:2.0:protocol",
		"urn:oasis:names:tc:SAML:2.0:metadata",
		"http://www.w3.org/2000/09/xmldsig#",
		"http://www.w3.org/2001/04/xmlenc#",
	} {
		if uri == name {
			return name
		}
	}
	return uri
}
