package capture

import "bytes"

// runs reads base64 that stands in other text: over line breaks, where it is
// folded, and over blanks, where plus signs or line breaks became blanks.
type runs struct {
	text []byte
	// seen is how far base64 was sought for an end over blanks, in vain: it is
	// not sought there again.
	seen int
	// sure is up to where base64 is known to go on to the end of a message.
	sure int
	// sought counts how often XML was sought for its end in vain.
	sought int
}

func newRuns(text []byte) *runs { return &runs{text: text} }

// length gives how long the base64 is that begins at start.
func (r *runs) length(start int) int {
	end := start + tokenLength(r.text[start:])
	for {
		if hasPadding(r.text[start:end]) || endsMessage(r.text[max(start, end-64):end]) {
			return end + paddingLength(r.text[end:]) - start
		}
		next := end + gap(r.text[end:])
		if next == end || next >= len(r.text) {
			return end - start
		}
		token := tokenLength(r.text[next:])
		if token == 0 || !r.goesOn(end, next, token) {
			return end - start
		}
		end = next + token
	}
}

// hasPadding reports whether base64 ends here by what fills its last group.
func hasPadding(value []byte) bool {
	return bytes.HasSuffix(value, []byte("=")) || len(value) > 3 && bytes.EqualFold(value[len(value)-3:], []byte("%3d"))
}

// paddingLength gives the length of padding that stands in the next line, where
// the text was folded before it.
func paddingLength(rest []byte) int {
	n := gap(rest)
	next := rest[n : n+tokenLength(rest[n:])]
	if n == 0 || len(next) == 0 || len(next) > len("%3D%3D") || len(bytes.TrimLeft(unpercent(next, false), "=")) > 0 {
		return 0
	}
	return n + len(next)
}

// tokenLength gives how many characters of base64, of either alphabet and
// perhaps percent-encoded, begin a text, with the padding after them.
func tokenLength(text []byte) int {
	n := 0
	for n < len(text) && isSymbol(text[n]) && text[n] != '=' {
		n++
	}
	for n < len(text) && text[n] == '=' {
		n++
	}
	return n
}

func isSymbol(b byte) bool {
	return isAlphanumeric(b) || b == '+' || b == '/' || b == '-' || b == '_' || b == '=' || b == '%'
}

// gap gives the length of a single blank, or of a line break with the blanks
// around it, at the start of a text.
func gap(text []byte) int {
	n, breaks := 0, 0
	for n < len(text) && isSpace(text[n]) && n < 256 {
		if text[n] == '\n' {
			breaks++
		}
		n++
	}
	if breaks > 1 || breaks == 0 && n > 1 {
		return 0
	}
	return n
}

// longWord is a length that no word of prose has, and wordless are characters that
// none has.
const (
	longWord = 20
	wordless = "0123456789+/=%"
)

// goesOn reports whether the characters at next belong to the base64 before
// them. A word of prose is made of the same characters: what is short has to
// have a digit or a sign in it, or to lead to the end of a message.
func (r *runs) goesOn(end, next, token int) bool {
	word := r.text[next : next+token]
	if after := next + token; word[token-1] == '=' && after < len(r.text) && isSymbol(r.text[after]) {
		return false // a name with its value
	}
	if bytes.IndexByte(r.text[max(0, end-2):end], '%') >= 0 {
		return true // the line ends inside an escape
	}
	if token >= longWord || bytes.ContainsAny(word, wordless) {
		return true
	}
	return r.endsLater(next)
}

// endsLater reports whether base64 goes on over blanks and line breaks to the end
// of a message, before another begins.
func (r *runs) endsLater(from int) bool {
	if from < max(r.seen, r.sure) {
		return from < r.sure
	}
	at := from
	for at < len(r.text) {
		n := tokenLength(r.text[at:])
		if n == 0 || startsMessage(r.text[at:]) {
			break
		}
		at += n
		if endsMessage(r.text[max(from, at-64):at]) {
			r.sure = at
			return true
		}
		at += gap(r.text[at:])
	}
	r.seen = at
	return false
}
