package xmlenc

import (
	"crypto/rsa"
	"strconv"

	"github.com/samlcheck/samlcheck/internal/words"
)

// An attempt is a private key with an EncryptedKey that may be for it.
type attempt struct {
	key     *EncryptedKey
	private *rsa.PrivateKey
}

// attempts pairs the private keys with the EncryptedKeys of the same length.
func (p *Part) attempts(keys []*rsa.PrivateKey) ([]attempt, error) {
	if len(keys) == 0 {
		return nil, ErrNoKey
	}
	var out []attempt
	found := 0
	for _, private := range keys {
		if !usableKey(private) {
			continue
		}
		found++
		for i := range p.Keys {
			k := &p.Keys[i]
			if k.unsupported() == "" && len(k.wrapped) == private.Size() {
				out = append(out, attempt{k, private})
			}
		}
	}
	switch {
	case found == 0:
		return nil, &UnsupportedError{"an RSA private key that is incomplete or has less than " + strconv.Itoa(leastBits) + " bits"}
	case len(out) == 0:
		return nil, &MalformedError{"an EncryptedKey is expected to be as long as the modulus of a private key that was given (" + sizes(keys) + "), found " + p.lengths()}
	}
	return out, nil
}

// usableKey reports whether crypto/rsa works with a key.
func usableKey(k *rsa.PrivateKey) bool {
	return k != nil && k.N != nil && k.D != nil && k.N.BitLen() >= leastBits
}

func sizes(keys []*rsa.PrivateKey) string {
	var all []int
	for _, k := range keys {
		if k != nil && k.N != nil {
			all = append(all, k.Size())
		}
	}
	return list(all) + " octets"
}

// lengths lists how long the EncryptedKeys are.
func (p *Part) lengths() string {
	if len(p.Keys) == 1 {
		return words.Count(len(p.Keys[0].wrapped), "octet")
	}
	var all []int
	for _, k := range p.Keys {
		all = append(all, len(k.wrapped))
	}
	return list(all) + " octets"
}
