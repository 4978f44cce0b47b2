package policy

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
)

// known tells of the first member of an object that is not one of the names.
func known(n node, path, what string, names ...string) error {
	for _, m := range n.members {
		if !slices.Contains(names, m.name) {
			return at(path, "%s is not an element of %s%s", quote(m.name), what, meant(m.name, names))
		}
	}
	return nil
}

// meant proposes the name that a misspelt one is nearest to.
func meant(got string, names []string) string {
	best, least := "", 3
	for _, name := range names {
		if strings.EqualFold(got, name) {
			return "; it is written \"" + name + "\", and case counts"
		}
		if d := words.Distance(got, name, least); d < least {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; is \"" + best + "\" meant?"
}
