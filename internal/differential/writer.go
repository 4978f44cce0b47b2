package differential

import (
	"math/rand/v2"
	"strings"
)

// profile says which rare constructs a document may have, so that most
// documents have few of them and each is met alone.
type profile struct {
	undeclared    bool // xmlns=""
	reservedXML   bool // a declaration of the prefix xml
	severalSpaces bool // attributes of several namespaces on one element
	literalBreaks bool // tabs and line breaks as they are in attribute values
	comments      bool
	instructions  bool
	xmlAttributes bool // xml:lang, xml:space, xml:base
	innerOnly     bool // those only inside what is signed
	bases         bool // xml:base among them
	ampersands    bool // & in namespace names
	reservedNames bool // names of instructions that begin with xml
	fifthEdition  bool // names that only the fifth edition of XML 1.0 allows
	carriage      bool // line ends are CR LF
	many          bool // more than a thousand elements before the Signature
	deep          bool
}

func drawProfile(r *rand.Rand) profile {
	one := func(n int) bool { return r.IntN(n) == 0 }
	return profile{
		undeclared: one(6), reservedXML: one(40), severalSpaces: one(5), literalBreaks: one(8), comments: one(3), instructions: one(4),
		xmlAttributes: one(4), innerOnly: one(2), bases: one(3), ampersands: one(40), reservedNames: one(40), fifthEdition: one(150), carriage: one(6), many: one(250), deep: one(20),
	}
}

// writer writes one random document.
type writer struct {
	*rand.Rand
	profile
	strings.Builder
	scopes []map[string]string // what prefixes are bound to, for each open element
	names  []string            // of the open elements
	counts []int               // of the declarations of each open element
	asides int                 // comments and instructions so far
	left   int                 // elements that may still be written
}

const mostAsides = 40

func newWriter(r *rand.Rand) *writer {
	return &writer{Rand: r, profile: drawProfile(r), scopes: []map[string]string{{"": ""}}, left: 4 + r.IntN(40)}
}

func (w *writer) one(n int) bool { return w.IntN(n) == 0 }

func (w *writer) write(parts ...string) {
	for _, p := range parts {
		w.WriteString(p)
	}
}

func (w *writer) scope() map[string]string { return w.scopes[len(w.scopes)-1] }

// inScope counts the declarations of the open elements.
func (w *writer) inScope() int {
	n := 0
	for _, c := range w.counts {
		n += c
	}
	return n
}

// attribute is an attribute or declaration as it is to be written.
type attribute struct{ name, value string }

// open writes a start tag. The declarations and attributes stand in random
// order; the prefixes of the name and of the attributes are bound already or
// by the declarations.
func (w *writer) open(name string, declarations map[string]string, attributes []attribute) {
	inner := map[string]string{}
	for p, uri := range w.scope() {
		inner[p] = uri
	}
	for _, p := range sortedKeys(declarations) {
		inner[p] = declarations[p]
		key := "xmlns:" + p
		if p == "" {
			key = "xmlns"
		}
		attributes = append(attributes, attribute{key, escapeURI(declarations[p])})
	}
	w.Shuffle(len(attributes), func(i, j int) { attributes[i], attributes[j] = attributes[j], attributes[i] })
	w.scopes, w.names, w.counts = append(w.scopes, inner), append(w.names, name), append(w.counts, len(declarations))
	w.write("<", name)
	for _, a := range attributes {
		w.attribute(a)
	}
	w.write(w.blank(""))
}

func (w *writer) attribute(a attribute) {
	quote := pick(w.Rand, `"`, `"`, "'")
	value := strings.ReplaceAll(a.value, quote, map[string]string{`"`: "&quot;", "'": "&apos;"}[quote])
	w.write(w.blank(" "), a.name, w.blank(""), "=", w.blank(""), quote, value, quote)
}

// blank gives white space inside a tag: at least what is needed.
func (w *writer) blank(needed string) string {
	if w.one(12) {
		return pick(w.Rand, " ", "  ", "\n", "\t", "\n\t ")
	}
	return needed
}

// finish ends the start tag.
func (w *writer) finish() { w.write(">") }

// shut writes the end tag of the innermost element.
func (w *writer) shut() {
	w.write("</", w.names[len(w.names)-1], w.blank(""), ">")
	w.pop()
}

// shutEmpty ends an element without content in one of its two forms.
func (w *writer) shutEmpty() {
	if w.one(2) {
		w.write("/>")
		w.pop()
		return
	}
	w.finish()
	w.shut()
}

func (w *writer) pop() {
	w.scopes, w.names, w.counts = w.scopes[:len(w.scopes)-1], w.names[:len(w.names)-1], w.counts[:len(w.counts)-1]
}

func escapeURI(uri string) string { return strings.ReplaceAll(uri, "&", "&amp;") }
