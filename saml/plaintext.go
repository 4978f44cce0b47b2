package saml

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A plain part is what a plaintext was read as.
type plain struct {
	root   xmldoc.Element // zero where it is not what is wanted
	lent   lent           // what it was read with beyond its own declarations
	reason string         // what it is instead, a phrase
}

// readPlaintext reads what was decrypted as a document of its own, which has to
// be one element of SAML's assertion namespace; where it lacks declarations,
// with those of its place. The reason says what it is instead.
func (f *facts) readPlaintext(c *encryption, plaintext []byte, origin, place xmldoc.Element, wanted string) plain {
	doc, err := xmldoc.ParseWithin(plaintext, f.options.limits(), origin)
	var l lent
	if err != nil || nameless(doc.Root()) {
		l = lend(plaintext, place, f.options.limits())
		if prefix, found := l.unbound(); found {
			return plain{reason: fmt.Sprintf("it uses the prefix %s, which is declared neither in it nor in what is read around it", quote(prefix))}
		}
		if len(l.borrowed()) > 0 {
			doc, err = xmldoc.ParseWithin(l.text, f.options.limits(), origin)
		}
	}
	switch {
	case err != nil:
		return plain{reason: f.refusedPlaintext(c, plaintext, err)}
	case doc.Root().Is(nsAssertion, wanted):
		return plain{root: doc.Root(), lent: l}
	case doc.Root().Local() == wanted:
		return plain{reason: "it holds an element " + quote(wanted) + " of " + namespaceWords(doc.Root().Space())}
	}
	return plain{reason: "it holds " + elementWords(doc.Root())}
}

// nameless reports whether an element is in no namespace for want of a default
// one.
func nameless(e xmldoc.Element) bool { return e.Space() == "" }

func (f *facts) refusedPlaintext(c *encryption, plaintext []byte, err error) string {
	var refusal *xmldoc.Error
	if !errors.As(err, &refusal) {
		return ""
	}
	if found := f.fragment(plaintext, c.element); len(found) > 0 {
		return fragmentWords(found) + ", which is no document by itself: " + refusal.Reason
	}
	return "it holds no XML that is accepted: " + refusal.Reason
}

// fragment gives the elements of a plaintext that is well-formed in the place
// of its wrapper, where the namespaces around it are in scope.
func (f *facts) fragment(plaintext []byte, wrapper xmldoc.Element) []xmldoc.Element {
	var b bytes.Buffer
	b.WriteString("<fragment")
	declared := map[string]bool{"xml": true}
	for e := wrapper; e.Present(); e = e.Parent() {
		for d := range e.Declarations() {
			if !declared[d.Prefix] {
				declared[d.Prefix] = true
				writeDeclaration(&b, binding{d.Prefix, d.Space})
			}
		}
	}
	b.WriteByte('>')
	b.Write(plaintext)
	b.WriteString("</fragment>")
	limits := f.options.limits()
	limits.Declarations = max(limits.Declarations, limits.InScope)
	doc, err := xmldoc.Parse(b.Bytes(), limits)
	if err != nil {
		return nil
	}
	var out []xmldoc.Element
	for e := range doc.Root().Children() {
		out = append(out, e)
	}
	return out
}

func fragmentWords(found []xmldoc.Element) string {
	if len(found) == 1 {
		return "it holds " + elementWords(found[0])
	}
	return fmt.Sprintf("it holds %d elements, %s first", len(found), elementWords(found[0]))
}

// elementWords names an element, with its namespace where that is none of
// SAML's.
func elementWords(e xmldoc.Element) string {
	article := "a"
	if strings.ContainsAny(e.Local()[:1], "AEIOUaeiou") {
		article = "an"
	}
	if isSAML(e) {
		return article + " " + quote(e.Local())
	}
	return article + " " + quote(e.Local()) + " of " + namespaceWords(e.Space())
}
