package xmlsig

import (
	"crypto/x509"
	"errors"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// witness asks goxmldsig about a Signature that our engine and gate accept. It
// sees the captured bytes anew, without the KeyInfo of that Signature, and
// trusts the one key that our engine found.
func (x *examination) witness(s *Signature, v *Verified) (Witness, string) {
	if reason := unable(s); reason != "" {
		return CannotJudge, reason
	}
	err := x.ask(s, v)
	switch err {
	case nil:
		return Agrees, ""
	case errCrashes:
		return Crashed, ""
	}
	if reason := mistaken(s); reason != "" {
		return CannotJudge, reason
	}
	return Disagrees, "goxmldsig says " + quote(err.Error())
}

// errCrashes has not the words of the panic, which could be those of the
// document.
var errCrashes = errors.New("it crashes")

// ask gives nil if goxmldsig verifies the Signature and digests the same
// octets.
func (x *examination) ask(s *Signature, v *Verified) (err error) {
	defer func() {
		if recover() != nil {
			err = errCrashes
		}
	}()
	e, err := detach(s)
	if err != nil {
		return err
	}
	got, err := x.validate(e, certificateOf(s.Key))
	if err != nil {
		return err
	}
	return compareTree(got, v.octets)
}

// A validator verifies the Signature of an element with the key of a certificate,
// and gives the element as it was digested. Tests put another in its place.
type validator func(*etree.Element, *x509.Certificate) (*etree.Element, error)

// validateElsewhere is the validator of goxmldsig.
func validateElsewhere(e *etree.Element, certificate *x509.Certificate) (*etree.Element, error) {
	context := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{certificate}})
	context.Clock = dsig.NewFakeClockAt(certificate.NotBefore)
	return context.Validate(e)
}

// certificateOf gives the certificate of a key, or, where there is none whose
// dates hold at some time, one that has only what goxmldsig looks at: the
// public key and dates.
func certificateOf(k *Key) *x509.Certificate {
	if c := k.Certificate; c != nil && !c.NotAfter.Before(c.NotBefore) {
		return c
	}
	return &x509.Certificate{Raw: k.SPKI[:], PublicKey: k.Public, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1, 0)}
}

// detach reads the captured bytes with etree and cuts the signed element out,
// with the namespaces that are in scope, and without the KeyInfo of the
// Signature.
func detach(s *Signature) (*etree.Element, error) {
	tree := etree.NewDocument()
	if err := tree.ReadFromString(s.Element.Document().Source()); err != nil {
		return nil, err
	}
	parent := elementAt(tree.Root(), s.Parent.Number())
	signature := elementAt(tree.Root(), s.Element.Number())
	if parent == nil || signature == nil || signature.Parent() != parent {
		return nil, errors.New("etree reads other elements")
	}
	if s.KeyInfo.Element.Present() {
		signature.RemoveChild(elementAt(tree.Root(), s.KeyInfo.Element.Number()))
	}
	uproot(parent)
	for a := s.Parent.Parent(); a.Present(); a = a.Parent() {
		for d := range a.Declarations() {
			declare(parent, d)
		}
	}
	return parent, nil
}

// uproot takes an element out of its tree, so that nothing above it is seen.
func uproot(e *etree.Element) {
	if p := e.Parent(); p != nil {
		p.RemoveChild(e)
	}
}

// declare puts a declaration on e unless e has one of that prefix.
func declare(e *etree.Element, d xmldoc.Declaration) {
	name := "xmlns"
	if d.Prefix != "" {
		name += ":" + d.Prefix
	}
	for _, a := range e.Attr {
		if a.FullKey() == name {
			return
		}
	}
	e.CreateAttr(name, d.Space)
}

// elementAt gives the element of this number in document order.
func elementAt(root *etree.Element, number int) *etree.Element {
	found := (*etree.Element)(nil)
	var visit func(e *etree.Element) bool
	visit = func(e *etree.Element) bool {
		if number == 0 {
			found = e
			return true
		}
		number--
		for _, t := range e.Child {
			if c, ok := t.(*etree.Element); ok && visit(c) {
				return true
			}
		}
		return false
	}
	if root != nil {
		visit(root)
	}
	return found
}

// compareTree gives nil if what goxmldsig gives back, which it read from
// canonical octets, is written as these octets.
func compareTree(e *etree.Element, octets string) error {
	doc := etree.NewDocument()
	doc.SetRoot(e)
	doc.WriteSettings = etree.WriteSettings{CanonicalAttrVal: true, CanonicalEndTags: true, CanonicalText: true}
	c := comparison{rest: octets}
	_, err := doc.WriteTo(&c)
	if err == nil && c.rest != "" {
		err = errOtherOctets
	}
	return err
}

var errOtherOctets = errors.New("it verifies other octets")

// comparison takes only what rest starts with.
type comparison struct{ rest string }

func (c *comparison) Write(p []byte) (int, error) {
	if len(p) > len(c.rest) || c.rest[:len(p)] != string(p) {
		return 0, errOtherOctets
	}
	c.rest = c.rest[len(p):]
	return len(p), nil
}
