package xmldoc

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// An element as a reader of XML sees it.
type seenElement struct {
	name       xml.Name
	attributes []string
	text       strings.Builder // all in it, at any depth
}

func (e *seenElement) String() string {
	return fmt.Sprintf("{%s}%s %q %q", blanked(e.name.Space), e.name.Local, e.attributes, e.text.String())
}

// checkReading compares with what encoding/xml reads: expanded names,
// attributes and text of every element. That reader does not make blanks of the
// line breaks and tabs in attributes, so that there they count as blanks, and
// it knows the names of the fourth edition only.
func checkReading(t *testing.T, d *Document) {
	t.Helper()
	if strings.ContainsFunc(d.Source(), func(r rune) bool { return r > 0x7E }) {
		return
	}
	theirs, err := readByGo(d.Source())
	if err != nil {
		t.Fatalf("encoding/xml refuses it: %v", err)
	}
	var ours []string
	for e := range d.Elements() {
		one := seenElement{name: xml.Name{Space: e.Space(), Local: e.Local()}}
		for a := range e.Attrs() {
			one.attributes = append(one.attributes, attribute(a.Space(), a.Local(), a.Value()))
		}
		one.text.WriteString(e.Text())
		ours = append(ours, one.String())
	}
	if !slices.Equal(ours, theirs) {
		t.Errorf("read as\n%s\nencoding/xml reads\n%s", strings.Join(ours, "\n"), strings.Join(theirs, "\n"))
	}
}

// readByGo gives the elements that encoding/xml reads, in document order.
func readByGo(source string) ([]string, error) {
	decoder := xml.NewDecoder(strings.NewReader(source))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var all, open []*seenElement
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &seenElement{name: token.Name}
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && (a.Name.Space != "" || a.Name.Local != "xmlns") {
					e.attributes = append(e.attributes, attribute(a.Name.Space, a.Name.Local, a.Value))
				}
			}
			all, open = append(all, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, e := range open {
				e.text.Write(token)
			}
		}
	}
	var out []string
	for _, e := range all {
		out = append(out, e.String())
	}
	return out, nil
}

func attribute(space, local, value string) string {
	return "{" + blanked(space) + "}" + local + "=" + blanked(value)
}

// blanked makes blanks of what an attribute's value has in place of them; the
// names of namespaces are such values.
func blanked(value string) string {
	return strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(value)
}
