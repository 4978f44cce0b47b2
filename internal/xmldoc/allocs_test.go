package xmldoc

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// listing is a document with this many values, written as messages write them.
func listing(values int) string {
	var b strings.Builder
	b.WriteString(`<r xmlns="urn:example:r" ID="_1"><statement><attribute Name="https://example.com/role">`)
	for i := range values {
		fmt.Fprintf(&b, "<value>arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Example</value>", i)
	}
	b.WriteString("</attribute></statement></r>")
	return b.String()
}

// The tree of a document is made of a fixed number of slices, whatever the
// document holds: the document, the five lists of the tree and of the scanner
// that are never on the stack, and two that a longer document may grow.
func TestParseAllocations(t *testing.T) {
	if racing {
		t.Skip("the race detector makes lists grow otherwise")
	}
	const most = 9
	for _, values := range []int{10, 1000} {
		text := listing(values)
		if got := testing.AllocsPerRun(20, func() {
			if _, err := ParseString(text, MessageLimits()); err != nil {
				t.Fatal(err)
			}
		}); got > most {
			t.Errorf("%d values: %v allocations, at most %d are wanted", values, got, most)
		}
	}
}

// A whole check may allocate three times the message, and two trees are made in
// it: that of the message and that of the octets that were verified. So a tree
// may take two thirds of the bytes that it is of.
func TestParseBytes(t *testing.T) {
	if racing {
		t.Skip("the race detector makes lists grow otherwise")
	}
	text := listing(1000)
	const runs = 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		if _, err := ParseString(text, MessageLimits()); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if got, most := int(after.TotalAlloc-before.TotalAlloc)/runs, len(text)*2/3; got > most {
		t.Errorf("%d bytes are allocated for a document of %d, at most %d are wanted", got, len(text), most)
	}
}

// What a document repeats costs the same each time. A list that grows takes up
// to a quarter more than it needs, and leaves behind what it was, so that eight
// times as much is compared, and not twice.
func TestParseIsLinear(t *testing.T) {
	for name, repeat := range map[string]string{
		"elements": "<a/>", "text": "<a>b</a>", "indented": "\n\t<a>b</a>", "attributes": `<a b="c" d='e'/>`, "prefixes": `<p:a xmlns:p="urn:p" p:b="c"/>`,
		"references": "&amp;", "line ends": "\r\n", "sections": "<![CDATA[a]]>", "beyond ASCII": "é",
	} {
		limits := MetadataLimits()
		limits.ValueBytes = limits.Bytes
		cost := func(n int) float64 {
			text := "<r>" + strings.Repeat(repeat, n) + "</r>"
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := ParseString(text, limits); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			runtime.ReadMemStats(&after)
			return float64(after.TotalAlloc - before.TotalAlloc)
		}
		const n = 10_000
		if once, eight := cost(n), cost(8*n); eight > 8*1.4*once+1000 {
			t.Errorf("%s: eight times as many take %.1f times the bytes", name, eight/once)
		}
	}
}

// Each place that a word can hold is seen, and no other.
func TestCalmWords(t *testing.T) {
	for length := range 40 {
		for at := range length {
			for c := range 256 {
				text := []byte(strings.Repeat("a", length))
				text[at] = byte(c)
				got := calmWords(string(text))
				if calmly := calm[c]; got > at && !calmly || calmly && got < length-length%8 && got < length {
					t.Fatalf("%q: %d bytes are calm", text, got)
				}
			}
		}
	}
	for c := range 256 {
		text := strings.Repeat("a", 37) + string([]byte{byte(c)}) + strings.Repeat("a", 30)
		if isASCII(text) != (c < 0x80) {
			t.Errorf("0x%02X is taken for ASCII, or is not", c)
		}
	}
}

