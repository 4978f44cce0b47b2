package xmldoc

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/seeds"
)

// FuzzParse: whatever the bytes, Parse gives a document or an *Error with a
// place inside them. What it accepts, encoding/xml reads too, and as the same
// names, attributes and text; spans nest; every element can be parsed again by
// itself and reads the same.
func FuzzParse(f *testing.F) {
	for _, document := range seeds.Documents(f) {
		f.Add([]byte(document))
	}
	for _, c := range refusals {
		f.Add([]byte(c.src))
	}
	for _, src := range append(slices.Clone(accepted), cutSample, tree) {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := Parse(src, MessageLimits())
		if err != nil {
			checkError(t, src, d, err)
			return
		}
		if !utf8.Valid(src) {
			t.Fatal("what is not UTF-8 is accepted")
		}
		checkTokens(t, d)
		checkReading(t, d)
		checkSpans(t, d)
		checkRaws(t, d)
	})
}

func checkError(t *testing.T, src []byte, d *Document, err error) {
	var e *Error
	switch {
	case d != nil || !errors.As(err, &e):
		t.Fatalf("%v, %v", d, err)
	case e.Offset < 0 || e.Offset > len(src) || e.Line < 1 || e.Column < 1:
		t.Errorf("the place is not in the document: %+v", e)
	case (e.Kind == Limit) != (e.Limit != "") || e.Kind == Limit && (e.Found <= e.Allowed || !slices.Contains(LimitNames(), e.Limit)):
		t.Errorf("the limit is not named: %+v", e)
	case len(e.Reason) > 1000 || !utf8.ValidString(e.Reason) || strings.ContainsFunc(e.Reason, func(r rune) bool { return r != '…' && (r < ' ' || r > '~') }):
		t.Errorf("the reason is not printable: %q", e.Reason)
	}
}

// checkTokens compares with encoding/xml, which knows the names of the fourth
// edition only and takes a declaration for an instruction.
func checkTokens(t *testing.T, d *Document) {
	if strings.ContainsFunc(d.Source(), func(r rune) bool { return r > 0x7E }) {
		return
	}
	decoder := xml.NewDecoder(strings.NewReader(d.Source()))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var names []string
	for {
		token, err := decoder.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("encoding/xml refuses it: %v", err)
		}
		if start, ok := token.(xml.StartElement); ok {
			names = append(names, strings.TrimPrefix(start.Name.Space+":"+start.Name.Local, ":"))
		}
	}
	var ours []string
	for e := range d.Elements() {
		ours = append(ours, e.QName())
	}
	if !slices.Equal(ours, names) {
		t.Errorf("the elements are %q; encoding/xml sees %q", ours, names)
	}
}

func checkSpans(t *testing.T, d *Document) {
	at := 0
	for n := range d.Nodes() {
		p := n.Parent()
		switch {
		case n.Offset() < at || n.End() <= n.Offset() || n.End() > len(d.Source()):
			t.Fatalf("the span %d to %d is out of order", n.Offset(), n.End())
		case p.Present() && (!p.Contains(n) || p.Content() == "" || n.Offset() < p.Offset()+len(p.StartTag())):
			t.Fatalf("%q does not lie in its parent", n.Raw())
		case n.Next().Present() && n.Next().Parent() != p:
			t.Fatalf("%q has another parent than its sibling", n.Raw())
		}
		at = n.Offset() + 1
		if n.Kind() != ElementNode {
			at = n.End()
		}
	}
	text, count := 0, 0
	for range d.Root().Descendants() {
		count++
	}
	for n := range d.Nodes() {
		text += len(n.Text())
	}
	if count+1 != d.Len() || len(d.Root().Text()) != text {
		t.Errorf("%d descendants of %d elements, %d bytes of text of %d", count, d.Len(), len(d.Root().Text()), text)
	}
}

// checkRaws parses elements by themselves, the prefixes in scope declared.
func checkRaws(t *testing.T, d *Document) {
	tried := 0
	for e := range d.Elements() {
		if tried++; tried > 20 {
			return
		}
		again, err := Parse([]byte(inScope(e)), MetadataLimits())
		if err != nil {
			t.Fatalf("%q cannot be parsed by itself: %v", e.Raw(), err)
		}
		inner := slices.Collect(again.Root().Children())[0]
		if inner.Space() != e.Space() || inner.Raw() != e.Raw() || inner.Text() != e.Text() {
			t.Errorf("%q reads otherwise by itself", e.Raw())
		}
	}
}

func inScope(e Element) string {
	var b strings.Builder
	b.WriteString("<wrap")
	seen := map[string]bool{"xml": true}
	for p := e.Parent(); p.Present(); p = p.Parent() {
		for d := range p.Declarations() {
			if !seen[d.Prefix] {
				seen[d.Prefix] = true
				b.WriteString(strings.TrimSuffix(" xmlns:"+d.Prefix, ":") + `="`)
				_ = xml.EscapeText(&b, []byte(d.Space)) // a Builder takes everything
				b.WriteString(`"`)
			}
		}
	}
	return b.String() + ">" + e.Raw() + "</wrap>"
}

func BenchmarkParse(b *testing.B) {
	value := `<saml:AttributeValue xsi:type="xs:string">arn:aws:iam::111122223333:role/R,arn:aws:iam::111122223333:saml-provider/P</saml:AttributeValue>`
	for name, src := range map[string]string{
		"roles":      `<saml:A xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` + strings.Repeat(value, 1200) + `</saml:A>`,
		"base64":     "<a>" + strings.Repeat(strings.Repeat("QUJD", 19)+"\n", 3000) + "</a>",
		"tags":       "<a>" + strings.Repeat("<b/>", 49_000) + "</a>",
		"attributes": "<a>" + strings.Repeat(manyAttributes(64), 1000) + "</a>",
		"references": "<a>" + strings.Repeat("&#x26;", 40_000) + "</a>",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse([]byte(src), MessageLimits()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	b.WriteString("<b")
	for i := range n {
		b.WriteString(" a" + string(rune('a'+i/8)) + string(rune('a'+i%8)) + "=''")
	}
	return b.String() + "/>"
}

// Nothing is allocated for an element by itself: what there is grows by
// doubling.
func TestAllocationsAreFew(t *testing.T) {
	src := []byte("<a>" + strings.Repeat("<b c='d'>e</b>", 10_000) + "</a>")
	allocations := testing.AllocsPerRun(2, func() {
		if _, err := Parse(src, MessageLimits()); err != nil {
			t.Error(err)
		}
	})
	if allocations > 60 {
		t.Errorf("%v allocations for 10,001 elements", allocations)
	}
}
