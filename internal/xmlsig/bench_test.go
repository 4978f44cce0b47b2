package xmlsig

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// large is the test message with this many Role values.
func large(n int) string {
	value := `<AttributeValue xsi:type="xs:string">arn:aws:iam::111122223333:role/AnotherRole,arn:aws:iam::111122223333:saml-provider/P</AttributeValue>`
	return strings.Replace(message, "</Attribute>", strings.Repeat(value, n)+"</Attribute>", 1)
}

func BenchmarkCanonicalize(b *testing.B) {
	doc := parseTest(b, large(1200))
	buffer := make([]byte, 0, 1<<20)
	b.SetBytes(int64(len(doc.Source())))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Canonicalize(buffer, doc.Root(), xmldoc.Element{}, ExclusiveC14N, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExamine(b *testing.B) {
	id := newIdentity(b, rsaSigner())
	for _, size := range []struct {
		name string
		n    int
	}{{"10", 10}, {"1200", 1200}} {
		doc := parseTest(b, signTest(b, large(size.n), "_a", id.options()))
		for _, skip := range []bool{true, false} {
			name := map[bool]string{true: "alone", false: "witness"}[skip]
			b.Run(size.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(doc.Source())))
				b.ReportAllocs()
				for b.Loop() {
					if Examine(doc, []Key{id.key}, Options{SkipWitness: skip})[0].Verified == nil {
						b.Fatal("not verified")
					}
				}
			})
		}
	}
}
