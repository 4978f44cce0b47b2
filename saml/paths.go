package saml

// Path gives the path of Place. It does not look for the line, so that it can be
// asked of each of thousands of values.
func (v Value) Path() string {
	e := v.in.source(v.el)
	if v.attr != "" && e.Attr("", v.attr).Present() {
		return e.Path() + "/@" + v.attr
	}
	return e.Path()
}

// Offset gives the offset of Place, without the path and the line.
func (v Value) Offset() int {
	e := v.in.source(v.el)
	if v.attr != "" || !e.Present() || e.Document().Origin().Present() {
		return v.Place().Offset
	}
	return e.Offset()
}
