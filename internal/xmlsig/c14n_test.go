package xmlsig

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

func canonical(t testing.TB, xml, algorithm string, prefixes ...string) string {
	t.Helper()
	out, err := CanonicalizeDocument(nil, parseTest(t, xml), xmldoc.Element{}, algorithm, prefixes)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// Example 3.2 of Canonical XML 1.0, as it is.
func TestRecommendationWhiteSpace(t *testing.T) {
	needSamples(t)
	want := strings.TrimSuffix(string(readSample(t, "c14n/32_c14n.xml")), "\n")
	for _, a := range []string{C14N10, C14N11, ExclusiveC14N, ExclusiveC14NWithComments} {
		if got := canonical(t, string(readSample(t, "c14n/32_input.xml")), a); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", a, got, want)
		}
	}
}

// The rules that the other examples of the recommendation show, in documents
// without a document type declaration. The wanted forms were written by hand
// from the text of the recommendation.
func TestCanonicalRules(t *testing.T) {
	for _, c := range []struct{ name, algorithm, xml, want string }{
		{"3.1 instructions, no comments", C14N10, "<?xml version=\"1.0\"?>\n\n<?style   href=\"a\"\n   type=\"b\"   ?>\n\n<a>x<!-- 1 --></a>\n\n<?none     ?>\n\n<!-- 2 -->\n", "<?style href=\"a\"\n   type=\"b\"   ?>\n<a>x</a>\n<?none?>"},
		{"3.1 instructions and comments", C14N10WithComments, "<?xml version=\"1.0\"?>\n<!-- 0 -->\n<?style   a?><a>x<!-- 1 --></a>\n\n<?none     ?>\n\n<!-- 2 -->\n<!-- 3 -->", "<!-- 0 -->\n<?style a?>\n<a>x<!-- 1 --></a>\n<?none?>\n<!-- 2 -->\n<!-- 3 -->"},
		{"3.3 empty elements and attribute order", C14N10, `<d><e1   /><e2   ></e2><e3    name = "n"   id="i"    /><e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm" xmlns:b="http://b.example" xmlns:a="http://c.example" xmlns="http://d.example"/></d>`,
			`<d><e1></e1><e2></e2><e3 id="i" name="n"></e3><e5 xmlns="http://d.example" xmlns:a="http://c.example" xmlns:b="http://b.example" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5></d>`},
		{"3.3 superfluous declarations", C14N10, `<d><e6 xmlns="" xmlns:a="http://a.example"><e7 xmlns="http://b.example"><e8 xmlns="" xmlns:a="http://a.example"><e9 xmlns="" xmlns:a="http://b.example"/></e8></e7></e6></d>`,
			`<d><e6 xmlns:a="http://a.example"><e7 xmlns="http://b.example"><e8 xmlns=""><e9 xmlns:a="http://b.example"></e9></e8></e7></e6></d>`},
		{"3.4 characters", C14N10, `<d><t>First&#x0d;&#10;Second</t><v>&#x32;</v><c><![CDATA[v>"0" && v<"10" ?"y":"n"]]></c><c e='v>"0" &amp;&amp; v&lt;"10" ?"y":"n"'>y</c><n a=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/></d>`,
			`<d><t>First&#xD;` + "\n" + `Second</t><v>2</v><c>v&gt;"0" &amp;&amp; v&lt;"10" ?"y":"n"</c><c e="v>&quot;0&quot; &amp;&amp; v&lt;&quot;10&quot; ?&quot;y&quot;:&quot;n&quot;">y</c><n a=" '    &#xD;&#xA;&#x9;   ' "></n></d>`},
		{"3.4 every reference", C14N10, "<d>&lt;&gt;&amp;&quot;&apos;&#60;&#x26;&#169;&#x1F600;</d>", "<d>&lt;&gt;&amp;\"'&lt;&amp;©😀</d>"},
		{"a bare greater-than sign", C14N10, "<d>a > b >> ]] > c</d>", "<d>a &gt; b &gt;&gt; ]] &gt; c</d>"},
		{"3.6 UTF-8", C14N10, `<?xml version="1.0" encoding="UTF-8"?><d>&#169;</d>`, "<d>©</d>"},
		{"line ends", C14N10WithComments, "<d a='1\r\n2\r3\n4\t5'>\r\n\r<!--\r\n--><?p x\r\n?><![CDATA[\r\n\r]]></d>", "<d a=\"1 2 3 4 5\">\n\n<!--\n--><?p x\n?>\n\n</d>"},
		{"exclusive: unused declarations go, used come down", ExclusiveC14N, `<n0:d xmlns:n0="urn:0" xmlns:n1="urn:1" xmlns="urn:d"><e n1:a="1"><n1:f/></e></n0:d>`, `<n0:d xmlns:n0="urn:0"><e xmlns="urn:d" xmlns:n1="urn:1" n1:a="1"><n1:f></n1:f></e></n0:d>`},
		{"exclusive: xmlns is taken back where it was given", ExclusiveC14N, `<d xmlns="urn:d"><e xmlns=""><p:f xmlns:p="urn:p"><g/></p:f></e></d>`, `<d xmlns="urn:d"><e xmlns=""><p:f xmlns:p="urn:p"><g></g></p:f></e></d>`},
		{"exclusive: a prefix bound anew", ExclusiveC14N, `<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1"/></p:b><p:d/></p:a>`, `<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1"></p:c></p:b><p:d></p:d></p:a>`},
		{"the prefix xml is never declared", C14N10, `<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="de"/>`, `<a xml:lang="de"></a>`},
		{"characters of a namespace name", ExclusiveC14N, `<a xmlns="urn:x?a=1&amp;b=2"/>`, `<a xmlns="urn:x?a=1&amp;b=2"></a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := canonical(t, c.xml, c.algorithm); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// Parts of documents: what an apex takes over from ancestors that are omitted.
func TestCanonicalParts(t *testing.T) {
	const doc = `<a xmlns="urn:a" xmlns:p="urn:p" xmlns:q="urn:q" xml:lang="en" xml:space="preserve" xml:id="i" xml:base="http://x.example/1/2" xml:other="o"><b xmlns="" xml:base="../3/"><x xmlns:p="urn:P" xml:lang="de"><p:y/><omit><z/></omit></x></b></a>`
	for _, c := range []struct {
		name, algorithm string
		prefixes        []string
		want            string
	}{
		{"exclusive", ExclusiveC14N, nil, `<x xml:lang="de"><p:y xmlns:p="urn:P"></p:y></x>`},
		{"exclusive, PrefixList", ExclusiveC14N, []string{"p", "q", "#default", "none"}, `<x xmlns:p="urn:P" xmlns:q="urn:q" xml:lang="de"><p:y></p:y></x>`},
		{"1.0", C14N10, nil, `<x xmlns:p="urn:P" xmlns:q="urn:q" xml:base="../3/" xml:id="i" xml:lang="de" xml:other="o" xml:space="preserve"><p:y></p:y></x>`},
		{"1.1", C14N11, nil, `<x xmlns:p="urn:P" xmlns:q="urn:q" xml:base="http://x.example/3/" xml:lang="de" xml:space="preserve"><p:y></p:y></x>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parseTest(t, doc)
			x := d.Root().Child("", "b").Child("", "x")
			got, err := Canonicalize([]byte("before"), x, x.Child("", "omit"), c.algorithm, c.prefixes)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != "before"+c.want {
				t.Errorf("got  %s\nwant %s", got, "before"+c.want)
			}
			if none, err := Canonicalize(nil, x, x, c.algorithm, nil); err != nil || len(none) != 0 {
				t.Errorf("all is omitted, and %q stays: %v", none, err)
			}
		})
	}
	bound := parseTest(t, `<a xmlns="urn:a" xmlns:p="urn:1"><b xmlns:p="urn:2"><c xmlns="urn:c" xmlns:p="urn:2"/></b></a>`)
	b := bound.Root().Child("urn:a", "b")
	got, err := Canonicalize(nil, b, xmldoc.Element{}, ExclusiveC14N, []string{"#default", "p"})
	if want := `<b xmlns="urn:a" xmlns:p="urn:2"><c xmlns="urn:c"></c></b>`; err != nil || string(got) != want {
		t.Errorf("got %s, want %s (%v)", got, want, err)
	}
}

