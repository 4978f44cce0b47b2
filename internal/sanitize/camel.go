package sanitize

import (
	"strings"
	"unicode"
)

// camel replaces those parts of a name that are no common parts of names.
func camel(m replacer, name string) string {
	switch {
	case nameWords[strings.ToLower(name)]:
		return name
	case isBlob(name):
		return m.word(name)
	}
	var out strings.Builder
	for _, part := range camelParts(name) {
		if !nameWords[strings.ToLower(part)] {
			part = m.word(part)
		}
		out.WriteString(part)
	}
	return out.String()
}

// camelParts cuts a name before each capital that a small letter precedes.
func camelParts(name string) []string {
	var out []string
	from, small := 0, false
	for i, r := range name {
		if unicode.IsUpper(r) && small {
			out = append(out, name[from:i])
			from = i
		}
		small = unicode.IsLower(r)
	}
	return append(out, name[from:])
}
