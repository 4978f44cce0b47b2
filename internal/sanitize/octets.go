package sanitize

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// values replaces what is base64 in the document: certificates and keys by those
// that stand for them, ciphertexts by those that were made for them, and
// everything else by octets that mean nothing.
func (r *ring) values(d *draft, ciphertexts map[int][]byte) error {
	for e := range d.doc.Elements() {
		if !isOctets(e) {
			continue
		}
		value, err := r.octetsFor(e, ciphertexts)
		if err != nil {
			return err
		}
		if value == nil {
			r.m.garbled(d, e)
			continue
		}
		d.octets(e, value)
	}
	return nil
}

// octetsFor gives what stands for the octets of an element; nil where its text
// is no base64.
func (r *ring) octetsFor(e xmldoc.Element, ciphertexts map[int][]byte) ([]byte, error) {
	if made := ciphertexts[e.Number()]; made != nil {
		return made, nil
	}
	switch e.Local() {
	case "X509Certificate":
		if der, ok := decoded(withoutArmour(e.Text())); ok {
			return r.certificateFor(der)
		} else if der, ok := looselyDecoded(e.Text()); ok && certificateKey(der) {
			return r.certificateFor(der)
		}
	case "Modulus", "Exponent":
		if e.Parent().Local() == "RSAKeyValue" {
			return r.rsaPart(e)
		}
	case "PublicKey":
		if key := pointIn(e); key != nil {
			return r.point(key)
		}
	}
	old, ok := decoded(e.Text())
	if !ok {
		return nil, nil
	}
	return r.m.noise(old), nil
}

// certificateFor gives what stands for a certificate in DER: noise for what is
// none.
func (r *ring) certificateFor(der []byte) ([]byte, error) {
	if c, err := x509.ParseCertificate(der); err == nil {
		return r.certificate(c)
	}
	if inside := block.FindSubmatchIndex(der); inside != nil { // PEM in base64 once more
		body, err := r.body(string(der[inside[2]:inside[3]]))
		return []byte(string(der[inside[0]:inside[2]]) + body + armourEnd + "\n"), err
	}
	made, err := r.strange(der)
	if made == nil && err == nil {
		made = r.m.noise(der)
	}
	return made, err
}

// body gives what stands for the base64 between the lines of PEM.
func (r *ring) body(text string) (string, error) {
	der, ok := decoded(text)
	if !ok {
		return "", errMetadataForm
	}
	made, err := r.certificateFor(der)
	return refill(pieces(text, verbatim), base64.StdEncoding.EncodeToString(made)), err
}

// noise gives as many octets that mean nothing. What begins like a long structure
// in DER keeps that beginning, so that it is read as far as before.
func (m *Map) noise(old []byte) []byte {
	s := &stream{m: m, seed: string(classOctets) + m.id(classOctets, string(old))}
	out := make([]byte, len(old))
	for i := range out {
		out[i] = s.octet()
	}
	if len(old) > 4 && old[0] == 0x30 && old[1] > 0x80 {
		copy(out, old[:4])
	}
	return out
}

// garbled replaces a text that is base64 by its place alone.
func (m *Map) garbled(d *draft, e xmldoc.Element) {
	if nodes := textNodes(e); len(nodes) > 0 {
		m.run(d, e, nodes)
	}
}

// rsaPart gives the modulus or the exponent of the key that stands for the one
// of an RSAKeyValue.
func (r *ring) rsaPart(e xmldoc.Element) ([]byte, error) {
	value := e.Parent()
	key := rsaKeyValue(value.Child(xmlsig.Space, "Modulus").Text(), value.Child(xmlsig.Space, "Exponent").Text())
	old, ok := decoded(e.Text())
	if key == nil || !ok {
		return nil, nil
	}
	name, ok := fingerprintOf(key)
	if !ok {
		return r.m.noise(old), nil
	}
	own, err := r.identity(key, name)
	if err != nil {
		return nil, err
	}
	public := own.public.(*rsa.PublicKey)
	if e.Local() == "Exponent" {
		return big.NewInt(int64(public.E)).Bytes(), nil
	}
	modulus := public.N.Bytes()
	return append(make([]byte, max(0, len(old)-len(modulus))), modulus...), nil
}

// pointIn reads the PublicKey of an ECKeyValue; nil where it is none.
func pointIn(e xmldoc.Element) *ecdsa.PublicKey {
	point, ok := decoded(e.Text())
	if !ok {
		return nil
	}
	curve := curveOf(e.Parent().Child(signature11, "NamedCurve").Get("URI"))
	if curve == nil {
		return nil
	}
	key, err := ecdsa.ParseUncompressedPublicKey(curve, point)
	if err != nil {
		return nil
	}
	return key
}

func curveOf(uri string) elliptic.Curve {
	switch strings.TrimPrefix(uri, "urn:oid:") {
	case "1.3.132.0.33":
		return elliptic.P224()
	case "1.2.840.10045.3.1.7":
		return elliptic.P256()
	case "1.3.132.0.34":
		return elliptic.P384()
	case "1.3.132.0.35":
		return elliptic.P521()
	}
	return nil
}

func (r *ring) point(key *ecdsa.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, err
	}
	own, err := r.identity(key, fingerprintOfDER(der))
	if err != nil {
		return nil, err
	}
	return own.public.(*ecdsa.PublicKey).Bytes()
}
