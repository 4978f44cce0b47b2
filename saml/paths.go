package saml

// Path gives the path of Place. It does not look for the line, so that it can be
// asked of each of thousands of values.
func (v Value) Path() string {
	if v.attr == 0 {
		return v.source().Path()
	}
	return placeOfAttr(v.source(), v.attribute()).Path
}

// Offset gives the offset of Place, without the path and the line.
func (v Value) Offset() int {
	e := v.source()
	if v.attr != 0 || !e.Present() {
		return v.Place().Offset
	}
	_, offset := inCapture(e.Node, e.Offset())
	return offset
}
