package xmlenc

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// parseDER reads a file that is no PEM.
func parseDER(data []byte, passphrase func() ([]byte, error)) ([]*rsa.PrivateKey, error) {
	key, err := parseDERKey(data, passphrase)
	if err != nil {
		return nil, err
	}
	return []*rsa.PrivateKey{key}, nil
}

func parseDERKey(data []byte, passphrase func() ([]byte, error)) (*rsa.PrivateKey, error) {
	switch derKind(data) {
	case derPKCS1:
		return parsePKCS1(data)
	case derPKCS8:
		return parsePKCS8(data)
	case derEncrypted:
		return parseEncrypted(data, passphrase)
	case derPKCS12:
		return nil, errors.New(`an RSA private key is expected, found a PKCS #12 file (.p12, .pfx); "openssl pkcs12 -in FILE -nocerts -out key.pem" takes the key out of it`)
	case derElliptic:
		return nil, errors.New("an RSA private key is expected, found " + ellipticKey)
	case derCertificate:
		return nil, errors.New("an RSA private key is expected, found a certificate; the private key that belongs to it is in another file")
	case derPublic:
		return nil, errors.New("an RSA private key is expected, found a public key, which can encrypt but not decrypt; the private key is in another file")
	}
	return nil, errors.New("an RSA private key is expected, as PEM or DER, found " + unknownFile(data))
}

func unknownFile(data []byte) string {
	text := strings.TrimSpace(string(data))
	switch {
	case text == "":
		return "nothing"
	case strings.HasPrefix(text, "ssh-"), strings.HasPrefix(text, "ecdsa-"):
		return "a public key in the format of OpenSSH; the private key is in another file"
	case strings.HasPrefix(text, "PuTTY-User-Key-File"):
		return `a key in the format of PuTTY; "puttygen FILE -O private-openssh -o key.pem" rewrites it as PEM`
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return "text in UTF-16; the file is needed in ASCII or UTF-8"
	case strings.HasPrefix(text, "\xfe\xed\xfe\xed"), strings.HasPrefix(text, "\xce\xce\xce\xce"):
		return `a Java key store; "keytool -importkeystore -srckeystore FILE -destkeystore key.p12 -deststoretype pkcs12" and then "openssl pkcs12 -in key.p12 -nocerts -out key.pem" take the key out of it`
	case strings.HasPrefix(text, "<"):
		return "XML"
	}
	if der, err := base64.StdEncoding.DecodeString(withoutBlanks(text)); err == nil && derKind(der) != derUnknown {
		return `base64 without the lines of PEM around it, such as "-----BEGIN PRIVATE KEY-----" and "-----END PRIVATE KEY-----"`
	}
	return "neither"
}

// A derForm is what a DER structure is by its first elements.
type derForm int

const (
	derUnknown derForm = iota
	derPKCS1
	derPKCS8
	derEncrypted
	derPKCS12
	derElliptic
	derCertificate
	derPublic
)

// derKind tells the forms apart without reading more than their beginning.
func derKind(data []byte) derForm {
	var outer asn1.RawValue
	if rest, err := asn1.Unmarshal(data, &outer); err != nil || len(bytes.TrimSpace(rest)) > 0 || outer.Tag != asn1.TagSequence || !outer.IsCompound {
		return derUnknown
	}
	var first, second asn1.RawValue
	rest, err := asn1.Unmarshal(outer.Bytes, &first)
	if err != nil {
		return derUnknown
	}
	if _, err := asn1.Unmarshal(rest, &second); err != nil {
		return derUnknown
	}
	return derKindOf(first, second)
}

func derKindOf(first, second asn1.RawValue) derForm {
	version := new(big.Int).SetBytes(first.Bytes)
	switch [2]int{first.Tag, second.Tag} {
	case [2]int{asn1.TagInteger, asn1.TagInteger}:
		if version.BitLen() > 8 {
			return derPublic // PKCS #1: modulus and exponent
		}
		return derPKCS1
	case [2]int{asn1.TagInteger, asn1.TagSequence}:
		if version.Int64() == 3 {
			return derPKCS12
		}
		return derPKCS8
	case [2]int{asn1.TagInteger, asn1.TagOctetString}:
		return derElliptic
	case [2]int{asn1.TagSequence, asn1.TagOctetString}:
		return derEncrypted
	case [2]int{asn1.TagSequence, asn1.TagSequence}:
		return derCertificate
	case [2]int{asn1.TagSequence, asn1.TagBitString}:
		return derPublic
	}
	return derUnknown
}

func parsePKCS1(der []byte) (*rsa.PrivateKey, error) {
	if err := modulusBound(der); err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		return nil, damaged("PKCS #1")
	}
	return sized(key)
}

// modulusBound refuses a key by its size, and by that of its numbers, before they
// are worked with.
func modulusBound(der []byte) error {
	var numbers struct {
		Version int
		N       *big.Int
	}
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return damaged("PKCS #1")
	}
	rest, err := asn1.Unmarshal(outer.Bytes, &numbers.Version)
	if err != nil {
		return damaged("PKCS #1")
	}
	if _, err := asn1.Unmarshal(rest, &numbers.N); err != nil {
		return damaged("PKCS #1")
	}
	if _, err = sized(&rsa.PrivateKey{PublicKey: rsa.PublicKey{N: numbers.N}}); err != nil {
		return err
	}
	if len(der) > mostNumbers*(numbers.N.BitLen()/8)+mostFraming {
		return damaged("PKCS #1")
	}
	return nil
}

// The numbers of a key, with primes and what is computed of them, are together
// some five times as long as its modulus. crypto/rsa works for minutes to find
// that much longer primes do not fit.
const (
	mostNumbers = 8
	mostFraming = 128
)

func parsePKCS8(der []byte) (*rsa.PrivateKey, error) {
	var outer struct {
		Version   int
		Algorithm struct {
			ID         asn1.ObjectIdentifier
			Parameters asn1.RawValue `asn1:"optional"`
		}
		Key []byte
	}
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return nil, damaged("PKCS #8")
	}
	if outer.Algorithm.ID.Equal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}) {
		return parsePKCS1(outer.Key)
	}
	if outer.Algorithm.ID.Equal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}) {
		return nil, errors.New("an RSA private key for encryption is expected, found one that is restricted to RSASSA-PSS signatures")
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, errors.New("an RSA private key is expected, found a PKCS #8 key of the algorithm " + outer.Algorithm.ID.String())
	}
	return nil, errors.New("an RSA private key is expected, found " + otherKind(key))
}

func otherKind(key any) string {
	switch key.(type) {
	case *ecdsa.PrivateKey:
		return ellipticKey
	case ed25519.PrivateKey:
		return "an Ed25519 key, which can sign but not decrypt; the private key is needed whose certificate the identity provider encrypts for"
	}
	return fmt.Sprintf("a key of another kind (%T)", key)
}

// damaged tells that a structure cannot be read. The texts of encoding/asn1 and
// crypto/x509 can hold numbers of the key; they are left out.
func damaged(form string) error {
	return errors.New("the private key is damaged: it is no " + form + " structure that can be read, or its numbers do not fit each other")
}
