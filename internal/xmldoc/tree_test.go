package xmldoc

import (
	"slices"
	"testing"
)

const tree = "\uFEFF<?xml version='1.0'?><!--0--><?p  q ?>\n<r><a><b/>t</a><!--1--><p:a xmlns:p='u:v'/><a c='é'><d>x</d></a></r><?end?>"

func TestTree(t *testing.T) {
	d := parse(t, tree)
	if !d.HasBOM() || d.Source() != tree[3:] || d.Len() != 6 {
		t.Errorf("mark %v, %d elements", d.HasBOM(), d.Len())
	}
	var raws, kinds []string
	for n := range d.Nodes() {
		raws = append(raws, n.Raw())
		kinds = append(kinds, []string{"", "element", "text", "cdata", "comment", "instruction"}[n.Kind()])
		if d.Source()[n.Offset():n.End()] != n.Raw() || n.Document() != d {
			t.Errorf("the span of %q is wrong", n.Raw())
		}
	}
	wantRaws := []string{"<!--0-->", "<?p  q ?>", tree[len("\uFEFF<?xml version='1.0'?><!--0--><?p  q ?>\n") : len(tree)-len("<?end?>")],
		"<a><b/>t</a>", "<b/>", "t", "<!--1-->", "<p:a xmlns:p='u:v'/>", "<a c='é'><d>x</d></a>", "<d>x</d>", "x", "<?end?>"}
	wantKinds := []string{"comment", "instruction", "element", "element", "element", "text", "comment", "element", "element", "element", "text", "instruction"}
	if !slices.Equal(raws, wantRaws) || !slices.Equal(kinds, wantKinds) {
		t.Errorf("the nodes are %q %q", raws, kinds)
	}
	var beside []string
	for n := range d.Children() {
		if n.Kind() != ElementNode {
			beside = append(beside, n.Target()+"|"+n.Content())
		} else if n.AsElement() != d.Root() {
			t.Errorf("%q is beside no root", n.Raw())
		}
	}
	if want := []string{"|0", "p|q ", "end|"}; !slices.Equal(beside, want) {
		t.Errorf("beside the root: %q; want %q", beside, want)
	}
}

func TestElements(t *testing.T) {
	d := parse(t, tree)
	r := d.Root()
	as := r.ChildrenNamed("", "a")
	if len(as) != 2 || as[0] != r.Child("", "a") || r.Child("u:w", "a").Present() {
		t.Fatalf("children named a: %v", as)
	}
	second := as[1]
	c := second.Attr("", "c")
	if c.Value() != "é" || c.QName() != "c" || d.Source()[c.Offset():c.Offset()+3] != "c='" || d.Source()[c.ValueOffset():c.ValueOffset()+2] != "é" {
		t.Error("the attribute's places are wrong")
	}
	if second.StartTag() != "<a c='é'>" || second.Content() != "<d>x</d>" || second.SelfClosing() || !as[0].FirstChild().AsElement().SelfClosing() || second.Number() != 4 {
		t.Error("the element's parts are wrong")
	}
	var below []string
	for e := range as[0].Descendants() {
		below = append(below, e.Path())
	}
	for e := range r.Descendants() {
		below = append(below, e.Path())
	}
	if want := []string{"/r/a[1]/b", "/r/a[1]", "/r/a[1]/b", "/r/a[2]", "/r/a[3]", "/r/a[3]/d"}; !slices.Equal(below, want) {
		t.Errorf("the descendants are %q; want %q", below, want)
	}
	for _, k := range []struct {
		of, n Node
		want  bool
	}{{r.Node, second.Node, true}, {second.Node, second.Node, true}, {second.Node, r.Node, false}, {as[0].Node, second.Node, false},
		{second.Node, second.FirstChild(), true}, {r.Node, Node{}, false}, {Node{}, r.Node, false}, {r.Node, parse(t, tree).Root().Node, false}} {
		if got := (Element{k.of}).Contains(k.n); got != k.want {
			t.Errorf("%q contains %q: %v", k.of.Raw(), k.n.Raw(), got)
		}
	}
}

// Sequences stop where their reader does.
func TestSequencesStop(t *testing.T) {
	d := parse(t, "<r a='' b='' xmlns:c='u:c' xmlns:d='u:d'><x/><y/></r>")
	for range d.Nodes() {
		break
	}
	for range d.Children() {
		break
	}
	for range d.Root().Nodes() {
		break
	}
	for e := range d.Elements() {
		if e != d.Root() {
			t.Error("the first element is not the root")
		}
		break
	}
	for range d.Root().Declarations() {
		break
	}
	for e := range d.Root().Descendants() {
		if e.QName() != "x" {
			t.Error("the first descendant is not x")
		}
		break
	}
}

// The zero values are no node, element or attribute and give nothing.
func TestZeroValues(t *testing.T) {
	var e Element
	var a Attr
	var n Node
	texts := []string{e.QName(), e.Prefix(), e.Local(), e.Space(), e.Text(), e.FirstText(), e.Raw(), e.Content(), e.StartTag(), e.Path(), e.Get("a"),
		n.Raw(), n.Content(), n.Target(), n.Text(), a.QName(), a.Prefix(), a.Local(), a.Space(), a.Raw(), a.Value(), parse(t, "<a/>").Root().Target()}
	for i, s := range texts {
		if s != "" {
			t.Errorf("text %d is %q", i, s)
		}
	}
	if e.Present() || n.Present() || a.Present() || e.Is("", "") || e.Parent().Present() || e.FirstChild().Present() ||
		e.Next().Present() || e.AsElement().Present() || e.Contains(n) || e.AttrCount()+e.DeclarationCount()+e.Number()+e.Offset()+e.End()+a.Offset()+a.ValueOffset() != 0 {
		t.Error("a zero value is present")
	}
	for range e.Children() {
		t.Error("no element has a child")
	}
	for range e.Descendants() {
		t.Error("no element has a descendant")
	}
	if _, bound := e.Resolve("a"); bound || e.Child("", "a").Present() || e.Attr("", "a").Present() {
		t.Error("no element resolves a prefix")
	}
}
