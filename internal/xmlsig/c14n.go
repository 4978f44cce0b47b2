package xmlsig

import (
	"errors"
	"fmt"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// method is what a canonicalization algorithm asks for.
type method struct {
	exclusive bool
	eleven    bool // Canonical XML 1.1
	comments  bool
}

func methodOf(algorithm string) (method, bool) {
	switch algorithm {
	case ExclusiveC14N:
		return method{exclusive: true}, true
	case ExclusiveC14NWithComments:
		return method{exclusive: true, comments: true}, true
	case C14N10:
		return method{}, true
	case C14N10WithComments:
		return method{comments: true}, true
	case C14N11:
		return method{eleven: true}, true
	case C14N11WithComments:
		return method{eleven: true, comments: true}, true
	}
	return method{}, false
}

// Canonicalize appends the canonical form of the element apex, in its place in
// its document, to dst. The element omit and all inside it is left out; the
// zero Element leaves nothing out. The prefixes of prefixList ("#default" for
// the default namespace) are those of an InclusiveNamespaces, which exclusive
// canonicalization alone takes.
//
// It fails on an algorithm that it does not know and on a document that has a
// relative namespace name (Canonical XML 1.0, section 1.3).
func Canonicalize(dst []byte, apex, omit xmldoc.Element, algorithm string, prefixList []string) ([]byte, error) {
	m, ok := methodOf(algorithm)
	if !ok {
		return dst, fmt.Errorf("%s is no known canonicalization", quote(algorithm))
	}
	if !apex.Present() {
		return dst, errors.New("there is no element to canonicalize")
	}
	if err := relativeNamespace(apex.Document()); err != nil {
		return dst, err
	}
	return m.element(dst, apex, omit, prefixList), nil
}

// CanonicalizeDocument is Canonicalize for a whole document, the comments and
// processing instructions beside its root included.
func CanonicalizeDocument(dst []byte, doc *xmldoc.Document, omit xmldoc.Element, algorithm string, prefixList []string) ([]byte, error) {
	m, ok := methodOf(algorithm)
	if !ok {
		return dst, fmt.Errorf("%s is no known canonicalization", quote(algorithm))
	}
	if err := relativeNamespace(doc); err != nil {
		return dst, err
	}
	return m.document(dst, doc, omit, prefixList), nil
}

func relativeNamespace(doc *xmldoc.Document) error {
	r := doc.RelativeNamespaces()
	if len(r) == 0 {
		return nil
	}
	return fmt.Errorf("the namespace name %s is relative, so the document has no canonical form (Canonical XML 1.0, section 1.3)", quote(r[0].Space))
}

func (m method) element(dst []byte, apex, omit xmldoc.Element, prefixList []string) []byte {
	c := newCanonicalizer(dst, m, omit, prefixList)
	c.subtree(apex)
	return c.dst
}

func (m method) document(dst []byte, doc *xmldoc.Document, omit xmldoc.Element, prefixList []string) []byte {
	c := newCanonicalizer(dst, m, omit, prefixList)
	seen := false
	for top := range doc.Children() {
		switch root := top.AsElement(); {
		case root.Present():
			seen = true
			c.subtree(root)
		case top.Kind() == xmldoc.CommentNode && !m.comments:
		case seen:
			c.dst = append(c.dst, '\n')
			c.leaf(top)
		default:
			c.leaf(top)
			c.dst = append(c.dst, '\n')
		}
	}
	return c.dst
}

// canonicalizer writes canonical form while it walks the tree once.
type canonicalizer struct {
	dst  []byte
	omit xmldoc.Node
	method
	inclusive []string  // the prefixes of the PrefixList, "" for the default namespace
	rendered  []binding // what the open elements of the output declare, innermost last
	marks     []int     // for each open element: how many of rendered are outside it
	attrs     []attribute
}

// binding is a namespace declaration of the output.
type binding struct{ prefix, uri string }

// attribute is an attribute of the output; fixed, if not nil, stands for the
// value of the attribute.
type attribute struct {
	xmldoc.Attr
	fixed *string
}

func newCanonicalizer(dst []byte, m method, omit xmldoc.Element, prefixList []string) *canonicalizer {
	c := &canonicalizer{dst: dst, method: m, omit: omit.Node}
	if !m.exclusive {
		return c
	}
	for _, p := range prefixList {
		if p == "#default" {
			p = ""
		}
		c.inclusive = append(c.inclusive, p)
	}
	return c
}

// subtree writes the element and all inside it, without recursion.
func (c *canonicalizer) subtree(apex xmldoc.Element) {
	if apex.Node == c.omit {
		return
	}
	c.start(apex, true)
	n := apex.FirstChild()
	open := apex
	for {
		for n.Present() {
			e := n.AsElement()
			if !e.Present() || n == c.omit {
				c.leaf(n)
				n = n.Next()
				continue
			}
			c.start(e, false)
			open, n = e, n.FirstChild()
		}
		c.end(open)
		if open == apex {
			return
		}
		n, open = open.Next(), open.Parent()
	}
}

// leaf writes a node that is no element. Of an element, which is the one to
// be omitted, it writes nothing.
func (c *canonicalizer) leaf(n xmldoc.Node) {
	switch n.Kind() {
	case xmldoc.TextNode:
		if n.Plain() {
			c.dst = appendPlainText(c.dst, n.Content())
		} else {
			c.dst = appendText(c.dst, n.Content(), true)
		}
	case xmldoc.CDATANode:
		c.dst = appendText(c.dst, n.Content(), false)
	case xmldoc.CommentNode:
		if c.comments {
			c.dst = append(c.dst, "<!--"...)
			c.dst = appendLines(c.dst, n.Content())
			c.dst = append(c.dst, "-->"...)
		}
	case xmldoc.InstructionNode:
		c.dst = append(c.dst, "<?"...)
		c.dst = append(c.dst, n.Target()...)
		if content := n.Content(); content != "" {
			c.dst = append(c.dst, ' ')
			c.dst = appendLines(c.dst, content)
		}
		c.dst = append(c.dst, "?>"...)
	}
}

func (c *canonicalizer) start(e xmldoc.Element, apex bool) {
	c.dst = append(c.dst, '<')
	c.dst = append(c.dst, e.QName()...)
	outside := len(c.rendered)
	c.marks = append(c.marks, outside)
	c.attrs = c.attrs[:0]
	if e.AttrCount() > 0 {
		for a := range e.Attrs() {
			c.attrs = append(c.attrs, attribute{Attr: a})
		}
	}
	if apex && !c.exclusive && e.Parent().Present() {
		c.inherit(e)
	}
	c.namespaces(e, apex)
	if own := c.rendered[outside:]; len(own) > 0 {
		c.writeNamespaces(own)
	}
	if len(c.attrs) > 0 {
		c.writeAttributes()
	}
	c.dst = append(c.dst, '>')
}

func (c *canonicalizer) end(e xmldoc.Element) {
	c.dst = append(c.dst, "</"...)
	c.dst = append(c.dst, e.QName()...)
	c.dst = append(c.dst, '>')
	last := len(c.marks) - 1
	c.rendered = c.rendered[:c.marks[last]]
	c.marks = c.marks[:last]
}
