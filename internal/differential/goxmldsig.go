package differential

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// validated asks goxmldsig about the Signature of the element of this ID, as
// fairly as it can be asked: on a tree of its own, the element cut out with the
// namespaces that are in scope, without the KeyInfo of that Signature, with the
// certificate of the one key, at a time when it holds. It gives the octets that
// goxmldsig takes for verified.
func validated(xml []byte, id string, certificate *x509.Certificate) (octets []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("it crashes: %v", r)
		}
	}()
	e, err := detach(xml, id)
	if err != nil {
		return nil, err
	}
	context := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{certificate}})
	context.Clock = dsig.NewFakeClockAt(certificate.NotBefore)
	got, err := context.Validate(e)
	if err != nil {
		return nil, err
	}
	return writeCanonical(got)
}

// detach reads a document with etree and cuts out the element of this ID, with
// the declarations that are in scope at it, and without the KeyInfo of the
// first Signature that is its child.
func detach(xml []byte, id string) (*etree.Element, error) {
	tree := etree.NewDocument()
	if err := tree.ReadFromBytes(xml); err != nil {
		return nil, err
	}
	found := elementOf(tree.Root(), id)
	if found == nil {
		return nil, errors.New("etree finds no element of this ID")
	}
	for _, s := range found.ChildElements() {
		if s.Tag == "Signature" && s.NamespaceURI() == xmlsig.Space {
			for _, k := range s.ChildElements() {
				if k.Tag == "KeyInfo" {
					s.RemoveChild(k)
				}
			}
			break
		}
	}
	return withScope(found), nil
}

// DetachNumber reads a document with etree and cuts out the element of this
// number in document order, with the declarations that are in scope at it.
func DetachNumber(xml []byte, number int) (*etree.Element, error) {
	tree := etree.NewDocument()
	if err := tree.ReadFromBytes(xml); err != nil {
		return nil, err
	}
	found := elementAt(tree.Root(), &number)
	if found == nil {
		return nil, errors.New("etree finds no element of this number")
	}
	return withScope(found), nil
}

func elementAt(e *etree.Element, number *int) *etree.Element {
	if e == nil || *number == 0 {
		return e
	}
	for _, c := range e.ChildElements() {
		*number--
		if found := elementAt(c, number); found != nil {
			return found
		}
	}
	return nil
}

func withScope(found *etree.Element) *etree.Element {
	e := found.Copy()
	for above := found.Parent(); above != nil; above = above.Parent() {
		for _, a := range above.Attr {
			if (a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns") && !has(e, a) {
				e.CreateAttr(a.FullKey(), a.Value)
			}
		}
	}
	return e
}

func has(e *etree.Element, wanted etree.Attr) bool {
	for _, a := range e.Attr {
		if a.FullKey() == wanted.FullKey() {
			return true
		}
	}
	return false
}

func elementOf(e *etree.Element, id string) *etree.Element {
	if e == nil {
		return nil
	}
	for _, a := range e.Attr {
		if a.Space == "" && a.Key == "ID" && a.Value == id {
			return e
		}
	}
	for _, c := range e.ChildElements() {
		if found := elementOf(c, id); found != nil {
			return found
		}
	}
	return nil
}

// GoxmldsigCanonical canonicalizes an element with goxmldsig.
func GoxmldsigCanonical(e *etree.Element, algorithm, prefixList string) (octets []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("it crashes: %v", r)
		}
	}()
	canonicalizer := map[string]func() dsig.Canonicalizer{
		xmlsig.ExclusiveC14N: func() dsig.Canonicalizer { return dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixList) },
		xmlsig.ExclusiveC14NWithComments: func() dsig.Canonicalizer {
			return dsig.MakeC14N10ExclusiveWithCommentsCanonicalizerWithPrefixList(prefixList)
		},
		xmlsig.C14N10:             dsig.MakeC14N10RecCanonicalizer,
		xmlsig.C14N10WithComments: dsig.MakeC14N10WithCommentsCanonicalizer,
		xmlsig.C14N11:             dsig.MakeC14N11Canonicalizer,
		xmlsig.C14N11WithComments: dsig.MakeC14N11WithCommentsCanonicalizer,
	}[algorithm]
	if canonicalizer == nil {
		return nil, errors.New("goxmldsig has no such canonicalization")
	}
	return canonicalizer().Canonicalize(e)
}

func writeCanonical(e *etree.Element) ([]byte, error) {
	doc := etree.NewDocument()
	doc.SetRoot(e)
	doc.WriteSettings = etree.WriteSettings{CanonicalAttrVal: true, CanonicalEndTags: true, CanonicalText: true}
	return doc.WriteToBytes()
}

// AskGoxmldsig gives nil where goxmldsig verifies the Signature and takes the
// octets for verified that XML-DSig says are covered.
func AskGoxmldsig(s *xmlsig.Signature, xml []byte, certificate *x509.Certificate) error {
	octets, err := validated(xml, s.Parent.Get("ID"), certificate)
	if err != nil {
		return err
	}
	algorithm, prefixes := canonicalization(s)
	covered, err := xmlsig.Canonicalize(nil, s.Parent, s.Element, withoutComments(algorithm), prefixes)
	if err != nil {
		return err
	}
	if !bytes.Equal(octets, covered) {
		return errors.New("it verifies other octets")
	}
	return nil
}

// withoutComments gives the algorithm that a Reference to an ID comes to: its
// node-set has no comments (XML Signature, section 4.4.3.3). Where no transform
// names one it is Canonical XML 1.0.
func withoutComments(algorithm string) string {
	switch algorithm {
	case "", xmlsig.C14N10WithComments:
		return xmlsig.C14N10
	case xmlsig.C14N11WithComments:
		return xmlsig.C14N11
	case xmlsig.ExclusiveC14NWithComments:
		return xmlsig.ExclusiveC14N
	}
	return algorithm
}
