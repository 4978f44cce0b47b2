package xmlsig

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// nameCertificate says whose a certificate is.
func nameCertificate(c *x509.Certificate) string {
	fingerprint := sha256.Sum256(c.Raw)
	return fmt.Sprintf("subject %s, valid from %s to %s, SHA-256 %X", quote(c.Subject.String()),
		c.NotBefore.UTC().Format(time.DateOnly), c.NotAfter.UTC().Format(time.DateOnly), fingerprint)
}

// nameKey says which key k is.
func nameKey(k *Key) string {
	if k.name != nil {
		k.name.once.Do(func() { k.name.text = wordKey(k) })
		return k.name.text
	}
	return wordKey(k)
}

// named is what is kept of a key that many messages are checked with, once it was
// asked for.
type named struct {
	once    sync.Once
	text    string
	encoded sync.Once
	base64  string // of the certificate, as KeyInfo mostly holds it
}

// isCertificate reports whether a text is the base64 of the key's certificate
// without white space. One that is not may be it still in another spelling.
func (k *Key) isCertificate(text string) bool {
	if k.name == nil || k.Certificate == nil || len(text) != base64.StdEncoding.EncodedLen(len(k.Certificate.Raw)) {
		return false
	}
	k.name.encoded.Do(func() { k.name.base64 = base64.StdEncoding.EncodeToString(k.Certificate.Raw) })
	return text == k.name.base64
}

func wordKey(k *Key) string {
	if k.Certificate != nil {
		return "the key of the certificate with " + nameCertificate(k.Certificate)
	}
	return fmt.Sprintf("the key whose SubjectPublicKeyInfo has SHA-256 %X", k.SPKI)
}

// explain says in words what holds and what does not.
func explain(s *Signature) string {
	said := []string{s.explainSignedInfo()}
	for i := range s.References {
		r := &s.References[i]
		if r.State == Broken && s.State == Holds { // what does not hold comes first
			said = slices.Insert(said, 0, s.explainReference(r))
			continue
		}
		said = append(said, s.explainReference(r))
	}
	switch {
	case s.Witness == Disagrees:
		said = append(said, "the second verifier disagrees: "+s.WitnessReason)
	case s.Witness == Crashed:
		said = append(said, "the second verifier, goxmldsig, crashes on it")
	case s.Witness == CannotJudge:
		said = append(said, "the second verifier, goxmldsig, cannot judge it: "+s.WitnessReason)
	}
	return strings.Join(said, "; ")
}

func (s *Signature) explainSignedInfo() string {
	switch s.State {
	case Holds:
		return "SignedInfo is authentic: " + nameKey(s.Key) + " verifies it" + s.explainHint()
	case Malformed, Unsupported:
		return s.Reason
	}
	if f := s.Foreign; f != nil {
		return s.Reason + "; " + f.From + " verifies it, which proves nothing, since it is not among the given keys: " + nameKey(&f.Key)
	}
	out := s.Reason
	if s.State == Broken {
		out += s.explainValue()
	}
	return out
}

func (s *Signature) explainHint() string {
	if len(s.KeyInfo.Certificates) == 0 || s.KeyInfo.Certificates[0].Certificate == nil {
		return ""
	}
	if s.showsKey(s.KeyInfo.Certificates[0].Certificate) {
		return ""
	}
	return ", though KeyInfo shows another certificate"
}

func (s *Signature) explainReference(r *Reference) string {
	what := "the content that the Reference " + quote(r.URI) + " covers"
	if !r.HasURI {
		what = "the content that the Reference without a URI covers"
	}
	switch {
	case r.State == Holds:
		return "the digest of " + what + " matches"
	case r.State == Broken:
		return fmt.Sprintf("%s was changed after signing, or was canonicalized in another way (digest expected %s, computed %s)", what, encode(r.Wanted), encode(r.Computed))
	}
	return r.Reason
}

// explainValue looks for what is wrong with a SignatureValue that no key
// verifies.
func (s *Signature) explainValue() string {
	switch keys := s.tried; {
	case len(keys) == 0:
		return fmt.Sprintf(": none of the keys is of the kind that %s wants", s.family)
	case s.asn1(keys):
		return ": the SignatureValue is ECDSA in ASN.1 form, where XML-DSig wants r and s alone; it would verify otherwise, but is not accepted"
	case s.reread && s.reindented(keys):
		return ": it verifies once the white space between the elements of SignedInfo is taken out, so SignedInfo was re-indented after signing"
	}
	return s.explainLength()
}

func (s *Signature) explainLength() string {
	for _, k := range s.tried {
		if len(s.Value) == valueSize(k.Public) {
			return ""
		}
	}
	size := valueSize(s.tried[0].Public)
	if len(s.Value) < size {
		return fmt.Sprintf(": the SignatureValue has %d bytes, where the key makes %d, so it is truncated or made by a smaller key", len(s.Value), size)
	}
	return fmt.Sprintf(": the SignatureValue has %d bytes, where the key makes %d, so it is made by a larger key", len(s.Value), size)
}

func (s *Signature) asn1(keys []*Key) bool {
	for _, k := range keys {
		if public, ok := k.Public.(*ecdsa.PublicKey); ok && s.spend(k) && ecdsa.VerifyASN1(public, s.hashed, s.Value) {
			return true
		}
	}
	return false
}

// reindented reports whether a key verifies SignedInfo without the white space
// between its elements.
func (s *Signature) reindented(keys []*Key) bool {
	plain, ok := withoutIndent(s.SignedInfo)
	if !ok {
		return false
	}
	m, _ := methodOf(s.Canonicalization)
	octets, fits := m.element(plain, xmldoc.Element{}, s.PrefixList, roomIn(plain.Document()))
	if !fits {
		return false
	}
	hashed := sumText(s.hash, octets)
	for _, k := range keys {
		if s.spend(k) && s.verifies(k, hashed, s.Value) {
			return true
		}
	}
	return false
}

// withoutIndent reads the document of e again without the white space that
// stands alone between the elements inside e.
func withoutIndent(e xmldoc.Element) (xmldoc.Element, bool) {
	const most = 1 << 20
	source := e.Document().Source()
	if len(source) > most {
		return xmldoc.Element{}, false
	}
	var b strings.Builder
	from := 0
	for n := range e.Document().Nodes() {
		if n.Kind() == xmldoc.TextNode && e.Contains(n) && strings.TrimSpace(n.Raw()) == "" {
			b.WriteString(source[from:n.Offset()])
			from = n.End()
		}
	}
	if from == 0 {
		return xmldoc.Element{}, false
	}
	b.WriteString(source[from:])
	doc, err := xmldoc.Parse([]byte(b.String()), xmldoc.MetadataLimits())
	if err != nil {
		return xmldoc.Element{}, false
	}
	for other := range doc.Elements() {
		if other.Number() == e.Number() {
			return other, true
		}
	}
	return xmldoc.Element{}, false
}

// usable gives the keys that the method of s can use.
func (s *Signature) usable(keys []*Key) []*Key {
	var out []*Key
	for _, k := range keys {
		if s.fits(k) {
			out = append(out, k)
		}
	}
	return out
}
