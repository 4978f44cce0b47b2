package differential

import (
	"maps"
	"slices"
	"strings"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// uri draws a namespace name.
func (w *writer) uri() string {
	if w.ampersands && w.one(4) {
		return "http://example.com/x?a=1&b=2"
	}
	return pick(w.Rand, "urn:example:z", "urn:example:y", "http://www.w3.org/2001/XMLSchema", "urn:example:z#")
}

// The depth, and how many declarations an element and those around it have:
// fewer than the limits for a message allow.
const (
	mostDepth   = 40
	mostInScope = 50
)

// content writes what stands inside an element: text, asides and elements.
func (w *writer) content(depth int) {
	for range w.IntN(4) {
		switch {
		case w.one(3):
			w.text()
		case w.left > 0 && (depth < 7 || w.deep && depth < mostDepth):
			w.element(depth + 1)
		default:
			w.aside()
		}
	}
}

// element writes a random element.
func (w *writer) element(depth int) {
	w.left--
	declarations := w.declarations()
	scope := maps.Clone(w.scope())
	maps.Copy(scope, declarations)
	name := w.prefixed(scope, w.local(), true)
	attributes := w.attributes(scope)
	if w.reservedXML && w.one(5) {
		attributes = append(attributes, attribute{"xmlns:xml", "http://www.w3.org/XML/1998/namespace"})
	}
	w.open(name, declarations, attributes)
	if w.one(4) {
		w.shutEmpty()
		return
	}
	w.finish()
	w.content(depth)
	if w.deep && w.left > 0 && depth < mostDepth {
		w.element(depth + 1)
	}
	w.shut()
}

func (w *writer) local() string {
	if w.fifthEdition && w.one(6) {
		return pick(w.Rand, "\U00010000", "n\u2c00x", "ͰЖ\u0487")
	}
	return pick(w.Rand, "e", "f", "value", "Attr", "x-y", "_u", "élan", "n.1")
}

// declarations draws namespace declarations for an element: new prefixes, ones
// that are bound already, and the default namespace, taken back at times.
func (w *writer) declarations() map[string]string {
	out := map[string]string{}
	if w.inScope() > mostInScope {
		return out
	}
	for range w.IntN(3) {
		if w.one(2) {
			out[pick(w.Rand, "a", "b", "c", "xs", "xsi", "saml")] = w.uri()
		}
	}
	switch {
	case w.one(6):
		out[""] = pick(w.Rand, w.uri(), w.uri(), spaceSAML)
	case w.undeclared && w.one(3):
		out[""] = ""
	}
	return out
}

// prefixed gives a name one of the prefixes in scope. An element may have none
// at any time, an attribute without one has no namespace.
func (w *writer) prefixed(scope map[string]string, local string, element bool) string {
	bound := slices.DeleteFunc(sortedKeys(scope), func(p string) bool { return p == "" || p == "ds" })
	if len(bound) == 0 || element && w.one(2) {
		return local
	}
	return pick(w.Rand, bound...) + ":" + local
}

// attributes draws attributes, of which no two have one expanded name.
func (w *writer) attributes(scope map[string]string) []attribute {
	var out []attribute
	seen, only := map[string]bool{}, ""
	for range w.IntN(5) {
		name := pick(w.Rand, "k", "l", "m", "Name", "type")
		if w.one(3) {
			name = w.prefixed(scope, name, false)
		}
		prefix, local, found := strings.Cut(name, ":")
		expanded := scope[prefix] + " " + local
		if !found {
			expanded, prefix = " "+name, ""
		}
		if seen[expanded] || prefix != "" && only != "" && only != scope[prefix] && !w.severalSpaces {
			continue
		}
		if prefix != "" {
			only = scope[prefix]
		}
		seen[expanded] = true
		out = append(out, attribute{name, w.value()})
	}
	if only == "" || w.severalSpaces {
		out = append(out, w.reserved()...)
	}
	return out
}

// reserved draws attributes of the namespace xml.
func (w *writer) reserved() []attribute {
	var out []attribute
	if !w.xmlAttributes || w.innerOnly && len(w.names) < 3 {
		return nil
	}
	if w.one(3) {
		out = append(out, attribute{"xml:lang", pick(w.Rand, "en", "de", "")})
	}
	if w.one(5) {
		out = append(out, attribute{"xml:space", pick(w.Rand, "preserve", "default")})
	}
	if w.bases && w.one(3) {
		out = append(out, attribute{"xml:base", pick(w.Rand, "http://example.com/a/b", "http://example.org", "../c", "d/", "", "?q", "/x/./y", "..", "e/../f", "urn:example:base")})
	}
	return out
}
