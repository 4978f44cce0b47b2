package claims_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A script is what FuzzSplice does: a base document, a donor of pieces, and
// steps of stepSize bytes each.
type script struct {
	base, donor uint16
	program     []byte
	text        string // what the steps of text write
}

// A step is its kind, an element of the document as it has become, whose piece
// is used, and an element there. Elements are counted in document order.
const (
	stepSize  = 6
	mostSteps = 6
	drop      = 7  // the kind of step that takes an element away
	giveID    = 11 // the kind of step that gives an element the ID that is the text
	forgedID  = "_evil.example"
)

// Where pieces come from.
const (
	ownPiece    = iota // the document as it was
	forgedPiece        // the same with other names in it, so that its digest is wrong
	donorPiece         // another genuine message
	pieceKinds
)

// stepKinds are what can be done at an element.
func stepKinds() []func(at, piece xmldoc.Element, text string) (where xmldoc.Node, before, after string, keep bool) {
	type element = xmldoc.Element
	type node = xmldoc.Node
	return []func(at, piece element, text string) (node, string, string, bool){
		func(at, piece element, _ string) (node, string, string, bool) {
			return at.Node, whole(piece), "", false
		},
		func(at, piece element, _ string) (node, string, string, bool) { return at.Node, whole(piece), "", true },
		func(at, piece element, _ string) (node, string, string, bool) { return at.Node, "", whole(piece), true },
		func(at, piece element, _ string) (node, string, string, bool) {
			return at.Node, around(at, whole(piece)+at.Content()), "", false
		},
		func(at, piece element, _ string) (node, string, string, bool) {
			return at.Node, around(at, at.Content()+whole(piece)), "", false
		},
		func(at, piece element, _ string) (node, string, string, bool) {
			return at.Node, around(piece, whole(at)), "", false
		},
		func(at, piece element, _ string) (node, string, string, bool) {
			return at.Node, around(at, piece.Content()), "", false
		},
		func(at, _ element, _ string) (node, string, string, bool) { return at.Node, "", "", false },
		func(at, _ element, text string) (node, string, string, bool) {
			return at.Node, around(at, text), "", false
		},
		func(at, _ element, text string) (node, string, string, bool) { return at.Node, text, "", true },
		func(at, piece element, _ string) (node, string, string, bool) {
			return at.Node, identified(at, piece.Get("ID")), "", false
		},
		func(at, _ element, text string) (node, string, string, bool) {
			return at.Node, identified(at, text), "", false
		},
	}
}

// whole gives an element with the declarations that it takes from around it, so
// that it means the same elsewhere.
func whole(e xmldoc.Element) string { return startTag(e) + e.Raw()[len(e.StartTag()):] }

// startTag gives the start tag, or the tag of an empty element, of whole.
func startTag(e xmldoc.Element) string {
	if !e.Present() {
		return ""
	}
	seen, declarations := map[string]bool{"xml": true}, ""
	for p := e; p.Present(); p = p.Parent() {
		for d := range p.Declarations() {
			if !seen[d.Prefix] && p != e && !strings.ContainsAny(d.Space, `<&"`) && d.Space != "" {
				declarations += " " + strings.TrimSuffix("xmlns:"+d.Prefix, ":") + `="` + d.Space + `"`
			}
			seen[d.Prefix] = true
		}
	}
	name := 1 + len(e.QName())
	return e.StartTag()[:name] + declarations + e.StartTag()[name:]
}

// around gives an element with other content.
func around(e xmldoc.Element, content string) string {
	start := strings.TrimSuffix(strings.TrimSuffix(startTag(e), ">"), "/")
	return start + ">" + content + "</" + e.QName() + ">"
}

// identified gives an element with another ID.
func identified(e xmldoc.Element, id string) string {
	if old := e.Attr("", "ID"); old.Present() && !strings.ContainsAny(id, `<&"'`) {
		at := old.ValueOffset() - e.Offset()
		return e.Raw()[:at] + id + e.Raw()[at+len(old.Raw()):]
	}
	return e.Raw()
}

// A workshop has the messages that are taken apart.
type workshop struct{ genuine, forged []*xmldoc.Document }

func newWorkshop(tb testing.TB, genuine []string) *workshop {
	tb.Helper()
	forge := strings.NewReplacer("@example.com<", "@evil.example<", ":role/", ":role/Forged", ">3600<", ">43200<", "urn:amazon", "urn:forged")
	parse := func(text string) *xmldoc.Document {
		doc, err := xmldoc.Parse([]byte(text), xmldoc.MessageLimits())
		if err != nil {
			tb.Fatal(err)
		}
		return doc
	}
	w := &workshop{}
	for _, text := range genuine {
		w.genuine = append(w.genuine, parse(text))
		w.forged = append(w.forged, parse(forge.Replace(text)))
	}
	return w
}

