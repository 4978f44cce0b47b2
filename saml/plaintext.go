package saml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// readPlaintext reads what was decrypted as a document of its own, which has to
// be one element of SAML's assertion namespace. The reason says what it is
// instead; it is empty where it may not be told: whoever can have ciphertexts
// judged, and learns which of them decrypt to something that is no XML, can in
// time decrypt what is not his.
func (f *facts) readPlaintext(c *encryption, plaintext []byte, origin xmldoc.Element, wanted string) (root xmldoc.Element, reason string) {
	doc, err := xmldoc.ParseWithin(plaintext, f.options.limits(), origin)
	if err == nil {
		if root = doc.Root(); root.Is(nsAssertion, wanted) {
			return root, ""
		}
		return xmldoc.Element{}, "it holds " + elementWords(root)
	}
	var refusal *xmldoc.Error
	if !errors.As(err, &refusal) {
		return xmldoc.Element{}, ""
	}
	if found := f.fragment(plaintext, c.element); len(found) > 0 {
		return xmldoc.Element{}, fragmentWords(found) + ", which is no document by itself: " + refusal.Reason
	}
	if strings.HasSuffix(c.Algorithm, "-gcm") { // who wrote it knew the session key, and learns nothing
		return xmldoc.Element{}, "it holds no XML that is accepted: " + refusal.Reason
	}
	return xmldoc.Element{}, ""
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
				b.WriteString(" " + strings.TrimSuffix("xmlns:"+d.Prefix, ":") + `="`)
				_ = xml.EscapeText(&b, []byte(d.Space)) // a Buffer never fails
				b.WriteByte('"')
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
