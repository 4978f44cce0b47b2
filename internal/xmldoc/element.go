package xmldoc

import (
	"iter"
	"strings"
)

// Number gives the place of the element among all elements in document order,
// from 0.
func (e Element) Number() int { return int(e.at().elem) }

// QName gives the name as written.
func (e Element) QName() string {
	if !e.Present() {
		return ""
	}
	s := e.at().start + 1
	return e.d.text(s, s+e.at().name)
}

// Prefix gives the prefix as written, empty if there is none.
func (e Element) Prefix() string { return e.QName()[:e.at().prefix] }

// Local gives the local name.
func (e Element) Local() string { return local(e.QName(), e.at().prefix) }

// Space gives the namespace name, empty for none.
func (e Element) Space() string { return e.at().space }

// Is reports whether the element has this expanded name.
func (e Element) Is(space, local string) bool {
	return e.Present() && e.at().space == space && e.Local() == local
}

// SelfClosing reports whether the element is written as one empty-element tag.
func (e Element) SelfClosing() bool { return e.at().selfClosing }

// StartTag gives the start tag as written.
func (e Element) StartTag() string { return e.d.text(e.at().start, e.at().body) }

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
		end := e.at().end
		for i := e.i + 1; int(i) < len(e.d.nodes) && e.d.nodes[i].start < end; i++ {
			if e.d.nodes[i].kind == ElementNode && !yield(Element{Node{e.d, i}}) {
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
	end := e.at().end
	for i := e.i + 1; int(i) < len(e.d.nodes) && e.d.nodes[i].start < end; i++ {
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
