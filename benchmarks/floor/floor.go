// Package floor does the least that can tell whether a message of the measured
// shape is genuine: one pass over the octets that checks the nesting of the
// tags and writes the canonical form of the Assertion and of SignedInfo, two
// digests, base64, and one RSA verification. It is what the engine's time is
// held against, and nothing to verify with: it knows no prefixes and no
// references to characters, trusts the Reference to mean the Assertion, holds
// against no limit, and judges nothing that the message says.
package floor

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
)

// Verifier holds the key, and buffers that each message uses anew.
type Verifier struct {
	key   *rsa.PublicKey
	pass  pass
	value [2048]byte
}

// New gives a verifier for this key.
func New(key *rsa.PublicKey) *Verifier { return &Verifier{key: key} }

// Check tells what speaks against a message.
func (v *Verifier) Check(xml []byte) error {
	p := &v.pass
	p.reset(xml)
	if err := p.run(); err != nil {
		return err
	}
	digest, err := v.decoded(p.digestValue)
	if err != nil {
		return err
	}
	found := sha256.Sum256(p.assertion)
	if subtle.ConstantTimeCompare(found[:], digest) != 1 {
		return errors.New("the digest of the Assertion is another one")
	}
	signature, err := v.decoded(p.signatureValue)
	if err != nil {
		return err
	}
	signed := sha256.Sum256(p.signedInfo)
	return rsa.VerifyPKCS1v15(v.key, crypto.SHA256, signed[:], signature)
}

func (v *Verifier) decoded(text []byte) ([]byte, error) {
	if base64.StdEncoding.DecodedLen(len(text)) > len(v.value) {
		return nil, errors.New("a value in base64 is longer than any signature")
	}
	n, err := base64.StdEncoding.Decode(v.value[:], text)
	return v.value[:n], err
}
