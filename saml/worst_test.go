package saml_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// mostTime is what one message may cost at the default limits.
const mostTime = 500 * time.Millisecond

// The parts of a Signature whose SignedInfo can be read and that no key
// verifies.
const (
	dsNamespace    = "http://www.w3.org/2000/09/xmldsig#"
	signatureStart = `<ds:Signature xmlns:ds="` + dsNamespace + `"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="%s"/>`
	reference      = `<ds:Reference URI="%s"><ds:Transforms><ds:Transform Algorithm="` + dsNamespace + `enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>`
	rsaSHA512      = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
	ecdsaSHA512    = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"
)

// signature gives a Signature with a value of so many bytes.
func signature(method string, references []string, value []byte, keyInfo, inside string) string {
	out := fmt.Sprintf(signatureStart, method)
	for _, uri := range references {
		out += fmt.Sprintf(reference, uri)
	}
	return out + inside + "</ds:SignedInfo><ds:SignatureValue>" + base64.StdEncoding.EncodeToString(value) + "</ds:SignatureValue>" + keyInfo + "</ds:Signature>"
}

// rsaValue gives a KeyValue of a made up modulus of so many bits.
func rsaValue(bits, exponent, number int) string {
	n := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
	n.Add(n, big.NewInt(int64(2*number+1)))
	return "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" + base64.StdEncoding.EncodeToString(n.Bytes()) + "</ds:Modulus><ds:Exponent>" +
		base64.StdEncoding.EncodeToString(big.NewInt(int64(exponent)).Bytes()) + "</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"
}

func ecValue(t *testing.T, curve elliptic.Curve) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return `<dsig11:DEREncodedKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">` + base64.StdEncoding.EncodeToString(der) + "</dsig11:DEREncodedKeyValue>"
}

