package xmlsig

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// parse reads the parts of a Signature by their expanded names. What it cannot
// find it leaves empty, and says in Shape.
func (x *examination) parse(e xmldoc.Element) *Signature {
	s := &Signature{Element: e, Parent: e.Parent(), Witness: NotAsked,
		SignedInfo: e.Child(Space, "SignedInfo"), SignatureValue: e.Child(Space, "SignatureValue")}
	s.shaped(sequence(e, "SignedInfo", "SignatureValue", "KeyInfo?", "Object*"))
	if s.SignatureValue.Present() {
		s.ValueText = s.SignatureValue.Text()
	}
	x.keyInfo(s, e.Child(Space, "KeyInfo"))
	if !s.SignedInfo.Present() {
		return s
	}
	s.shaped(sequence(s.SignedInfo, "CanonicalizationMethod", "SignatureMethod", "Reference+"))
	c := s.SignedInfo.Child(Space, "CanonicalizationMethod")
	s.Canonicalization = c.Get("Algorithm")
	s.PrefixList = prefixList(c)
	s.Method = s.SignedInfo.Child(Space, "SignatureMethod").Get("Algorithm")
	for _, r := range s.SignedInfo.ChildrenNamed(Space, "Reference") {
		if len(s.References) == MaxReferences {
			s.limit("references", r, len(s.SignedInfo.ChildrenNamed(Space, "Reference")), MaxReferences)
			break
		}
		s.References = append(s.References, s.reference(r))
	}
	return s
}

func (s *Signature) shaped(problem string) {
	if s.Shape == "" {
		s.Shape = problem
	}
}

func (s *Signature) reference(e xmldoc.Element) Reference {
	uri := e.Attr("", "URI")
	r := Reference{Element: e, URI: uri.Value(), HasURI: uri.Present(),
		DigestMethod: e.Child(Space, "DigestMethod").Get("Algorithm")}
	if problem := sequence(e, "Transforms?", "DigestMethod", "DigestValue"); problem != "" {
		r.State, r.Reason, r.shape = Malformed, problem, problem
	}
	transforms := e.Child(Space, "Transforms")
	if !transforms.Present() {
		return r
	}
	if problem := sequence(transforms, "Transform+"); problem != "" && r.State == "" {
		r.State, r.Reason, r.shape = Malformed, problem, problem
	}
	found := transforms.ChildrenNamed(Space, "Transform")
	if len(found) > MaxTransforms {
		s.limit("transforms", transforms, len(found), MaxTransforms)
		r.State, r.Reason = Unsupported, fmt.Sprintf("there are %d transforms, where at most %d are read", len(found), MaxTransforms)
		found = found[:MaxTransforms]
	}
	for _, t := range found {
		r.Transforms = append(r.Transforms, Transform{Element: t, Algorithm: t.Get("Algorithm"), PrefixList: prefixList(t)})
	}
	return r
}

func (s *Signature) limit(name string, e xmldoc.Element, found, allowed int) {
	s.add(Fault{Code: "limit-exceeded", Element: e, Limit: name, Found: found, Allowed: allowed,
		Message: fmt.Sprintf("the limit %q is reached: %d found, %d allowed", name, found, allowed)})
}

// prefixList gives the PrefixList of the InclusiveNamespaces inside e.
func prefixList(e xmldoc.Element) []string {
	return strings.Fields(e.Child(spaceExc, "InclusiveNamespaces").Get("PrefixList"))
}

// sequence holds the child elements of e against the names that XML-DSig wants
// in that order, each followed by ?, * or + if it is not wanted exactly once.
// It says the first difference.
func sequence(e xmldoc.Element, wanted ...string) string {
	var children []xmldoc.Element
	for c := range e.Children() {
		children = append(children, c)
	}
	for _, w := range wanted {
		name := strings.TrimRight(w, "?*+")
		n := 0
		for n < len(children) && ds(children[n], name) {
			n++
		}
		many := strings.HasSuffix(w, "*") || strings.HasSuffix(w, "+")
		optional := strings.HasSuffix(w, "?") || strings.HasSuffix(w, "*")
		switch {
		case n == 0 && !optional:
			return e.Local() + " has no " + name + " where XML-DSig wants one" + instead(children)
		case n > 1 && !many:
			return e.Local() + " has " + strconv.Itoa(n) + " " + name + " where XML-DSig wants one"
		}
		children = children[n:]
	}
	if len(children) > 0 {
		return e.Local() + " holds " + describe(children[0]) + " where XML-DSig wants nothing more"
	}
	return ""
}

func instead(children []xmldoc.Element) string {
	if len(children) == 0 {
		return ""
	}
	return ", but " + describe(children[0])
}

// describe names an element; its namespace too, if it is not that of XML-DSig.
func describe(e xmldoc.Element) string {
	if e.Space() == Space {
		return e.Local()
	}
	return fmt.Sprintf("an element %s of the namespace %s", quote(e.Local()), quote(e.Space()))
}
