package xmlsig

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// keyInfo reads a KeyInfo. Nothing in it is trusted, and what cannot be read
// is a remark.
func (x *examination) keyInfo(s *Signature, e xmldoc.Element) {
	k := &s.KeyInfo
	if k.Element = e; !e.Present() {
		return
	}
	for c := range e.Children() {
		switch {
		case ds(c, "X509Data"):
			x.certificates(s, c)
		case ds(c, "KeyName") && len(k.KeyNames) < MaxCertificates:
			k.KeyNames = append(k.KeyNames, c.Text())
		case ds(c, "KeyValue") && k.KeyValue == nil:
			s.keyValue(c)
		case ds(c, "RetrievalMethod"):
			k.Retrieval = c
			s.remark("keyinfo-malformed", c, "KeyInfo points elsewhere for its key ("+quote(c.Get("URI"))+"), which is never fetched")
		}
	}
}

func (s *Signature) remark(code string, e xmldoc.Element, message string) {
	s.add(Fault{Code: code, Element: e, Message: message, Remark: true})
}

func (x *examination) certificates(s *Signature, data xmldoc.Element) {
	k := &s.KeyInfo
	found := data.ChildrenNamed(Space, "X509Certificate")
	for _, e := range found {
		if len(k.Certificates) == MaxCertificates {
			s.limit("certificates", data, MaxCertificates+1, MaxCertificates)
			return
		}
		key, err := x.readCertificate(e)
		if err != nil {
			s.remark("keyinfo-malformed", e, "the certificate in KeyInfo cannot be read: "+err.Error())
		} else {
			k.keys = append(k.keys, Foreign{Key: key, From: "the KeyInfo certificate"})
		}
		k.Certificates = append(k.Certificates, KeyInfoCertificate{Element: e, Certificate: key.Certificate, Err: err})
	}
}

func (x *examination) readCertificate(e xmldoc.Element) (Key, error) {
	for n := range e.Nodes() {
		if kind := n.Kind(); kind != xmldoc.TextNode && kind != xmldoc.CDATANode {
			return Key{}, errors.New("a comment, processing instruction or element stands in its text")
		}
	}
	text := e.Text()
	for i := range x.keys {
		if x.keys[i].isCertificate(text) {
			return x.keys[i].shown(), nil
		}
	}
	der, _, err := decodeBase64(text)
	switch {
	case err != nil:
		return Key{}, err
	case len(der) == 0:
		return Key{}, errors.New("it is empty")
	}
	if given := x.givenCertificate(der); given != nil {
		return given.shown(), nil
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return Key{}, fmt.Errorf("it is no certificate: %s", quote(err.Error()))
	}
	return newKey(c), nil
}

// shown gives the key that KeyInfo shows by the certificate of a given key.
func (k *Key) shown() Key {
	public := k.Certificate.PublicKey
	return Key{Public: public, Certificate: k.Certificate, SPKI: k.SPKI, Refused: Refusal(public)}
}

// givenCertificate gives the key of the given ones whose certificate this is:
// what was read once need not be read for each message.
func (x *examination) givenCertificate(der []byte) *Key {
	for i := range x.keys {
		if c := x.keys[i].Certificate; c != nil && bytes.Equal(c.Raw, der) {
			return &x.keys[i]
		}
	}
	return nil
}

func (s *Signature) keyValue(e xmldoc.Element) {
	var public crypto.PublicKey
	var err error
	switch r, c := e.Child(Space, "RSAKeyValue"), e.Child(space11, "ECKeyValue"); {
	case r.Present():
		public, err = readRSA(r)
	case c.Present():
		public, err = readEC(c)
	default:
		return
	}
	var key Key
	if err == nil {
		key, err = NewPublicKey(public)
	}
	if err != nil {
		s.remark("keyinfo-malformed", e, "the key value in KeyInfo cannot be read: "+err.Error())
		return
	}
	s.KeyInfo.KeyValue = public
	s.KeyInfo.keys = append(s.KeyInfo.keys, Foreign{Key: key, From: "the KeyInfo key value"})
}

func readRSA(e xmldoc.Element) (*rsa.PublicKey, error) {
	n, _, err := decodeBase64(e.Child(Space, "Modulus").Text())
	if err != nil {
		return nil, err
	}
	exponent, _, err := decodeBase64(e.Child(Space, "Exponent").Text())
	if err != nil {
		return nil, err
	}
	x := new(big.Int).SetBytes(exponent)
	if len(n) == 0 || len(n) > maxModulusBits/8+1 || !x.IsInt64() || x.Int64() < 1 || x.Int64() > 1<<31-1 {
		return nil, errors.New("modulus or exponent of the RSA key is out of range")
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(x.Int64())}, nil
}

func readEC(e xmldoc.Element) (*ecdsa.PublicKey, error) {
	curve, ok := curveOf(e.Child(space11, "NamedCurve").Get("URI"))
	if !ok {
		return nil, errors.New("the curve " + quote(e.Child(space11, "NamedCurve").Get("URI")) + " is not supported")
	}
	point, _, err := decodeBase64(e.Child(space11, "PublicKey").Text())
	if err != nil {
		return nil, err
	}
	public, err := ecdsa.ParseUncompressedPublicKey(curve, point)
	if err != nil {
		return nil, errors.New("the public key is no point of the curve")
	}
	return public, nil
}

// curveOf gives the curve that the URI of a NamedCurve names.
func curveOf(uri string) (elliptic.Curve, bool) {
	switch uri {
	case "urn:oid:1.3.132.0.33":
		return elliptic.P224(), true
	case "urn:oid:1.2.840.10045.3.1.7":
		return elliptic.P256(), true
	case "urn:oid:1.3.132.0.34":
		return elliptic.P384(), true
	case "urn:oid:1.3.132.0.35":
		return elliptic.P521(), true
	}
	return nil, false
}

// hint compares the certificate that KeyInfo shows with the key that verifies.
func (s *Signature) hint() {
	if s.Key == nil || len(s.KeyInfo.Certificates) == 0 {
		return
	}
	first := s.KeyInfo.Certificates[0]
	if first.Certificate == nil {
		return
	}
	if s.showsKey(first.Certificate) {
		return
	}
	s.remark("keyinfo-mismatch", first.Element, "the first certificate in KeyInfo ("+nameCertificate(first.Certificate)+") is not of the key that verifies the signature")
}

// showsKey reports whether a certificate is of the key that verifies.
func (s *Signature) showsKey(c *x509.Certificate) bool {
	return c == s.Key.Certificate || sha256.Sum256(c.RawSubjectPublicKeyInfo) == s.Key.SPKI
}
