package xmlsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// KeyInfoStyle is a way to say in a Signature whose key it is.
type KeyInfoStyle string

// The styles of KeyInfo.
const (
	StyleCertificate KeyInfoStyle = ""           // X509Data with the certificates
	StyleNone        KeyInfoStyle = "none"       // no KeyInfo
	StyleValue       KeyInfoStyle = "key value"  // KeyValue
	StyleName        KeyInfoStyle = "key name"   // KeyName
	StyleSeveral     KeyInfoStyle = "several"    // KeyName, KeyValue and X509Data
	StyleADFS        KeyInfoStyle = "adfs"       // X509Data, the ds namespace declared as the default on KeyInfo
	StyleEmptyData   KeyInfoStyle = "empty X509" // X509Data without a certificate
	StyleRetrieval   KeyInfoStyle = "retrieval"  // RetrievalMethod
)

// SignOptions say how Sign signs. The zero value, with a Key, gives what most
// identity providers give: RSA or ECDSA with SHA-256, exclusive
// canonicalization, and the certificate in KeyInfo.
type SignOptions struct {
	Key              crypto.Signer
	Certificates     [][]byte // in DER
	SignatureMethod  string   // empty: SHA-256 with the kind of the key
	SignatureParams  string   // XML inside SignatureMethod, such as RSAPSSParams
	DigestMethod     string   // empty: SHA-256
	Canonicalization string   // empty: exclusive
	Transforms       []string // nil: enveloped-signature, then exclusive canonicalization
	PrefixList       string   // of the exclusive transform
	MethodPrefixList string   // of an exclusive CanonicalizationMethod
	Prefix           string   // of the ds namespace; empty: it is the default namespace of Signature
	URI              *string  // of the Reference; nil: "#" and the ID
	NoURI            bool     // the Reference has no URI
	KeyInfo          KeyInfoStyle
	Fold             int    // characters a line of base64; 0: one line
	LineBreak        string // between those lines; empty: a line feed
}

// Sign inserts an enveloped Signature into the element of this ID: directly
// after its Issuer, or first where it has none. RSA PKCS#1 v1.5 and ECDSA
// give the same octets each time.
func Sign(xml []byte, id string, o SignOptions) ([]byte, error) {
	o = o.defaulted()
	if o.Key == nil {
		return nil, errors.New("no key to sign with is given")
	}
	method, ok := signingOf(o.SignatureMethod)
	digest, known := digestOf(o.DigestMethod)
	if !ok || !known {
		return nil, errors.New("a signature or digest method that is not supported is asked for")
	}
	doc, err := xmldoc.Parse(xml, xmldoc.WidestLimits())
	if err != nil {
		return nil, err
	}
	ids, _ := identifiers(doc)
	at, err := insertion(ids[id])
	if err != nil {
		return nil, fmt.Errorf("the element of ID %s: %w", quote(id), err)
	}
	draft := func(digestValue, signatureValue string) []byte {
		return []byte(doc.Source()[:at] + o.signature(id, digestValue, signatureValue) + doc.Source()[at:])
	}
	s, err := o.find(draft("", ""), at)
	if err != nil {
		return nil, err
	}
	octets, state, reason := s.x.transformed(s.Signature)
	if state != "" {
		return nil, errors.New(reason)
	}
	digestValue := o.base64(sumText(digest, octets))
	s, err = o.find(draft(digestValue, ""), at)
	if err != nil {
		return nil, err
	}
	value, err := o.value(s.Signature, method)
	if err != nil {
		return nil, err
	}
	return draft(digestValue, o.base64(value)), nil
}

func (o SignOptions) defaulted() SignOptions {
	if o.SignatureMethod == "" {
		o.SignatureMethod = spaceMore + "rsa-sha256"
		if _, ok := o.Key.(*ecdsa.PrivateKey); ok {
			o.SignatureMethod = spaceMore + "ecdsa-sha256"
		}
	}
	if o.DigestMethod == "" {
		o.DigestMethod = spaceXMLEn + "sha256"
	}
	if o.Canonicalization == "" {
		o.Canonicalization = ExclusiveC14N
	}
	if o.Transforms == nil {
		o.Transforms = []string{EnvelopedSignature, ExclusiveC14N}
	}
	if o.LineBreak == "" {
		o.LineBreak = "\n"
	}
	return o
}

// insertion gives the place where a Signature belongs in e.
func insertion(e xmldoc.Element) (int, error) {
	switch {
	case !e.Present():
		return 0, errors.New("there is none, or more than one")
	case e.SelfClosing():
		return 0, errors.New("it is written as an empty-element tag")
	}
	if issuer := e.Child(spaceSAML, "Issuer"); issuer.Present() {
		return issuer.End(), nil
	}
	return e.Offset() + len(e.StartTag()), nil
}

// draftSignature is a Signature in a document that is not signed yet.
type draftSignature struct {
	*Signature
	x *examination
}

// find reads a draft and its Signature, which starts at the offset.
func (o SignOptions) find(xml []byte, at int) (draftSignature, error) {
	doc, err := xmldoc.Parse(xml, xmldoc.WidestLimits())
	if err != nil {
		return draftSignature{}, err
	}
	x := newExamination(doc, nil, Options{})
	x.ids, _ = identifiers(doc)
	for e := range doc.Elements() {
		if e.Offset() == at && ds(e, "Signature") {
			return draftSignature{x.parse(e), x}, nil
		}
	}
	return draftSignature{}, errors.New("the inserted Signature is not found again")
}

// transformed gives the octets that the one Reference of s covers.
func (x *examination) transformed(s *Signature) (string, State, string) {
	r := &s.References[0]
	from, state, reason := x.resolve(r)
	if state != "" {
		return "", state, reason
	}
	return x.transform(s, r, from)
}

// value signs SignedInfo as it stands in the draft.
func (o SignOptions) value(s *Signature, method signing) ([]byte, error) {
	if method.params {
		if reason := method.read(s.SignedInfo.Child(Space, "SignatureMethod")); reason != "" {
			return nil, errors.New(reason)
		}
	}
	octets, err := Canonicalize(nil, s.SignedInfo, xmldoc.Element{}, o.Canonicalization, s.PrefixList)
	if err != nil {
		return nil, err
	}
	hashed := sum(method.hash, octets)
	switch key := o.Key.(type) {
	case *rsa.PrivateKey:
		if method.family == rsaPSS {
			return rsa.SignPSS(rand.Reader, key, method.hash, hashed, &rsa.PSSOptions{SaltLength: method.salt})
		}
		return rsa.SignPKCS1v15(nil, key, method.hash, hashed)
	case *ecdsa.PrivateKey:
		der, err := key.Sign(nil, hashed, method.hash) // without a random source: RFC 6979
		if err != nil {
			return nil, err
		}
		return plainRS(der, valueSize(&key.PublicKey)/2)
	}
	return nil, fmt.Errorf("a key of the kind %T is given, where RSA or ECDSA is wanted", o.Key)
}

// plainRS writes an ECDSA signature in ASN.1 as r and s of this size.
func plainRS(der []byte, size int) ([]byte, error) {
	var value struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &value); err != nil {
		return nil, err
	}
	out := make([]byte, 2*size)
	value.R.FillBytes(out[:size])
	value.S.FillBytes(out[size:])
	return out, nil
}

func (o SignOptions) base64(octets []byte) string {
	text := base64.StdEncoding.EncodeToString(octets)
	if o.Fold <= 0 {
		return text
	}
	var b strings.Builder
	for len(text) > o.Fold {
		b.WriteString(text[:o.Fold] + o.LineBreak)
		text = text[o.Fold:]
	}
	return b.String() + text
}
