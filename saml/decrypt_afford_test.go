package saml

import (
	"crypto/rsa"
	"math/big"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// The first key is tried however large it is, where it costs one operation; no
// more of such keys are.
func TestFirstKeyIsAfforded(t *testing.T) {
	large := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 16383)}}
	part := func(keys int) *encryption {
		return &encryption{Part: &xmlenc.Part{Keys: make([]xmlenc.EncryptedKey, keys)}}
	}
	f := &facts{}
	if !f.afford(part(1), large) {
		t.Error("a key of 16,384 bits is never tried")
	}
	if f.afford(part(1), large) {
		t.Error("a second one is tried")
	}
	if f := (&facts{}); f.afford(part(2), large) {
		t.Error("it is tried on two EncryptedKeys")
	}
}
