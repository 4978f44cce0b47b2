package claims

import "github.com/samlcheck/samlcheck/internal/words"

// longestQuote bounds foreign text in a message, in characters. A role pair of
// usual names fits.
const longestQuote = 160

func quote(s string) string            { return words.Quote(s, longestQuote) }
func quoteAll(texts []string) string   { return words.QuoteAll(texts, longestQuote) }
func count(n int, thing string) string { return words.Count(n, thing) }
