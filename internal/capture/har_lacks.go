package capture

import (
	"fmt"
	"strings"
)

// harCreators tell by the name of the creator who wrote an archive.
var harCreators = []struct{ part, name string }{
	{"WebKit", "Safari"}, {"WebInspector", "Chrome or Edge"}, {"Firefox", "Firefox"},
	{"Charles", "Charles"}, {"Fiddler", "Fiddler"}, {"mitmproxy", "mitmproxy"}, {"Burp", "Burp"}, {"Playwright", "Playwright"},
}

func (h *harReader) name() string {
	for _, c := range harCreators {
		if strings.Contains(h.creator, c.part) {
			return "HAR archive of " + c.name
		}
	}
	return "HAR archive"
}

// lacks tells why an archive holds no response.
func (h *harReader) lacks() string {
	const again = "record the sign-in again, with the log preserved over page loads, from before it starts until AWS has answered"
	switch {
	case h.bad:
		return fmt.Sprintf("the archive is damaged: its entry %d is no JSON; export it again", h.exchanges)
	case h.cut:
		return fmt.Sprintf("the archive is cut off in its entry %d, and no entry before that has a SAMLResponse: export it again", h.exchanges)
	case h.exchanges == 0:
		return "the archive has no entries: open the developer tools before the sign-in, and " + again
	case h.redacted != "":
		return fmt.Sprintf("somebody took the message out of the archive, and put %s in its place: ask for the archive as the browser exports it, or for “Copy as cURL” of the POST", short(h.redacted))
	case h.missing != "":
		return fmt.Sprintf("the archive has the POST to %s, and not its body, which a response travels in: %s", short(h.missing), h.export())
	case h.bodyless > 0:
		return fmt.Sprintf("the archive has %s of the method POST without a body, and a response travels in one: %s", counted(h.bodyless, "request"), h.export())
	}
	return fmt.Sprintf("none of its %s has a SAMLResponse: %s", counted(h.exchanges, "entry"), again)
}

// export tells how the program that wrote an archive writes bodies too.
func (h *harReader) export() string {
	if strings.Contains(h.creator, "Firefox") {
		return "sign in again with the network panel open, and choose “Save All As HAR” there"
	}
	return "export it again with content (“Export HAR”, or “Save all as HAR with content”), or take “Copy as cURL” of the POST"
}

// counted gives a number with its noun.
func counted(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
