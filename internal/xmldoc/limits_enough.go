package xmldoc

import "strings"

// Enough gives a value of the limit that is enough for the document, as far as
// one that was not read to its end can tell; 0 where that cannot be told. found
// is what Error.Found says. It costs one pass over the bytes.
func Enough(src, limit string, found int) int {
	switch limit {
	case "bytes", "name", "value":
		return found
	case "elements":
		return tags(src)
	case "tokens":
		return 2*strings.Count(src, "<") + 2 // a text may stand before each tag, and one behind the last
	case "comments":
		return strings.Count(src, "<!--") + strings.Count(src, "<?")
	}
	return 0
}

// tags counts what looks like a start tag, also where it is none: in comments
// and CDATA sections.
func tags(s string) int {
	n := 0
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 == len(s) {
			return n
		}
		if c := s[i+1]; c != '/' && c != '!' && c != '?' {
			n++
		}
		s = s[i+1:]
	}
}

// Most gives how far the limit may be raised; 0 for one that is not known.
func Most(name string) int {
	for _, c := range ceilings() {
		if c.name == name {
			return c.most
		}
	}
	return 0
}

// Value gives the limit of this name.
func (l *Limits) Value(name string) int {
	for _, c := range ceilings() {
		if c.name == name {
			return *c.field(l)
		}
	}
	return 0
}
