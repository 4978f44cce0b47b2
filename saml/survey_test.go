package saml

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// The children of an element are counted in an array of this length.
func TestSchemasHaveFewChildren(t *testing.T) {
	for n, s := range schemas {
		all := 0
		for _, group := range s.children {
			all += len(group)
		}
		if all > mostChildren {
			t.Errorf("%s has %d children, more than %d", n.local, all, mostChildren)
		}
	}
}

// What is told of eight bytes at once is what is told of each.
func TestPlainTextByWords(t *testing.T) {
	for _, length := range []int{1, 7, 8, 9, 15, 16, 17} {
		for at := range length {
			for b := range 256 {
				text := []byte(strings.Repeat("~", length))
				text[at] = byte(b)
				for _, beside := range []byte{' ', '~', 0x1f, 0x7f, 0xff} {
					if at > 0 {
						text[at-1] = beside
					}
					want := true
					for _, c := range text {
						want = want && 0x20 <= c && c < 0x7f
					}
					if got := plainText(string(text)); got != want {
						t.Fatalf("plainText(%q) is %v", text, got)
					}
				}
			}
		}
	}
}

// A value is remarked on or plain, never both.
func FuzzPlainValues(f *testing.F) {
	for _, s := range []string{"", " ", "a b", " a", "a ", "a\tb", "a\nb", "e\u0301", "\u202e", "x\x7f", "\x00", "аdmin", "ｆull"} {
		f.Add(s, false, false)
		f.Add(s, true, false)
		f.Add(s, false, true)
	}
	f.Fuzz(func(t *testing.T, s string, lines, ends bool) {
		kind := textKind{lines: lines, ends: ends}
		if !plainKind(s, kind) || !utf8.ValidString(s) {
			return
		}
		runes := []rune(s)
		found := len(hidden(runes, kind)) + len(notComposed(s)) + len(stacked(runes)) + len(wideForms(runes)) + len(mixedWords(runes))
		if ends {
			out, _, _ := spaceAtEnds(runes)
			found += len(out)
		}
		if found > 0 {
			t.Errorf("%q is plain and has %d remarks", s, found)
		}
	})
}

// What is remembered of the element before is heeded only where both its local
// name and its namespace are those of the next.
func TestElementsOfOneLocalName(t *testing.T) {
	const text = `<a:AttributeStatement xmlns:a="` + nsAssertion + `" xmlns:x="urn:x"><a:Attribute Name="1"/><x:Attribute Name="2"/><x:Attribute/><a:Attribute Name="3"/></a:AttributeStatement>`
	doc, err := xmldoc.ParseString(text, xmldoc.MessageLimits())
	if err != nil {
		t.Fatal(err)
	}
	s := surveyor{}
	for e := range doc.Elements() {
		if got, want := s.kindOf(e), kindByName(name{e.Space(), e.Local()}); got != want {
			t.Errorf("%s is taken for %+v, want %+v", e.StartTag(), got, want)
		}
	}
	found := schemas[name{nsAssertion, "AttributeStatement"}].content(nil, doc.Root())
	if len(found) != 2 || found[0].kind != foreignChild || found[1].kind != foreignChild || found[0].at.Get("Name") != "2" {
		t.Errorf("found are %+v, want the two of another namespace", found)
	}
}
