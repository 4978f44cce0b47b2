package xmlsig

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// gateAlgorithms wants a canonicalization and a signature method that are
// supported, and remarks on those that Core advises against.
func (s *Signature) gateAlgorithms() {
	if !s.SignedInfo.Present() {
		return
	}
	c := s.SignedInfo.Child(Space, "CanonicalizationMethod")
	switch m, ok := methodOf(s.Canonicalization); {
	case !c.Present():
	case !ok:
		s.refuse("canonicalization-unsupported", c, "the canonicalization "+quote(s.Canonicalization)+" of SignedInfo is not supported")
	case !m.exclusive || m.comments:
		s.remark("canonicalization-nonstandard", c, "SignedInfo is canonicalized with "+s.Canonicalization+", where SAML Core 5.4.3 advises exclusive canonicalization without comments")
	}
	if len(s.PrefixList) > MaxPrefixes {
		s.limit("prefixes", c, len(s.PrefixList), MaxPrefixes)
	}
	e := s.SignedInfo.Child(Space, "SignatureMethod")
	switch method, ok := signingOf(s.Method); {
	case !e.Present():
	case !ok:
		s.refuse("algorithm-unsupported", e, unsupportedMethod(s.Method))
	case method.params && s.State == Unsupported:
		s.refuse("algorithm-unsupported", e, s.Reason)
	case weak(method.hash):
		s.remark("algorithm-weak", e, "the signature method "+s.Method+" uses "+method.hash.String())
	}
	if s.State == Malformed && s.SignatureValue.Present() {
		if _, _, err := decodeBase64(s.ValueText); err != nil {
			s.refuse("signature-malformed", s.SignatureValue, "SignatureValue cannot be read: "+err.Error())
		}
	}
	if s.stray {
		s.remark("base64-unused-bits", s.SignatureValue, "SignatureValue sets bits that base64 does not use, so it could be written in other ways")
	}
}

// gateReferences wants one Reference, to the parent of the Signature.
func (s *Signature) gateReferences() {
	switch n := len(s.References); {
	case n == 0:
		if s.SignedInfo.Present() {
			s.refuse("reference-missing", s.SignedInfo, "SignedInfo holds no Reference, so nothing is signed")
		}
	case n > 1:
		s.refuse("reference-multiple", s.References[1].Element, fmt.Sprintf("SignedInfo holds %d References, where SAML Core 5.4.2 wants one", n))
	}
	for i := range s.References {
		r := &s.References[i]
		s.gateURI(r)
		s.gateTransforms(r)
		s.gateDigest(r)
	}
}

func (s *Signature) gateURI(r *Reference) {
	bad := func(code, message string) {
		s.add(Fault{Code: code, Element: r.Element, Attr: "URI", Message: message})
	}
	id := s.Parent.Get("ID")
	wanted := ", where " + quote("#"+id) + ", the ID of the " + s.Parent.Local() + " that the Signature stands in, is wanted"
	if id == "" {
		wanted = ", and the element that the Signature stands in has no ID"
	}
	switch {
	case !r.HasURI:
		bad("reference-mismatch", "the Reference has no URI"+wanted)
	case r.URI == "":
		bad("reference-mismatch", "the Reference URI is empty, which means the whole document"+wanted)
	case r.URI[0] != '#':
		bad("reference-external", "the Reference URI "+quote(r.URI)+" is no reference into this document"+wanted)
	case !s.mayBear(): // signature-misplaced says that the parent is not what is signed
	case id == "" || r.URI != "#"+id:
		bad("reference-mismatch", "the Reference URI is "+quote(r.URI)+s.whereTo(r)+wanted)
	}
}

// whereTo says what a Reference refers to instead of the parent.
func (s *Signature) whereTo(r *Reference) string {
	switch {
	case !r.Target.Present():
		return ""
	case same(r.Target, s.Parent):
		return " (an XPointer)"
	}
	return " (" + r.Target.Path() + ")"
}

func (s *Signature) gateTransforms(r *Reference) {
	bad := func(e xmldoc.Element, message string) { s.refuse("transform-unsupported", e, message) }
	enveloped, canonical := 0, 0
	for _, t := range r.Transforms {
		m, isC14N := methodOf(t.Algorithm)
		switch {
		case t.Algorithm == EnvelopedSignature:
			if enveloped++; enveloped > 1 || canonical > 0 {
				bad(t.Element, "the enveloped-signature transform stands twice, or after a canonicalization")
			}
		case isC14N:
			if canonical++; canonical > 1 {
				bad(t.Element, "a second canonicalization stands among the transforms")
			}
			if canonical == 1 && (!m.exclusive || m.comments) {
				s.remark("transform-nonstandard", t.Element, "the signed part is canonicalized with "+t.Algorithm+", where SAML Core 5.4.4 advises exclusive canonicalization without comments")
			}
			if canonical == 1 {
				s.gateComments(r, t, m)
			}
		default:
			bad(t.Element, "the transform "+quote(t.Algorithm)+" is not one that SAML Core 5.4.4 allows")
		}
		if len(t.PrefixList) > MaxPrefixes {
			s.limit("prefixes", t.Element, len(t.PrefixList), MaxPrefixes)
		}
	}
	if canonical == 0 {
		s.remark("transform-nonstandard", r.Element, "no transform names a canonicalization, so Canonical XML 1.0 is meant, where SAML Core 5.4.4 advises exclusive canonicalization")
	}
}

// gateComments remarks on a comment in what a WithComments algorithm digests.
// What was not digested is not searched: the budget bounds both.
func (s *Signature) gateComments(r *Reference, t Transform, m method) {
	if !m.comments || r.Computed == nil {
		return
	}
	if !hasComment(r.Target, s.Element) {
		return
	}
	message := "a comment stands in the signed part, and the transform keeps comments"
	if !strings.HasPrefix(r.URI, "#xpointer(") {
		message += "; but a Reference of this form leaves them out (XML-DSig 4.4.3.3), so verifiers differ"
	}
	s.remark("comment-signed", t.Element, message)
}

// hasComment reports whether a comment stands in e, outside omitted.
func hasComment(e, omitted xmldoc.Element) bool {
	for n := range nodesIn(e) {
		if n.Kind() == xmldoc.CommentNode && !omitted.Contains(n) {
			return true
		}
	}
	return false
}

func (s *Signature) gateDigest(r *Reference) {
	e := r.Element.Child(Space, "DigestMethod")
	switch hash, ok := digestOf(r.DigestMethod); {
	case !e.Present():
	case !ok:
		s.refuse("algorithm-unsupported", e, unsupportedDigest(r.DigestMethod))
	case weak(hash):
		s.remark("algorithm-weak", e, "the digest "+r.DigestMethod+" uses "+hash.String())
	}
	value := r.Element.Child(Space, "DigestValue")
	if void(r) {
		s.refuse("signature-malformed", value, "the digest is that of nothing: an attack on verifiers whose canonicalization fails and gives no octets")
	}
	switch _, stray, err := decodeBase64(value.Text()); {
	case err != nil:
		s.refuse("signature-malformed", value, "DigestValue cannot be read: "+err.Error())
	case stray:
		s.remark("base64-unused-bits", value, "DigestValue sets bits that base64 does not use, so it could be written in other ways")
	}
	if r.shape != "" {
		s.refuse("signature-malformed", r.Element, r.shape)
	}
}
