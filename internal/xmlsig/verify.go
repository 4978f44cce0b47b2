package xmlsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"math/big"
	"sync"
)

// NewKey makes a Key of the public key of a certificate that Go could read.
func NewKey(c *x509.Certificate) Key {
	k := newKey(c)
	k.name = new(named)
	return k
}

// newKey is NewKey for a key that is looked at once.
func newKey(c *x509.Certificate) Key {
	return Key{Public: c.PublicKey, Certificate: c, SPKI: sha256.Sum256(c.RawSubjectPublicKeyInfo), Refused: Refusal(c.PublicKey)}
}

// NewPublicKey makes a Key of a public key without a certificate.
func NewPublicKey(public crypto.PublicKey) (Key, error) {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return Key{}, fmt.Errorf("the public key cannot be written as SubjectPublicKeyInfo: %w", err)
	}
	return Key{Public: public, SPKI: sha256.Sum256(der), Refused: Refusal(public)}, nil
}

// Refusal says why a public key is never used to verify; empty for a usable
// key.
func Refusal(public crypto.PublicKey) string {
	switch k := public.(type) {
	case *rsa.PublicKey:
		switch bits := k.N.BitLen(); {
		case bits < minModulusBits:
			return fmt.Sprintf("an RSA modulus of %d bits, where at least %d are wanted", bits, minModulusBits)
		case bits > maxModulusBits:
			return fmt.Sprintf("an RSA modulus of %d bits, where at most %d are read", bits, maxModulusBits)
		case k.E < 3:
			return fmt.Sprintf("an RSA exponent of %d, with which anybody can sign", k.E)
		}
		return ""
	case *ecdsa.PublicKey:
		return ""
	}
	return fmt.Sprintf("a key of the kind %T, where RSA or ECDSA is wanted", public)
}

// fits reports whether the key is of the kind that the method wants and may be
// used.
func (s signing) fits(k *Key) bool {
	if k.Refused != "" || Refusal(k.Public) != "" {
		return false
	}
	switch k.Public.(type) {
	case *rsa.PublicKey:
		return s.family == rsaPKCS1 || s.family == rsaPSS
	case *ecdsa.PublicKey:
		return s.family == ecdsaRS
	}
	return false
}

// verifies reports whether the key verifies the value over what was hashed.
func (s signing) verifies(k *Key, hashed, value []byte) bool {
	if !s.fits(k) {
		return false
	}
	switch public := k.Public.(type) {
	case *rsa.PublicKey:
		if s.family == rsaPSS {
			return rsa.VerifyPSS(public, s.hash, hashed, value, &rsa.PSSOptions{SaltLength: s.salt}) == nil
		}
		return rsa.VerifyPKCS1v15(public, s.hash, hashed, value) == nil
	case *ecdsa.PublicKey:
		return verifyRS(public, hashed, value)
	}
	return false
}

// verifyRS verifies r and s, each as long as the order of the curve, one after
// the other (XML-DSig 1.1, section 6.4.3).
func verifyRS(public *ecdsa.PublicKey, hashed, value []byte) bool {
	size := valueSize(public) / 2
	if len(value) != 2*size {
		return false
	}
	return ecdsa.Verify(public, hashed, new(big.Int).SetBytes(value[:size]), new(big.Int).SetBytes(value[size:]))
}

// valueSize gives the length of the SignatureValues of a key in bytes.
func valueSize(public crypto.PublicKey) int {
	switch k := public.(type) {
	case *rsa.PublicKey:
		return k.Size()
	case *ecdsa.PublicKey:
		return 2 * ((k.Curve.Params().N.BitLen() + 7) / 8)
	}
	return 0
}

// sumText is sum for a string, of which it copies one part at a time.
func sumText(h crypto.Hash, text string) []byte {
	w := h.New()
	part := parts.Get().(*[1024]byte)
	for len(text) > 0 {
		n := copy(part[:], text)
		w.Write(part[:n])
		text = text[n:]
	}
	clear(part[:])
	parts.Put(part)
	return w.Sum(nil)
}

var parts = sync.Pool{New: func() any { return new([1024]byte) }}

func sum(h crypto.Hash, octets []byte) []byte {
	w := h.New()
	w.Write(octets)
	return w.Sum(nil)
}
