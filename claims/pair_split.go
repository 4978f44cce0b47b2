package claims

import (
	"iter"
	"strings"
)

// splitPair cuts at each comma that an ARN follows: names of roles may hold
// commas, so that a comma alone parts nothing.
func splitPair(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			i := nextCut(text)
			if i < 0 {
				break
			}
			if !yield(text[:i]) {
				return
			}
			text = text[i+1:]
		}
		yield(text)
	}
}

// nextCut gives the offset of the first comma that an ARN follows; below zero
// where there is none.
func nextCut(text string) int {
	for i := 0; ; i++ {
		next := strings.IndexByte(text[i:], ',')
		if next < 0 {
			return -1
		}
		if i += next; beginsARN(text[i+1:]) {
			return i
		}
	}
}

// cutPair cuts a text that has two parts.
func cutPair(text string) (first, second string, found bool) {
	i := nextCut(text)
	if i < 0 || nextCut(text[i+1:]) >= 0 {
		return "", "", false
	}
	return text[:i], text[i+1:], true
}

// longestGap bounds the blanks between a comma and the ARN after it.
const longestGap = 64

func beginsARN(s string) bool {
	s = s[:min(len(s), longestGap)]
	if s == "" || !graphChars.has(s[0]) {
		s = strings.TrimLeftFunc(s, isGap)
	}
	return len(s) >= 4 && strings.EqualFold(s[:4], "arn:")
}

// trimBlanks takes the white space of XML off both ends.
func trimBlanks(s string) string {
	if s != "" && graphChars.has(s[0]) && graphChars.has(s[len(s)-1]) {
		return s
	}
	return strings.TrimFunc(s, isBlank)
}
