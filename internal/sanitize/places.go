package sanitize

import (
	"regexp"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

const (
	assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion"
	metadataSpace  = "urn:oasis:names:tc:SAML:2.0:metadata"
	signature11    = "http://www.w3.org/2009/xmldsig11#"
	schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
	awsAttributes  = "https://aws.amazon.com/saml/attributes/"
)

// contextOf tells what the value of an attribute of the document is.
func contextOf(e xmldoc.Element, a xmldoc.Attr) context {
	if e.Local() == "Attribute" && (a.Local() == "Name" || a.Local() == "FriendlyName") {
		return nameText
	}
	if timeAttributes[a.Local()] {
		return timeText
	}
	return plainText
}

// textContext tells what the text of an element is.
func textContext(e xmldoc.Element) context {
	switch e.Local() {
	case "X509IssuerName", "X509SubjectName", "KeyName":
		return subjectText
	case "AttributeValue":
		return valueContext(e.Parent(), e)
	}
	return plainText
}

// arnInside finds what is an ARN, or was meant for one.
var arnInside = regexp.MustCompile(`(?i)(^|[^a-z0-9])arn[:;]`)

func valueContext(attribute, value xmldoc.Element) context {
	short, _ := strings.CutPrefix(strings.ToLower(attribute.Get("Name")+attribute.Get("FriendlyName")), awsAttributes)
	switch {
	case strings.Contains(short, "sessionduration"):
		return durationText
	case arnInside.MatchString(value.Text()):
		return roleText
	}
	return plainText
}

// octets are the elements of XML Signature and Encryption whose text is base64
// of something that only looks like chance.
var octets = set("Modulus Exponent P Q G Y J Seed PgenCounter X509SKI X509CRL X509Digest PGPKeyID PGPKeyPacket SPKISexp SPKIData PublicKey DEREncodedKeyValue CipherValue OAEPparams SignatureValue DigestValue X509Certificate OCSPResponse")

// isOctets reports whether the text of an element is no text.
func isOctets(e xmldoc.Element) bool {
	switch e.Space() {
	case xmlsig.Space, signature11, xmlenc.Space, xmlenc.Space11:
		return octets[e.Local()]
	}
	return false
}

// kindOf gives a name to what an element holds, for the list of replacements.
func kindOf(e xmldoc.Element) string {
	switch e.Local() {
	case "NameID", "BaseID":
		return "name of the subject"
	case "AttributeValue":
		return "value of an attribute"
	case "Issuer":
		return "issuer"
	case "Audience":
		return "audience"
	case "StatusMessage", "StatusDetail":
		return "status text"
	}
	if isOctets(e) {
		return octetsKind(e.Local())
	}
	return "text"
}

func octetsKind(local string) string {
	switch local {
	case "X509Certificate", "X509CRL":
		return "certificate"
	case "SignatureValue":
		return "signature"
	case "DigestValue":
		return "digest"
	case "CipherValue":
		return "ciphertext"
	}
	return "key"
}

// attributeKind is kindOf for an attribute of the document.
func attributeKind(a xmldoc.Attr) string {
	switch a.Local() {
	case "ID", "Id", "InResponseTo", "SessionIndex", "AssertionID", "ResponseID", "URI":
		return "ID"
	case "entityID":
		return "issuer"
	case "Recipient", "Destination", "Location", "ResponseLocation":
		return "address"
	case "Address", "DNSName":
		return "host"
	case "Name", "FriendlyName":
		return "name of an attribute"
	}
	return "attribute of the document"
}
