package xmlsig

import (
	"iter"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// nodesIn gives the nodes below e in document order.
func nodesIn(e xmldoc.Element) iter.Seq[xmldoc.Node] {
	return func(yield func(xmldoc.Node) bool) {
		n := e.FirstChild()
		for n.Present() {
			if !yield(n) {
				return
			}
			next := n.FirstChild()
			for up := n; !next.Present() && up != e.Node; up = up.Parent().Node {
				next = up.Next()
			}
			if !next.Present() || !e.Contains(next) {
				return
			}
			n = next
		}
	}
}
