// Package xmlenc reads the encrypted parts of a SAML message (XML Encryption
// 1.0 and 1.1): what can be told of them without a key, and their plaintext
// with one. It fetches nothing, and of a failure of a cipher it tells nothing
// but that there was one.
package xmlenc

// The namespaces of encrypted parts.
const (
	Space   = "http://www.w3.org/2001/04/xmlenc#"
	Space11 = "http://www.w3.org/2009/xmlenc11#"

	spaceSignature = "http://www.w3.org/2000/09/xmldsig#"
	spaceMore      = "http://www.w3.org/2001/04/xmldsig-more#"
)
