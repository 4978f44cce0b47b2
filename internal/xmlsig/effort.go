package xmlsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
)

// mostEffort bounds what trying keys may cost for one Signature, in units of a
// verification with RSA of 1,024 bits and the exponent 65537. It is what 600 keys
// of 2,048 bits cost, and lets MaxSignatures of them pass in a third of a second.
const mostEffort = 2560

// mostRereads bounds how often a document is read anew to explain why a
// SignatureValue does not hold.
const mostRereads = 3

// effort gives what one verification with the key costs. It grows with the
// square of the modulus and with the length of the exponent; what it is for
// curves was measured.
func effort(public crypto.PublicKey) int {
	switch k := public.(type) {
	case *rsa.PublicKey:
		n := (k.N.BitLen() + 1023) / 1024
		if k.E > 1<<16+1 {
			return 4 * n * n
		}
		return n * n
	case *ecdsa.PublicKey:
		switch k.Curve.Params().BitSize {
		case 256:
			return 8
		case 224:
			return 32
		case 384:
			return 48
		}
		return 128
	}
	return 1
}

// spend reports whether the Signature may be tried with one more key.
func (s *Signature) spend(k *Key) bool {
	if s.spent >= mostEffort {
		return false
	}
	s.spent += effort(k.Public)
	return s.spent <= mostEffort
}
