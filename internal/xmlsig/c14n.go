package xmlsig

import (
	"errors"
	"fmt"
	"strings"

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
	octets, fits := m.element(apex, omit, prefixList, roomIn(apex.Document()))
	if !fits {
		return dst, errors.New(tooManyDeclarations)
	}
	return append(dst, octets...), nil
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
	octets, fits := m.document(doc, omit, prefixList, roomIn(doc))
	if !fits {
		return dst, errors.New(tooManyDeclarations)
	}
	return append(dst, octets...), nil
}

// tooManyDeclarations is why there is no canonical form: exclusive
// canonicalization writes a namespace name at each element that uses it and
// stands in none that does, so that few long names, used often, come to octets
// that grow as the square of the document.
const tooManyDeclarations = "its canonical form repeats namespace declarations to more octets than are digested"

// roomIn is how many octets may be digested of a document in all, which no
// message comes near that a product signs.
func roomIn(doc *xmldoc.Document) int { return 8*len(doc.Source()) + 4<<20 }

func relativeNamespace(doc *xmldoc.Document) error {
	r := doc.RelativeNamespaces()
	if len(r) == 0 {
		return nil
	}
	return fmt.Errorf("the namespace name %s is relative, so the document has no canonical form (Canonical XML 1.0, section 1.3)", quote(r[0].Space))
}

// element gives the canonical form of apex, unless its declarations take more
// octets than there is room for.
func (m method) element(apex, omit xmldoc.Element, prefixList []string, room int) (octets string, fits bool) {
	c := newCanonicalizer(m, apex.Document(), omit, prefixList)
	c.room = room
	size := apex.End() - apex.Offset() + declarationsRoom
	if apex.Contains(omit.Node) {
		size -= omit.End() - omit.Offset()
	}
	c.out.Grow(size)
	c.subtree(apex)
	return c.written()
}

// document is element for the whole document.
func (m method) document(doc *xmldoc.Document, omit xmldoc.Element, prefixList []string, room int) (octets string, fits bool) {
	c := newCanonicalizer(m, doc, omit, prefixList)
	c.room = room
	c.out.Grow(len(doc.Source()))
	seen := false
	for top := range doc.Children() {
		switch root := top.AsElement(); {
		case root.Present():
			seen = true
			c.subtree(root)
		case top.Kind() == xmldoc.CommentNode && !m.comments:
		case seen:
			c.out.WriteByte('\n')
			c.leaf(top)
		default:
			c.leaf(top)
			c.out.WriteByte('\n')
		}
	}
	return c.written()
}

func (c *canonicalizer) written() (octets string, fits bool) {
	if c.room < 0 {
		return "", false
	}
	return c.out.String(), true
}

// declarationsRoom is what canonical form is mostly longer by than what it is
// of: an element declares what it takes from those around it.
const declarationsRoom = 128

// canonicalizer writes canonical form while it walks the tree once. Most of a
// message stands as canonical form writes it: such a stretch of the source is
// not written before it ends.
type canonicalizer struct {
	out      strings.Builder
	source   string
	from, to int // the stretch of the source that is still to be written
	room     int // how many octets declarations may still take; negative where they took more
	omit     xmldoc.Node
	method
	inclusive []string  // the prefixes of the PrefixList, "" for the default namespace
	rendered  []binding // what the open elements of the output declare, innermost last
	marks     []int     // for each open element: how many of rendered are outside it
	attrs     []attribute
}

// binding is a namespace declaration of the output.
type binding struct{ prefix, uri string }

// attribute is an attribute of the output; fixed, if not nil, stands for the
// value of the attribute. What it is sorted by is filled in for that.
type attribute struct {
	xmldoc.Attr
	fixed        *string
	space, local string
	start        uint64
}

func newCanonicalizer(m method, doc *xmldoc.Document, omit xmldoc.Element, prefixList []string) *canonicalizer {
	c := &canonicalizer{source: doc.Source(), method: m, omit: omit.Node,
		rendered: make([]binding, 0, 8), marks: make([]int, 0, 16), attrs: make([]attribute, 0, 4)}
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

// copy writes a part of the source as it stands.
func (c *canonicalizer) copy(from, to int) {
	if from != c.to {
		c.flush()
		c.from = from
	}
	c.to = to
}

// flush writes what was left to be written.
func (c *canonicalizer) flush() {
	c.out.WriteString(c.source[c.from:c.to])
	c.from = c.to
}

// subtree writes the element and all inside it, without recursion.
func (c *canonicalizer) subtree(apex xmldoc.Element) {
	if apex.Node == c.omit {
		return
	}
	c.tag(apex, true)
	open, n := apex, apex.FirstChild()
	for {
		for n.Present() {
			e := n.AsElement()
			if !e.Present() || n == c.omit {
				c.leaf(n)
				n = n.Next()
				continue
			}
			c.child(e, open)
			open, n = e, n.FirstChild()
		}
		c.end(open)
		if open == apex {
			c.flush()
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
		c.text(n)
	case xmldoc.CDATANode:
		c.flush()
		writeText(&c.out, n.Content(), false)
	case xmldoc.CommentNode:
		if c.comments {
			c.flush()
			c.out.WriteString("<!--")
			writeLines(&c.out, n.Content())
			c.out.WriteString("-->")
		}
	case xmldoc.InstructionNode:
		c.flush()
		c.out.WriteString("<?")
		c.out.WriteString(n.Target())
		if content := n.Content(); content != "" {
			c.out.WriteByte(' ')
			writeLines(&c.out, content)
		}
		c.out.WriteString("?>")
	}
}

func (c *canonicalizer) text(n xmldoc.Node) {
	if n.Canonical() {
		c.copy(n.Offset(), n.End())
		return
	}
	c.flush()
	writeText(&c.out, n.Content(), true)
}

// child writes the start tag of an element whose parent, which is in the output
// too, is given.
func (c *canonicalizer) child(e, parent xmldoc.Element) {
	if e.Canonical() && (!c.exclusive || e.SameBinding(parent) || !c.missing(e.Prefix(), e.Space())) {
		c.marks = append(c.marks, len(c.rendered))
		c.copy(e.Offset(), e.Offset()+len(e.StartTag()))
		return
	}
	c.tag(e, false)
}

// tag writes a start tag part by part.
func (c *canonicalizer) tag(e xmldoc.Element, apex bool) {
	c.flush()
	c.out.WriteByte('<')
	c.out.WriteString(e.QName())
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
	c.out.WriteByte('>')
}

func (c *canonicalizer) end(e xmldoc.Element) {
	if e.Canonical() {
		c.copy(e.End()-len("</>")-len(e.QName()), e.End())
	} else {
		c.flush()
		c.out.WriteString("</")
		c.out.WriteString(e.QName())
		c.out.WriteByte('>')
	}
	last := len(c.marks) - 1
	c.rendered = c.rendered[:c.marks[last]]
	c.marks = c.marks[:last]
}
