package saml

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// nsSignature11 is the namespace of what XML Signature 1.1 adds.
const nsSignature11 = "http://www.w3.org/2009/xmldsig11#"

// readKeyValue reads a KeyValue (XML-DSig 4.5.2) or a DEREncodedKeyValue
// (XML-DSig 1.1, 4.5.8).
func readKeyValue(e xmldoc.Element) (declaredKey, error) {
	k := declaredKey{element: e}
	if e.Local() == "DEREncodedKeyValue" {
		spki, err := binaryText(e)
		if err != nil {
			return k, err
		}
		return k, k.setPublic(spki)
	}
	public, err := publicKeyValue(e)
	if err != nil {
		return k, err
	}
	spki, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return k, errors.New("the key is malformed")
	}
	return k, k.setPublic(spki)
}

func publicKeyValue(e xmldoc.Element) (crypto.PublicKey, error) {
	if v := e.Child(nsSignature, "RSAKeyValue"); v.Present() {
		return rsaKeyValue(v)
	}
	if v := e.Child(nsSignature11, "ECKeyValue"); v.Present() {
		return ecKeyValue(v)
	}
	return nil, errors.New("an RSAKeyValue or ECKeyValue is expected")
}

func rsaKeyValue(e xmldoc.Element) (*rsa.PublicKey, error) {
	modulus, err := binaryText(e.Child(nsSignature, "Modulus"))
	if err != nil {
		return nil, err
	}
	exponent, err := binaryText(e.Child(nsSignature, "Exponent"))
	if err != nil {
		return nil, err
	}
	n, power := new(big.Int).SetBytes(modulus), new(big.Int).SetBytes(exponent)
	if n.Sign() == 0 || power.Sign() == 0 || power.BitLen() > 62 {
		return nil, errors.New("the modulus or the exponent is out of range")
	}
	return &rsa.PublicKey{N: n, E: int(power.Int64())}, nil
}

func ecKeyValue(e xmldoc.Element) (*ecdsa.PublicKey, error) {
	point, err := binaryText(e.Child(nsSignature11, "PublicKey"))
	if err != nil {
		return nil, err
	}
	var curve elliptic.Curve
	switch uri := e.Child(nsSignature11, "NamedCurve").Get("URI"); uri {
	case "urn:oid:1.2.840.10045.3.1.7":
		curve = elliptic.P256()
	case "urn:oid:1.3.132.0.34":
		curve = elliptic.P384()
	case "urn:oid:1.3.132.0.35":
		curve = elliptic.P521()
	default:
		return nil, errors.New("the curve " + quote(uri) + " is not supported")
	}
	return ecdsa.ParseUncompressedPublicKey(curve, point)
}

// binaryText decodes the base64 of an element.
func binaryText(e xmldoc.Element) ([]byte, error) {
	if !e.Present() {
		return nil, errors.New("a part of the key is missing")
	}
	out, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(e.Text()), ""))
	if err != nil || len(out) == 0 {
		return nil, errors.New("the " + e.Local() + " is not base64")
	}
	return out, nil
}
