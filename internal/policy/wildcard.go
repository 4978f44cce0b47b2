package policy

import "strings"

// A pattern is text in which some runes stand for others.
type pattern []rune

// Wildcards are no runes, so that a literal * cannot be taken for one.
const (
	anyRun  rune = -1 // *
	anyRune rune = -2 // ?
)

// wildcards makes a pattern of text with * and ?.
func wildcards(text string) pattern {
	out := make(pattern, 0, len(text))
	for _, r := range text {
		switch r {
		case '*':
			r = anyRun
		case '?':
			r = anyRune
		}
		out = append(out, r)
	}
	return out
}

// matches compares a pattern with the whole of a text. It goes back to the last
// * only, which is enough: an earlier one could only take more of what the last
// may take. So it takes at most as many steps as the product of both lengths.
func (p pattern) matches(text []rune) bool {
	at, star, resume := 0, -1, 0
	for i := 0; i < len(text); {
		switch {
		case at < len(p) && p[at] == anyRun:
			star, resume = at, i
			at++
		case at < len(p) && (p[at] == anyRune || p[at] == text[i]):
			at++
			i++
		case star >= 0:
			resume++
			at, i = star+1, resume
		default:
			return false
		}
	}
	for at < len(p) && p[at] == anyRun {
		at++
	}
	return at == len(p)
}

// cost bounds the steps of matches.
func (p pattern) cost(text string) int { return (len(p) + 1) * (len(text) + 1) }

// split cuts a pattern at colons into at most n parts, wildcards belonging to
// the part that they stand in.
func (p pattern) split(n int) []pattern {
	var out []pattern
	for rest := p; ; {
		i := -1
		if len(out) < n-1 {
			i = indexRune(rest, ':')
		}
		if i < 0 {
			return append(out, rest)
		}
		out, rest = append(out, rest[:i]), rest[i+1:]
	}
}

func indexRune(p pattern, r rune) int {
	for i, at := range p {
		if at == r {
			return i
		}
	}
	return -1
}

// matchesAction compares the pattern of an Action; case does not count
// (reference_policies_elements_action).
func matchesAction(wanted, action string) bool {
	return wildcards(strings.ToLower(wanted)).matches([]rune(strings.ToLower(action)))
}
