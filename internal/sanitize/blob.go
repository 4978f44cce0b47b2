package sanitize

import "strings"

// A blob is a word in which capitals, small letters and digits stand as they do
// in base64. The pattern of these would tell much of what is encoded, so it does
// not stay: only the length does.

// shortestBlob is the length from which a word can be one.
const shortestBlob = 10

// isBlob reports whether a word is one.
func isBlob(w string) bool {
	if len(w) < shortestBlob {
		return false
	}
	changes, rises, number := 0, 0, false
	for i := range len(w) {
		kind := kindOfSymbol(w[i])
		if kind == noSymbol {
			return false
		}
		number = number || kind == digitSymbol
		if i == 0 {
			continue
		}
		before := kindOfSymbol(w[i-1])
		if kind != before {
			changes++
		}
		if kind == capitalSymbol && before == smallSymbol {
			rises++
		}
	}
	return number && rises > 1 && changes*5 >= len(w)*2
}

type symbolKind int

const (
	noSymbol symbolKind = iota
	capitalSymbol
	smallSymbol
	digitSymbol
)

func kindOfSymbol(c byte) symbolKind {
	switch {
	case c >= 'A' && c <= 'Z':
		return capitalSymbol
	case c >= 'a' && c <= 'z':
		return smallSymbol
	case c >= '0' && c <= '9':
		return digitSymbol
	}
	return noSymbol
}

// drawBlob draws one that is as long. Where a letter stands first one does again,
// as in an ID.
func drawBlob(s *stream, like string) string {
	out := make([]byte, len(like))
	first := letters
	if kindOfSymbol(like[0]) == digitSymbol {
		first = digits
	}
	for range tries {
		out[0] = s.of(first)
		for i := range out[1:] {
			out[i+1] = s.of(blobSymbols)
		}
		if isBlob(string(out)) {
			return string(out)
		}
	}
	return string(first[0]) + strings.Repeat("aB1", len(like))[:len(like)-1]
}

const blobSymbols = letters + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + digits
