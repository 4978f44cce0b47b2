package xmldoc

import "math"

// Messages hold thousands of nodes, so the records are kept small: what the
// source or the order of the records tells is not stored.

// node is what all kinds of node have.
type node struct {
	start, end int32 // span in the source, markup included
	parent     int32
	form       form
}

// element is what an element has besides its node.
type element struct {
	node         int32
	after        int32 // the first node after the element and all inside it
	body         int32 // end of the start tag
	attr, decl   int32
	space        int32  // the declaration that gives it its namespace
	name         uint16 // length of the qualified name
	prefix       uint16 // length of the prefix, 0 for none
	attrN, declN uint16
}

type attr struct {
	start           int32
	value, valueEnd int32
	space           int32  // the declaration that gives it its namespace
	name            uint16 // length of the qualified name
	prefix          uint16
	plain           bool
}

// The decls that no start tag holds.
const (
	noSpace  = 0
	xmlSpace = 1
	firstOwn = 2
)

type decl struct {
	prefix, uri string
	start       int32
	alike       int32 // the outermost declaration in scope of the same namespace name
}

// form is the kind of a node, what is known of how it is written, and, above
// that, the place of an element among all elements, from 0.
type form uint32

const (
	kindMask    form = 7
	plain       form = 1 << 3 // text: no reference and no carriage return
	canonical   form = 1 << 4 // see Node.Canonical
	selfClosing form = 1 << 5
	numberShift      = 8
	mostNumbers      = 1 << (32 - numberShift)
)

func (f form) kind() NodeKind { return NodeKind(f & kindMask) }
func (f form) number() int32  { return int32(f >> numberShift) }

// clamped gives limits within what the records of the tree can hold.
func (l Limits) clamped() Limits {
	l.Bytes = min(l.Bytes, mostBytes)
	l.Elements = min(l.Elements, mostNumbers)
	l.NameBytes = min(l.NameBytes, math.MaxUint16)
	l.Attributes = min(l.Attributes, math.MaxUint16-1)
	l.Declarations = min(l.Declarations, math.MaxUint16-1)
	return l
}
