package sanitize

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// learn notes the certificates of a document: which of them issued another one
// has to be known before the first is replaced.
func (r *ring) learn(doc *xmldoc.Document) {
	var all []*x509.Certificate
	for e := range doc.Elements() {
		if e.Local() == "X509Certificate" {
			if c := certificateIn(e.Text()); c != nil {
				all = append(all, c)
				r.issuers[string(c.RawSubject)] = append(r.issuers[string(c.RawSubject)], c)
			}
		}
	}
	for _, c := range all {
		if issuer := r.issuerOf(c); issuer != nil {
			r.signs[sha256.Sum256(issuer.RawSubjectPublicKeyInfo)] = true
		}
	}
}

// mostIssuers bounds the certificates of one subject that are tried as the one
// that issued another.
const mostIssuers = 4

// issuerOf gives the certificate among those of the documents that another was
// issued with; nil for one that was signed with its own key.
func (r *ring) issuerOf(c *x509.Certificate) *x509.Certificate {
	known := r.issuers[string(c.RawIssuer)]
	for _, issuer := range known[:min(len(known), mostIssuers)] {
		if string(issuer.RawSubjectPublicKeyInfo) != string(c.RawSubjectPublicKeyInfo) &&
			issuer.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil {
			return issuer
		}
	}
	return nil
}

// certificateIn reads the text of an X509Certificate; nil where it is none.
func certificateIn(text string) *x509.Certificate {
	der, ok := decoded(withoutArmour(text))
	if !ok {
		return nil
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return nil
	}
	return c
}

// certificate gives the certificate that stands for another: of the key that
// stands for its key, with the same dates, uses and algorithm.
func (r *ring) certificate(c *x509.Certificate) ([]byte, error) {
	name := sha256.Sum256(c.Raw)
	if known := r.made[name]; known != nil {
		return known, nil
	}
	own, err := r.identity(c.PublicKey, sha256.Sum256(c.RawSubjectPublicKeyInfo))
	if err != nil {
		return nil, err
	}
	signer, err := r.signerOf(c, own)
	if err != nil {
		return nil, err
	}
	der, err := r.issue(c, own.public, signer)
	if err == nil {
		r.made[name], r.issued[sha256.Sum256(der)] = der, true
	}
	return der, err
}

// signerOf gives the key that a certificate is signed with: that of the issuer
// where its certificate is known, its own where it was signed with its own, or
// one that is shown nowhere.
func (r *ring) signerOf(c *x509.Certificate, own *identity) (crypto.Signer, error) {
	if issuer := r.issuerOf(c); issuer != nil {
		of, err := r.identity(issuer.PublicKey, sha256.Sum256(issuer.RawSubjectPublicKeyInfo))
		if err != nil || of.signer != nil {
			return of.signer, err
		}
	} else if own.signer != nil && string(c.RawIssuer) == string(c.RawSubject) {
		return own.signer, nil
	}
	kind := x509.RSA
	if c.SignatureAlgorithm >= x509.ECDSAWithSHA1 && c.SignatureAlgorithm <= x509.ECDSAWithSHA512 {
		kind = x509.ECDSA
	}
	return r.certifier(kind)
}

func (r *ring) issue(c *x509.Certificate, public crypto.PublicKey, signer crypto.Signer) ([]byte, error) {
	template := &x509.Certificate{SerialNumber: serialLike(c.SerialNumber), RawSubject: r.distinguished(c.RawSubject),
		NotBefore: c.NotBefore, NotAfter: c.NotAfter, KeyUsage: c.KeyUsage, ExtKeyUsage: c.ExtKeyUsage,
		IsCA: c.IsCA, BasicConstraintsValid: c.BasicConstraintsValid, SignatureAlgorithm: c.SignatureAlgorithm}
	parent := &x509.Certificate{RawSubject: r.distinguished(c.RawIssuer)}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, signer)
	if err != nil { // such as one that is signed with MD5
		template.SignatureAlgorithm = 0
		der, err = x509.CreateCertificate(rand.Reader, template, parent, public, signer)
	}
	if err != nil {
		return nil, fmt.Errorf("a certificate like one of the capture's cannot be made: %w", err)
	}
	return der, nil
}

func serialLike(n *big.Int) *big.Int {
	bits := max(n.BitLen(), 8)
	out, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), uint(bits-1)))
	if err != nil {
		return big.NewInt(1)
	}
	return out.SetBit(out, bits-2, 1)
}

// distinguished replaces the values of a distinguished name.
func (r *ring) distinguished(raw []byte) []byte {
	var name pkix.RDNSequence
	if rest, err := asn1.Unmarshal(raw, &name); err != nil || len(rest) > 0 {
		return []byte{0x30, 0}
	}
	for _, set := range name {
		for i, a := range set {
			if value, ok := a.Value.(string); ok && !a.Type.Equal(countryName) {
				set[i].Value = r.m.value(value, subjectText)
			}
		}
	}
	out, err := asn1.Marshal(name)
	if err != nil {
		return []byte{0x30, 0}
	}
	return out
}

var countryName = asn1.ObjectIdentifier{2, 5, 4, 6}

// rsaKeyValue gives the key in the Modulus and Exponent of an RSAKeyValue.
func rsaKeyValue(modulus, exponent string) *rsa.PublicKey {
	n, known := decoded(modulus)
	e, also := decoded(exponent)
	if !known || !also || len(e) > 4 || len(n) == 0 {
		return nil
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
}
