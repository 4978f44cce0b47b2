package xmlsig

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/seeds"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// FuzzTamper edits a signed message: a stretch of it is replaced by one of the
// other signed messages of the same key, or by foreign text. Whatever is then
// verified must be octets that were signed.
func FuzzTamper(f *testing.F) {
	id := newIdentity(f, rsaSigner())
	other := strings.NewReplacer("alice@", "bob@", `"_a"`, `"_b"`, `"_r"`, `"_s"`).Replace(message)
	ds := id.options()
	ds.Prefix, ds.Transforms = "ds", []string{EnvelopedSignature, C14N10}
	signed := []string{signTest(f, message, "_a", id.options()), signTest(f, message, "_r", id.options()), signTest(f, other, "_b", id.options()), signTest(f, other, "_s", ds)}
	var octets []string
	for _, xml := range signed {
		s := Examine(parseTest(f, xml), []Key{id.key}, Options{})[0]
		if s.Verified == nil {
			f.Fatal(s.Explanation)
		}
		octets = append(octets, string(s.Verified.Octets()))
	}
	pool := strings.Join(signed, "")
	at := func(xml, part string) uint { return uint(strings.Index(xml, part)) }
	f.Add(uint8(0), at(signed[0], "alice"), uint(5), uint(0), uint(0), "mallory")
	f.Add(uint8(0), at(signed[0], "alice")+3, uint(0), uint(0), uint(0), "<!---->")
	f.Add(uint8(0), at(signed[0], "<Signature"), uint(0), at(pool, "<Signature"), uint(2000), "")
	f.Add(uint8(1), at(signed[1], "<Assertion"), uint(0), at(pool, "<Assertion"), uint(3000), "")
	f.Add(uint8(2), at(signed[2], "</Issuer>"), uint(9), uint(0), uint(0), "</Issuer><x xmlns=''/>")
	f.Add(uint8(3), uint(1), uint(5), uint(0), uint(0), "x:Response xmlns:x='urn:oasis:names:tc:SAML:2.0:protocol' ")
	f.Fuzz(func(t *testing.T, which uint8, start, length, from, size uint, text string) {
		xml := signed[int(which)%len(signed)]
		start = min(start, uint(len(xml)))
		length = min(length, uint(len(xml))-start)
		from = min(from, uint(len(pool)))
		size = min(size, uint(len(pool))-from)
		edited := xml[:start] + pool[from:from+size] + text + xml[start+length:]
		doc, err := xmldoc.Parse([]byte(edited), xmldoc.MessageLimits())
		if err != nil {
			return
		}
		for _, s := range Examine(doc, []Key{id.key}, Options{SkipWitness: true}) {
			if s.Verified == nil {
				continue
			}
			if !slices.Contains(octets, string(s.Verified.Octets())) {
				t.Fatalf("verified, but never signed:\n%s", s.Verified.Octets())
			}
			if again, err := xmldoc.Parse(s.Verified.Octets(), xmldoc.MetadataLimits()); err != nil || again.Len() != len(s.Verified.Sources()) {
				t.Fatalf("the sources do not pair with the octets: %v", err)
			}
		}
	})
}

// FuzzWitness signs whatever is well-formed: our engine verifies it, and
// goxmldsig agrees or errs on a construct of the closed list.
func FuzzWitness(f *testing.F) {
	id := newIdentity(f, rsaSigner())
	for i, content := range []string{"text &amp; more", `<p:e xmlns:p="urn:p" p:a="1" b="&#10;"/>`, `<e xmlns=""><f xmlns="urn:f"/></e>`, "<!--c--><?p i?><![CDATA[<]]>", "&#13;\r\n", "<é a='\"'/>"} {
		f.Add(uint8(i), content)
	}
	algorithms := []string{ExclusiveC14N, C14N10, C14N11, ExclusiveC14NWithComments, C14N10WithComments}
	f.Fuzz(func(t *testing.T, which uint8, content string) {
		xml := strings.Replace(message, "<Subject>", "<Subject>"+content, 1)
		limits := xmldoc.MessageLimits()
		if _, err := xmldoc.Parse([]byte(xml), limits); err != nil {
			return
		}
		o := id.options()
		a := algorithms[int(which)%len(algorithms)]
		o.Transforms = []string{EnvelopedSignature, a}
		signed, err := Sign([]byte(xml), "_a", o)
		if err != nil {
			return
		}
		doc, err := xmldoc.Parse(signed, limits)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range Examine(doc, []Key{id.key}, Options{}) {
			if s.Witness == Disagrees && !unknownToGo(s.WitnessReason) {
				t.Fatalf("%s: %s", a, s.WitnessReason)
			}
		}
	})
}

// unknownToGo reports whether Go's XML reader, which goxmldsig uses, refused
// the document: it has no verdict on the signature then, and nothing is
// verified.
func unknownToGo(reason string) bool { return strings.Contains(reason, "XML syntax error") }

// FuzzCanonicalFixedPoint: whatever is accepted, its canonical form is accepted,
// is its own canonical form, and reads the same: the same elements, attributes
// and text.
func FuzzCanonicalFixedPoint(f *testing.F) {
	seeds.Add(f, 100, seeds.Documents(f))
	f.Add(message)
	f.Add(twisted)
	f.Add(`<a xmlns="urn:a" xmlns:p="urn:p" p:b="&#13;&#10;"><![CDATA[<>]]>&#x1F600;<p:c xmlns=""/></a>`)
	f.Fuzz(func(t *testing.T, xml string) {
		doc, err := xmldoc.Parse([]byte(xml), xmldoc.MessageLimits())
		if err != nil || len(doc.RelativeNamespaces()) > 0 {
			return
		}
		for _, a := range []string{ExclusiveC14N, ExclusiveC14NWithComments, C14N10, C14N10WithComments, C14N11} {
			once := canonical(t, xml, a, "p")
			again, err := xmldoc.Parse([]byte(once), xmldoc.MetadataLimits())
			if err != nil {
				t.Fatalf("%s: the canonical form %q is refused: %v", a, once, err)
			}
			twice, err := CanonicalizeDocument(nil, again, xmldoc.Element{}, a, []string{"p"})
			if err != nil || string(twice) != once {
				t.Fatalf("%s: %q becomes %q: %v", a, once, twice, err)
			}
			if !slices.Equal(contents(doc), contents(again)) {
				t.Fatalf("%s: %q reads %q, its canonical form %q reads %q", a, xml, contents(doc), once, contents(again))
			}
		}
	})
}

// contents gives what a reader takes from a document: of every element its
// expanded name, its depth, its text, and its attributes in their order by name.
func contents(doc *xmldoc.Document) []string {
	var out []string
	for e := range doc.Elements() {
		var attributes []string
		for a := range e.Attrs() {
			attributes = append(attributes, fmt.Sprintf("{%s}%s=%q", a.Space(), a.Local(), a.Value()))
		}
		slices.Sort(attributes)
		depth := 0
		for p := e.Parent(); p.Present(); p = p.Parent() {
			depth++
		}
		out = append(out, fmt.Sprintf("%d {%s}%s %v %q", depth, e.Space(), e.Local(), attributes, e.Text()))
	}
	return out
}