// A tag or text that is said to be canonical is nothing but itself in canonical
// form.
func TestCanonical(t *testing.T) {
	for text, want := range map[string]bool{
		"<a>": true, `<a b="c">`: true, `<a b="c" d="e">`: true, `<a b="">`: true, `<a b="é'">`: true, `<p:a b="c">`: true,
		"<a >": false, "<a\n>": false, `<a  b="c">`: false, "<a\tb=\"c\">": false, `<a b="c" >`: false, `<a b ="c">`: false, `<a b= "c">`: false, `<a b='c'>`: false,
		`<a d="e" b="c">`: false, `<a b="&lt;">`: false, "<a b=\"\t\">": false, "<a b=\"\n\">": false, "<a b=\"\r\">": false, `<a xmlns="urn:a">`: false,
		`<a p:b="c">`: false, `<a xml:lang="c">`: false, `<a xmlns:q="urn:q">`: false,
	} {
		name := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("<> \t\n", r) })[0]
		for tag, want := range map[string]bool{text + "</" + name + ">": want, text + "</" + name + " >": false, strings.TrimSuffix(text, ">") + "/>": false} {
			d := parse(t, `<r xmlns:p="urn:p">`+tag+`</r>`)
			if got := d.Root().FirstChild().Canonical(); got != want {
				t.Errorf("%q: canonical %v", tag, got)
			}
		}
	}
	for text, want := range map[string]bool{"a": true, "a\n\tb": true, "é \"'": true, "]]": true, "]": true, "a>": false, "&amp;": false, "&#65;": false, "a\rb": false, "<![CDATA[a]]>": false, "<!--a-->": false, "<?a?>": false} {
		if got := parse(t, "<r>"+text+"</r>").Root().FirstChild().Canonical(); got != want {
			t.Errorf("%q: canonical %v", text, got)
		}
	}
}

// A start tag that is written as the one before it means the same, unless
// something came between that changes it.
func TestRepeatedTags(t *testing.T) {
	d := parse(t, `<r xmlns="urn:a" xmlns:p="urn:p"><a>1</a><a>2</a><a><a>3</a><a>4</a></a><x xmlns="urn:b"><a>5</a><a>6</a></x><a>7</a><p:a>8</p:a><p:a>9</p:a><ab/><a>0</a></r>`)
	var got []string
	for e := range d.Elements() {
		if e.Local() == "a" {
			got = append(got, e.Prefix()+" "+e.Space()+" "+e.Text()+" "+e.Path())
		}
	}
	want := []string{" urn:a 1 /r/a[1]", " urn:a 2 /r/a[2]", " urn:a 34 /r/a[3]", " urn:a 3 /r/a[3]/a[1]", " urn:a 4 /r/a[3]/a[2]", " urn:b 5 /r/x/a[1]", " urn:b 6 /r/x/a[2]",
		" urn:a 7 /r/a[4]", "p urn:p 8 /r/a[5]", "p urn:p 9 /r/a[6]", " urn:a 0 /r/a[7]"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	alike := parse(t, `<r><a b="1"></a><a b="1"></a><a/><a/></r>`)
	for at, e := range alike.Root().ChildrenNamed("", "a") {
		if b := e.Attr("", "b"); b.Present() != (at < 2) || b.Present() && b.Offset() != e.Offset()+len("<a ") || e.SelfClosing() != (at > 1) {
			t.Errorf("element %d, %s, has an attribute at %d", at, e.Raw(), b.Offset())
		}
	}
	limits := MessageLimits()
	limits.Elements = 3
	if _, err := Parse([]byte("<r><a>1</a><a>2</a></r>"), limits); err != nil {
		t.Error(err)
	}
	if _, err := Parse([]byte("<r><a>1</a><a>2</a><a>3</a></r>"), limits); err == nil {
		t.Error("a fourth element is read where three are allowed")
	}
	limits = MessageLimits()
	limits.Tokens = 5
	if _, err := Parse([]byte("<r><a></a><a></a><a></a></r>"), limits); err == nil {
		t.Error("a sixth token is read where five are allowed")
	}
}

// BenchmarkListing reads what messages hold most of.
func BenchmarkListing(b *testing.B) {
	for _, values := range []int{10, 100, 1200} {
		text := listing(values)
		b.Run(fmt.Sprint(values), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseString(text, MessageLimits()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
