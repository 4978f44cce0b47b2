package saml

import (
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// An oddity is something inside a value that is not text, so that readers may
// differ on what the value is.
type oddity struct {
	at     xmldoc.Node // the comment, instruction, element or CDATA section
	splits bool        // it may hide a part of the value from a careless reader
}

// value gives the element whose text it interrupts.
func (o oddity) value() xmldoc.Element { return o.at.Parent() }

// simple are the elements whose content is text alone, by namespace.
var simple = map[string][]string{
	nsAssertion: {"Issuer", "NameID", "BaseID", "Audience", "AuthnContextClassRef", "AuthnContextDeclRef",
		"AuthenticatingAuthority", "AttributeValue", "AssertionIDRef", "AssertionURIRef"},
	nsProtocol:  {"StatusMessage", "SessionIndex", "RequesterID", "Artifact"},
	nsSignature: {"DigestValue", "SignatureValue"},
	nsEncrypt:   {"CipherValue"},
}

func isSimple(space, local string) bool { return slices.Contains(simple[space], local) }

// oddities adds what interrupts the text of a value.
func oddities(out []oddity, value xmldoc.Element) []oddity {
	for n := range value.Nodes() {
		if n.Kind() == xmldoc.TextNode {
			continue
		}
		if len(out) == cap(out) {
			out = slices.Grow(out, interruptions(n))
		}
		out = append(out, oddity{n, n.Kind() != xmldoc.CDATANode})
	}
	return out
}

// interruptions counts the nodes from n on, among its siblings, that are no text.
func interruptions(n xmldoc.Node) int {
	count := 0
	for ; n.Present(); n = n.Next() {
		if n.Kind() != xmldoc.TextNode {
			count++
		}
	}
	return count
}

// structured reports whether an element holds elements and, beside them,
// nothing but blanks.
func structured(e xmldoc.Element) bool {
	elements := false
	for n := range e.Nodes() {
		switch {
		case n.Kind() == xmldoc.ElementNode:
			elements = true
		case blank(n.Text()):
		default:
			return false
		}
	}
	return elements
}

func blank(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}
