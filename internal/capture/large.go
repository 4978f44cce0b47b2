package capture

import "bytes"

// mostStart is how much of a text is looked at to see what it may be.
const mostStart = 64 << 10

// largeStarts are what the containers begin with that may be large.
var largeStarts = []string{"{", "[", "<?xml version=\"1.0\"?>\n<!doctype items", "<?xml version=\"1.0\"?>\r\n<!doctype items", "<items burpversion",
	"received:", "return-path:", "delivered-to:", "mime-version:", "from:", "from ", "date:", "subject:", "message-id:", "content-type:", "x-",
	"curl ", "fetch(", "await fetch(", "$session = ", "invoke-webrequest", "invoke-restmethod", "aws ", "=====", "-----", "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<charles-session"}

// MayBeLarge reports whether a text that begins so may be a container that is
// worth reading whole, however large it is.
func MayBeLarge(start []byte) bool {
	text := trimmed(start[:min(len(start), mostStart)])
	if isZip(text) {
		return true
	}
	if len(text) == 0 || bytes.IndexByte(text, 0) >= 0 {
		return false
	}
	if startsFold(text, largeStarts) || isPage(text) {
		return true
	}
	h := httpStart{}
	if h.read(bytes.TrimRight(text[:lineEnd(text, 0)], " \t\r\n")) {
		return true
	}
	return text[0] != '<' && !startsMessage(text) && isProse(text)
}

// isProse reports whether a text has a line of several words, as notes and logs
// do.
func isProse(text []byte) bool {
	for line := range bytes.Lines(text) {
		if len(bytes.Fields(line)) >= 3 {
			return true
		}
	}
	return false
}
