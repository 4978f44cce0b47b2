package differential

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// part is an element to be canonicalized.
type part struct {
	apex     xmldoc.Element
	prefixes []string
}

// ofCanonical looks for a construct in what the Signature covers.
func ofCanonical(found func(part) bool) func(*xmlsig.Signature) bool {
	return func(s *xmlsig.Signature) bool {
		_, prefixes := canonicalization(s)
		return found(part{s.Parent, prefixes})
	}
}

// ExplainCanonical names the constructs that make goxmldsig write an element in
// another canonical form.
func ExplainCanonical(apex xmldoc.Element, algorithm string, prefixes []string) []string {
	p := part{apex, prefixes}
	var out []string
	for _, c := range []struct {
		name  string
		found bool
	}{
		{"default-prefix", exclusive(algorithm) && defaultPrefix(p)}, {"xml-attributes", !exclusive(algorithm) && xmlAbove(apex)}, {"xmlns-empty", undeclared(p)},
		{"xmlns-xml", declaresXML(p)}, {"attribute-order", ordered(p)}, {"attribute-breaks", broken(p)}, {"instruction-lines", instructionLines(p)},
		{"comment-lines", strings.HasSuffix(algorithm, "WithComments") && commentLines(p)},
	} {
		if c.found {
			out = append(out, c.name)
		}
	}
	return out
}

// defaultPrefix reports whether the PrefixList names the default namespace.
func defaultPrefix(p part) bool { return slices.Contains(p.prefixes, "#default") }

func undeclared(p part) bool  { return declares(p.apex, "", "") }
func declaresXML(p part) bool { return declares(p.apex, "xml", xmldoc.XMLSpace) }
func ordered(p part) bool     { return within(p.apex, severalSpaces) }
func broken(p part) bool      { return within(p.apex, literalBreak) }

// instructionLines reports whether an instruction has a line end that is not a
// line feed.
func instructionLines(p part) bool { return carriageIn(p.apex, xmldoc.InstructionNode) }

// commentLines reports whether a comment has one.
func commentLines(p part) bool { return carriageIn(p.apex, xmldoc.CommentNode) }

func carriageIn(apex xmldoc.Element, kind xmldoc.NodeKind) bool {
	for n := range apex.Document().Nodes() {
		if n.Kind() == kind && apex.Contains(n) && strings.Contains(n.Content(), "\r") {
			return true
		}
	}
	return false
}

// declares reports whether the element, one inside it or one around it has this
// declaration.
func declares(apex xmldoc.Element, prefix, space string) bool {
	itself := func(e xmldoc.Element) bool {
		for d := range e.Declarations() {
			if d.Prefix == prefix && d.Space == space {
				return true
			}
		}
		return false
	}
	for e := apex.Parent(); e.Present(); e = e.Parent() {
		if itself(e) {
			return true
		}
	}
	return within(apex, itself)
}

// within reports whether the element or one inside it is so.
func within(apex xmldoc.Element, is func(xmldoc.Element) bool) bool {
	if is(apex) {
		return true
	}
	for e := range apex.Descendants() {
		if is(e) {
			return true
		}
	}
	return false
}

func severalSpaces(e xmldoc.Element) bool {
	first := ""
	for a := range e.Attrs() {
		switch {
		case a.Space() == "" || a.Space() == first:
		case first == "":
			first = a.Space()
		default:
			return true
		}
	}
	return false
}

func literalBreak(e xmldoc.Element) bool {
	for a := range e.Attrs() {
		if strings.ContainsAny(a.Raw(), "\t\r\n") {
			return true
		}
	}
	return false
}
