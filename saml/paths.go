package saml

import (
	"strconv"
	"strings"
)

// ValuePaths gives the path of each of Values, as Place does. It walks over the
// values once, where Place walks over them for each.
func (a Attribute) ValuePaths() []string {
	e := a.in.source(a.element)
	const step = "AttributeValue"
	same := 0 // children of this local name, in whatever namespace
	for c := range e.Children() {
		if c.Local() == step {
			same++
		}
	}
	base, n := e.Path()+"/"+step, 0
	out := make([]string, 0, len(a.Values))
	var digits [20]byte
	var all strings.Builder // of which the paths are parts
	all.Grow(len(a.Values) * (len(base) + len("[]") + len(strconv.Itoa(same))))
	for c := range e.Children() {
		if c.Local() != step {
			continue
		}
		n++
		switch {
		case c.Space() != nsAssertion:
		case same == 1:
			out = append(out, base)
		default:
			start := all.Len()
			all.WriteString(base)
			all.WriteByte('[')
			all.Write(strconv.AppendInt(digits[:0], int64(n), 10))
			all.WriteByte(']')
			out = append(out, all.String()[start:])
		}
	}
	return out
}

// Offset gives the offset of Place, without the path, which costs a walk over
// the element's siblings.
func (v Value) Offset() int {
	e := v.in.source(v.el)
	if v.attr != "" || !e.Present() || e.Document().Origin().Present() {
		return v.Place().Offset
	}
	return e.Offset()
}
