package saml

import (
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// brokenSignatures gives the signatures of the metadata on itself that the
// certificate inside them does not verify. Only a document within the limits
// for messages is examined: a whole federation's is not worth the time.
func (m *Metadata) brokenSignatures() []*xmlsig.Signature {
	m.signatureOnce.Do(func() {
		limits := xmldoc.MessageLimits()
		if len(m.doc.Source()) > limits.Bytes || m.doc.Len() > limits.Elements {
			return
		}
		m.signed = slices.DeleteFunc(xmlsig.Examine(m.doc, m.embeddedKeys(), xmlsig.Options{SkipWitness: true}), func(s *xmlsig.Signature) bool {
			return s.Valid || s.State != xmlsig.Broken && brokenReference(s) == nil
		})
	})
	return m.signed
}

// embeddedKeys gives the keys of the certificates in the KeyInfo of the
// metadata's own signatures.
func (m *Metadata) embeddedKeys() (out []xmlsig.Key) {
	for e := range m.doc.Elements() {
		if !e.Is(nsSignature, "Signature") || e.Parent().Space() != nsMetadata {
			continue
		}
		for _, data := range e.Child(nsSignature, "KeyInfo").ChildrenNamed(nsSignature, "X509Data") {
			n := 0
			keys, _, _ := readX509Data(data, &n)
			for _, k := range keys {
				if len(out) < mostCertificates {
					out = append(out, k.Key)
				}
			}
		}
	}
	return out
}

// concerns reports whether a signature over an element of the metadata covers
// one of the chosen entities.
func (f *facts) concerns(m *Metadata, signed xmldoc.Element) bool {
	return slices.ContainsFunc(f.choice.entities, func(e *Entity) bool {
		return e.metadata == m && (signed.Contains(e.element.Node) || e.element.Contains(signed.Node))
	})
}
