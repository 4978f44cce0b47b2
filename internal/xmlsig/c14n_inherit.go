package xmlsig

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// inherit gives the apex of an inclusive canonical form what it takes over
// from its omitted ancestors: every attribute of the namespace xml (Canonical
// XML 1.0, section 2.4), or xml:lang and xml:space alone and an xml:base that
// is joined with those around it (Canonical XML 1.1, section 2.4).
func (c *canonicalizer) inherit(apex xmldoc.Element) {
	found := map[string]bool{}
	for _, a := range c.attrs {
		if a.Space() == xmldoc.XMLSpace {
			found[a.Local()] = true
		}
	}
	for e := apex.Parent(); e.Present(); e = e.Parent() {
		for a := range e.Attrs() {
			if a.Space() == xmldoc.XMLSpace && c.inheritable(a.Local()) && !found[a.Local()] {
				found[a.Local()] = true
				c.attrs = append(c.attrs, attribute{Attr: a})
			}
		}
	}
	if c.eleven {
		c.joinBase(apex)
	}
}

// inheritance gives what it costs in bytes that the apex takes over from its
// omitted ancestors: each attribute once, and every xml:base again for each
// that it is joined with.
func (m method) inheritance(apex xmldoc.Element) int {
	if m.exclusive {
		return 0
	}
	all, joins, bases := 0, 0, len(apex.Attr(xmldoc.XMLSpace, "base").Raw())
	for e := apex.Parent(); e.Present(); e = e.Parent() {
		for a := range e.Attrs() {
			if a.Space() != xmldoc.XMLSpace {
				continue
			}
			all += len(a.QName()) + len(a.Raw())
			if a.Local() == "base" {
				joins, bases = joins+1, bases+len(a.Raw())
			}
		}
	}
	if m.eleven {
		all += joins * bases
	}
	return all
}

func (c *canonicalizer) inheritable(local string) bool {
	return !c.eleven || local == "lang" || local == "space"
}

// joinBase gives the apex the xml:base that its own and those of its omitted
// ancestors make together. An empty one is not written.
func (c *canonicalizer) joinBase(apex xmldoc.Element) {
	const base = "base"
	own := apex.Attr(xmldoc.XMLSpace, base)
	last, value, joined := own, own.Value(), false
	for e := apex.Parent(); e.Present(); e = e.Parent() {
		a := e.Attr(xmldoc.XMLSpace, base)
		if !a.Present() {
			continue
		}
		joined = true
		if !last.Present() {
			last, value = a, a.Value()
			continue
		}
		value = joinReferences(a.Value(), value)
	}
	if !joined {
		return
	}
	kept := c.attrs[:0]
	for _, a := range c.attrs {
		if a.Attr != own || !own.Present() {
			kept = append(kept, a)
		}
	}
	c.attrs = kept
	if value != "" {
		c.attrs = append(c.attrs, attribute{Attr: last, fixed: &value})
	}
}

// joinReferences resolves a reference against a base that may be relative
// itself (Canonical XML 1.1, section 2.4: RFC 3986 section 5.2 without its
// demand for a scheme, ".." at the end of the base taken for "../", dot segments
// at the start kept). The path of the base stays as it is where the reference
// has none.
func joinReferences(base, reference string) string {
	r, err := url.Parse(reference)
	if err != nil {
		return reference
	}
	b, err := url.Parse(base)
	if err != nil {
		return reference
	}
	switch {
	case r.Opaque != "":
		return reference
	case r.Scheme != "":
		return withPath(r, removeDots(r.EscapedPath()))
	case r.Host != "":
		r.Scheme = b.Scheme
		return withPath(r, removeDots(r.EscapedPath()))
	}
	from := cmp.Or(b.Opaque, b.EscapedPath())
	if from == ".." || strings.HasSuffix(from, "/..") {
		from += "/"
	}
	t := &url.URL{Scheme: b.Scheme, User: b.User, Host: b.Host, RawQuery: r.RawQuery, ForceQuery: r.ForceQuery}
	switch path := r.EscapedPath(); {
	case path == "":
		if r.RawQuery == "" && !r.ForceQuery {
			t.RawQuery, t.ForceQuery = b.RawQuery, b.ForceQuery
		}
		return withPath(t, from)
	case strings.HasPrefix(path, "/"):
		return withPath(t, removeDots(path))
	case b.Host != "" && from == "":
		return withPath(t, removeDots("/"+path))
	default:
		return withPath(t, removeDots(from[:strings.LastIndexByte(from, '/')+1]+path))
	}
}

// withPath writes a URI of u's parts and this path; there is no fragment.
func withPath(u *url.URL, path string) string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme + ":")
	}
	if u.Host != "" || u.User != nil {
		b.WriteString("//")
		if u.User != nil {
			b.WriteString(u.User.String() + "@")
		}
		b.WriteString(u.Host)
	}
	b.WriteString(path)
	if u.RawQuery != "" || u.ForceQuery {
		b.WriteString("?" + u.RawQuery)
	}
	return b.String()
}

// removeDots takes "." and ".." segments out of a path, and empty ones; a ".."
// that has nothing before it in a relative path stays, and one at the end gets
// a slash.
func removeDots(path string) string {
	absolute := strings.HasPrefix(path, "/")
	segments := strings.Split(path, "/")
	directory := false
	var kept []string
	for _, s := range segments {
		directory = s == "" || s == "." || s == ".."
		switch {
		case s == "" || s == ".":
		case s == ".." && len(kept) > 0 && kept[len(kept)-1] != "..":
			kept = kept[:len(kept)-1]
		case s == ".." && absolute:
		default:
			kept = append(kept, s)
		}
	}
	out := strings.Join(kept, "/")
	if absolute {
		out = "/" + out
	}
	if directory && len(kept) > 0 {
		out += "/"
	}
	return out
}
