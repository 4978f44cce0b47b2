package sanitize

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"math/big"
)

// An identity is a key that stands for one of the original's. A signer that is
// nil says that nothing has to be signed with it: then nobody has a private key.
type identity struct {
	public crypto.PublicKey
	signer crypto.Signer
}

// A fingerprint is the SHA-256 of a SubjectPublicKeyInfo.
type fingerprint [sha256.Size]byte

// A ring holds the identities of one run. They are made anew for each, and
// forgotten after it.
type ring struct {
	m          *Map
	signs      map[fingerprint]bool                      // the keys that something is signed with
	issuers    map[string][]*x509.Certificate            // by subject: certificates that may have issued others
	identities map[fingerprint]*identity                 //
	made       map[[sha256.Size]byte][]byte              // by the original certificate: the new one
	issued     map[[sha256.Size]byte]bool                // the new ones
	certifiers map[x509.PublicKeyAlgorithm]crypto.Signer // sign certificates that nobody here issued
}

func newRing(m *Map) *ring {
	return &ring{m: m, signs: map[fingerprint]bool{}, issuers: map[string][]*x509.Certificate{}, identities: map[fingerprint]*identity{},
		made: map[[sha256.Size]byte][]byte{}, issued: map[[sha256.Size]byte]bool{}, certifiers: map[x509.PublicKeyAlgorithm]crypto.Signer{}}
}

// largestSigner bounds the RSA keys that are made to sign with: a larger one
// takes minutes to find.
const largestSigner = 4096

// smallestSigner is the length in bits under which Go signs nothing.
const smallestSigner = 1024

func fingerprintOf(public crypto.PublicKey) (fingerprint, bool) {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return fingerprint{}, false
	}
	return fingerprintOfDER(der), true
}

func fingerprintOfDER(der []byte) fingerprint { return sha256.Sum256(der) }

// identity gives what stands for a public key.
func (r *ring) identity(public crypto.PublicKey, name fingerprint) (*identity, error) {
	if known := r.identities[name]; known != nil {
		return known, nil
	}
	made, err := r.make(public, r.signs[name])
	if err == nil {
		r.identities[name] = made
	}
	return made, err
}

// make makes a key like another.
func (r *ring) make(public crypto.PublicKey, signs bool) (*identity, error) {
	switch k := public.(type) {
	case *rsa.PublicKey:
		if signs && k.N.BitLen() >= smallestSigner {
			return makeRSA(k.N.BitLen())
		}
		return &identity{public: emptyRSA(k)}, nil
	case *ecdsa.PublicKey:
		key, err := ecdsa.GenerateKey(k.Curve, rand.Reader)
		if err != nil {
			return nil, fmt.Errorf("a key like one of the capture's cannot be made: %w", err)
		}
		return &identity{&key.PublicKey, key}, nil
	}
	own, key, err := ed25519.GenerateKey(rand.Reader)
	return &identity{own, key}, err
}

func makeRSA(bits int) (*identity, error) {
	if bits > largestSigner {
		return nil, fmt.Errorf("a signature by an RSA key of at most %d bits is expected, found one of %d: a key of that length takes too long to make", largestSigner, bits)
	}
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		return nil, fmt.Errorf("a key of %d bits cannot be made: %w", bits, err)
	}
	return &identity{&key.PublicKey, key}, nil
}

// emptyRSA gives an RSA key of the same length and exponent whose modulus is a
// random odd number: it is quick to make, however long, and no private key
// exists.
func emptyRSA(like *rsa.PublicKey) *rsa.PublicKey {
	bits := like.N.BitLen()
	octets := make([]byte, (bits+7)/8)
	rand.Read(octets)
	n := new(big.Int).SetBytes(octets)
	for i := n.BitLen() - 1; i >= bits; i-- {
		n.SetBit(n, i, 0)
	}
	n.SetBit(n, bits-1, 1)
	n.SetBit(n, 0, like.N.Bit(0))
	return &rsa.PublicKey{N: n, E: like.E}
}

// certifier gives a key that signs certificates in the way of another one.
func (r *ring) certifier(kind x509.PublicKeyAlgorithm) (crypto.Signer, error) {
	if known := r.certifiers[kind]; known != nil {
		return known, nil
	}
	var made *identity
	var err error
	if kind == x509.ECDSA {
		made, err = r.make(&ecdsa.PublicKey{Curve: elliptic.P256()}, true)
	} else {
		made, err = makeRSA(2048)
	}
	if err != nil {
		return nil, err
	}
	r.certifiers[kind] = made.signer
	return made.signer, nil
}
