package differential

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// edit is a change of a document: length bytes at the offset are replaced.
type edit struct {
	offset, length int
	text           string
}

func (e edit) apply(xml string) []byte {
	return []byte(xml[:e.offset] + e.text + xml[e.offset+e.length:])
}

// Tamper changes one character that the Signature covers. It finds one in every
// signed document: in text, in the value of an attribute, in the DigestValue or
// in the SignatureValue.
func Tamper(r *rand.Rand, s *xmlsig.Signature) []byte {
	doc := s.Element.Document()
	var at []int
	for n := range doc.Nodes() {
		switch {
		case inValue(s, n):
			at = append(at, letters(n.Content()[:min(16, len(n.Content()))], n.Offset())...)
		case s.Parent.Contains(n) && !s.Element.Contains(n):
			at = append(at, lettersOf(n)...)
		}
	}
	if len(at) == 0 {
		return nil
	}
	offset := at[r.IntN(len(at))]
	return edit{offset, 1, otherLetter(doc.Source()[offset])}.apply(doc.Source())
}

// inValue reports whether n is the text of the DigestValue or SignatureValue.
func inValue(s *xmlsig.Signature, n xmldoc.Node) bool {
	parent := n.Parent()
	return n.Kind() == xmldoc.TextNode && (parent == s.SignatureValue || parent == s.References[0].Element.Child(xmlsig.Space, "DigestValue"))
}

// lettersOf gives the places of letters in what canonical form keeps of a node:
// at most a few of one run.
func lettersOf(n xmldoc.Node) []int {
	switch n.Kind() {
	case xmldoc.TextNode:
		if n.Plain() {
			return letters(n.Content(), n.Offset())
		}
	case xmldoc.CDATANode:
		return letters(n.Content(), n.Offset()+len("<![CDATA["))
	case xmldoc.ElementNode:
		var out []int
		for a := range n.AsElement().Attrs() {
			if a.Plain() && a.Space() != xmldoc.XMLSpace {
				out = append(out, letters(a.Raw(), a.ValueOffset())...)
			}
		}
		return out
	}
	return nil
}

func letters(text string, offset int) []int {
	var out []int
	for i := range len(text) {
		if c := text[i]; 'b' <= c && c <= 'y' {
			out = append(out, offset+i)
			if len(out) == 8 {
				break
			}
		}
	}
	return out
}

// otherLetter gives the next letter. Of base64 only the first letters are drawn:
// the last may differ in unused bits alone.
func otherLetter(c byte) string { return string(c + 1) }

// Touch changes a document in a way that no signature covers: it must be as
// good as before.
func Touch(r *rand.Rand, s *xmlsig.Signature) []byte {
	doc := s.Element.Document()
	var edits []edit
	for n := range doc.Nodes() {
		inside := s.Parent.Contains(n)
		switch {
		case s.Element.Contains(n):
		case n.Kind() == xmldoc.TextNode && n.Plain():
			for _, at := range letters(n.Content(), n.Offset()) {
				text := "&#" + strconv.Itoa(int(doc.Source()[at])) + ";"
				if !inside {
					text = otherLetter(doc.Source()[at])
				}
				edits = append(edits, edit{at, 1, text})
			}
			if inside {
				edits = append(edits, edit{n.Offset(), 0, "<!--added-->"})
			}
		case n.Kind() == xmldoc.CommentNode:
			edits = append(edits, edit{n.Offset(), n.End() - n.Offset(), ""})
		case n.Kind() == xmldoc.ElementNode && strings.HasSuffix(n.Raw(), "</"+n.AsElement().QName()+">"):
			edits = append(edits, edit{n.End() - 1, 0, " \n"})
		}
	}
	if len(edits) == 0 {
		return nil
	}
	return edits[r.IntN(len(edits))].apply(doc.Source())
}
