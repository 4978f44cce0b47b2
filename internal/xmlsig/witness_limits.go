package xmlsig

import (
	"crypto"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// unable names what goxmldsig has no way to verify, so that it need not be
// asked.
func unable(s *Signature) string {
	digest, _ := digestOf(s.References[0].DigestMethod)
	switch {
	case s.family == ecdsaRS:
		return "it reads ECDSA values in ASN.1 form, where XML-DSig writes r and s"
	case s.family == rsaPSS:
		return "it has no RSA-PSS"
	case s.hash == crypto.SHA224 || digest == crypto.SHA224:
		return "it has no SHA-224"
	}
	return ""
}

// mistaken names a construct of the document on which goxmldsig is known to
// err, after it has said no. The list is closed: each entry is proved by a test
// in which xmlsec1 verifies and goxmldsig does not.
func mistaken(s *Signature) string {
	p, _, _ := planOf(s.References[0].Transforms)
	outer, _ := methodOf(p.algorithm)
	inner, _ := methodOf(s.Canonicalization)
	switch {
	case len(s.PrefixList) > 0 && inner.exclusive:
		return "it ignores the PrefixList of CanonicalizationMethod"
	case slices.Contains(p.prefixes, "#default"):
		return "it does not know #default in a PrefixList"
	case blanks(s.ValueText) || blanks(s.References[0].Element.Child(Space, "DigestValue").Text()):
		return "it does not read base64 with blanks or tabs in it"
	case s.Element.Number()-s.Parent.Number()+2*(s.Element.Count()-s.KeyInfo.Element.Count())+16 > 1000:
		return "it stops after 1000 elements, and the Signature comes late"
	case !outer.exclusive && xmlAttributesAbove(s.Parent), !inner.exclusive && xmlAttributesAbove(s.SignedInfo):
		return "it does not carry xml: attributes over from omitted ancestors"
	case (p.implied || outer.comments) && hasComment(s.Parent, s.Element):
		return "it keeps comments that the Reference leaves out"
	case carriageInInstruction(s.Parent, s.Element):
		return "it does not make line feeds of other line ends in processing instructions"
	}
	return mistakenNode(s)
}

// carriageInInstruction reports whether a processing instruction inside e, but
// outside omitted, has a line end that is not a line feed alone.
func carriageInInstruction(e, omitted xmldoc.Element) bool {
	for n := range nodesIn(e) {
		if n.Kind() == xmldoc.InstructionNode && !omitted.Contains(n) && strings.Contains(n.Content(), "\r") {
			return true
		}
	}
	return false
}

func blanks(base64 string) bool { return strings.ContainsAny(base64, " \t") }

func xmlAttributesAbove(e xmldoc.Element) bool {
	for e = e.Parent(); e.Present(); e = e.Parent() {
		for a := range e.Attrs() {
			if a.Space() == xmldoc.XMLSpace {
				return true
			}
		}
	}
	return false
}

// mistakenNode looks through the signed element, and the declarations in scope
// at it, for what goxmldsig canonicalizes wrongly. It does not see KeyInfo, which
// anybody can fill: what stands there excuses nothing.
func mistakenNode(s *Signature) string {
	for e := s.Parent.Parent(); e.Present(); e = e.Parent() {
		if reason := mistakenDeclaration(e); reason != "" {
			return reason
		}
	}
	if reason := mistakenElement(s.Parent); reason != "" {
		return reason
	}
	for e := range s.Parent.Descendants() {
		if s.KeyInfo.Element.Contains(e.Node) {
			continue
		}
		if reason := mistakenElement(e); reason != "" {
			return reason
		}
	}
	return ""
}

func mistakenDeclaration(e xmldoc.Element) string {
	for d := range e.Declarations() {
		switch {
		case d.Prefix == "" && d.Space == "":
			return `it writes xmlns="" where none belongs`
		case d.Prefix == "xml":
			return "it keeps a declaration of the prefix xml"
		}
	}
	return ""
}

func mistakenElement(e xmldoc.Element) string {
	prefixed := ""
	for a := range e.Attrs() {
		if !a.Plain() && strings.ContainsAny(a.Raw(), "\t\n\r") {
			return "it does not make blanks of literal tabs and line breaks in attribute values"
		}
		if a.Space() == "" {
			continue
		}
		if prefixed != "" && prefixed != a.Space() {
			return "it sorts attributes of several namespaces by their local names"
		}
		prefixed = a.Space()
	}
	return mistakenDeclaration(e)
}
