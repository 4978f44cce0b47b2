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
		for e := range doc.Elements() {
			for a := range e.Attrs() {
				if !staysPut(a) && !yield(placed{text(pieces(a.Raw(), inAttribute)), contextOf(e, a), e, "/@" + a.Local()}) {
					return
				}
			}
			if !isOctets(e) && !yield(placed{directText(e), textContext(e), e, ""}) {
				return
			}
		}
	}
}

// A collector is a replacer that only notes what there is, so that nothing is
// replaced by what stands elsewhere.
type collector struct{ m *Map }

func (c collector) note(thing string) { c.m.seen[thing] = true }

func (c collector) word(w string) string            { c.note(fold(w)); return w }
func (c collector) guid(g string) (string, bool)    { c.note(strings.ToLower(g)); return g, true }
func (c collector) host(h string) (string, bool)    { c.note(fold(h)); return h, true }
func (c collector) address(a string) (string, bool) { c.note(strings.ToLower(a)); return a, true }

// collect notes what is going to be replaced in a document.
func (m *Map) collect(doc *xmldoc.Document) {
	for v := range values(doc) {
		scanValue(collector{m}, v.text, v.context)
	}
}
