package xmlsig

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// namespaces finds the declarations that the start tag of e needs and puts
// them on top of rendered.
func (c *canonicalizer) namespaces(e xmldoc.Element, apex bool) {
	if c.exclusive {
		c.render(e.Prefix(), e.Space())
		for _, a := range c.attrs {
			if p := a.Prefix(); p != "" {
				c.render(p, a.Space())
			}
		}
		c.listed(e, apex)
		return
	}
	if e.DeclarationCount() > 0 {
		for d := range e.Declarations() {
			c.render(d.Prefix, d.Space)
		}
	}
	if !apex {
		return
	}
	for a := e.Parent(); a.Present(); a = a.Parent() {
		for d := range a.Declarations() {
			if !shadowed(e, a, d.Prefix) {
				c.render(d.Prefix, d.Space)
			}
		}
	}
}

// shadowed reports whether an element from e up to, but without, outer
// declares the prefix.
func shadowed(e, outer xmldoc.Element, prefix string) bool {
	for ; e != outer; e = e.Parent() {
		for d := range e.Declarations() {
			if d.Prefix == prefix {
				return true
			}
		}
	}
	return false
}

// listed treats the prefixes of the PrefixList as Canonical XML 1.0 does.
func (c *canonicalizer) listed(e xmldoc.Element, apex bool) {
	switch {
	case len(c.inclusive) == 0:
	case apex:
		for _, p := range c.inclusive {
			if uri, bound := e.Resolve(p); bound {
				c.render(p, uri)
			}
		}
	case e.DeclarationCount() > 0:
		for d := range e.Declarations() {
			if slices.Contains(c.inclusive, d.Prefix) {
				c.render(d.Prefix, d.Space)
			}
		}
	}
}

// render puts a declaration on top of rendered, unless the output has it
// already.
func (c *canonicalizer) render(prefix, uri string) {
	if c.missing(prefix, uri) {
		c.rendered = append(c.rendered, binding{prefix, uri})
	}
}

// missing reports whether the output does not declare this yet, and must.
func (c *canonicalizer) missing(prefix, uri string) bool {
	if prefix == "xml" {
		return false
	}
	for i := len(c.rendered) - 1; i >= 0; i-- {
		if b := &c.rendered[i]; b.prefix == prefix {
			return b.uri != uri
		}
	}
	return prefix != "" || uri != ""
}

func (c *canonicalizer) writeNamespaces(own []binding) {
	if len(own) > 1 {
		slices.SortFunc(own, func(a, b binding) int { return strings.Compare(a.prefix, b.prefix) })
	}
	for _, b := range own {
		if c.room -= len(b.prefix) + len(b.uri); c.room < 0 {
			return
		}
		c.out.WriteString(" xmlns")
		if b.prefix != "" {
			c.out.WriteByte(':')
			c.out.WriteString(b.prefix)
		}
		c.out.WriteString(`="`)
		writeURI(&c.out, b.uri)
		c.out.WriteByte('"')
	}
}

func (c *canonicalizer) writeAttributes() {
	if len(c.attrs) > 1 {
		sortAttributes(c.attrs)
	}
	for _, a := range c.attrs {
		c.out.WriteByte(' ')
		c.out.WriteString(a.QName())
		c.out.WriteString(`="`)
		switch {
		case a.fixed != nil:
			writeValue(&c.out, *a.fixed)
		case a.Plain():
			writePlainValue(&c.out, a.Raw())
		default:
			writeValue(&c.out, a.Value())
		}
		c.out.WriteByte('"')
	}
}
