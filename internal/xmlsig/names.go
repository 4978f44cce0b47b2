package xmlsig

import (
	"github.com/samlcheck/samlcheck/internal/words"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// The namespaces of signatures and of what bears them.
const (
	Space      = "http://www.w3.org/2000/09/xmldsig#"
	space11    = "http://www.w3.org/2009/xmldsig11#"
	spaceMore  = "http://www.w3.org/2001/04/xmldsig-more#"
	space2007  = "http://www.w3.org/2007/05/xmldsig-more#"
	spaceXMLEn = "http://www.w3.org/2001/04/xmlenc#"
	spaceExc   = "http://www.w3.org/2001/10/xml-exc-c14n#"
	spaceSAML  = "urn:oasis:names:tc:SAML:2.0:assertion"
	spaceSAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
	spaceMD    = "urn:oasis:names:tc:SAML:2.0:metadata"
)

// The canonicalization algorithms and the enveloped-signature transform.
const (
	ExclusiveC14N             = spaceExc
	ExclusiveC14NWithComments = spaceExc + "WithComments"
	C14N10                    = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	C14N10WithComments        = C14N10 + "#WithComments"
	C14N11                    = "http://www.w3.org/2006/12/xml-c14n11"
	C14N11WithComments        = C14N11 + "#WithComments"
	EnvelopedSignature        = Space + "enveloped-signature"
)

// The limits of what is read of a document's Signatures.
const (
	MaxSignatures   = 16 // of a document, unless Options.Signatures says another number
	MaxReferences   = 16
	MaxTransforms   = 4
	MaxPrefixes     = 32
	MaxCertificates = 10
	maxModulusBits  = 16384
	minModulusBits  = 1024
)

// ds reports whether e is the element of XML-DSig of this name.
func ds(e xmldoc.Element, local string) bool { return e.Is(Space, local) }

// longestQuote bounds foreign text in a message, in characters.
const longestQuote = 100

func quote(text string) string { return words.Quote(text, longestQuote) }

// same reports whether two nodes are one.
func same(a, b xmldoc.Element) bool { return a.Node == b.Node }
