package xmldoc

import "iter"

// NodeKind tells the kinds of node apart.
type NodeKind uint8

// The kinds of node.
const (
	NoNode NodeKind = iota
	ElementNode
	TextNode
	CDATANode
	CommentNode
	InstructionNode
)

// A Document is a well-formed document as a compact tree of offsets into its
// source. It does not change after Parse and is safe for concurrent use.
type Document struct {
	src      string
	bom      bool
	nodes    []node // in document order; nodes[0] stands for the document itself
	attrs    []attr
	decls    []decl
	root     int32
	elements int32
	relative []int32 // decls whose namespace name is no absolute URI
	places   *positions
	origin   Element
}

type node struct {
	space       string // namespace name of an element
	start, end  int32  // span in the source, markup included
	body        int32  // end of the start tag; start of the content of other nodes
	bodyEnd     int32  // start of the end tag; end of the content of other nodes
	name        int32  // length of the qualified name (element), of the target (instruction)
	prefix      int32  // length of the prefix, 0 for none
	parent      int32
	next        int32 // next sibling, 0 for none
	first       int32 // first child, 0 for none
	attr, attrN int32
	decl, declN int32
	elem        int32 // an element's number in document order, from 0
	kind        NodeKind
	plain       bool // text: no reference and no carriage return
	selfClosing bool
}

type attr struct {
	space           string
	start, nameEnd  int32
	value, valueEnd int32
	prefix          int32
	plain           bool
	_               [3]byte
}

type decl struct {
	prefix, uri string
	start       int32
}

// A Node is one node of a Document. The zero Node is no node.
type Node struct {
	d *Document
	i int32
}

// An Element is an element of a Document. The zero Element is no element: its
// accessors give zero values.
type Element struct{ Node }

// Root gives the document element.
func (d *Document) Root() Element { return Element{Node{d, d.root}} }

// Origin gives the element of another document in whose place this one stands;
// the zero Element for a document of its own.
func (d *Document) Origin() Element { return d.origin }

// Source gives the document as it was parsed, without a byte order mark.
func (d *Document) Source() string { return d.src }

// HasBOM reports whether a byte order mark stood before the document.
func (d *Document) HasBOM() bool { return d.bom }

// Len gives the number of elements.
func (d *Document) Len() int { return int(d.elements) }

// Nodes gives every node in document order, those beside the root included.
func (d *Document) Nodes() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for i := int32(1); int(i) < len(d.nodes); i++ {
			if !yield(Node{d, i}) {
				return
			}
		}
	}
}

// Elements gives every element in document order.
func (d *Document) Elements() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		for n := range d.Nodes() {
			if n.Kind() == ElementNode && !yield(Element{n}) {
				return
			}
		}
	}
}

// Children gives the document element and the comments and processing
// instructions beside it, in document order.
func (d *Document) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for n := (Node{d, d.nodes[0].first}); n.Present(); n = n.Next() {
			if !yield(n) {
				return
			}
		}
	}
}

// RelativeNamespaces gives the declarations whose namespace name is not an
// absolute URI. Canonicalisation fails on a document that has one (Canonical
// XML 1.0, section 1.3).
func (d *Document) RelativeNamespaces() []Declaration {
	var out []Declaration
	for _, i := range d.relative {
		out = append(out, d.declaration(i))
	}
	return out
}

func (d *Document) declaration(i int32) Declaration {
	return Declaration{Prefix: d.decls[i].prefix, Space: d.decls[i].uri, Offset: int(d.decls[i].start)}
}

// text gives a part of the source; nothing for no document.
func (d *Document) text(from, to int32) string {
	if d == nil {
		return ""
	}
	return d.src[from:to]
}

func (n Node) at() *node {
	if n.d == nil {
		return &node{}
	}
	return &n.d.nodes[n.i]
}

// Present reports whether there is such a node.
func (n Node) Present() bool { return n.d != nil && n.i != 0 }

// Document gives the document that n belongs to.
func (n Node) Document() *Document { return n.d }

// Kind gives the kind of node; NoNode for the zero Node.
func (n Node) Kind() NodeKind { return n.at().kind }

// Offset gives the place of the node's first byte in the source.
func (n Node) Offset() int { return int(n.at().start) }

// End gives the place after the node's last byte in the source.
func (n Node) End() int { return int(n.at().end) }

// Raw gives the node as it is written, markup included.
func (n Node) Raw() string { return n.d.text(n.at().start, n.at().end) }

// Content gives what stands between the node's markup, as written: the inside
// of an element, the text, the inside of a CDATA section or comment, and what
// follows the target of a processing instruction.
func (n Node) Content() string { return n.d.text(n.at().body, n.at().bodyEnd) }

// Plain reports whether the text of a TextNode is its Content: it has no
// reference and no carriage return.
func (n Node) Plain() bool { return n.at().plain }

// Target gives the target of a processing instruction.
func (n Node) Target() string {
	if n.Kind() != InstructionNode {
		return ""
	}
	s := n.at().start + 2
	return n.d.text(s, s+n.at().name)
}

// Parent gives the element that n is a child of.
func (n Node) Parent() Element { return Element{n.relative(n.at().parent)} }

// FirstChild gives the first child.
func (n Node) FirstChild() Node { return n.relative(n.at().first) }

// Next gives the next sibling.
func (n Node) Next() Node { return n.relative(n.at().next) }

func (n Node) relative(i int32) Node {
	if i == 0 {
		return Node{}
	}
	return Node{n.d, i}
}

// AsElement gives n as an Element, or the zero Element if it is none.
func (n Node) AsElement() Element {
	if n.Kind() != ElementNode {
		return Element{}
	}
	return Element{n}
}

// Nodes gives the child nodes in document order.
func (n Node) Nodes() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for c := n.FirstChild(); c.Present(); c = c.Next() {
			if !yield(c) {
				return
			}
		}
	}
}

// Text gives the characters of a text or CDATA node, references resolved and
// line ends normalised; empty for other nodes.
func (n Node) Text() string {
	switch {
	case n.Kind() == TextNode && n.Plain(), n.Kind() == CDATANode && n.Plain():
		return n.Content()
	case n.Kind() == TextNode:
		return resolve(n.Content(), false)
	case n.Kind() == CDATANode:
		return lineEnds(n.Content())
	}
	return ""
}

func local(qname string, prefix int32) string {
	if prefix == 0 {
		return qname
	}
	return qname[prefix+1:]
}
