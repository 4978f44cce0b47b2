package xmlsig

import (
	"crypto"
	"errors"
)

// ValueBy gives the SignatureValue that a key makes over SignedInfo as it
// stands, with the methods that it names. It is for fixtures.
func (s *Signature) ValueBy(key crypto.Signer) ([]byte, error) {
	method, ok := signingOf(s.Method)
	if !ok {
		return nil, errors.New(unsupportedMethod(s.Method))
	}
	return SignOptions{Key: key, Canonicalization: s.Canonicalization}.value(s, method)
}
