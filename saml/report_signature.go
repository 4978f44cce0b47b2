package saml

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// signatureReports gives what the report says of each Signature.
func (f *facts) signatureReports() []Signature {
	out := []Signature{}
	for _, s := range f.signatures {
		out = append(out, Signature{
			On: onWhat(s.Parent), Path: s.Element.Path(), Verified: s.Valid,
			SignatureAlgorithm: s.Method, DigestAlgorithm: digestAlgorithm(s), Canonicalization: s.Canonicalization,
			Certificate: certificateOf(s.Key), Witness: string(s.Witness), Explanation: s.Explanation,
		})
	}
	return out
}

func onWhat(parent xmldoc.Element) string {
	switch {
	case parent.Is(nsProtocol, "Response"):
		return "response"
	case parent.Is(nsAssertion, "Assertion"):
		return "assertion"
	case parent.Space() == nsMetadata:
		return "metadata"
	}
	return "other"
}

func digestAlgorithm(s *xmlsig.Signature) string {
	if len(s.References) == 0 {
		return ""
	}
	return s.References[0].DigestMethod
}

func certificateOf(k *xmlsig.Key) *Certificate {
	switch {
	case k == nil:
		return nil
	case k.Certificate == nil:
		return &Certificate{SHA256: fingerprint(k.SPKI[:])}
	}
	c := k.Certificate
	sum := sha256.Sum256(c.Raw)
	from, to := c.NotBefore.UTC(), c.NotAfter.UTC()
	return &Certificate{Subject: c.Subject.String(), SHA256: fingerprint(sum[:]), NotBefore: instantOrNull(from), NotAfter: instantOrNull(to)}
}

// fingerprint writes a hash as the report does.
func fingerprint(sum []byte) string { return hex.EncodeToString(sum) }

func sameKey(a, b *x509.Certificate) bool {
	return bytes.Equal(a.RawSubjectPublicKeyInfo, b.RawSubjectPublicKeyInfo)
}

// inMetadata reports whether the certificate is one of the signing keys'.
func (f *facts) inMetadata(der []byte) bool {
	return slices.ContainsFunc(f.choice.keys, func(k xmlsig.Key) bool {
		return k.Certificate != nil && bytes.Equal(k.Certificate.Raw, der)
	})
}
