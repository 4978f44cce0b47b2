package differential

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// Verifier names whom a construct puts wrong.
type Verifier string

// The verifiers.
const (
	OfGoxmldsig Verifier = "goxmldsig"
	OfXmlsec1   Verifier = "xmlsec1"
)

// A Construct is something in a document on which a verifier is known to err.
// Each has a section in docs/verifiers.md, which says what the recommendations
// want.
type Construct struct {
	Name     string
	Verifier Verifier
	found    func(*xmlsig.Signature) bool
}

// Constructs are the closed list.
func Constructs() []Construct {
	return []Construct{
		{"ecdsa", OfGoxmldsig, func(s *xmlsig.Signature) bool { return strings.Contains(s.Method, "#ecdsa-") }},
		{"sha224", OfGoxmldsig, func(s *xmlsig.Signature) bool {
			return strings.HasSuffix(s.Method, "sha224") || strings.HasSuffix(s.References[0].DigestMethod, "sha224")
		}},
		{"method-prefix-list", OfGoxmldsig, methodPrefixList},
		{"default-prefix", OfGoxmldsig, ofCanonical(defaultPrefix)},
		{"base64-blanks", OfGoxmldsig, base64Blanks},
		{"late-signature", OfGoxmldsig, lateSignature},
		{"xml-attributes", OfGoxmldsig, xmlAttributes},
		{"comments", OfGoxmldsig, keptComments},
		{"xmlns-empty", OfGoxmldsig, ofCanonical(undeclared)},
		{"xmlns-xml", OfGoxmldsig, ofCanonical(declaresXML)},
		{"attribute-order", OfGoxmldsig, ofCanonical(ordered)},
		{"attribute-breaks", OfGoxmldsig, ofCanonical(broken)},
		{"instruction-lines", OfGoxmldsig, ofCanonical(instructionLines)},
		{"fifth-edition-names", OfGoxmldsig, func(s *xmlsig.Signature) bool { return fifthEditionName(s.Element.Document()) }},
		{"namespace-ampersand", OfXmlsec1, namespaceAmpersand},
		{"prefix-list-blanks", OfXmlsec1, prefixListBlanks},
		{"empty-base", OfXmlsec1, emptyBase},
		{"joined-base", OfXmlsec1, joinedBase},
	}
}

// Explain gives the names of the constructs of a verifier that are found.
func Explain(s *xmlsig.Signature, v Verifier) []string {
	var out []string
	for _, c := range Constructs() {
		if c.Verifier == v && c.found(s) {
			out = append(out, c.Name)
		}
	}
	return out
}

func exclusive(algorithm string) bool { return strings.HasPrefix(algorithm, xmlsig.ExclusiveC14N) }

// canonicalization gives the algorithm that the Reference's transforms name,
// and the PrefixList; no algorithm where none is named.
func canonicalization(s *xmlsig.Signature) (string, []string) {
	for _, t := range s.References[0].Transforms {
		if t.Algorithm != xmlsig.EnvelopedSignature {
			return t.Algorithm, t.PrefixList
		}
	}
	return "", nil
}

func methodPrefixList(s *xmlsig.Signature) bool {
	return exclusive(s.Canonicalization) && len(s.PrefixList) > 0
}

func base64Blanks(s *xmlsig.Signature) bool {
	return strings.ContainsAny(s.ValueText+s.References[0].Element.Child(xmlsig.Space, "DigestValue").Text(), " \t")
}

// lateSignature reports whether goxmldsig, which stops after 1000 elements,
// may not get as far as the end of the Signature.
func lateSignature(s *xmlsig.Signature) bool {
	return s.Element.Number()-s.Parent.Number() > 900
}

func xmlAttributes(s *xmlsig.Signature) bool {
	algorithm, _ := canonicalization(s)
	return !exclusive(algorithm) && xmlAbove(s.Parent) || !exclusive(s.Canonicalization) && xmlAbove(s.SignedInfo)
}

func xmlAbove(e xmldoc.Element) bool {
	for e = e.Parent(); e.Present(); e = e.Parent() {
		for a := range e.Attrs() {
			if a.Space() == xmldoc.XMLSpace {
				return true
			}
		}
	}
	return false
}

func keptComments(s *xmlsig.Signature) bool {
	algorithm, _ := canonicalization(s)
	if algorithm != "" && !strings.HasSuffix(algorithm, "WithComments") {
		return false
	}
	for n := range s.Element.Document().Nodes() {
		if n.Kind() == xmldoc.CommentNode && s.Parent.Contains(n) && !s.Element.Contains(n) {
			return true
		}
	}
	return false
}

// fifthEditionName reports whether a name has a character that the fourth
// edition of XML 1.0, by which Go reads, does not allow in names.
func fifthEditionName(doc *xmldoc.Document) bool {
	for e := range doc.Elements() {
		if strings.ContainsAny(e.QName(), "\U00010000\u2c00Ͱ") {
			return true
		}
	}
	return false
}
