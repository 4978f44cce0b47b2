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
	usable := 0
	for _, private := range keys {
		if private == nil || private.N == nil || private.N.BitLen() < leastBits {
			continue
		}
		usable++
		for i := range p.Keys {
			k := &p.Keys[i]
			if k.unsupported() == "" && len(k.wrapped) == private.Size() {
				out = append(out, attempt{k, private})
			}
		}
	}
	switch {
	case usable == 0:
		return nil, &UnsupportedError{"an RSA key of less than " + strconv.Itoa(leastBits) + " bits"}
	case len(out) == 0:
		return nil, &MalformedError{"an EncryptedKey is expected to be as long as the modulus of a private key that was given (" + sizes(keys) + "), found " + p.lengths()}
	}
	return out, nil
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