// The joining of xml:base values: the table of RFC 3986 section 5.4, and what
// Canonical XML 1.1 section 2.4 changes in it.
func TestJoinReferences(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for _, c := range []struct{ base, reference, want string }{
		{base, "g:h", "g:h"}, {base, "g", "http://a/b/c/g"}, {base, "./g", "http://a/b/c/g"}, {base, "g/", "http://a/b/c/g/"}, {base, "/g", "http://a/g"},
		{base, "//g", "http://g"}, {base, "?y", "http://a/b/c/d;p?y"}, {base, "g?y", "http://a/b/c/g?y"}, {base, "g#s", "http://a/b/c/g"}, {base, "", "http://a/b/c/d;p?q"},
		{base, ".", "http://a/b/c/"}, {base, "..", "http://a/b/"}, {base, "../g", "http://a/b/g"}, {base, "../..", "http://a/"}, {base, "../../../g", "http://a/g"},
		{base, "g;x=1/../y", "http://a/b/c/y"}, {"http://a", "g", "http://a/g"}, {"http://u:p@a/b", "g", "http://u:p@a/g"},
		{"abc/", "../", ""}, {"abc/", "def/", "abc/def/"}, {"..", "..", "../../"}, {"..", "x", "../x"}, {"a/..", "x", "x"}, {"..", "", "../"}, {"foo/bar", "..", ""}, {"/x/./y", "?q", "/x/./y?q"}, {base, "?", "http://a/b/c/d;p?"}, {"a?", "", "a?"}, {"urn:a:b", "", "urn:a:b"}, {"urn:a:b", "c", "urn:c"}, {"../x", "../..", "../../../"}, {"a//b", "c", "a/c"}, {"\x00", "c", "c"}, {"c", "\x00", "\x00"},
	} {
		if got := joinReferences(c.base, c.reference); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.base, c.reference, got, c.want)
		}
	}
}

