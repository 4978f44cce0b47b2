package hostile

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"math/rand/v2"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// metadataCertificate is the place of the certificate in Okta's metadata, which
// nobody signs.
const (
	metadataDescriptor  = "IDPSSODescriptor/KeyDescriptor"
	metadataCertificate = metadataDescriptor + "/KeyInfo/X509Data/X509Certificate"
)

// seeded gives random octets that are the same each time.
func seeded(words string) *rand.ChaCha8 { return rand.NewChaCha8(sha256.Sum256([]byte(words))) }

// privateKey gives one of the keys of the tests.
func privateKey(k samltest.Key, p samltest.Product) (*rsa.PrivateKey, error) {
	signer, err := k.Signer(p)
	if err != nil {
		return nil, err
	}
	key, ok := signer.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("an RSA key is expected")
	}
	return key, nil
}

// keyOfThree makes a key with the exponent 3 of primes of two other keys.
func keyOfThree() (*rsa.PrivateKey, error) {
	var primes []*big.Int
	for _, k := range []samltest.Key{samltest.AttackerKey, samltest.TenantKey, samltest.NextKey, samltest.EncryptionKey} {
		key, err := privateKey(k, samltest.Entra)
		if err != nil {
			return nil, err
		}
		for _, p := range key.Primes {
			if new(big.Int).Mod(p, big.NewInt(3)).Int64() == 2 && len(primes) < 2 {
				primes = append(primes, p)
			}
		}
	}
	if len(primes) < 2 {
		return nil, errors.New("no two primes are right for the exponent 3")
	}
	return keyOf(primes[0], primes[1], 3), nil
}

func keyOf(p, q *big.Int, e int) *rsa.PrivateKey {
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	return &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: e},
		D:         new(big.Int).ModInverse(big.NewInt(int64(e)), phi),
		Primes:    []*big.Int{p, q},
	}
}

// shortKey makes a key of 512 bits, which anybody can factor.
func shortKey() *rsa.PrivateKey {
	random := seeded("a key of 512 bits")
	prime := func() *big.Int {
		octets := make([]byte, 32)
		for {
			_, _ = random.Read(octets)
			octets[0] |= 0xc0
			octets[31] |= 1
			if p := new(big.Int).SetBytes(octets); p.ProbablyPrime(20) && new(big.Int).Mod(p, big.NewInt(65537)).Int64() != 1 {
				return p
			}
		}
	}
	return keyOf(prime(), prime(), 65537)
}

// odd gives an odd number of so many bits.
func odd(bits int) *big.Int {
	octets := make([]byte, bits/8)
	_, _ = seeded("a modulus").Read(octets)
	octets[0] |= 0x80
	octets[len(octets)-1] |= 1
	return new(big.Int).SetBytes(octets)
}

// certify gives a certificate for a key, in base64. It is signed with the
// attacker's key, as nobody looks at that.
func certify(public crypto.PublicKey, from, until time.Time) (string, error) {
	issuer, err := privateKey(samltest.AttackerKey, samltest.Entra)
	if err != nil {
		return "", err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "made for tests"}, NotBefore: from, NotAfter: until}
	der, err := x509.CreateCertificate(nil, template, template, public, issuer)
	if err != nil || len(der) == 0 {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(der), nil
}

// certifying puts a certificate for a key into the place of Okta's.
func certifying(public func() (crypto.PublicKey, error), from, until time.Time) func(*paper) {
	return func(m *paper) {
		key, err := public()
		if err != nil {
			m.fail("%w", err)
			return
		}
		text, err := certify(key, from, until)
		if err != nil {
			m.fail("%w", err)
		}
		m.content(metadataCertificate, text)
	}
}

// valid gives a window around the instant of issue.
func valid() (from, until time.Time) {
	return samltest.Instant().AddDate(-1, 0, 0), samltest.Instant().AddDate(2, 0, 0)
}

// sealed gives a Signature another value, made of what SignedInfo digests to.
func (p *paper) sealed(at string, value func(octets []byte) []byte) {
	octets, err := xmlsig.Canonicalize(nil, p.find(at+"/SignedInfo"), xmldoc.Element{}, xmlsig.ExclusiveC14N, nil)
	if err != nil {
		p.fail("%w", err)
	}
	if p.err == nil {
		p.content(at+"/SignatureValue", base64.StdEncoding.EncodeToString(value(octets)))
	}
}

// padded gives the number that RSA with PKCS#1 1.5 and SHA-256 signs.
func padded(octets []byte, size int) []byte {
	sum := sha256.Sum256(octets)
	info := append([]byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}, sum[:]...)
	out := make([]byte, size)
	out[1] = 1
	for i := 2; i < size-len(info)-1; i++ {
		out[i] = 0xff
	}
	copy(out[size-len(info):], info)
	return out
}

// rooted gives a cube root that begins as a padded digest does, and goes on with
// whatever comes (CVE-2006-4339).
func rooted(octets []byte, size int) []byte {
	const ffs = 8
	short := padded(octets, 3+ffs+51)
	want := make([]byte, size)
	copy(want, short)
	root := new(big.Int).Exp(big.NewInt(2), big.NewInt(int64(8*size/3+8)), nil)
	low, target := big.NewInt(0), new(big.Int).SetBytes(want)
	for new(big.Int).Sub(root, low).Cmp(big.NewInt(1)) > 0 {
		middle := new(big.Int).Rsh(new(big.Int).Add(low, root), 1)
		if new(big.Int).Exp(middle, big.NewInt(3), nil).Cmp(target) < 0 {
			low = middle
		} else {
			root = middle
		}
	}
	return root.FillBytes(make([]byte, size))
}
