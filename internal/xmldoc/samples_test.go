package xmldoc

import (
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

func samples(t *testing.T) map[string][]byte {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "samples")
	if _, err := os.Stat(root); err != nil {
		t.Skip("../shared/samples is not here")
	}
	out := make(map[string][]byte)
	for _, kind := range []string{"responses", "assertions", "metadata"} {
		files, err := fs.Glob(os.DirFS(root), kind+"/*.xml")
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %v", kind, err)
		}
		for _, name := range files {
			src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			out[name] = src
		}
	}
	return out
}

// refusedSamples are the samples that Parse refuses, each with its reason.
var refusedSamples = map[string]string{
	// Fragments cut out of a document whose root declared the prefix.
	"responses/dex--idp-resp.xml":                      `line 27, column 25: the prefix "xsi" is not declared`,
	"responses/dex--idp-resp-signed-assertion0.xml":    `line 50, column 25: the prefix "xsi" is not declared`,
	"responses/saml2aws--assertion.xml":                `line 47, column 8: the prefix "saml2" is not declared`,
	"responses/saml2aws--assertion_invalid_date.xml":   `line 47, column 8: the prefix "saml2" is not declared`,
	"responses/saml2aws--assertion_no_destination.xml": `line 47, column 8: the prefix "saml2" is not declared`,
}

func TestSamples(t *testing.T) {
	accepted := 0
	for name, src := range samples(t) {
		d, err := Parse(src, MetadataLimits())
		if err == nil && !strings.HasPrefix(name, "metadata/") {
			d, err = Parse(src, MessageLimits())
		}
		reason, refused := refusedSamples[name]
		switch {
		case err != nil && (!refused || !strings.Contains(err.Error(), reason)):
			t.Errorf("%s: %v; expected %q", name, err, reason)
		case err != nil:
			t.Logf("%s is refused: %v", name, err)
		case refused:
			t.Errorf("%s is accepted; expected %q", name, reason)
		default:
			accepted++
			compare(t, name, d)
		}
	}
	t.Logf("%d samples are accepted", accepted)
}

// compare holds the tree against encoding/xml's namespaces, names and text and
// against etree's values.
func compare(t *testing.T, name string, d *Document) {
	t.Helper()
	want, err := tokens(d.Source())
	if err != nil {
		t.Errorf("%s: encoding/xml refuses it: %v", name, err)
		return
	}
	if got := flat(d); !slices.Equal(got, want) {
		i := 0
		for i < min(len(got), len(want)) && got[i] == want[i] {
			i++
		}
		t.Errorf("%s: item %d of %d differs from encoding/xml's %d: %.200q and %.200q", name, i, len(got), len(want), got[min(i, len(got)):min(i+1, len(got))], want[min(i, len(want)):min(i+1, len(want))])
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromString(d.Source()); err != nil {
		t.Errorf("%s: etree refuses it: %v", name, err)
		return
	}
	compareElement(t, name, d.Root(), doc.Root())
}

func compareElement(t *testing.T, name string, e Element, want *etree.Element) {
	if e.Prefix() != want.Space || e.Local() != want.Tag || e.Space() != want.NamespaceURI() || leading(e) != want.Text() {
		t.Errorf("%s: %s differs from etree's %s", name, e.Path(), want.GetPath())
	}
	children := slices.Collect(e.Children())
	if len(children) != len(want.ChildElements()) {
		t.Errorf("%s: %s has %d children; etree sees %d", name, e.Path(), len(children), len(want.ChildElements()))
		return
	}
	for i, c := range want.ChildElements() {
		compareElement(t, name, children[i], c)
	}
}

// leading gives the text before the first child that is neither text nor a
// comment, which is etree's Text.
func leading(e Element) string {
	text := ""
	for c := range e.Nodes() {
		if k := c.Kind(); k == ElementNode || k == InstructionNode {
			break
		}
		text += c.Text()
	}
	return text
}

// tokens gives what encoding/xml reads: expanded names, attributes and text.
func tokens(src string) ([]string, error) {
	var out []string
	text := ""
	decoder := xml.NewDecoder(strings.NewReader(src))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := decoder.Token()
		if data, ok := token.(xml.CharData); ok {
			text += string(data)
			continue
		}
		if text != "" && strings.TrimSpace(text) != "" {
			out = append(out, "text "+text)
		}
		text = ""
		switch token := token.(type) {
		case nil:
			if err == io.EOF {
				return out, nil
			}
			return nil, err
		case xml.StartElement:
			out = append(out, "<"+token.Name.Space+" "+token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
					out = append(out, "@"+a.Name.Space+" "+a.Name.Local+"="+blanks(a.Value))
				}
			}
		case xml.EndElement:
			out = append(out, ">"+token.Name.Local)
		case xml.Comment:
			out = append(out, "comment "+string(token))
		}
	}
}

// blanks does what encoding/xml leaves undone in attribute values.
func blanks(s string) string { return strings.NewReplacer("\n", " ", "\t", " ").Replace(s) }

// flat gives the same of our tree.
func flat(d *Document) []string {
	var out []string
	for n := range d.Children() {
		out = flatten(out, n)
	}
	return out
}

func flatten(out []string, n Node) []string {
	e := n.AsElement()
	if n.Kind() == CommentNode {
		return append(out, "comment "+lineEnds(n.Content()))
	}
	if !e.Present() {
		return out
	}
	out = append(out, "<"+e.Space()+" "+e.Local())
	for a := range e.Attrs() {
		out = append(out, "@"+a.Space()+" "+a.Local()+"="+a.Value())
	}
	text := ""
	flush := func() {
		if strings.TrimSpace(text) != "" {
			out = append(out, "text "+text)
		}
		text = ""
	}
	for c := range e.Nodes() {
		if k := c.Kind(); k == TextNode || k == CDATANode {
			text += c.Text()
			continue
		}
		flush()
		out = flatten(out, c)
	}
	flush()
	return append(out, ">"+e.Local())
}

// A sample with a mark, other line ends or a declaration reads the same.
func TestSamplesWithOtherLineEnds(t *testing.T) {
	for name, src := range samples(t) {
		if bytes.Contains(src, []byte("\r")) || refusedSamples[name] != "" {
			continue
		}
		want := flat(parseSample(t, name, src))
		crlf := append([]byte("\uFEFF"), bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))...)
		if got := flat(parseSample(t, name, crlf)); !slices.Equal(got, want) {
			t.Errorf("%s reads otherwise with CRLF", name)
		}
	}
}

func parseSample(t *testing.T, name string, src []byte) *Document {
	t.Helper()
	d, err := Parse(src, MetadataLimits())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}