// withKeys gives metadata of Entra whose entity has these keys and no others.
func withKeys(t *testing.T, values ...string) *saml.Metadata {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="` + dsNamespace + `" entityID="` + entityOf(t) + `"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`)
	for _, v := range values {
		b.WriteString(`<md:KeyDescriptor use="signing"><ds:KeyInfo>` + v + `</ds:KeyInfo></md:KeyDescriptor>`)
	}
	m, err := saml.ParseMetadata([]byte(b.String() + "</md:IDPSSODescriptor></md:EntityDescriptor>"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func entityOf(t *testing.T) string {
	t.Helper()
	return metadataOf(t, samltest.Login{}).Entities()[0].ID
}

// many gives n texts, each made from its number.
func many(n int, text func(int) string) []string {
	var out []string
	for i := range n {
		out = append(out, text(i))
	}
	return out
}

// TestWorstSignatures: what costs most to verify, to explain or to judge of a
// Signature takes half a second at the default limits.
func TestWorstSignatures(t *testing.T) {
	bare := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	whole := "#" + idAfter(t, bare, "<samlp:Response")
	value := func(bits int) []byte { return slices.Repeat([]byte{0x11}, bits/8) }
	random := func(curve elliptic.Curve) []byte {
		out := make([]byte, 2*((curve.Params().BitSize+7)/8))
		rand.Read(out)
		out[0], out[len(out)/2] = 0, 0
		return out
	}
	filler := strings.Repeat("<x/>", 40_000)
	long := strings.Repeat("<x>\n</x>", 20_000)
	all := slices.Repeat([]string{whole}, 16)
	few := metadataOf(t, samltest.Login{})
	for name, c := range map[string]struct {
		signatures []string
		filler     string
		metadata   *saml.Metadata
	}{
		"2,000 RSA keys": {slices.Repeat([]string{signature(rsaSHA512, all, value(2048), "", "")}, 16), "",
			withKeys(t, many(2000, func(i int) string { return rsaValue(2048, 65537, i) })...)},
		"200 RSA keys of 4,096 bits": {slices.Repeat([]string{signature(rsaSHA512, all, value(4096), "", "")}, 16), "",
			withKeys(t, many(200, func(i int) string { return rsaValue(4096, 65537, i) })...)},
		"200 RSA keys of 16,384 bits with long exponents": {slices.Repeat([]string{signature(rsaSHA512, all, value(16384), "", "")}, 16), "",
			withKeys(t, many(200, func(i int) string { return rsaValue(16384, 1<<31-1, i) })...)},
		"200 keys on P-521": {slices.Repeat([]string{signature(ecdsaSHA512, all, random(elliptic.P521()), "", "")}, 16), "",
			withKeys(t, many(200, func(int) string { return ecValue(t, elliptic.P521()) })...)},
		"200 keys on P-224": {slices.Repeat([]string{signature(ecdsaSHA512, all, random(elliptic.P224()), "", "")}, 16), "",
			withKeys(t, many(200, func(int) string { return ecValue(t, elliptic.P224()) })...)},
		"KeyInfo with 16,384 bits": {slices.Repeat([]string{signature(rsaSHA512, all, value(16384), "<ds:KeyInfo>"+rsaValue(16384, 1<<31-1, 1)+"</ds:KeyInfo>", "")}, 16), "", few},
		"References to everything": {slices.Repeat([]string{signature(rsaSHA512, all, value(2048), "", "")}, 16), filler, few},
		"a long SignedInfo":        {slices.Repeat([]string{signature(rsaSHA512, all, value(2048), "", "")}, 15), "", few},
		"Signatures in a SignedInfo": {[]string{strings.Repeat(fmt.Sprintf(signatureStart, rsaSHA512)+fmt.Sprintf(reference, whole), 15) + filler +
			strings.Repeat("</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>", 15)}, "", few},
		"elements in a SignatureValue": {[]string{strings.Replace(signature(rsaSHA512, all, nil, "", ""), "<ds:SignatureValue>", "<ds:SignatureValue>"+strings.Repeat("A<x/>", 40_000), 1)}, "", few},
		"elements in DigestValues":     {[]string{signature(rsaSHA512, nil, value(2048), "", "<ds:Reference><ds:DigestValue>"+strings.Repeat("A<x/>", 40_000)+"</ds:DigestValue></ds:Reference>")}, "", few},
		"Signatures in a SignatureValue": {[]string{strings.Repeat(fmt.Sprintf(signatureStart, rsaSHA512)+"</ds:SignedInfo><ds:SignatureValue>A", 15) + filler +
			strings.Repeat("</ds:SignatureValue></ds:Signature>", 15)}, "", few},
		"children of a Signature":   {[]string{strings.Replace(signature(rsaSHA512, all, nil, "", ""), "<ds:SignedInfo>", filler+"<ds:SignedInfo>", 1)}, "", few},
		"KeyNames":                  {slices.Repeat([]string{signature(rsaSHA512, all, nil, "<ds:KeyInfo>"+strings.Repeat("<ds:KeyName>x</ds:KeyName>", 2000)+"</ds:KeyInfo>", "")}, 16), "", few},
		"certificates beyond":       {slices.Repeat([]string{signature(rsaSHA512, all, nil, "<ds:KeyInfo>"+strings.Repeat("<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>", 700)+"</ds:KeyInfo>", "")}, 16), "", few},
		"white space in SignedInfo": {[]string{signature(rsaSHA512, all, value(2048), "", long)}, "", few},
		"References":                {[]string{signature(rsaSHA512, slices.Repeat([]string{whole}, 1800), value(2048), "", "")}, "", few},
	} {
		t.Run(name, func(t *testing.T) {
			signatures := strings.Join(c.signatures, "")
			if name == "a long SignedInfo" {
				signatures += signature(rsaSHA512, all, value(2048), "", filler)
			}
			xml := strings.Replace(bare, "<samlp:Status>", "<samlp:Extensions>"+signatures+c.filler+"</samlp:Extensions><samlp:Status>", 1)
			inTime(t, xml, c.metadata, saml.Options{})
		})
	}
}

// inTime judges a message and holds it against the time that it may take. That
// it is read, and not refused at a limit of the scanner, is held too.
func inTime(t *testing.T, xml string, metadata *saml.Metadata, o saml.Options) *saml.Report {
	t.Helper()
	message := saml.Decode([]byte(xml))
	o.Time = samltest.Instant().Add(time.Minute)
	best, report := time.Hour, (*saml.Report)(nil)
	var bytes uint64
	for range 3 { // the least of three, since the collector works for what was before too
		before, start := allocated(), cpuTime(t)
		report = saml.Check(message, metadata, o)
		best, bytes = min(best, cpuTime(t)-start), allocated()-before
		if best < mostTime {
			break
		}
	}
	t.Logf("%d bytes: %v, %d MiB, %v", len(xml), best.Round(time.Millisecond), bytes>>20, codesOf(report.Findings))
	if best > mostTime && !racing {
		t.Errorf("it takes %v", best)
	}
	if !report.Response.Present() {
		t.Errorf("it is not read: %v", codesOf(report.Findings))
	}
	if report.Verified {
		t.Error("it is verified")
	}
	return report
}

// TestWorstDecryption: many encrypted parts for many keys cost operations with
// private keys, which are bounded together.
func TestWorstDecryption(t *testing.T) {
	xml := issue(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}})
	start, end := strings.Index(xml, "<saml:EncryptedAssertion"), strings.Index(xml, "</saml:EncryptedAssertion>")+len("</saml:EncryptedAssertion>")
	if start < 0 {
		start, end = strings.Index(xml, "<EncryptedAssertion"), strings.Index(xml, "</EncryptedAssertion>")+len("</EncryptedAssertion>")
	}
	if start < 0 {
		t.Fatal("nothing is encrypted")
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	r := inTime(t, xml[:start]+strings.Repeat(xml[start:end], 60)+xml[end:], nil, saml.Options{DecryptionKeys: slices.Repeat([]*rsa.PrivateKey{key}, 40)})
	var said []string
	for _, f := range r.Findings {
		if f.Code == "limit-exceeded" {
			said = append(said, f.Message)
		}
	}
	if text := strings.Join(said, "\n"); !strings.Contains(text, `the limit "private-key-operations" allows 128, at least `) || !strings.Contains(text, "not every key is tried") {
		t.Errorf("limit-exceeded says %q", text)
	}
}
