package xmlsig

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// Exclusive canonicalization writes a namespace name at each element that uses
// it, however often the prefix alone stands in the source.
func TestNamespaceNamesAreNotRepeatedWithoutEnd(t *testing.T) {
	long := strings.Repeat("u", 500)
	inside := `<v xmlns:p="urn:` + long + `">` + strings.Repeat("<p:e/>", 40_000) + `</v>`
	text := strings.Replace(message, "</Attribute>", inside+"</Attribute>", 1)
	id := newIdentity(t, rsaSigner())
	signed := signTest(t, message, "_a", id.options())
	for name, xml := range map[string]string{
		"in the Assertion": strings.Replace(string(signed), "</Attribute>", inside+"</Attribute>", 1),
		"in SignedInfo":    strings.Replace(string(signed), "</Transform>", inside+"</Transform>", 1),
	} {
		t.Run(name, func(t *testing.T) {
			doc := parseTest(t, xml)
			start := time.Now()
			s := Examine(doc, []Key{id.key}, Options{})[0]
			if s.Verified != nil || s.State == Holds {
				t.Errorf("expected the Signature not to hold, found %s", s.State)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("expected the work to end early, found that it took %v", took)
			}
			limited := 0
			for _, f := range s.Faults {
				if f.Code == "limit-exceeded" && f.Limit == "digested" && f.Allowed == 8*len(xml)+4<<20 {
					limited++
				}
			}
			if limited != 1 {
				t.Errorf("expected one fault on the limit of what is digested, found %d in %+v", limited, s.Faults)
			}
			said := s.Reason
			for _, r := range s.References {
				said += r.Reason
			}
			if !strings.Contains(said, tooManyDeclarations) {
				t.Errorf("expected the reason %q, found %q", tooManyDeclarations, said)
			}
		})
	}
	if _, err := Canonicalize(nil, parseTest(t, text).Root(), xmldoc.Element{}, ExclusiveC14N, nil); err == nil || err.Error() != tooManyDeclarations {
		t.Errorf("expected Canonicalize to say %q, found %v", tooManyDeclarations, err)
	}
}

// Names are written no further than there is room.
func TestRepeatedNamesAreNotWrittenToTheEnd(t *testing.T) {
	doc := parseTest(t, `<v xmlns:p="urn:`+strings.Repeat("u", 500)+`">`+strings.Repeat("<p:e/>", 45_000)+`</v>`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Canonicalize(nil, doc.Root(), xmldoc.Element{}, ExclusiveC14N, nil)
	runtime.ReadMemStats(&after)
	spent, room := int(after.TotalAlloc-before.TotalAlloc), roomIn(doc)
	t.Logf("%d octets are allocated, there is room for %d", spent, room)
	if err == nil || spent > 12*room { // a buffer that grows allocates its size several times
		t.Errorf("%d octets are allocated for what there is room for %d of (%v)", spent, room, err)
	}
}

// What canonical form is longer by counts each time that it is made.
func TestRepeatedNamesCountForEachReference(t *testing.T) {
	inside := `<v xmlns:p="urn:` + strings.Repeat("u", 500) + `">` + strings.Repeat("<p:e/>", 4_000) + `</v>`
	id := newIdentity(t, rsaSigner())
	signed := signTest(t, message, "_a", id.options())
	reference := cut(t, signed, "<Reference", "</Reference>")
	xml := rewrite(t, rewrite(t, signed, reference, strings.Repeat(reference, MaxReferences)), "</Attribute>", inside+"</Attribute>")
	digested := 0
	for _, r := range examineOne(t, xml, []Key{id.key}, Options{}).References {
		if r.Computed != nil {
			digested++
		}
	}
	if each, room := 4_000*500, 8*len(xml)+4<<20; digested == 0 || digested > room/each {
		t.Errorf("%d of %d References were digested, with %d octets each, where there is room for %d", digested, MaxReferences, each, room)
	}
}

// A document is read anew for few of its Signatures only.
func TestRereadsAreFew(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	signed := signTest(t, message, "_a", id.options())
	signature := cut(t, signed, "<Signature", "</Signature>")
	broken := rewrite(t, signature, cut(t, signature, "<KeyInfo", "</KeyInfo>"), "")
	broken = rewrite(t, broken, "<SignedInfo>", "<SignedInfo> ")
	all := Examine(parseTest(t, rewrite(t, signed, signature, strings.Repeat(broken, mostRereads+2))), []Key{id.key}, Options{})
	read := 0
	for _, s := range all {
		if s.State != Broken {
			t.Errorf("the SignatureValue is expected not to hold, found %s: %s", s.State, s.Reason)
		}
		if s.reread {
			read++
		}
	}
	if read != mostRereads || len(all) != mostRereads+2 {
		t.Errorf("of %d Signatures %d were read anew, want %d", len(all), read, mostRereads)
	}
}
