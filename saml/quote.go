package saml

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// longestQuote bounds foreign text in a message, in characters.
const longestQuote = 120

// quote gives foreign text in quotes, every character that is not printable
// ASCII escaped, cut to a readable length. A message never holds more of the
// response than that.
func quote(s string) string {
	if utf8.RuneCountInString(s) <= longestQuote {
		return strconv.QuoteToASCII(s)
	}
	cut := 0
	for i := range s {
		if cut == longestQuote {
			return strconv.QuoteToASCII(s[:i]) + "…"
		}
		cut++
	}
	return strconv.QuoteToASCII(s)
}

// quoteAll quotes several values, at most five of them.
func quoteAll(values []string) string {
	const most = 5
	var out []string
	for i, v := range values {
		if i == most {
			out = append(out, strconv.Itoa(len(values)-most)+" more")
			break
		}
		out = append(out, quote(v))
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
