package xmldoc

import "iter"

// A Document is a well-formed document as a compact tree of offsets into its
// source. It does not change after Parse and is safe for concurrent use.
type Document struct {
	src      string
	bom      bool
	nodes    []node    // in document order; nodes[0] stands for the document itself
	elements []element // in document order
	attrs    []attr
	decls    []decl // the first two stand for no namespace and for that of the prefix xml
	root     int32
	relative []int32 // decls whose namespace name is no absolute URI
	places   positions
	memory   *memory // of the lists; nil once it was given back
	origin   Element
}

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
func (d *Document) Len() int { return len(d.elements) }

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
		for i := range d.elements {
			if !yield(Element{Node{d, d.elements[i].node}}) {
				return
			}
		}
	}
}

// Element gives the element of this number; the zero Element where there is
// none.
func (d *Document) Element(number int) Element {
	if number < 0 || number >= len(d.elements) {
		return Element{}
	}
	return Element{Node{d, d.elements[number].node}}
}

// Children gives the document element and the comments and processing
// instructions beside it, in document order.
func (d *Document) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for n := d.child(0); n.Present(); n = n.Next() {
			if !yield(n) {
				return
			}
		}
	}
}

// child gives the first child of node i: it comes next in document order.
func (d *Document) child(i int32) Node {
	if int(i)+1 == len(d.nodes) || d.nodes[i+1].parent != i {
		return Node{}
	}
	return Node{d, i + 1}
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
