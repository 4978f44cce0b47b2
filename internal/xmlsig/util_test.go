package xmlsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// samples is where samples of other projects lie, relative to the repository.
const samples = "../../../shared/samples"

func needSamples(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(samples, "manifest.tsv")); err != nil {
		t.Skip("../shared/samples is not here")
	}
}

func readSample(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func parseTest(t testing.TB, xml string) *xmldoc.Document {
	t.Helper()
	doc, err := xmldoc.Parse([]byte(xml), xmldoc.MetadataLimits())
	if err != nil {
		t.Fatalf("parse: %v\n%s", err, xml)
	}
	return doc
}

// identity is a key made for the tests and its certificate.
type identity struct {
	signer crypto.Signer
	der    []byte
	key    Key
}

func newIdentity(t testing.TB, signer crypto.Signer) identity {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "idp.example.com"},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, signer.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return identity{signer, der, NewKey(c)}
}

var rsaSigner = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

var otherSigner = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

func ecSigner(t testing.TB, c elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(c, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (i identity) options() SignOptions {
	return SignOptions{Key: i.signer, Certificates: [][]byte{i.der}}
}

func signTest(t testing.TB, xml, id string, o SignOptions) string {
	t.Helper()
	out, err := Sign([]byte(xml), id, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

const message = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0" IssueInstant="2026-01-02T03:04:05Z" Destination="https://signin.aws.amazon.com/saml">` +
	`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.example.com/</Issuer>` +
	`<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
	`<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="2026-01-02T03:04:05Z" Version="2.0">` +
	`<Issuer>https://idp.example.com/</Issuer><Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">alice@example.com</NameID></Subject>` +
	`<AttributeStatement><Attribute Name="https://aws.amazon.com/SAML/Attributes/Role" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"><AttributeValue xsi:type="xs:string">arn:aws:iam::111122223333:role/A,arn:aws:iam::111122223333:saml-provider/P</AttributeValue></Attribute></AttributeStatement>` +
	`</Assertion></samlp:Response>`
