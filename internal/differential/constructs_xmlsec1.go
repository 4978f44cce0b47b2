package differential

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// eleven calls is on each element that Canonical XML 1.1 is applied to.
func eleven(s *xmlsig.Signature, is func(xmldoc.Element) bool) bool {
	algorithm, _ := canonicalization(s)
	return strings.HasPrefix(algorithm, xmlsig.C14N11) && is(s.Parent) || strings.HasPrefix(s.Canonicalization, xmlsig.C14N11) && is(s.SignedInfo)
}

// emptyBase reports whether Canonical XML 1.1 meets an empty xml:base.
func emptyBase(s *xmlsig.Signature) bool {
	return eleven(s, func(apex xmldoc.Element) bool {
		return within(apex, func(e xmldoc.Element) bool {
			base := e.Attr(xmldoc.XMLSpace, "base")
			return base.Present() && base.Value() == ""
		})
	})
}

// joinedBase reports whether Canonical XML 1.1 joins several xml:base, of which
// one is more than a plain path or address.
func joinedBase(s *xmlsig.Signature) bool {
	return eleven(s, func(apex xmldoc.Element) bool {
		joined, odd := 0, false
		for e := apex; e.Present(); e = e.Parent() {
			base := e.Attr(xmldoc.XMLSpace, "base")
			if !base.Present() {
				continue
			}
			joined++
			v := base.Value()
			odd = odd || strings.Contains(v, "..") || strings.Contains(v, "/./") || strings.ContainsAny(v, "#%") || strings.HasPrefix(v, "urn:")
		}
		return joined > 1 && odd
	})
}

// namespaceAmpersand reports whether a namespace name holds an ampersand.
func namespaceAmpersand(s *xmlsig.Signature) bool {
	for e := range s.Element.Document().Elements() {
		for d := range e.Declarations() {
			if strings.Contains(d.Space, "&") {
				return true
			}
		}
	}
	return false
}

// prefixListBlanks reports whether a PrefixList has other white space than one
// blank between two prefixes.
func prefixListBlanks(s *xmlsig.Signature) bool {
	return within(s.SignedInfo, func(e xmldoc.Element) bool {
		list := e.Get("PrefixList")
		return e.Local() == "InclusiveNamespaces" && list != strings.Join(strings.Fields(list), " ")
	})
}
