package sanitize

import (
	"iter"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A placed value is a value of a document that is replaced.
type placed struct {
	text      string
	context   context
	element   xmldoc.Element
	attribute string // as a path goes on to it
}

// values gives every value of a document that is replaced, as it is read.
func values(doc *xmldoc.Document) iter.Seq[placed] {
	return func(yield func(placed) bool) {
		for n := range doc.Nodes() {
			more := true
			switch n.Kind() {
			case xmldoc.ElementNode:
				more = valuesOf(n.AsElement(), yield)
			case xmldoc.CommentNode, xmldoc.InstructionNode:
				more = yield(placed{text(pieces(n.Content(), verbatim)), plainText, n.Parent(), ""}) &&
					yield(placed{n.Target(), plainText, n.Parent(), ""})
			}
			if !more {
				return
			}
		}
	}
}

// valuesOf gives those in the tag of an element, and its text. It reports
// whether more are wanted.
func valuesOf(e xmldoc.Element, yield func(placed) bool) bool {
	for a := range e.Attrs() {
		if !staysPut(e, a) && !yield(placed{text(pieces(a.Raw(), inAttribute)), contextOf(e, a), e, "/@" + a.Local()}) {
			return false
		}
	}
	for declared := range e.Declarations() {
		if !yield(placed{declared.Space, plainText, e, ""}) {
			return false
		}
	}
	return isOctets(e) || yield(placed{directText(e), textContext(e), e, ""})
}

// A collector is a replacer that only notes what there is, so that nothing is
// replaced by what stands elsewhere.
type collector struct{ m *Map }

func (c collector) note(thing string) { c.m.seen[thing] = true }

func (c collector) word(w string) string            { c.note(fold(w)); return w }
func (c collector) guid(g string) (string, bool)    { c.note(strings.ToLower(g)); return g, true }
func (c collector) address(a string) (string, bool) { c.note(strings.ToLower(a)); return a, true }

// A host is replaced whole, and its labels may stand elsewhere by themselves.
func (c collector) host(h string) (string, bool) {
	c.note(fold(h))
	for label := range strings.FieldsFuncSeq(fold(h), func(r rune) bool { return !isWordRune(r) }) {
		c.note(label)
	}
	return h, true
}

// collect notes what is going to be replaced in a document.
func (m *Map) collect(doc *xmldoc.Document) {
	for v := range values(doc) {
		scanValue(collector{m}, v.text, v.context)
	}
}
