package xmldoc

import (
	"iter"
	"slices"
	"strings"
)

// record gives what is stored of an element that is present.
func (e Element) record() *element { return &e.d.elements[e.d.nodes[e.i].form.number()] }

// Number gives the place of the element among all elements in document order,
// from 0.
func (e Element) Number() int { return int(e.at().form.number()) }

// Count gives the number of elements in e, itself included.
func (e Element) Count() int {
	if !e.Present() {
		return 0
	}
	end, _ := slices.BinarySearchFunc(e.d.elements, e.record().after, func(other element, after int32) int { return int(other.node - after) })
	return end - e.Number()
}

// QName gives the name as written.
func (e Element) QName() string {
	if !e.Present() {
		return ""
	}
	s := e.at().start + 1
	return e.d.src[s : s+int32(e.record().name)]
}

// Prefix gives the prefix as written, empty if there is none.
func (e Element) Prefix() string {
	if !e.Present() {
		return ""
	}
	return e.QName()[:e.record().prefix]
}

// Local gives the local name.
func (e Element) Local() string {
	if !e.Present() {
		return ""
	}
	return local(e.QName(), e.record().prefix)
}

// Space gives the namespace name, empty for none.
func (e Element) Space() string {
	if !e.Present() {
		return ""
	}
	return e.d.decls[e.record().space].uri
}

// SameBinding reports whether both elements take their prefix, and what it is
// bound to, from one declaration.
func (e Element) SameBinding(other Element) bool {
	return e.d == other.d && e.Present() && e.record().space == other.record().space
}

// Is reports whether the element has this expanded name.
func (e Element) Is(space, local string) bool {
	return e.Present() && e.Local() == local && e.d.decls[e.record().space].uri == space
}

// SelfClosing reports whether the element is written as one empty-element tag.
func (e Element) SelfClosing() bool { return e.at().form&selfClosing != 0 }

// StartTag gives the start tag as written.
func (e Element) StartTag() string {
	if !e.Present() {
		return ""
	}
	return e.d.src[e.at().start:e.record().body]
}

// Children gives the child elements in document order.
func (e Element) Children() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		for c := e.FirstChild(); c.Present(); c = c.Next() {
			if c.Kind() == ElementNode && !yield(Element{c}) {
				return
			}
		}
	}
}

// Child gives the first child element of this expanded name.
func (e Element) Child(space, local string) Element {
	for c := range e.Children() {
		if c.Is(space, local) {
			return c
		}
	}
	return Element{}
}

// ChildrenNamed gives the child elements of this expanded name.
func (e Element) ChildrenNamed(space, local string) []Element {
	var out []Element
	for c := range e.Children() {
		if c.Is(space, local) {
			out = append(out, c)
		}
	}
	return out
}

// Descendants gives the elements below e in document order.
func (e Element) Descendants() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		if !e.Present() {
			return
		}
		after := e.record().after
		for i := e.Number() + 1; i < len(e.d.elements) && e.d.elements[i].node < after; i++ {
			if !yield(Element{Node{e.d, e.d.elements[i].node}}) {
				return
			}
		}
	}
}

// Contains reports whether n is e or lies inside e.
func (e Element) Contains(n Node) bool {
	return e.Present() && e.d == n.d && e.at().start <= n.at().start && n.at().end <= e.at().end
}

// Text gives all text inside the element, across comments, processing
// instructions and child elements, references and CDATA resolved.
func (e Element) Text() string {
	if !e.Present() {
		return ""
	}
	if c := e.FirstChild(); !c.Present() {
		return ""
	} else if !c.Next().Present() && c.Kind() == TextNode {
		return c.Text()
	}
	var b strings.Builder
	for i := e.i + 1; i < e.record().after; i++ {
		b.WriteString(Node{e.d, i}.Text())
	}
	return b.String()
}

// FirstText gives what a reader sees who stops at the first child that is
// neither text nor CDATA.
func (e Element) FirstText() string {
	var b strings.Builder
	for c := range e.Nodes() {
		if k := c.Kind(); k != TextNode && k != CDATANode {
			break
		}
		b.WriteString(c.Text())
	}
	return b.String()
}
