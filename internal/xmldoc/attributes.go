package xmldoc

import "iter"

// An Attr is an attribute that declares no namespace. The zero Attr is no
// attribute: its accessors give zero values.
type Attr struct {
	d *Document
	i int32
}

// A Declaration binds a prefix to a namespace name.
type Declaration struct {
	Prefix string // empty for the default namespace
	Space  string // empty where the default namespace is taken back
	Offset int    // of the attribute in the source, 0-based, in bytes
}

func (a Attr) at() attr {
	if a.d == nil {
		return attr{}
	}
	return a.d.attrs[a.i]
}

// Present reports whether there is such an attribute.
func (a Attr) Present() bool { return a.d != nil }

// QName gives the name as written.
func (a Attr) QName() string { return a.d.text(a.at().start, a.at().start+int32(a.at().name)) }

// Prefix gives the prefix as written, empty if there is none.
func (a Attr) Prefix() string { return a.QName()[:a.at().prefix] }

// Local gives the local name.
func (a Attr) Local() string { return local(a.QName(), a.at().prefix) }

// Space gives the namespace name; empty for an attribute without a prefix.
func (a Attr) Space() string {
	if a.d == nil {
		return ""
	}
	return a.d.decls[a.at().space].uri
}

// Offset gives the place of the name's first byte in the source.
func (a Attr) Offset() int { return int(a.at().start) }

// ValueOffset gives the place of the value's first byte in the source.
func (a Attr) ValueOffset() int { return int(a.at().value) }

// Raw gives the value as written.
func (a Attr) Raw() string { return a.d.text(a.at().value, a.at().valueEnd) }

// Plain reports whether the value is Raw: no reference, no line break, no tab.
func (a Attr) Plain() bool { return a.at().plain }

// Value gives the value, references resolved and white space normalised as
// XML 1.0 section 3.3.3 says for an attribute of type CDATA. It is empty where
// there is no attribute.
func (a Attr) Value() string {
	switch {
	case !a.Present():
		return ""
	case a.Plain():
		return a.Raw()
	}
	return resolve(a.Raw(), true)
}

// Attrs gives the attributes in the order in which they are written,
// namespace declarations left out.
func (e Element) Attrs() iter.Seq[Attr] {
	return func(yield func(Attr) bool) {
		if !e.Present() {
			return
		}
		n := e.record()
		for i := n.attr; i < n.attr+int32(n.attrN); i++ {
			if !yield(Attr{e.d, i}) {
				return
			}
		}
	}
}

// AttrCount gives the number of attributes, namespace declarations left out.
func (e Element) AttrCount() int {
	if !e.Present() {
		return 0
	}
	return int(e.record().attrN)
}

// Attr gives the attribute of this expanded name; an attribute without a
// prefix has no namespace.
func (e Element) Attr(space, local string) Attr {
	for a := range e.Attrs() {
		if a.Space() == space && a.Local() == local {
			return a
		}
	}
	return Attr{}
}

// Get gives the value of the attribute without a prefix of this name.
func (e Element) Get(name string) string { return e.Attr("", name).Value() }

// Declarations gives the namespace declarations of the element's own start
// tag, in the order in which they are written.
func (e Element) Declarations() iter.Seq[Declaration] {
	return func(yield func(Declaration) bool) {
		if !e.Present() {
			return
		}
		n := e.record()
		for i := n.decl; i < n.decl+int32(n.declN); i++ {
			if !yield(e.d.declaration(i)) {
				return
			}
		}
	}
}

// DeclarationCount gives the number of the element's own declarations.
func (e Element) DeclarationCount() int {
	if !e.Present() {
		return 0
	}
	return int(e.record().declN)
}

// Resolve gives the namespace name that the prefix is bound to at the element,
// and whether it is bound. The empty prefix is always bound, if to nothing.
func (e Element) Resolve(prefix string) (string, bool) {
	if prefix == "xml" {
		return XMLSpace, true
	}
	for ; e.Present(); e = e.Parent() {
		n := e.record()
		for i := n.decl; i < n.decl+int32(n.declN); i++ {
			if e.d.decls[i].prefix == prefix {
				return e.d.decls[i].uri, true
			}
		}
	}
	return "", prefix == ""
}
