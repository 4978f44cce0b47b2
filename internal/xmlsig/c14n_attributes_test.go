package xmlsig

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// The order by first octets is that of whole names (Canonical XML 1.0, section
// 2.2), whatever their lengths and wherever they differ.
func TestAttributesAreSortedByWholeNames(t *testing.T) {
	names := []string{"a", "aa", "a-", "a.", "aaaaaaa", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "aaaaaaab", "aaaaaaaa-b", "B", "_", "é", "éa", "name", "namesake", "nameless", "nameless-but", "ﬀ", "𐐀"}
	prefixes := []string{"", "p:", "q:"}
	spaces := map[string]string{"": "", "p:": "urn:b", "q:": "urn:a"}
	var all []string
	for _, p := range prefixes {
		for _, n := range names {
			all = append(all, p+n)
		}
	}
	want := slices.SortedFunc(slices.Values(all), func(a, b string) int {
		split := func(qname string) (space, local string) {
			i := strings.IndexByte(qname, ':') + 1
			return spaces[qname[:i]], qname[i:]
		}
		as, al := split(a)
		bs, bl := split(b)
		return cmp.Or(strings.Compare(as, bs), strings.Compare(al, bl))
	})
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		doc, err := xmldoc.Parse([]byte(`<e xmlns:p="urn:b" xmlns:q="urn:a" `+strings.Join(all, `="" `)+`=""/>`), xmldoc.MessageLimits())
		if err != nil {
			t.Fatal(err)
		}
		var attrs []attribute
		for a := range doc.Root().Attrs() {
			attrs = append(attrs, attribute{Attr: a})
		}
		sortAttributes(attrs)
		for i, a := range attrs {
			if a.QName() != want[i] {
				t.Fatalf("attribute %d is %s, expected %s", i, a.QName(), want[i])
			}
		}
	}
}
