package xmldoc

import (
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
