package saml

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// A binding is what a prefix stands for, the empty one for the default
// namespace. The space is empty where it stands for nothing.
type binding struct{ prefix, space string }

// A lent text is a plaintext that uses prefixes which it does not declare, as
// elements do that were encrypted where they stood. XML Encryption puts it back
// there, where the element around the ciphertext lends it the declarations.
type lent struct {
	bindings []binding // of each such prefix in its place, bound or not
	digested []binding // of further ones that a Signature inside may want
	text     []byte    // the plaintext with those that are bound declared on its root
}

// lend looks up in the place of a plaintext, which is the element around
// EncryptedData, what it does not declare: nothing where it is no element
// whatever its prefixes mean. What is around the document that the place belongs
// to lends nothing: no octets that are verified hold it.
func lend(plaintext []byte, place xmldoc.Element, limits xmldoc.Limits) lent {
	prefixes, at, err := xmldoc.Undeclared(plaintext, limits)
	if err != nil {
		return lent{}
	}
	l := lent{bindings: bindingsAt(place, prefixes)}
	l.text = declaring(plaintext, at, l.borrowed())
	if doc, err := xmldoc.Parse(l.text, limits); err == nil {
		l.digested = bindingsAt(place, digestedPrefixes(doc, limits.InScope))
		l.text = declaring(plaintext, at, slices.Concat(l.borrowed(), bound(l.digested)))
	}
	return l
}

// declaring gives the text with declarations written at an offset.
func declaring(text []byte, at int, declarations []binding) []byte {
	var b bytes.Buffer
	b.Write(text[:at])
	for _, d := range declarations {
		writeDeclaration(&b, d)
	}
	b.Write(text[at:])
	return b.Bytes()
}

// digestedPrefixes gives the prefixes, at most so many, that a Signature inside
// wants declared in its canonical form, used or not, and the root does not
// declare: in this place, where it was made, they may have been declared. They
// change nothing of what this document says, only whether that Signature holds;
// but they lend on to what is encrypted inside.
func digestedPrefixes(doc *xmldoc.Document, most int) []string {
	have := map[string]bool{"xml": true, "xmlns": true}
	for d := range doc.Root().Declarations() {
		have[d.Prefix] = true
	}
	var out []string
	for e := range doc.Elements() {
		if !e.Is(xmlsig.ExclusiveC14N, "InclusiveNamespaces") {
			continue
		}
		for prefix := range strings.FieldsSeq(e.Get("PrefixList")) {
			if prefix == "#default" {
				prefix = ""
			}
			if !have[prefix] && len(out) < most {
				have[prefix] = true
				out = append(out, prefix)
			}
		}
	}
	return out
}

func bindingsAt(place xmldoc.Element, prefixes []string) []binding {
	var out []binding
	for _, prefix := range prefixes {
		space, _ := place.Resolve(prefix)
		out = append(out, binding{prefix, space})
	}
	return out
}

func writeDeclaration(b *bytes.Buffer, d binding) {
	b.WriteString(" xmlns")
	if d.prefix != "" {
		b.WriteString(":" + d.prefix)
	}
	b.WriteString(`="`)
	_ = xml.EscapeText(b, []byte(d.space)) // a Buffer never fails
	b.WriteByte('"')
}

// borrowed gives the declarations that the place lends.
func (l lent) borrowed() []binding { return bound(l.bindings) }

func bound(all []binding) []binding {
	return slices.DeleteFunc(slices.Clone(all), func(d binding) bool { return d.space == "" })
}

// unbound gives the first prefix that is declared nowhere.
func (l lent) unbound() (string, bool) {
	for _, d := range l.bindings {
		if d.space == "" && d.prefix != "" {
			return d.prefix, true
		}
	}
	return "", false
}

// sameAt reports whether another place lends the very same.
func (l lent) sameAt(place xmldoc.Element) bool {
	return !slices.ContainsFunc(slices.Concat(l.bindings, l.digested), func(d binding) bool {
		space, _ := place.Resolve(d.prefix)
		return space != d.space
	})
}
