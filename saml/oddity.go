package saml

import "github.com/samlcheck/samlcheck/internal/xmldoc"

// An oddity is something inside a value that is not text, so that readers may
// differ on what the value is.
type oddity struct {
	value  xmldoc.Element // the element whose text it interrupts
	at     xmldoc.Node    // the comment, instruction, element or CDATA section
	splits bool           // it may hide a part of the value from a careless reader
}

// simple are the elements whose content is text alone, by namespace.
var simple = map[string][]string{
	nsAssertion: {"Issuer", "NameID", "BaseID", "Audience", "AuthnContextClassRef", "AuthnContextDeclRef",
		"AuthenticatingAuthority", "AttributeValue", "AssertionIDRef", "AssertionURIRef"},
	nsProtocol:  {"StatusMessage", "SessionIndex", "RequesterID", "Artifact"},
	nsSignature: {"DigestValue", "SignatureValue"},
	nsEncrypt:   {"CipherValue"},
}

func isSimple(e xmldoc.Element) bool {
	for _, name := range simple[e.Space()] {
		if e.Local() == name {
			return true
		}
	}
	return false
}

// oddities finds what interrupts the text of values. An AttributeValue that
// holds elements and no text of its own is structured, which is its right,
// save for the attributes whose names match the patterns.
func oddities(doc *xmldoc.Document, text []string) []oddity {
	var out []oddity
	for e := range doc.Elements() {
		if !isSimple(e) || e.Is(nsAssertion, "AttributeValue") && structured(e) && !matchesAny(text, e.Parent().Get("Name")) {
			continue
		}
		for n := range e.Nodes() {
			switch n.Kind() {
			case xmldoc.CommentNode, xmldoc.InstructionNode, xmldoc.ElementNode:
				out = append(out, oddity{e, n, true})
			case xmldoc.CDATANode:
				out = append(out, oddity{e, n, false})
			}
		}
	}
	return out
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
