package xmlenc

import (
	"bytes"
	"crypto/rsa"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"

	"github.com/samlcheck/samlcheck/internal/words"
)

// Bounds of a key file.
const (
	mostKeyFile  = 1 << 20
	mostKeyBlock = 64
	mostBits     = 16384
)

// ParsePrivateKeys reads the RSA private keys of a file: PEM with PKCS #1 or
// PKCS #8, encrypted or not, or one key in DER. Certificates beside a key are
// passed over. The passphrase is asked for at most once for each encrypted key;
// where it is nil an encrypted key is an error. No error text holds anything
// of a key.
func ParsePrivateKeys(data []byte, passphrase func() ([]byte, error)) ([]*rsa.PrivateKey, error) {
	if len(data) > mostKeyFile {
		return nil, errors.New("a file with a private key is expected, found " + strconv.Itoa(len(data)) + " bytes, more than any has")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	blocks, err := pemBlocks(data)
	if err != nil {
		return nil, err
	}
	if len(blocks) == 0 {
		return parseDER(data, passphrase)
	}
	var keys []*rsa.PrivateKey
	for i, b := range blocks {
		key, err := parseBlock(b, passphrase)
		switch {
		case err != nil && len(blocks) > 1:
			return nil, fmt.Errorf("PEM block %d: %w", i+1, err)
		case err != nil:
			return nil, err
		case key != nil:
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("an RSA private key is expected, found " + found(blocks))
	}
	return keys, nil
}

// pemBlocks gives the PEM blocks. What begins as one and is none is an error:
// a key that is passed over would be missed much later.
func pemBlocks(data []byte) ([]*pem.Block, error) {
	var out []*pem.Block
	for {
		b, rest := pem.Decode(data)
		if b == nil {
			break
		}
		if out, data = append(out, b), rest; len(out) > mostKeyBlock {
			return nil, errors.New("a file with a private key is expected, found more than " + strconv.Itoa(mostKeyBlock) + " PEM blocks")
		}
	}
	if bytes.Contains(data, []byte("-----BEGIN ")) {
		return nil, errors.New("a PEM block is damaged: it begins, and its lines are not as PEM has them, up to its END line, each at the beginning of a line")
	}
	return out, nil
}

// parseBlock gives the key of a block; none if the block is no key and no
// error.
func parseBlock(b *pem.Block, passphrase func() ([]byte, error)) (*rsa.PrivateKey, error) {
	switch b.Type {
	case "RSA PRIVATE KEY":
		der, err := legacy(b, passphrase)
		if err != nil {
			return nil, err
		}
		return parsePlain(der, parsePKCS1)
	case "PRIVATE KEY":
		return parsePlain(b.Bytes, parsePKCS8)
	case "ENCRYPTED PRIVATE KEY":
		return parseEncrypted(b.Bytes, passphrase)
	case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "RSA PUBLIC KEY", "PUBLIC KEY", "EC PARAMETERS", "DH PARAMETERS", "CERTIFICATE REQUEST":
		return nil, nil
	}
	return nil, errors.New("an RSA private key is expected, found " + otherBlock(b.Type))
}

// parsePlain reads a key as what it is, whichever of the two labels it has; what
// is neither is read as its label says, for the error.
func parsePlain(der []byte, labelled func([]byte) (*rsa.PrivateKey, error)) (*rsa.PrivateKey, error) {
	switch derKind(der) {
	case derPKCS1:
		return parsePKCS1(der)
	case derPKCS8:
		return parsePKCS8(der)
	}
	return labelled(der)
}

// otherBlock says what a block is that cannot be used, and what to do.
func otherBlock(kind string) string {
	switch kind {
	case "EC PRIVATE KEY":
		return ellipticKey
	case "DSA PRIVATE KEY":
		return "a DSA key, which cannot decrypt; the private key is needed whose certificate the identity provider encrypts for"
	case "OPENSSH PRIVATE KEY":
		return `a key in the format of OpenSSH; where it is an RSA key, "ssh-keygen -p -m PEM -f FILE" rewrites a copy of it as PEM`
	case "PKCS7", "CMS":
		return "a PKCS #7 structure, which holds no private key"
	}
	return "a PEM block of the type " + quote(kind)
}

const ellipticKey = "an elliptic curve key; assertions are encrypted for RSA keys, and the private key is needed whose certificate the identity provider encrypts for"

// found says what a file without a private key holds.
func found(blocks []*pem.Block) string {
	counted := map[string]int{}
	for _, b := range blocks {
		counted[b.Type]++
	}
	switch n := len(blocks); {
	case counted["CERTIFICATE"] == n:
		return words.Count(n, "certificate") + "; the private key that belongs to it is in another file"
	case counted["PUBLIC KEY"]+counted["RSA PUBLIC KEY"] == n:
		return words.Count(n, "public key") + ", which can encrypt but not decrypt; the private key is in another file"
	}
	var kinds []string
	for _, b := range blocks {
		kinds = append(kinds, b.Type)
	}
	return "PEM blocks of the types " + words.QuoteAll(kinds, longestQuote)
}

// sized holds a key against the sizes that can be used.
func sized(key *rsa.PrivateKey) (*rsa.PrivateKey, error) {
	switch bits := key.N.BitLen(); {
	case bits < leastBits:
		return nil, fmt.Errorf("the RSA key is expected to have %d bits at least, found %d: what is encrypted for it is not secret, and crypto/rsa refuses it", leastBits, bits)
	case bits > mostBits:
		return nil, fmt.Errorf("the RSA key is expected to have %d bits at most, found %d", mostBits, bits)
	}
	return key, nil
}
