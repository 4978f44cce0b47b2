package capture

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// endsValue reports whether what follows base64 is none of it: a blank, a mark of
// punctuation, or what a page or a form has behind a value.
func endsValue(rest []byte) bool {
	if len(rest) > 1 && bytes.IndexByte([]byte(".!?"), rest[0]) >= 0 {
		return isSpace(rest[1])
	}
	char, _ := utf8.DecodeRune(rest)
	return len(rest) == 0 || isSpace(rest[0]) || strings.ContainsRune("\"'`<>()[]{},;.!?*|“”‘’«»\u00a0", char) || behindValue.Match(rest[:min(len(rest), 24)])
}

// behindValue is an escaped quotation mark or tag, or the next field of a form,
// whose name may be folded.
var behindValue = regexp.MustCompile(`^&(?:quot;|apos;|lt;|gt;|nbsp;|#34;|#39;|[A-Za-z]*[=\r\n])`)

// isFolded reports whether the value at the end of a word goes on in the next
// line, as where a mail program folded a form body.
func isFolded(value, word, rest []byte) bool {
	if !bytes.HasSuffix(word, value) || hasPadding(value) || endsMessage(unpercent(value, false)) {
		return false
	}
	n := gap(rest)
	next := rest[n : n+tokenLength(rest[n:])]
	return bytes.IndexByte(rest[:n], '\n') >= 0 && (len(next) >= longWord || bytes.ContainsAny(next, wordless))
}

// unfolded takes the line breaks out of a value with percent-encoding, which may
// stand inside an escape.
func unfolded(value []byte) []byte {
	if bytes.IndexByte(value, '%') < 0 || bytes.IndexByte(value, '\n') < 0 {
		return value
	}
	return bytes.Join(bytes.Fields(value), nil)
}
