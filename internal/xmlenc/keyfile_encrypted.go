package xmlenc

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/pbkdf2"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"hash"
)

// mostIterations bounds PBKDF2: a key file is no reason to work for minutes.
const (
	mostIterations = 5_000_000
	mostSalt       = 1024
)

// errLocked says that a key is encrypted and nothing can open it.
const errLocked = failure(`the private key is encrypted and there is no passphrase; "openssl pkey -in FILE -out key.pem" writes it without one`)

// errPassphrase is the one error for what a wrong passphrase leads to.
const errPassphrase = failure("the private key cannot be decrypted: the passphrase is wrong, or the file is damaged")

func ask(passphrase func() ([]byte, error)) ([]byte, error) {
	if passphrase == nil {
		return nil, errLocked
	}
	text, err := passphrase()
	if err != nil {
		return nil, fmt.Errorf("asking for the passphrase of the private key: %w", err)
	}
	return text, nil
}

// legacy gives the DER of a block that may be encrypted by PEM itself
// (RFC 1421), as OpenSSL did before PKCS #8.
func legacy(b *pem.Block, passphrase func() ([]byte, error)) ([]byte, error) {
	//lint:ignore SA1019 files of this kind are in use; nothing is encrypted so
	if !x509.IsEncryptedPEMBlock(b) {
		return b.Bytes, nil
	}
	text, err := ask(passphrase)
	if err != nil {
		return nil, err
	}
	//lint:ignore SA1019 as above
	der, err := x509.DecryptPEMBlock(b, text)
	if kind := derKind(der); err != nil || kind != derPKCS1 && kind != derPKCS8 {
		return nil, errPassphrase
	}
	return der, nil
}

type algorithmID struct {
	ID         asn1.ObjectIdentifier
	Parameters asn1.RawValue `asn1:"optional"`
}

// encryptedKeyInfo is EncryptedPrivateKeyInfo of RFC 5958.
type encryptedKeyInfo struct {
	Algorithm algorithmID
	Data      []byte
}

// pbes2 are the parameters of PBES2, and pbkdf2Params those of PBKDF2 (RFC 8018).
type pbes2 struct {
	Derivation, Encryption algorithmID
}

type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int         `asn1:"optional"`
	PRF        algorithmID `asn1:"optional"`
}

// parseEncrypted reads an encrypted PKCS #8 key. All that can be wrong without
// a passphrase is found before it is asked for.
func parseEncrypted(der []byte, passphrase func() ([]byte, error)) (*rsa.PrivateKey, error) {
	var info encryptedKeyInfo
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return nil, damaged("encrypted PKCS #8")
	}
	s, err := schemeOf(info)
	if err != nil {
		return nil, err
	}
	text, err := ask(passphrase)
	if err != nil {
		return nil, err
	}
	plain, err := s.open(text, info.Data)
	if err != nil {
		return nil, err
	}
	return parsePKCS8(plain)
}

// A scheme is how a PKCS #8 key is encrypted.
type scheme struct {
	newHash    func() hash.Hash
	salt, iv   []byte
	iterations int
	keyLength  int
	newBlock   func([]byte) (cipher.Block, error)
}

const convert = `; "openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out key.pem" encrypts it in the usual way`

func schemeOf(info encryptedKeyInfo) (*scheme, error) {
	if !info.Algorithm.ID.Equal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}) {
		return nil, errors.New("a private key encrypted with PBES2 is expected, found the algorithm " + info.Algorithm.ID.String() + convert)
	}
	var p pbes2
	if _, err := asn1.Unmarshal(info.Algorithm.Parameters.FullBytes, &p); err != nil {
		return nil, damaged("encrypted PKCS #8")
	}
	s := &scheme{}
	if err := s.readCipher(p.Encryption); err != nil {
		return nil, err
	}
	if err := s.readDerivation(p.Derivation); err != nil {
		return nil, err
	}
	if n := len(info.Data); n == 0 || n%len(s.iv) != 0 {
		return nil, errors.New("the private key is damaged: its encrypted octets are no whole number of blocks")
	}
	return s, nil
}

