package xmldoc

import (
	"math"
	"testing"
)

// What is asked of a released document, or of an element of it, is nothing or a
// panic, also when its memory serves another document.
func TestReleasedDocumentTellsNothing(t *testing.T) {
	d := parse(t, `<r xmlns="urn:a" b="1"><a/></r>`)
	root := d.Root()
	attr := root.Attr("", "b")
	d.Release()
	d.Release()
	other := parse(t, `<x xmlns="urn:x" y="2"><z/><z/></x>`)
	if d.Len() != 0 || d.Element(0).Present() {
		t.Errorf("a released document has %d elements", d.Len())
	}
	for name, ask := range map[string]func() string{
		"name": root.QName, "namespace": root.Space, "text": root.Text, "path": root.Path, "source": root.Raw,
		"value": attr.Value, "child": func() string { return root.FirstChild().Raw() }, "root": func() string { return d.Root().QName() },
	} {
		if got, panics := asked(ask); !panics {
			t.Errorf("the %s of a released element is %q", name, got)
		}
	}
	if other.Root().QName() != "x" || other.Len() != 3 {
		t.Errorf("the document that follows is %s with %d elements", other.Root().QName(), other.Len())
	}
}

func asked(ask func() string) (got string, panics bool) {
	defer func() { panics = recover() != nil }()
	return ask(), false
}

// Whatever limits are asked for, what they let through fits into the records.
func TestLimitsFitTheRecords(t *testing.T) {
	var l Limits
	for _, c := range ceilings() {
		*c.field(&l) = math.MaxInt
	}
	l = l.clamped()
	for name, most := range map[string]int{"name": math.MaxUint16, "attributes": math.MaxUint16 - 1, "declarations": math.MaxUint16 - 1, "elements": 1 << 24, "bytes": math.MaxInt32} {
		if found := l.Value(name); found > most { // one attribute or declaration more is counted before it is refused
			t.Errorf("the limit %s is %d, more than %d", name, found, most)
		}
	}
}
