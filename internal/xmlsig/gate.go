package xmlsig

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// gate looks for what makes a Signature untrustworthy, whether it is valid or
// not. What it says of the document as a whole it says of every Signature.
func (x *examination) gate(s *Signature) {
	x.gateDocument(s)
	s.gatePlace()
	s.gateShape()
	s.gateInside(s.SignedInfo)
	s.gateValue(s.SignatureValue)
	s.gateAlgorithms()
	s.gateReferences()
	s.gateParts()
	s.hint()
}

// gateParts says what kept the Signature from being read, where nothing that
// was said before is the cause.
func (s *Signature) gateParts() {
	said := slices.ContainsFunc(s.Faults, func(f Fault) bool {
		return f.Code == "signature-malformed" || f.Code == "reference-missing"
	})
	if s.Shape != "" && !said {
		s.refuse("signature-malformed", xmldoc.Element{}, s.Shape)
	}
}

// mostFaults bounds what is said of one Signature.
const mostFaults = 64

// add enters a fault. Beyond the bound remarks are left out, and refusals once
// there are as many again.
func (s *Signature) add(f Fault) {
	if n := len(s.Faults); n < mostFaults || !f.Remark && n < 2*mostFaults {
		s.Faults = append(s.Faults, f)
	}
}

func (s *Signature) refuse(code string, e xmldoc.Element, message string) {
	s.add(Fault{Code: code, Element: e, Message: message})
}

func (x *examination) gateDocument(s *Signature) {
	if x.relative != nil {
		s.refuse("namespace-relative", xmldoc.Element{}, x.relative.Error())
	}
	for i, id := range x.twice {
		if i == MaxReferences {
			return
		}
		s.refuse("id-duplicate", xmldoc.Element{}, "several elements have the ID "+quote(id)+", so a reference to it is ambiguous")
	}
}

// gatePlace wants one Signature, as a direct child of what it signs, after its
// Issuer.
func (s *Signature) gatePlace() {
	if n := len(s.Parent.ChildrenNamed(Space, "Signature")); n > 1 {
		s.refuse("signature-multiple", xmldoc.Element{}, s.Parent.Local()+" has several Signatures, where one is wanted: a decoy beside a genuine one is a known attack")
	}
	if !s.mayBear() {
		s.refuse("signature-misplaced", xmldoc.Element{}, "the Signature stands in "+describeParent(s.Parent)+", where it is wanted as a direct child of Response or Assertion, after Issuer (signature wrapping moves it)")
		return
	}
	if !bearsTrust(s.Parent) {
		return
	}
	var before xmldoc.Element
	for c := range s.Parent.Children() {
		if same(c, s.Element) {
			break
		}
		before = c
	}
	switch issuer := s.Parent.Child(spaceSAML, "Issuer"); {
	case issuer.Present() && !same(before, issuer):
		s.remark("signature-misplaced", xmldoc.Element{}, "the Signature stands elsewhere among the children of "+s.Parent.Local()+" than directly after Issuer, where the schema wants it")
	case !issuer.Present() && before.Present():
		s.remark("signature-misplaced", xmldoc.Element{}, "the Signature is not the first child of "+s.Parent.Local()+", as the schema wants it where there is no Issuer")
	}
}

// mayBear reports whether the parent is an element that a Signature may stand
// in: a message, an assertion, or a part of metadata. Inside a Response only
// the Response and assertions are signed.
func (s *Signature) mayBear() bool {
	p := s.Parent
	switch {
	case bearsTrust(p):
		return true
	case insideResponse(p):
		return false
	case p.Space() == spaceMD, p.Space() == spaceSAMLP && p.Get("ID") != "":
		return true
	}
	return p.Present() && !p.Parent().Present()
}

func insideResponse(e xmldoc.Element) bool {
	for p := e.Parent(); p.Present(); p = p.Parent() {
		if p.Is(spaceSAMLP, "Response") {
			return true
		}
	}
	return false
}

func describeParent(e xmldoc.Element) string {
	if !e.Present() {
		return "no element"
	}
	return describe(e)
}

// gateShape wants SignedInfo, SignatureValue and KeyInfo, and nothing else, in
// a Signature.
func (s *Signature) gateShape() {
	bad := func(e xmldoc.Element, message string) { s.refuse("signature-malformed", e, message) }
	counts := map[string]int{}
	for n := range s.Element.Nodes() {
		e := n.AsElement()
		switch {
		case n.Kind() == xmldoc.CommentNode:
			bad(xmldoc.Element{}, "a comment stands between the parts of the Signature")
		case n.Kind() == xmldoc.InstructionNode:
			bad(xmldoc.Element{}, "a processing instruction stands between the parts of the Signature")
		case !e.Present():
			if strings.TrimSpace(n.Text()) != "" {
				bad(xmldoc.Element{}, "text stands between the parts of the Signature")
			}
		case ds(e, "Object"):
			bad(e, "the Signature holds an Object, which SAML forbids and in which signature wrapping hides what was signed")
		case ds(e, "SignedInfo"), ds(e, "SignatureValue"), ds(e, "KeyInfo"):
			if counts[e.Local()]++; counts[e.Local()] == 2 {
				bad(e, "the Signature holds a second "+e.Local()+": readers that take the first and readers that take the last differ, a known attack")
			}
		default:
			bad(e, "the Signature holds "+describe(e)+", which XML-DSig does not define there")
		}
	}
}

