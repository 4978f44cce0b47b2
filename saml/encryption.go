package saml

import (
	"cmp"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// encrypted gives the encrypted parts of this name, wherever they stand, with
// what came of decrypting those that are read.
func (f *facts) encrypted(local string) []*encryption {
	if f.parts == nil && len(f.survey.encrypted) > 0 {
		f.parts = map[string][]*encryption{}
		for _, e := range f.survey.encrypted {
			c := f.encryptions[e]
			if c == nil {
				c = &encryption{Part: xmlenc.Read(e), element: e}
			}
			f.parts[e.Local()] = append(f.parts[e.Local()], c)
		}
	}
	return f.parts[local]
}

// words says how the part is encrypted and for whom.
func (c *encryption) words() string {
	out := "with " + algorithmWords(c.Algorithm)
	if len(c.Keys) == 0 {
		return out
	}
	k := c.Keys[0]
	out += ", the key with " + algorithmWords(k.Transport)
	for _, uri := range []string{k.Digest, k.MGF} {
		if uri != "" {
			out += " and " + algorithmWords(uri)
		}
	}
	const most = 3
	var all []string
	for _, k := range c.Keys[:min(len(c.Keys), most)] {
		if words := recipientWords(k); words != "" {
			all = append(all, words)
		}
	}
	if len(all) > 0 {
		out += ", for " + joinWords(all)
	}
	if more := len(c.Keys) - most; more > 0 {
		out += fmt.Sprintf(" (and %d more)", more)
	}
	return out
}

// recipientWords says for which certificate a key was encrypted; empty where
// the message does not say.
func recipientWords(k xmlenc.EncryptedKey) string {
	data := k.KeyInfo.Child(nsSignature, "X509Data")
	serial := data.Child(nsSignature, "X509IssuerSerial")
	name := cmp.Or(k.KeyInfo.Child(nsSignature, "KeyName").Text(), k.Recipient)
	switch cert := data.Child(nsSignature, "X509Certificate"); {
	case cert.Present():
		return certificateWords(cert.Text())
	case serial.Present():
		return fmt.Sprintf("the certificate with serial number %s of %s", quote(serial.Child(nsSignature, "X509SerialNumber").Text()), quote(serial.Child(nsSignature, "X509IssuerName").Text()))
	case name != "":
		return "the recipient " + quote(name)
	}
	return ""
}

func certificateWords(text string) string {
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return "a certificate that cannot be read"
	}
	sum := sha256.Sum256(der)
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return "a certificate that cannot be read, with the SHA-256 fingerprint " + fingerprint(sum[:])
	}
	words := fmt.Sprintf("the certificate %s with the SHA-256 fingerprint %s", quote(cert.Subject.String()), fingerprint(sum[:]))
	spki := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return words + " (of its public key: " + fingerprint(spki[:]) + ")"
}

// keysWords names the keys that were tried, by their public halves.
func keysWords(keys []*rsa.PrivateKey) string {
	const most = 4
	var names []string
	for _, k := range keys[:min(len(keys), most)] {
		names = append(names, keyName(k))
	}
	out := strings.Join(names, ", ")
	if more := len(keys) - most; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}

// algorithmWords shortens the URI of an algorithm to its last part.
func algorithmWords(uri string) string {
	if uri == "" {
		return "an algorithm that is not named"
	}
	if i := strings.LastIndexByte(uri, '#'); i >= 0 && i+1 < len(uri) && strings.HasPrefix(uri, "http://www.w3.org/") {
		return quote(uri[i+1:])
	}
	return quote(uri)
}

// A weakness is what of an encryption is weak, in words, and what is known of
// AWS's answer to it.
type weakness struct {
	words     string
	accepted  bool // AWS STS was observed to accept it
	unsettled string
}

func (c *encryption) weak() []weakness {
	var out []weakness
	switch {
	case c.Algorithm == xmlenc.TripleDESCBC:
		out = append(out, weakness{words: "3DES in CBC mode encrypts the data: a short block and no integrity", unsettled: "STS takes what is encrypted with 3DES"})
	case c.Algorithm == xmlenc.AES192CBC:
		out = append(out, weakness{words: weakCBC, unsettled: "STS takes what is encrypted with AES of 192 bits"})
	case strings.HasSuffix(c.Algorithm, "-cbc"): // on record for whole assertions
		out = append(out, weakness{words: weakCBC, accepted: c.element.Is(nsAssertion, "EncryptedAssertion")})
	}
	for _, k := range c.Keys {
		if k.Transport == xmlenc.RSA15 {
			return append(out, weakness{words: "RSA PKCS#1 v1.5 encrypts the key: a receiver's error messages can betray it", unsettled: "STS takes a key that is encrypted with RSA PKCS#1 v1.5"})
		}
	}
	return out
}

const weakCBC = "CBC mode encrypts the data: no integrity, so that a receiver's error messages can betray the content"

// decryptionSteps says what was decrypted with which key.
func (f *facts) decryptionSteps() []string {
	var out []string
	for _, local := range encryptedNames {
		for _, c := range f.encrypted(local) {
			if c.root.Present() {
				out = append(out, "decrypted: "+c.element.Path()+" with the key "+keyName(c.key))
			}
		}
	}
	return out
}

// encryptedNames are the elements of SAML that hold something encrypted.
var encryptedNames = []string{"EncryptedAssertion", "EncryptedID", "EncryptedAttribute"}
