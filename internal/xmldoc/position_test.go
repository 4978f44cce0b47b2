package xmldoc

import (
	"slices"
	"strings"
	"testing"
)

func TestPosition(t *testing.T) {
	src := "<a>\r\n<b/>\r<c/>\n\n<é/>\U0001F600x\r\n\r\n</a>"
	d := parse(t, src)
	for _, c := range []struct {
		before       string
		line, column int
	}{
		{"<a>", 1, 1}, {"\r\n<b", 1, 4}, {"<b/>", 2, 1}, {"<c/>", 3, 1}, {"<é/>", 5, 1}, {"/>\U0001F600", 5, 3}, {"\U0001F600", 5, 5}, {"x", 5, 6}, {"</a>", 7, 1},
	} {
		if line, column := d.Position(strings.Index(src, c.before)); line != c.line || column != c.column {
			t.Errorf("%q stands at %d:%d; want %d:%d", c.before, line, column, c.line, c.column)
		}
	}
	for offset, want := range map[int][2]int{-1: {1, 1}, len(src): {7, 5}, len(src) + 9: {7, 5}} {
		if line, column := d.Position(offset); line != want[0] || column != want[1] {
			t.Errorf("offset %d gives %d:%d; want %v", offset, line, column, want)
		}
	}
}

// Places are counted from marks; counting from the start must give the same,
// wherever the marks fall: inside CRLF, inside a character, on a line's end.
func TestPositionAtMarks(t *testing.T) {
	for shift := range 5 {
		src := "<a>" + strings.Repeat(" ", shift) + strings.Repeat("é\r\n€\r\U0001F600\n", 300) + "</a>"
		d := parse(t, src)
		line, column := 1, 1
		for i, r := range src {
			if l, c := d.Position(i); l != line || c != column {
				t.Fatalf("offset %d gives %d:%d; want %d:%d", i, l, c, line, column)
			}
			if r == '\n' || r == '\r' && src[i+1] != '\n' {
				line, column = line+1, 1
			} else {
				column++
			}
		}
	}
}

func TestPath(t *testing.T) {
	d := parse(t, "<p:r xmlns:p='u:p' xmlns:q='u:q'><p:a/><b/>t<q:a><a/></q:a><b/><c><a/><!----><a/></c><b/></p:r>")
	want := []string{"/r", "/r/a[1]", "/r/b[1]", "/r/a[2]", "/r/a[2]/a", "/r/b[2]", "/r/c", "/r/c/a[1]", "/r/c/a[2]", "/r/b[3]"}
	i := 0
	for e := range d.Elements() {
		if e.Path() != want[i] || e.Number() != i {
			t.Errorf("element %d: number %d, path %s; want %s", i, e.Number(), e.Path(), want[i])
		}
		i++
	}
}

// A document that stands in the place of an element goes on from the path of
// its parent, and sees nothing of what is around it.
func TestParseWithin(t *testing.T) {
	outer := parse(t, `<p:r xmlns:p="urn:p"><e/><e><x/></e></p:r>`)
	x := Element{slices.Collect(outer.Root().Children())[1].FirstChild()}
	d, err := ParseWithin([]byte(`<a><b/><b/></a>`), MessageLimits(), x)
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Collect(d.Root().Children())[1].Path(); got != "/r/e[2]/a/b[2]" {
		t.Errorf("path %s", got)
	}
	if d.Origin() != x || d.Origin().Document() != outer || outer.Origin().Present() {
		t.Error("the origin is another")
	}
	if line, column := d.Position(3); line != 1 || column != 4 {
		t.Errorf("positions are those of the document itself, found %d:%d", line, column)
	}
	if _, err := ParseWithin([]byte(`<p:a/>`), MessageLimits(), x); err == nil || !strings.Contains(err.Error(), "not declared") {
		t.Errorf("a prefix of the document around is known: %v", err)
	}
}
