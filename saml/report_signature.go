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
			Certificate: f.choice.certificate(s.Key), Witness: string(s.Witness), Explanation: s.Explanation,
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

// certificate gives what the report says of a key of the choice; nil for none.
func (c *choice) certificate(k *xmlsig.Key) *Certificate {
	if k == nil {
		return nil
	}
	for i := range c.keys {
		if k == &c.keys[i] {
			return certificateOf(k, c.labels[i])
		}
	}
	return certificateOf(k, labelOf(k))
}

func certificateOf(k *xmlsig.Key, label keyLabel) *Certificate {
	out := &Certificate{Subject: label.subject, SHA256: label.sha256}
	if c := k.Certificate; c != nil {
		out.NotBefore, out.NotAfter = instantOrNull(c.NotBefore.UTC()), instantOrNull(c.NotAfter.UTC())
	}
	return out
}

// A keyLabel is what the report calls a key: the subject and the fingerprint of
// its certificate, or without one its own fingerprint.
type keyLabel struct{ subject, sha256 string }

func labelOf(k *xmlsig.Key) keyLabel {
	c := k.Certificate
	if c == nil {
		return keyLabel{sha256: fingerprint(k.SPKI[:])}
	}
	sum := sha256.Sum256(c.Raw)
	return keyLabel{c.Subject.String(), fingerprint(sum[:])}
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
