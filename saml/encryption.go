package saml

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// An encryption is what can be said of an encrypted part without a key.
type encryption struct {
	element   xmldoc.Element // EncryptedAssertion, EncryptedID or EncryptedAttribute
	data      string         // algorithm of the data
	transport string         // algorithm of the key transport
	digest    string         // of RSA-OAEP
	recipient string         // for which certificate, in words; empty if it does not say
}

// encryptions describes the encrypted parts of this name below root.
func encryptions(root xmldoc.Element, local string) []encryption {
	var out []encryption
	for e := range root.Descendants() {
		if e.Is(nsAssertion, local) {
			out = append(out, describeEncryption(e))
		}
	}
	return out
}

func describeEncryption(e xmldoc.Element) encryption {
	out := encryption{element: e, data: e.Child(nsEncrypt, "EncryptedData").Child(nsEncrypt, "EncryptionMethod").Get("Algorithm")}
	for d := range e.Descendants() {
		if !d.Is(nsEncrypt, "EncryptedKey") {
			continue
		}
		method := d.Child(nsEncrypt, "EncryptionMethod")
		out.transport = method.Get("Algorithm")
		out.digest = method.Child(nsSignature, "DigestMethod").Get("Algorithm")
		out.recipient = recipientOf(d.Child(nsSignature, "KeyInfo"))
		break
	}
	return out
}

// recipientOf says for which certificate a key was encrypted.
func recipientOf(keyInfo xmldoc.Element) string {
	data := keyInfo.Child(nsSignature, "X509Data")
	if text := data.Child(nsSignature, "X509Certificate").Text(); text != "" {
		return certificateWords(text)
	}
	if serial := data.Child(nsSignature, "X509IssuerSerial"); serial.Present() {
		return fmt.Sprintf("the certificate with serial number %s of %s", quote(serial.Child(nsSignature, "X509SerialNumber").Text()), quote(serial.Child(nsSignature, "X509IssuerName").Text()))
	}
	if name := keyInfo.Child(nsSignature, "KeyName").Text(); name != "" {
		return "the key named " + quote(name)
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
	return fmt.Sprintf("the certificate %s with the SHA-256 fingerprint %s", quote(cert.Subject.String()), fingerprint(sum[:]))
}

// words says how the part is encrypted and for whom.
func (c encryption) words() string {
	out := "with " + algorithmWords(c.data)
	if c.transport != "" {
		out += ", the key with " + algorithmWords(c.transport)
		if c.digest != "" {
			out += " and " + algorithmWords(c.digest)
		}
	}
	if c.recipient != "" {
		out += ", for " + c.recipient
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

// weak reports what of the encryption is weak, in words.
func (c encryption) weak() []string {
	var out []string
	switch {
	case strings.HasSuffix(c.data, "#tripledes-cbc"):
		out = append(out, "3DES in CBC mode encrypts the data: a short block and no integrity")
	case strings.HasSuffix(c.data, "-cbc"):
		out = append(out, "CBC mode encrypts the data: no integrity, so that a receiver's error messages can betray the content")
	}
	if strings.HasSuffix(c.transport, "#rsa-1_5") {
		out = append(out, "RSA PKCS#1 v1.5 encrypts the key: a receiver's error messages can betray it")
	}
	return out
}
