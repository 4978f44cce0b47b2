package sanitize

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"slices"
	"strings"
)

// A strangeCertificate is one that Go refuses, such as one with a negative
// serial number, and whose key is used all the same.
type strangeCertificate struct {
	TBS       asn1.RawValue
	Algorithm asn1.RawValue
	Signature asn1.BitString
}

type strangeTBS struct {
	Version    int `asn1:"optional,explicit,default:0,tag:0"`
	Serial     asn1.RawValue
	Algorithm  asn1.RawValue
	Issuer     asn1.RawValue
	Validity   asn1.RawValue
	Subject    asn1.RawValue
	Key        asn1.RawValue
	Extensions asn1.RawValue `asn1:"optional,explicit,tag:3"`
}

// certificateKey reports whether octets are a certificate whose key can be read,
// refused by Go or not.
func certificateKey(der []byte) bool {
	var c strangeCertificate
	var tbs strangeTBS
	if _, err := asn1.Unmarshal(der, &c); err != nil {
		return false
	}
	_, err := asn1.Unmarshal(c.TBS.FullBytes, &tbs)
	return err == nil
}

// strange gives a certificate that is refused for the same reason as another;
// nil where the other is none at all.
func (r *ring) strange(der []byte) ([]byte, error) {
	name := sha256.Sum256(der)
	if known := r.made[name]; known != nil {
		return known, nil
	}
	var c strangeCertificate
	var tbs strangeTBS
	if _, err := asn1.Unmarshal(der, &c); err != nil {
		return nil, nil
	}
	if _, err := asn1.Unmarshal(c.TBS.FullBytes, &tbs); err != nil {
		return nil, nil
	}
	public, err := x509.ParsePKIXPublicKey(tbs.Key.FullBytes)
	if err != nil {
		return nil, nil
	}
	own, err := r.identity(public, fingerprintOfDER(tbs.Key.FullBytes))
	if err != nil {
		return nil, err
	}
	made, err := r.rebuilt(der, &c, &tbs, own)
	if err == nil {
		r.made[name], r.issued[sha256.Sum256(made)] = made, true
	}
	return made, err
}

// rebuilt puts a certificate together again: what judges it strange stays, and
// its signature, which nobody verifies, is noise.
func (r *ring) rebuilt(der []byte, c *strangeCertificate, tbs *strangeTBS, own *identity) ([]byte, error) {
	key, err := x509.MarshalPKIXPublicKey(own.public)
	if err != nil {
		return nil, err
	}
	if len(tbs.Serial.Bytes) > 1 {
		serial := slices.Clone(tbs.Serial.Bytes)
		rand.Read(serial[1:])
		tbs.Serial = asn1.RawValue{Tag: asn1.TagInteger, Bytes: serial}
	}
	tbs.Key = asn1.RawValue{FullBytes: key}
	tbs.Issuer = asn1.RawValue{FullBytes: r.distinguished(tbs.Issuer.FullBytes)}
	tbs.Subject = asn1.RawValue{FullBytes: r.distinguished(tbs.Subject.FullBytes)}
	rand.Read(c.Signature.Bytes)
	extensions := nothing
	if repeatsExtension(der) {
		extensions = twoExtensions
	}
	made, err := c.with(tbs, extensions)
	if err != nil {
		return nil, err
	}
	if _, err := x509.ParseCertificate(made); err != nil {
		return made, nil
	}
	return c.with(tbs, wrongExtension)
}

// with writes the certificate with these extensions.
func (c *strangeCertificate) with(tbs *strangeTBS, extensions []byte) ([]byte, error) {
	tbs.Extensions = asn1.RawValue{FullBytes: extensions}
	whole, err := asn1.Marshal(*tbs)
	if err != nil {
		return nil, err
	}
	c.TBS = asn1.RawValue{FullBytes: whole}
	return asn1.Marshal(*c)
}

// repeatsExtension reports whether Go refuses a certificate for an extension that
// stands in it twice.
func repeatsExtension(der []byte) bool {
	_, err := x509.ParseCertificate(der)
	return err != nil && strings.Contains(err.Error(), "duplicate extension")
}

// The fields of extensions that a strange certificate may need.
var (
	nothing = []byte(nil)
	// A subjectKeyIdentifier of one octet, twice.
	twoExtensions = []byte{0xa3, 26, 0x30, 24, 0x30, 10, 6, 3, 0x55, 0x1d, 0x0e, 4, 3, 4, 1, 1, 0x30, 10, 6, 3, 0x55, 0x1d, 0x0e, 4, 3, 4, 1, 1}
	// A keyUsage that is no BIT STRING.
	wrongExtension = []byte{0xa3, 14, 0x30, 12, 0x30, 10, 6, 3, 0x55, 0x1d, 0x0f, 4, 3, 4, 1, 1}
)