// full reports whether nothing more is said of the Signature.
func (s *Signature) full() bool { return len(s.Faults) >= 2*mostFaults }

// gateValue refuses anything but text inside a value. What readers see of it is
// put together once, since it is as long as the value.
func (s *Signature) gateValue(e xmldoc.Element) {
	readings := sync.OnceValue(func() string {
		return ": a reader of all its text sees " + quote(strings.TrimSpace(e.Text())) + ", one who stops there sees " + quote(strings.TrimSpace(e.FirstText()))
	})
	for n := range e.Nodes() {
		code, what := "", ""
		switch n.Kind() {
		case xmldoc.CommentNode:
			code, what = "comment-in-value", "a comment"
		case xmldoc.InstructionNode:
			code, what = "instruction-in-value", "a processing instruction"
		case xmldoc.ElementNode:
			code, what = "element-in-value", "an element"
		default:
			continue
		}
		if s.full() {
			return
		}
		s.refuse(code, e, what+" stands inside "+e.Local()+readings())
	}
}

// gateInside wants nothing in SignedInfo but what XML-DSig defines there.
func (s *Signature) gateInside(signedInfo xmldoc.Element) {
	if !signedInfo.Present() {
		return
	}
	s.gateAttributes(signedInfo)
	s.gateNodes(signedInfo)
	for e := range signedInfo.Descendants() {
		s.gateAttributes(e)
		switch {
		case ds(e, "DigestValue"):
			s.gateValue(e)
		case e.Parent().Is(Space, "DigestValue"):
		case s.defined(e):
			s.gateNodes(e)
		default:
			s.refuse("signature-malformed", e, "SignedInfo holds "+describe(e)+" inside "+e.Parent().Local()+", which is not defined there")
		}
		if s.full() {
			return
		}
	}
}

// gateNodes refuses comments, instructions and text between the parts of e.
func (s *Signature) gateNodes(e xmldoc.Element) {
	for n := range e.Nodes() {
		switch n.Kind() {
		case xmldoc.CommentNode:
			s.refuse("signature-malformed", e, "a comment stands inside SignedInfo, in "+e.Local())
		case xmldoc.InstructionNode:
			s.refuse("signature-malformed", e, "a processing instruction stands inside SignedInfo, in "+e.Local())
		case xmldoc.TextNode, xmldoc.CDATANode:
			if !e.Is(space2007, "SaltLength") && !e.Is(space2007, "TrailerField") && strings.TrimSpace(n.Text()) != "" {
				s.refuse("signature-malformed", e, "text stands inside SignedInfo, in "+e.Local())
			}
		}
	}
}

func (s *Signature) gateAttributes(e xmldoc.Element) {
	for a := range e.Attrs() {
		if a.Prefix() != "" {
			s.add(Fault{Code: "signature-malformed", Element: e, Attr: a.QName(),
				Message: "SignedInfo holds the attribute " + quote(a.QName()) + ", whose prefix lets careless readers take it for another"})
		}
	}
}

// defined reports whether e may stand where it stands inside SignedInfo.
func (s *Signature) defined(e xmldoc.Element) bool {
	p := e.Parent()
	switch {
	case ds(p, "SignedInfo"):
		return ds(e, "CanonicalizationMethod") || ds(e, "SignatureMethod") || ds(e, "Reference")
	case ds(p, "Reference"):
		return ds(e, "Transforms") || ds(e, "DigestMethod") || ds(e, "DigestValue")
	case ds(p, "Transforms"):
		return ds(e, "Transform")
	case ds(p, "CanonicalizationMethod"), ds(p, "Transform"):
		m, _ := methodOf(p.Get("Algorithm"))
		return e.Is(spaceExc, "InclusiveNamespaces") && m.exclusive && same(p.Child(spaceExc, "InclusiveNamespaces"), e)
	case ds(p, "SignatureMethod"):
		return e.Is(space2007, "RSAPSSParams") && s.Method == space2007+"rsa-pss"
	case p.Is(space2007, "RSAPSSParams"):
		return ds(e, "DigestMethod") || e.Is(space2007, "MaskGenerationFunction") || e.Is(space2007, "SaltLength") || e.Is(space2007, "TrailerField")
	case p.Is(space2007, "MaskGenerationFunction"):
		return ds(e, "DigestMethod")
	}
	return false
}

// void reports whether the digest is that of nothing.
func void(r *Reference) bool {
	hash, ok := digestOf(r.DigestMethod)
	return ok && bytes.Equal(r.Wanted, sum(hash, nil))
}
