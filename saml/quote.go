package saml

import "github.com/samlcheck/samlcheck/internal/words"

// longestQuote bounds foreign text in a message, in characters. A message never
// holds more of the response than that.
const longestQuote = 120

func quote(s string) string            { return words.Quote(s, longestQuote) }
func quoteAll(values []string) string  { return words.QuoteAll(values, longestQuote) }
func count(n int, thing string) string { return words.Count(n, thing) }
