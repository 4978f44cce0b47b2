package claims

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// longestQuote bounds foreign text in a message, in characters. A role pair of
// usual names fits.
const longestQuote = 160

// quote gives foreign text in quotes, all but printable ASCII escaped, cut to a
// readable length.
func quote(s string) string {
	if utf8.RuneCountInString(s) <= longestQuote {
		return strconv.QuoteToASCII(s)
	}
	n := 0
	for i := range s {
		if n == longestQuote {
			return strconv.QuoteToASCII(s[:i]) + "..."
		}
		n++
	}
	return strconv.QuoteToASCII(s)
}

// quoteAll quotes several texts, at most five of them.
func quoteAll(texts []string) string {
	const most = 5
	var out []string
	for _, s := range texts[:min(most, len(texts))] {
		out = append(out, quote(s))
	}
	if len(texts) > most {
		out = append(out, strconv.Itoa(len(texts)-most)+" more")
	}
	return strings.Join(out, ", ")
}

// count gives "1 thing" or "n things".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
