package saml

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// ParsePrivateKeys reads private keys for Options.DecryptionKeys: PEM with one
// or several of them, or DER; in the form PKCS#1 or PKCS#8. The passphrase is
// asked for only where a key is encrypted; it may be nil.
func ParsePrivateKeys(data []byte, passphrase func() ([]byte, error)) ([]*rsa.PrivateKey, error) {
	return xmlenc.ParsePrivateKeys(data, passphrase)
}

// mostDecrypted bounds the encrypted parts of one message that are decrypted:
// each costs an operation with every private key.
const mostDecrypted = 32

// mostOperations bounds what decrypting one message costs, in operations with a
// private key of 2,048 bits, which take about a millisecond each.
const mostOperations = 128

// operations gives what trying a key on a part costs: an operation for each
// EncryptedKey, which takes as long as the cube of the modulus.
func (c *encryption) operations(key *rsa.PrivateKey) int {
	n := (key.N.BitLen() + 2047) / 2048
	return max(1, len(c.Keys)) * n * n * n
}

// afford reports whether a key may be tried on a part. The first one may, however
// large it is, on a part that has but one EncryptedKey.
func (f *facts) afford(c *encryption, key *rsa.PrivateKey) bool {
	first := f.operations == 0 && len(c.Keys) <= 1
	f.operations += c.operations(key)
	return first || f.operations <= mostOperations
}

// An opening is what came of decrypting a part.
type opening int

const (
	notTried    opening = iota // it stands where nothing is read, or is one too many
	noKey                      // no private key is given
	unsupported                // everybody sees that it cannot be decrypted here
	failed                     // no key decrypts it to XML
	unfit                      // it holds something else than what belongs there
	opened
)

// An encryption is an encrypted part of the message: what can be said of it
// without a key, and what came of decrypting it.
type encryption struct {
	*xmlenc.Part
	element   xmldoc.Element // EncryptedAssertion, EncryptedID or EncryptedAttribute, in the capture
	opening   opening
	reason    string          // of unsupported and unfit, a phrase
	key       *rsa.PrivateKey // that decrypted it
	plaintext []byte          // that it was decrypted to
	root      xmldoc.Element  // of the plaintext as a document of its own; zero unless it was opened
	lent      lent            // what it was read with beyond its own declarations
	uncovered bool            // the octets that are signed around it do not lend the same
}

// decrypt opens an encrypted part and adds its plaintext to the trees. What
// is decrypted may be a copy out of verified octets: source is the part in the
// capture, where the plaintext has its place.
func (f *facts) decrypt(part, source xmldoc.Element, wanted string) *encryption {
	c := &encryption{Part: xmlenc.Read(part), element: source}
	if f.encryptions == nil {
		f.encryptions = map[xmldoc.Element]*encryption{}
	}
	f.encryptions[source] = c
	switch what := c.Unsupported(); {
	case c.Fault != "":
		c.opening, c.reason = unsupported, c.Fault
	case what != "":
		c.opening, c.reason = unsupported, what+" is not supported"
	case len(f.options.DecryptionKeys) == 0:
		c.opening = noKey
	case f.decrypted == mostDecrypted:
		f.tooManyParts = true
	default:
		f.decrypted++
		f.open(c, source.Child(nsEncrypt, "EncryptedData"), part, wanted)
	}
	return c
}

// open tries the keys in turn. One that decrypts to something else than what
// is wanted is remembered, for it tells more than one that fails. What the
// plaintext does not declare is looked up at the place, which is the part that
// holds EncryptedData: in verified octets where it was read from them.
func (f *facts) open(c *encryption, origin, place xmldoc.Element, wanted string) {
	c.opening = failed
	for _, key := range f.options.DecryptionKeys {
		if !f.afford(c, key) {
			return
		}
		plaintext, err := c.Decrypt([]*rsa.PrivateKey{key})
		if err != nil {
			continue
		}
		p := f.readPlaintext(c, plaintext, origin, place, wanted)
		switch {
		case p.root.Present():
			c.opening, c.key, c.plaintext, c.root, c.lent = opened, key, plaintext, p.root, p.lent
			f.trees = append(f.trees, p.root.Document())
			return
		case p.reason != "" && c.authenticated():
			c.opening, c.key, c.reason = unfit, key, p.reason
		}
	}
}

// authenticated reports whether only those who know the session key can make a
// ciphertext that decrypts. CBC can be changed at will, so that whoever can have
// ciphertexts judged, and learns what they decrypt to, or merely that it is XML,
// in time decrypts what is not his: of it nothing is told but an assertion.
func (c *encryption) authenticated() bool { return strings.HasSuffix(c.Algorithm, "-gcm") }

// again reports whether another copy of the part, in octets that a signature
// covers, is decrypted to the same by the same key, and means the same there:
// whoever may change what is around those octets may declare prefixes at will.
func (c *encryption) again(part xmldoc.Element) bool {
	plaintext, err := xmlenc.Read(part).Decrypt([]*rsa.PrivateKey{c.key})
	if err != nil || !slices.Equal(plaintext, c.plaintext) {
		return false
	}
	c.uncovered = !c.lent.sameAt(part)
	return !c.uncovered
}

// keyName gives the fingerprint by which a private key is known: of its public
// half's SubjectPublicKeyInfo.
func keyName(k *rsa.PrivateKey) string {
	der, err := x509.MarshalPKIXPublicKey(&k.PublicKey)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(der)
	return fingerprint(sum[:])
}