func TestCanonicalizeFails(t *testing.T) {
	doc := parseTest(t, `<a xmlns:n="1"/>`)
	sound := parseTest(t, `<a/>`)
	for name, err := range map[string]error{
		"relative namespace":           second(Canonicalize(nil, doc.Root(), xmldoc.Element{}, ExclusiveC14N, nil)),
		"relative namespace, document": second(CanonicalizeDocument(nil, doc, xmldoc.Element{}, C14N10, nil)),
		"algorithm":                    second(Canonicalize(nil, sound.Root(), xmldoc.Element{}, "urn:x", nil)),
		"algorithm, document":          second(CanonicalizeDocument(nil, sound, xmldoc.Element{}, ExclusiveC14N+" ", nil)),
		"no element":                   second(Canonicalize(nil, xmldoc.Element{}, xmldoc.Element{}, ExclusiveC14N, nil)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func second(_ []byte, err error) error { return err }

// Inherited xml:base, xml:lang and xml:id as xmlsec1 signs them.
func TestXmlsec1AgreesOnInheritance(t *testing.T) {
	needXmlsec1(t)
	id := newIdentity(t, rsaSigner())
	for _, attributes := range []string{`xml:lang="en" xml:space="preserve"`, `xml:base="http://x.example/a/b"`, `xml:base="http://x.example/a/b/../c/" xml:lang="en"`} {
		for _, own := range []string{``, ` xml:lang="de"`, ` xml:base="../up/"`, ` xml:base="down"`} {
			for _, a := range []string{C14N10, C14N11} {
				xml := rewrite(t, rewrite(t, message, "<samlp:Response ", "<samlp:Response "+attributes+" "), "<Assertion ", "<Assertion"+own+" ")
				o := id.options()
				o.Transforms, o.Canonicalization = []string{EnvelopedSignature, a}, a
				if signed := signTest(t, xml, "_a", o); !xmlsecVerifies(t, signed, id) {
					t.Errorf("xmlsec1 does not verify %s with %s inside %s", a, own, attributes)
				}
			}
		}
	}
}

// The work is linear in the input: twice the document takes at most twice the
// allocations of a buffer that grows, and none at all with a buffer that fits.
func TestCanonicalizationAllocatesNothingPerNode(t *testing.T) {
	build := func(n int) *xmldoc.Document {
		limits := xmldoc.MetadataLimits()
		limits.Asides = 1000
		doc, err := xmldoc.Parse([]byte(`<a xmlns="urn:a" xmlns:p="urn:p">`+strings.Repeat(`<p:b p:x="1" y="&gt;" xmlns:q="urn:q"><!--c--><q:c/>text &amp; more<?pi data?></p:b>`, n)+`</a>`), limits)
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	for _, a := range []string{ExclusiveC14NWithComments, C14N10WithComments, C14N11} {
		var counts []float64
		for _, n := range []int{100, 200} {
			doc := build(n)
			buffer := make([]byte, 0, 1<<20)
			counts = append(counts, testing.AllocsPerRun(5, func() {
				if _, err := Canonicalize(buffer, doc.Root(), xmldoc.Element{}, a, []string{"q"}); err != nil {
					t.Fatal(err)
				}
			}))
		}
		if counts[1]-counts[0] > 210 {
			t.Errorf("%s: %v allocations", a, counts)
		}
	}
}
