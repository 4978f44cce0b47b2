package xmlenc

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
)

// EncryptOptions say how Encrypt does its work. Zero fields have the values
// that Entra ID uses: AES-256 in CBC mode, RSA-OAEP with SHA-1.
type EncryptOptions struct {
	Wrapper   string // qualified name of the element around EncryptedData; empty: none
	Namespace string // of the wrapper's prefix, declared on it; empty: declared outside
	Algorithm string // of the data; empty: AES256CBC
	Transport string // of the session key; empty: RSAOAEPMGF1P
	Digest    string // DigestMethod of RSA-OAEP; empty: not named
	MGF       string // of RSAOAEP; empty: not named
	Label     []byte // OAEPparams; nil: none
	Beside    bool   // EncryptedKeys stand beside EncryptedData, pointed at by RetrievalMethod
	To        []Recipient
	Random    io.Reader // nil: crypto/rand; else the result depends on nothing but what is read
}

// A Recipient is whom Encrypt encrypts the session key for.
type Recipient struct {
	Key         *rsa.PublicKey
	Name        string // the attribute Recipient
	Certificate []byte // DER, shown in the KeyInfo of the EncryptedKey; nil: not shown
}

// Encrypt makes an encrypted part around a plaintext. It is for tests and
// fixtures: nothing keeps a caller from a weak algorithm.
func Encrypt(plaintext []byte, o EncryptOptions) (string, error) {
	o = o.filled()
	e := &encrypter{EncryptOptions: o}
	if p := (&Part{Algorithm: o.Algorithm, Keys: []EncryptedKey{o.method()}}); p.Unsupported() != "" {
		return "", &UnsupportedError{p.Unsupported()}
	}
	if len(o.To) == 0 {
		return "", errors.New("a recipient is expected to encrypt for, found none")
	}
	algorithm, _ := dataAlgorithmOf(o.Algorithm)
	session := e.octets(algorithm.key)
	ciphertext := algorithm.seal(session, plaintext, e)
	var keys, info strings.Builder
	for _, to := range o.To {
		key, reference := e.encryptedKey(to, session)
		keys.WriteString(key)
		info.WriteString(reference)
	}
	if e.err != nil {
		return "", e.err
	}
	return e.assemble(ciphertext, keys.String(), info.String()), nil
}

func (o EncryptOptions) filled() EncryptOptions {
	if o.Algorithm == "" {
		o.Algorithm = AES256CBC
	}
	if o.Transport == "" {
		o.Transport = RSAOAEPMGF1P
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return o
}

// method gives what an EncryptedKey made with these options says of itself.
func (o EncryptOptions) method() EncryptedKey {
	return EncryptedKey{Transport: o.Transport, Digest: o.Digest, MGF: o.MGF, OAEPParams: o.Label != nil, label: o.Label}
}

// An encrypter remembers the first failure.
type encrypter struct {
	EncryptOptions
	err error
}

// octets reads n random octets.
func (e *encrypter) octets(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(e.Random, b); err != nil {
		e.fail(fmt.Errorf("reading random octets: %w", err))
	}
	return b
}

// encryptedKey gives the element, and the RetrievalMethod that points at it.
func (e *encrypter) encryptedKey(to Recipient, session []byte) (element, reference string) {
	id, name, info := "", "", ""
	if e.Beside {
		target := fmt.Sprintf("_%x", e.octets(16))
		id = fmt.Sprintf(` Id="%s"`, target)
		reference = fmt.Sprintf(`<ds:RetrievalMethod Type="%sEncryptedKey" URI="#%s"/>`, Space, target)
	}
	if to.Name != "" {
		name = fmt.Sprintf(` Recipient="%s"`, escaped(to.Name))
	}
	if to.Certificate != nil {
		info = fmt.Sprintf(`<ds:KeyInfo xmlns:ds="%s"><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
			spaceSignature, base64.StdEncoding.EncodeToString(to.Certificate))
	}
	return fmt.Sprintf(`<xenc:EncryptedKey xmlns:xenc="%s"%s%s>%s%s%s</xenc:EncryptedKey>`,
		Space, id, name, e.keyMethod(), info, cipherData(e.wrap(to.Key, session))), reference
}

func (e *encrypter) keyMethod() string {
	var inside strings.Builder
	if e.Digest != "" {
		fmt.Fprintf(&inside, `<ds:DigestMethod xmlns:ds="%s" Algorithm="%s"/>`, spaceSignature, escaped(e.Digest))
	}
	if e.Label != nil {
		fmt.Fprintf(&inside, `<xenc:OAEPparams>%s</xenc:OAEPparams>`, base64.StdEncoding.EncodeToString(e.Label))
	}
	if e.MGF != "" {
		fmt.Fprintf(&inside, `<xenc11:MGF xmlns:xenc11="%s" Algorithm="%s"/>`, Space11, escaped(e.MGF))
	}
	return fmt.Sprintf(`<xenc:EncryptionMethod Algorithm="%s">%s</xenc:EncryptionMethod>`, escaped(e.Transport), inside.String())
}

func cipherData(octets []byte) string {
	return "<xenc:CipherData><xenc:CipherValue>" + base64.StdEncoding.EncodeToString(octets) + "</xenc:CipherValue></xenc:CipherData>"
}

// assemble puts the parts together.
func (e *encrypter) assemble(ciphertext []byte, keys, references string) string {
	inside, beside := keys, ""
	if e.Beside {
		inside, beside = references, keys
	}
	data := fmt.Sprintf(`<xenc:EncryptedData xmlns:xenc="%s" Type="%sElement"><xenc:EncryptionMethod Algorithm="%s"/><ds:KeyInfo xmlns:ds="%s">%s</ds:KeyInfo>%s</xenc:EncryptedData>`,
		Space, Space, escaped(e.Algorithm), spaceSignature, inside, cipherData(ciphertext))
	if e.Wrapper == "" {
		return data
	}
	declaration := ""
	if e.Namespace != "" {
		prefix, _, prefixed := strings.Cut(e.Wrapper, ":")
		declaration = ` xmlns="` + escaped(e.Namespace) + `"`
		if prefixed {
			declaration = ` xmlns:` + prefix + `="` + escaped(e.Namespace) + `"`
		}
	}
	return "<" + e.Wrapper + declaration + ">" + data + beside + "</" + e.Wrapper + ">"
}
