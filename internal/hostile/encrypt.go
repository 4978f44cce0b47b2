package hostile

import (
	"crypto/rsa"
	"crypto/sha1"
	"encoding/base64"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// The places inside an EncryptedAssertion.
const (
	encryptedData   = "EncryptedAssertion/EncryptedData"
	encryptedMethod = encryptedData + "/EncryptionMethod"
	ciphertext      = encryptedData + "/CipherData/CipherValue"
	encryptedKey    = encryptedData + "/KeyInfo/EncryptedKey"
	wrappedKey      = encryptedKey + "/CipherData/CipherValue"
)

// receiver gives the public key of the service provider, which everybody has.
func receiver() (*rsa.PublicKey, error) {
	cert, err := samltest.EncryptionKey.Certificate("")
	if err != nil {
		return nil, err
	}
	public, _ := cert.PublicKey.(*rsa.PublicKey)
	return public, nil
}

// encrypted encrypts a plaintext for the service provider.
func (p *paper) encrypted(plaintext string, o xmlenc.EncryptOptions) string {
	public, err := receiver()
	if err != nil {
		p.fail("%w", err)
		return ""
	}
	o.Wrapper, o.Namespace, o.Random = "saml:EncryptedAssertion", assertionSpace, seeded(plaintext+o.Algorithm+o.Transport)
	if len(o.To) == 0 {
		o.To = make([]xmlenc.Recipient, 1)
	}
	for i := range o.To {
		if o.To[i].Key == nil {
			o.To[i].Key = public
		}
	}
	text, err := xmlenc.Encrypt([]byte(plaintext), o)
	if err != nil {
		p.fail("%w", err)
	}
	return text
}

// encrypting puts an EncryptedAssertion in the place of the Assertion.
func encrypting(o xmlenc.EncryptOptions) func(*paper) {
	return func(p *paper) { p.replace("Assertion", p.encrypted(p.raw("Assertion"), o)) }
}

// enclosing puts an EncryptedAssertion with another plaintext in the place of
// the Assertion.
func enclosing(plaintext func(p *paper) string) func(*paper) {
	return func(p *paper) { p.replace("Assertion", p.encrypted(plaintext(p), gcm())) }
}

func gcm() xmlenc.EncryptOptions { return xmlenc.EncryptOptions{Algorithm: xmlenc.AES256GCM} }
func cbc() xmlenc.EncryptOptions { return xmlenc.EncryptOptions{Algorithm: xmlenc.AES256CBC} }

// tampered changes the octets of a base64 value.
func tampered(path string, change func([]byte) []byte) func(*paper) {
	return func(p *paper) {
		octets, err := base64.StdEncoding.DecodeString(strings.TrimSpace(p.find(path).Text()))
		if err != nil {
			p.fail("%w", err)
			return
		}
		p.content(path, base64.StdEncoding.EncodeToString(change(octets)))
	}
}

// flipped changes a bit, counted from the end where at is negative.
func flipped(at int) func([]byte) []byte {
	return func(b []byte) []byte {
		if at < 0 {
			at += len(b)
		}
		b[at] ^= 1
		return b
	}
}

func cutTo(n int) func([]byte) []byte {
	return func(b []byte) []byte { return b[:n] }
}

// rewrapped gives the EncryptedKey another session key.
func rewrapped(session []byte) func(*paper) {
	return func(p *paper) {
		public, err := receiver()
		if err != nil {
			p.fail("%w", err)
			return
		}
		value, err := rsa.EncryptOAEP(sha1.New(), seeded("session"), public, session, nil)
		if err != nil {
			p.fail("%w", err)
		}
		p.content(wrappedKey, base64.StdEncoding.EncodeToString(value))
	}
}
