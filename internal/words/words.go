// Package words puts things into messages: foreign text in quotes, lists, and
// numbers of things. No message holds foreign text in another way.
package words

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Quote gives foreign text in quotes, every character that is not printable
// ASCII escaped, cut after the given number of characters.
func Quote(text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return strconv.QuoteToASCII(text)
	}
	n := 0
	for i := range text {
		if n == most {
			return strconv.QuoteToASCII(text[:i]) + "…"
		}
		n++
	}
	return strconv.QuoteToASCII(text)
}

// mostListed bounds the texts that a message lists.
const mostListed = 5

// QuoteAll quotes several texts, at most five of them.
func QuoteAll(texts []string, most int) string {
	var out []string
	for _, t := range texts[:min(mostListed, len(texts))] {
		out = append(out, Quote(t, most))
	}
	if more := len(texts) - mostListed; more > 0 {
		out = append(out, strconv.Itoa(more)+" more")
	}
	return strings.Join(out, ", ")
}

// Count gives "1 thing" or "n things".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