// build follows a script; ok is false where a step leaves nothing well-formed.
func (w *workshop) build(s script) (text string, ok bool) {
	base := int(s.base) % len(w.genuine)
	pieces := [pieceKinds]*xmldoc.Document{w.genuine[base], w.forged[base], w.genuine[int(s.donor)%len(w.genuine)]}
	doc := w.genuine[base]
	kinds := stepKinds()
	for step := range slices.Chunk(s.program[:min(len(s.program), mostSteps*stepSize)], stepSize) {
		if len(step) < stepSize {
			break
		}
		piece := elementAt(pieces[step[1]%pieceKinds], step[4], step[5])
		node, before, after, keep := kinds[int(step[0])%len(kinds)](elementAt(doc, step[2], step[3]), piece, s.text)
		middle := ""
		if keep {
			middle = node.Raw()
		}
		next := doc.Source()[:node.Offset()] + before + middle + after + doc.Source()[node.End():]
		var err error
		if doc, err = xmldoc.Parse([]byte(next), xmldoc.MessageLimits()); err != nil {
			return "", false
		}
	}
	return doc.Source(), true
}

// elementAt gives the element of this number, counted round.
func elementAt(doc *xmldoc.Document, high, low byte) xmldoc.Element {
	number := (int(high)<<8 | int(low)) % doc.Len()
	for e := range doc.Elements() {
		if e.Number() == number {
			return e
		}
	}
	return doc.Root()
}

// starts gives scripts to start from: for messages signed in different ways,
// each kind of step, at the elements and with the pieces that wrapping moves.
func (w *workshop) starts(tb testing.TB) []script {
	tb.Helper()
	var out []script
	for base, doc := range w.genuine {
		if base%80 != 0 {
			continue
		}
		for kind := range stepKinds() {
			for _, names := range [][2]string{{"Assertion", "Assertion"}, {"Assertion", "Signature"}, {"Signature", "Assertion"}, {"Response", "Response"}, {"NameID", "NameID"}} {
				at, piece := named(doc, names[0]), named(doc, names[1])
				step := func(kind, from byte) []byte {
					return []byte{kind, from, byte(at.Number() >> 8), byte(at.Number()), byte(piece.Number() >> 8), byte(piece.Number())}
				}
				first := step(byte(kind), forgedPiece)
				renamed := script{uint16(base), uint16(base + 1), slices.Concat(first, step(giveID, ownPiece)), forgedID}
				out = append(out, script{renamed.base, renamed.donor, first, forgedID}, renamed, w.bared(renamed))
			}
		}
	}
	return out
}

// bared takes the Signature out of what has not the forged ID, so that a copy of
// it elsewhere signs what is left.
func (w *workshop) bared(s script) script {
	text, ok := w.build(s)
	doc, err := xmldoc.Parse([]byte(text), xmldoc.MessageLimits())
	if !ok || err != nil {
		return s
	}
	for e := range doc.Elements() {
		if e.Local() == "Signature" && e.Parent().Get("ID") != forgedID {
			s.program = slices.Concat(s.program, []byte{drop, ownPiece, byte(e.Number() >> 8), byte(e.Number()), 0, 0})
			break
		}
	}
	return s
}

// named gives the first element of a local name; the root where there is none.
func named(doc *xmldoc.Document, name string) xmldoc.Element {
	for e := range doc.Elements() {
		if e.Local() == name {
			return e
		}
	}
	return doc.Root()
}

// The scripts that FuzzSplice starts from are many, most of them build a
// document, and they leave genuine content, forged content and both.
func TestSpliceStarts(t *testing.T) {
	j := newTribunal(t)
	w := newWorkshop(t, j.genuine)
	starts := w.starts(t)
	built, forged, verified := 0, 0, 0
	for _, s := range starts {
		document, ok := w.build(s)
		if !ok {
			continue
		}
		built++
		if strings.Contains(document, "evil.example") || strings.Contains(document, "Forged") {
			forged++
		}
		if j.check([]byte(document)).SAML.Verified {
			verified++
		}
	}
	t.Logf("%d scripts, %d documents, %d with forged values, %d verified", len(starts), built, forged, verified)
	if len(starts) < 150 || built < len(starts)/2 || forged < built/4 || verified == 0 || verified == built {
		t.Errorf("%d scripts, %d documents, %d with forged values, %d verified", len(starts), built, forged, verified)
	}
}
