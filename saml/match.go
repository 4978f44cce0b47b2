package saml

import "strings"

// matches reports whether the text is what the pattern stands for: * stands for
// any characters, every other character for itself.
func matches(pattern, text string) bool {
	first, more, several := strings.Cut(pattern, "*")
	if !several {
		return pattern == text
	}
	rest, ok := strings.CutPrefix(text, first)
	if !ok {
		return false
	}
	for {
		part, after, found := strings.Cut(more, "*")
		if !found {
			return strings.HasSuffix(rest, part)
		}
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest, more = rest[i+len(part):], after
	}
}

func matchesAny(patterns []string, text string) bool {
	for _, p := range patterns {
		if matches(p, text) {
			return true
		}
	}
	return false
}
