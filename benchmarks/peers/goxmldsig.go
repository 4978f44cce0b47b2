package main

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/samlcheck/samlcheck/benchmarks/peers/line"
)

// goxmldsig is the bare signature: the parse, and Validate on the Assertion.
// The namespaces around it are given to it by hand, since the library's own
// way to do so stops at 1,000 elements.
func (k known) goxmldsig() (line.Load, error) {
	roots, err := k.certificates()
	if err != nil {
		return nil, err
	}
	context := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: roots})
	context.Clock = dsig.NewFakeClockAt(k.now)
	return func(xml []byte) func() error {
		return func() error {
			document := etree.NewDocument()
			if err := document.ReadFromBytes(xml); err != nil {
				return err
			}
			assertion := document.Root().SelectElement("Assertion")
			if assertion == nil {
				return errors.New("there is no Assertion")
			}
			_, err := context.Validate(detached(assertion))
			return err
		}
	}, nil
}

// detached makes the Assertion a root that declares what it needs of the
// namespaces around it.
func detached(assertion *etree.Element) *etree.Element {
	around := assertion.Parent()
	around.RemoveChild(assertion)
	for _, a := range around.Attr {
		if a.Space == "xmlns" && assertion.SelectAttr(a.FullKey()) == nil {
			assertion.CreateAttr(a.FullKey(), a.Value)
		}
	}
	return assertion
}

// certificates gives those that the metadata lists for signing.
func (k known) certificates() ([]*x509.Certificate, error) {
	var out []*x509.Certificate
	for _, role := range k.entity.IDPSSODescriptors {
		for _, key := range role.KeyDescriptors {
			for _, text := range key.KeyInfo.X509Data.X509Certificates {
				der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text.Data), ""))
				if err != nil {
					return nil, err
				}
				certificate, err := x509.ParseCertificate(der)
				if err != nil {
					return nil, err
				}
				out = append(out, certificate)
			}
		}
	}
	return out, nil
}
