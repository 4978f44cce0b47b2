package sanitize

import (
	"bytes"
	"crypto"
	"errors"
	"fmt"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// A signing is what has to hold again of one Signature.
type signing struct {
	number  int       // of the element
	digests []bool    // for each Reference, whether its digest matched
	signer  *identity // whose signature over SignedInfo was good; nil where nobody's was
	signed  []byte    // the SignedInfo that was signed last
}

// A trust is the keys that signatures are tried with.
type trust struct {
	keys  []xmlsig.Key
	hints []xmlsig.Hint
}

// signings tells of each Signature of the original what held of it.
func (r *ring) signings(doc *xmldoc.Document, t trust) ([]*signing, error) {
	var out []*signing
	for _, s := range xmlsig.Examine(doc, t.keys, xmlsig.Options{SkipWitness: true, Hints: t.hints}) {
		one := &signing{number: s.Element.Number()}
		for _, ref := range s.References {
			one.digests = append(one.digests, ref.Computed != nil && bytes.Equal(ref.Computed, ref.Wanted))
		}
		var err error
		if one.signer, err = r.signerFor(s); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// signerFor gives the identity that signs in the place of whoever signed. Where
// there was no key to tell by, the signature is taken for a good one.
func (r *ring) signerFor(s *xmlsig.Signature) (*identity, error) {
	public, name := crypto.PublicKey(nil), fingerprint{}
	switch {
	case s.State == xmlsig.Holds:
		public, name = s.Key.Public, s.Key.SPKI
	case s.Foreign != nil:
		public, name = s.Foreign.Public, s.Foreign.SPKI
	default:
		return nil, nil
	}
	r.signs[name] = true
	return r.identity(public, name)
}

// errCircle says that no order of signing makes all digests right.
var errCircle = errors.New("the signatures of the message cover each other, so that they cannot be made anew")

// sign makes the signatures of a document anew: a digest that matched matches
// again, and what a key had signed is signed by the one that stands for it. What
// did not hold keeps the noise that stands there.
func sign(text string, all []*signing) (string, error) {
	for range 2*len(all) + 2 {
		doc, err := xmldoc.ParseString(text, xmldoc.WidestLimits())
		if err != nil {
			return "", fmt.Errorf("the message cannot be read any more: %w", err)
		}
		d := &draft{doc: doc}
		for i, s := range xmlsig.Examine(doc, nil, xmlsig.Options{SkipWitness: true}) {
			if i >= len(all) || s.Element.Number() != all[i].number {
				return "", errors.New("the signatures of the message are not found again")
			}
			if err := all[i].renew(d, s); err != nil {
				return "", err
			}
		}
		if len(d.edits) == 0 {
			return text, nil
		}
		text = d.written()
	}
	return "", errCircle
}

// renew puts the digests right, and signs once they are.
func (o *signing) renew(d *draft, s *xmlsig.Signature) error {
	before := len(d.edits)
	for i, ref := range s.References {
		if i < len(o.digests) && o.digests[i] && ref.Computed != nil && !bytes.Equal(ref.Computed, ref.Wanted) {
			d.octets(ref.Element.Child(xmlsig.Space, "DigestValue"), ref.Computed)
		}
	}
	if len(d.edits) > before || o.signer == nil || o.signer.signer == nil || string(o.signed) == s.SignedInfo.Raw() {
		return nil
	}
	value, err := s.ValueBy(o.signer.signer)
	if err != nil {
		return fmt.Errorf("a signature cannot be made anew: %w", err)
	}
	o.signed = []byte(s.SignedInfo.Raw())
	d.octets(s.SignatureValue, value)
	return nil
}
