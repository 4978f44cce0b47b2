package exponents

import (
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

const (
	assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion"
	digestMark     = "@DIGEST@"
	valueMark      = "@VALUE@"
)

// signature is a Signature as Entra writes it, less what is computed.
const signature = `<Signature xmlns="` + xmlsig.Space + `"><SignedInfo><CanonicalizationMethod Algorithm="` + xmlsig.ExclusiveC14N + `"/>` +
	`<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI="#%s"><Transforms>` +
	`<Transform Algorithm="` + xmlsig.EnvelopedSignature + `"/><Transform Algorithm="` + xmlsig.ExclusiveC14N + `">%s</Transform></Transforms>` +
	`<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>` + digestMark + `</DigestValue></Reference></SignedInfo>` +
	`<SignatureValue>` + valueMark + `</SignatureValue><KeyInfo><X509Data><X509Certificate>%s</X509Certificate></X509Data></KeyInfo></Signature>`

// signed signs the Assertion of a response with Entra's key, however much of
// something it has: the package that signs for tests keeps to the usual limits.
func signed(text, prefixList string) (task, error) {
	return signedBy(xmlsig.ExclusiveC14N, text, prefixList)
}

// signedBy is signed with another canonicalization.
func signedBy(algorithm, text, prefixList string) (task, error) {
	certificate, err := samltest.CurrentKey.Certificate(samltest.Entra)
	if err != nil {
		return task{}, err
	}
	_, rest, _ := strings.Cut(text, `<Assertion ID="`)
	id, _, _ := strings.Cut(rest, `"`)
	before, after, found := strings.Cut(rest, "</Issuer>")
	if !found {
		return task{}, errors.New("the message has no Assertion with an Issuer")
	}
	inclusive := ""
	if prefixList != "" {
		inclusive = `<InclusiveNamespaces xmlns="` + xmlsig.ExclusiveC14N + `" PrefixList="` + prefixList + `"/>`
	}
	head := text[:len(text)-len(rest)] + before + "</Issuer>"
	form := strings.ReplaceAll(signature, xmlsig.ExclusiveC14N, algorithm)
	draft := head + fmt.Sprintf(form, id, inclusive, base64.StdEncoding.EncodeToString(certificate.Raw)) + after
	return completed(algorithm, draft, strings.Fields(prefixList))
}

// completed computes the digest and then the value of a draft's Signature.
func completed(algorithm, draft string, prefixes []string) (task, error) {
	assertion, drafted, err := parts(draft)
	if err != nil {
		return task{}, err
	}
	octets, err := xmlsig.Canonicalize(nil, assertion, drafted, algorithm, prefixes)
	if err != nil {
		return task{}, err
	}
	digest := sha256.Sum256(octets)
	draft = strings.Replace(draft, digestMark, base64.StdEncoding.EncodeToString(digest[:]), 1)
	if _, drafted, err = parts(draft); err != nil {
		return task{}, err
	}
	octets, err = xmlsig.Canonicalize(nil, drafted.Child(xmlsig.Space, "SignedInfo"), xmldoc.Element{}, algorithm, nil)
	if err != nil {
		return task{}, err
	}
	key, err := samltest.CurrentKey.Signer(samltest.Entra)
	if err != nil {
		return task{}, err
	}
	digest = sha256.Sum256(octets)
	value, err := key.Sign(nil, digest[:], crypto.SHA256)
	return captured([]byte(strings.Replace(draft, valueMark, base64.StdEncoding.EncodeToString(value), 1))), err
}

// parts gives the signed Assertion of a draft and the Signature in it.
func parts(draft string) (assertion, drafted xmldoc.Element, err error) {
	limits := xmldoc.MessageLimits()
	limits.Depth, limits.Attributes, limits.Asides = 1000, 256, 16_384
	limits.Declarations, limits.InScope, limits.DeclarationBase = 256, 512, 2000
	doc, err := xmldoc.Parse([]byte(draft), limits)
	if err != nil {
		return assertion, drafted, err
	}
	assertion = doc.Root().Child(assertionSpace, "Assertion")
	return assertion, assertion.Child(xmlsig.Space, "Signature"), nil
}
