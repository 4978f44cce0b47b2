package differential

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// identity is a key made for the test, its certificate, and xmlsec1 with both.
type identity struct {
	signer      crypto.Signer
	certificate *x509.Certificate
	keys        []xmlsig.Key
	xmlsec1     Xmlsec1
}

func newIdentity(t testing.TB, signer crypto.Signer) identity {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "idp.example.com"},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, signer.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(signer)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	x := Xmlsec1{Dir: dir, Key: filepath.Join(dir, "key.pem"), Certificate: filepath.Join(dir, "certificate.pem")}
	for name, block := range map[string]pem.Block{x.Key: {Type: "PRIVATE KEY", Bytes: private}, x.Certificate: {Type: "CERTIFICATE", Bytes: der}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(&block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return identity{signer, c, []xmlsig.Key{xmlsig.NewKey(c)}, x}
}

func rsaIdentity(t testing.TB) identity {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return newIdentity(t, k)
}

func ecdsaIdentity(t testing.TB) identity {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return newIdentity(t, k)
}