// readCipher reads the cipher, which is in CBC mode: its vector is as long as
// its block.
func (s *scheme) readCipher(a algorithmID) error {
	size := aes.BlockSize
	s.newBlock = aes.NewCipher
	switch a.ID.String() {
	case "2.16.840.1.101.3.4.1.2":
		s.keyLength = 16
	case "2.16.840.1.101.3.4.1.22":
		s.keyLength = 24
	case "2.16.840.1.101.3.4.1.42":
		s.keyLength = 32
	case "1.2.840.113549.3.7":
		s.keyLength, size, s.newBlock = 24, des.BlockSize, des.NewTripleDESCipher
	default:
		return errors.New("a private key encrypted with AES or 3DES in CBC mode is expected, found the cipher " + a.ID.String() + convert)
	}
	if _, err := asn1.Unmarshal(a.Parameters.FullBytes, &s.iv); err != nil || len(s.iv) != size {
		return errors.New("the private key is damaged: its initialization vector has not the length of a block")
	}
	return nil
}

func (s *scheme) readDerivation(a algorithmID) error {
	switch a.ID.String() {
	case "1.2.840.113549.1.5.12":
	case "1.3.6.1.4.1.11591.4.11":
		return errors.New("a private key whose passphrase goes through PBKDF2 is expected, found scrypt" + convert)
	default:
		return errors.New("a private key whose passphrase goes through PBKDF2 is expected, found the function " + a.ID.String() + convert)
	}
	var p pbkdf2Params
	if _, err := asn1.Unmarshal(a.Parameters.FullBytes, &p); err != nil {
		return damaged("encrypted PKCS #8")
	}
	s.salt, s.iterations = p.Salt, p.Iterations
	switch {
	case p.Iterations < 1 || p.Iterations > mostIterations:
		return fmt.Errorf("the iterations of PBKDF2 are expected to be 1 to %d, found %d", mostIterations, p.Iterations)
	case len(p.Salt) > mostSalt:
		return fmt.Errorf("the salt of PBKDF2 is expected to have %d octets at most, found %d", mostSalt, len(p.Salt))
	case p.KeyLength != 0 && p.KeyLength != s.keyLength:
		return fmt.Errorf("the key length of PBKDF2 is expected to be that of the cipher, %d, found %d", s.keyLength, p.KeyLength)
	}
	return s.readPRF(p.PRF)
}

func (s *scheme) readPRF(a algorithmID) error {
	switch a.ID.String() {
	case "", "1.2.840.113549.2.7":
		s.newHash = sha1.New
	case "1.2.840.113549.2.8":
		s.newHash = sha256.New224
	case "1.2.840.113549.2.9":
		s.newHash = sha256.New
	case "1.2.840.113549.2.10":
		s.newHash = sha512.New384
	case "1.2.840.113549.2.11":
		s.newHash = sha512.New
	default:
		return errors.New("PBKDF2 with HMAC and a digest of the SHA family is expected, found the function " + a.ID.String() + convert)
	}
	return nil
}

// open decrypts the key and takes the padding of PKCS #7 away.
func (s *scheme) open(passphrase, data []byte) ([]byte, error) {
	key, err := pbkdf2.Key(s.newHash, string(passphrase), s.salt, s.iterations, s.keyLength)
	if err != nil {
		return nil, errPassphrase
	}
	block, err := s.newBlock(key)
	if err != nil {
		return nil, errPassphrase
	}
	plain := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, s.iv).CryptBlocks(plain, data)
	n := int(plain[len(plain)-1])
	if n < 1 || n > block.BlockSize() || derKind(plain[:len(plain)-n]) != derPKCS8 {
		return nil, errPassphrase
	}
	return plain[:len(plain)-n], nil
}
