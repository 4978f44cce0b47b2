package sanitize

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A Replacement tells what was put where. It never tells what stood there.
type Replacement struct {
	Kind  string `json:"kind"`
	Path  string `json:"path"`
	Value string `json:"value"` // the new one; empty for what is no text
}

// A draft is a document in which things are replaced. Its edits are text edits
// at places that the parsed document gives, so that all else keeps its bytes.
type draft struct {
	doc      *xmldoc.Document
	edits    []edit
	replaced []Replacement
}

// written gives the document with its edits.
func (d *draft) written() string {
	slices.SortFunc(d.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	src := d.doc.Source()
	var b strings.Builder
	at := 0
	for _, e := range d.edits {
		b.WriteString(src[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(src[at:])
	return b.String()
}

// put notes an edit, unless it changes nothing.
func (d *draft) put(from, to int, text string) bool {
	if d.doc.Source()[from:to] == text {
		return false
	}
	d.edits = append(d.edits, edit{from, to, text})
	return true
}

func (d *draft) note(kind, path, value string) {
	d.replaced = append(d.replaced, Replacement{kind, path, value})
}

// texts replaces the text of the document, save what is base64 of a signature, a
// key or a ciphertext: that is made anew when everything else is done.
func (m *Map) texts(doc *xmldoc.Document) *draft {
	d := &draft{doc: doc}
	for n := range doc.Nodes() {
		switch n.Kind() {
		case xmldoc.ElementNode:
			m.element(d, n.AsElement())
		case xmldoc.CommentNode, xmldoc.InstructionNode:
			m.aside(d, n)
		}
	}
	return d
}

func (m *Map) element(d *draft, e xmldoc.Element) {
	for a := range e.Attrs() {
		m.attribute(d, e, a)
	}
	for declared := range e.Declarations() {
		m.declaration(d, declared)
	}
	nodes := textNodes(e)
	if len(nodes) == 0 || isOctets(e) {
		return
	}
	m.run(d, e, nodes)
}

// textNodes gives the text and CDATA nodes that are children of an element.
func textNodes(e xmldoc.Element) []xmldoc.Node {
	var out []xmldoc.Node
	for n := range e.Nodes() {
		if k := n.Kind(); k == xmldoc.TextNode || k == xmldoc.CDATANode {
			out = append(out, n)
		}
	}
	return out
}

// contentOffset gives the place of a node's Content in the source.
func contentOffset(n xmldoc.Node) int {
	switch n.Kind() {
	case xmldoc.CDATANode:
		return n.Offset() + len("<![CDATA[")
	case xmldoc.CommentNode:
		return n.Offset() + len("<!--")
	case xmldoc.InstructionNode:
		return n.End() - len("?>") - len(n.Content())
	}
	return n.Offset()
}

func writingOf(n xmldoc.Node) writing {
	if n.Kind() == xmldoc.TextNode {
		return inText
	}
	return verbatim
}

// run replaces the text of an element, which may stand in several nodes, as one
// value: a reader may take it for one.
func (m *Map) run(d *draft, e xmldoc.Element, nodes []xmldoc.Node) {
	all := make([][]piece, len(nodes))
	whole := ""
	for i, n := range nodes {
		all[i] = pieces(n.Content(), writingOf(n))
		whole += text(all[i])
	}
	if strings.TrimSpace(whole) == "" {
		return
	}
	replaced := m.value(whole, textContext(e))
	fresh := []rune(replaced)
	changed := false
	for i, n := range nodes {
		take := min(len(all[i]), len(fresh))
		if i == len(nodes)-1 {
			take = len(fresh)
		}
		at := contentOffset(n)
		changed = d.put(at, at+len(n.Content()), rewrite(all[i], fresh[:take], writingOf(n))) || changed
		fresh = fresh[take:]
	}
	if changed {
		d.note(kindOf(e), e.Path(), strings.TrimSpace(replaced))
	}
}

func (m *Map) attribute(d *draft, e xmldoc.Element, a xmldoc.Attr) {
	if staysPut(e, a) {
		return
	}
	old := pieces(a.Raw(), inAttribute)
	replaced := m.value(text(old), contextOf(e, a))
	if d.put(a.ValueOffset(), a.ValueOffset()+len(a.Raw()), rewrite(old, []rune(replaced), inAttribute)) {
		d.note(attributeKind(a), e.Path()+"/@"+a.Local(), replaced)
	}
}

// declaration replaces the name of a namespace that is a customer's own. The
// same name is replaced by the same everywhere, so that names stay equal.
func (m *Map) declaration(d *draft, declared xmldoc.Declaration) {
	src := d.doc.Source()
	from := declared.Offset + strings.IndexAny(src[declared.Offset:], `"'`) + 1
	raw := src[from : from+strings.IndexByte(src[from:], src[from-1])]
	old := pieces(raw, inAttribute)
	replaced := m.value(text(old), plainText)
	if d.put(from, from+len(raw), rewrite(old, []rune(replaced), inAttribute)) {
		d.note("namespace", "", replaced)
	}
}

// aside replaces what a comment or a processing instruction says, and the name
// of the latter.
func (m *Map) aside(d *draft, n xmldoc.Node) {
	changed := false
	if target := n.Target(); target != "" {
		from := n.Offset() + len("<?")
		changed = d.put(from, from+len(target), m.value(target, plainText))
	}
	old := pieces(n.Content(), verbatim)
	at := contentOffset(n)
	replaced := m.value(text(old), plainText)
	if d.put(at, at+len(n.Content()), rewrite(old, []rune(replaced), verbatim)) || changed {
		d.note("comment", n.Parent().Path(), "")
	}
}
