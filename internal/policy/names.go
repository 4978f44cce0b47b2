package policy

import (
	"slices"
	"strings"
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
		if d := distance(got, name, least); d < least {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; is \"" + best + "\" meant?"
}

// distance counts the letters to be changed, added or left out to make b of a;
// it gives most where lengths alone differ by that.
func distance(a, b string, most int) int {
	if max(len(a), len(b))-min(len(a), len(b)) >= most {
		return most
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
