package xmldoc

import (
	"iter"
	"strings"
)

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

// A Node is one node of a Document. The zero Node is no node.
type Node struct {
	d *Document
	i int32
}

// An Element is an element of a Document. The zero Element is no element: its
// accessors give zero values.
type Element struct{ Node }

func (n Node) at() node {
	if n.d == nil {
		return node{}
	}
	return n.d.nodes[n.i]
}

// Present reports whether there is such a node.
func (n Node) Present() bool { return n.d != nil }

// Document gives the document that n belongs to.
func (n Node) Document() *Document { return n.d }

// Kind gives the kind of node; NoNode for the zero Node.
func (n Node) Kind() NodeKind { return n.at().form.kind() }

// Offset gives the place of the node's first byte in the source.
func (n Node) Offset() int { return int(n.at().start) }

// End gives the place after the node's last byte in the source.
func (n Node) End() int { return int(n.at().end) }

// Raw gives the node as it is written, markup included.
func (n Node) Raw() string { return n.d.text(n.at().start, n.at().end) }

// Content gives what stands between the node's markup, as written: the inside
// of an element, the text, the inside of a CDATA section or comment, and what
// follows the target of a processing instruction.
func (n Node) Content() string {
	raw := n.Raw()
	switch n.Kind() {
	case TextNode:
		return raw
	case ElementNode:
		return n.inside()
	case CDATANode:
		return raw[len("<![CDATA[") : len(raw)-len("]]>")]
	case CommentNode:
		return raw[len("<!--") : len(raw)-len("-->")]
	case InstructionNode:
		return strings.TrimLeft(raw[len("<?")+len(n.Target()):len(raw)-len("?>")], space)
	}
	return ""
}

// inside gives what stands between the tags of an element.
func (n Node) inside() string {
	e := n.d.elements[n.at().form.number()]
	if n.at().form&selfClosing != 0 {
		return ""
	}
	rest := n.d.src[e.body:n.at().end]
	return rest[:strings.LastIndexByte(rest, '<')]
}

// Plain reports whether the text of a TextNode is its Content: it has no
// reference and no carriage return.
func (n Node) Plain() bool { return n.at().form&plain != 0 }

// Canonical reports whether a text, or the tags of an element, stand in the
// source as every canonical form writes them, if no declaration is written
// there: there is nothing to escape, to resolve, to normalise or to sort. An
// element that declares a namespace, or that has an attribute with a prefix, is
// never said to be.
func (n Node) Canonical() bool { return n.at().form&canonical != 0 }

// Target gives the target of a processing instruction.
func (n Node) Target() string {
	if n.Kind() != InstructionNode {
		return ""
	}
	raw := n.Raw()
	target := raw[len("<?") : len(raw)-len("?>")]
	if i := strings.IndexAny(target, space); i >= 0 {
		return target[:i]
	}
	return target
}

// Parent gives the element that n is a child of.
func (n Node) Parent() Element {
	if i := n.at().parent; i != 0 {
		return Element{Node{n.d, i}}
	}
	return Element{}
}

// FirstChild gives the first child.
func (n Node) FirstChild() Node {
	if n.d == nil {
		return Node{}
	}
	return n.d.child(n.i)
}

// Next gives the next sibling.
func (n Node) Next() Node {
	if n.d == nil {
		return Node{}
	}
	this, next := n.d.nodes[n.i], n.i+1
	if this.form.kind() == ElementNode {
		next = n.d.elements[this.form.number()].after
	}
	if int(next) == len(n.d.nodes) || n.d.nodes[next].parent != this.parent {
		return Node{}
	}
	return Node{n.d, next}
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
	switch kind := n.Kind(); {
	case kind != TextNode && kind != CDATANode:
		return ""
	case n.Plain():
		return n.Content()
	case kind == TextNode:
		return resolve(n.Content(), false)
	}
	return lineEnds(n.Content())
}

// local gives the local part of a qualified name with a prefix of this length.
func local(qname string, prefix uint16) string {
	if prefix == 0 {
		return qname
	}
	return qname[prefix+1:]
}
