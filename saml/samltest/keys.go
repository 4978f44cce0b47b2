package samltest

import (
	"crypto"
	"crypto/x509"
	"embed"
	"encoding/pem"
	"errors"
	"fmt"
)

// A Key names a key pair and the certificate that stands for it.
type Key string

// The keys. Each is of RSA with 2048 bits unless it says otherwise.
const (
	CurrentKey    Key = ""           // the one that the product signs with
	NextKey       Key = "next"       // the one that it is rolled over to
	ReissuedKey   Key = "reissued"   // the current key of Entra in a newer certificate
	TenantKey     Key = "tenant"     // the key common to all applications of an Entra tenant
	AttackerKey   Key = "attacker"   // nobody's, in a certificate that copies the names, number and dates of Entra's
	WeakKey       Key = "weak"       // RSA with 1024 bits
	ECKey         Key = "ec"         // ECDSA on P-256
	EncryptionKey Key = "encryption" // what AD FS lets others encrypt for
)

//go:embed keys/*.key keys/*.crt
var keyFiles embed.FS

// certificateName gives the name of the file of a key's certificate.
func (k Key) certificateName(p Product) string {
	if k == CurrentKey {
		return string(p.orDefault())
	}
	return string(k)
}

// keyName gives the name of the file of the key itself.
func (k Key) keyName(p Product) string {
	if k == ReissuedKey {
		return string(Entra)
	}
	return k.certificateName(p)
}

// Signer gives the private key.
func (k Key) Signer(p Product) (crypto.Signer, error) {
	block, err := readPEM("keys/" + k.keyName(p) + ".key")
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(block)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("the key %q cannot sign", k)
	}
	return signer, nil
}

// Certificate gives the certificate of the key.
func (k Key) Certificate(p Product) (*x509.Certificate, error) {
	block, err := readPEM("keys/" + k.certificateName(p) + ".crt")
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(block)
}

func readPEM(name string) ([]byte, error) {
	text, err := keyFiles.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("there is no such key: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New(name + " is no PEM file")
	}
	return block.Bytes, nil
}
