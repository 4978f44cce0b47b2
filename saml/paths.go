package saml

import "strconv"

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
			out = append(out, base+"["+strconv.Itoa(n)+"]")
		}
	}
	return out
}
