package capture

import (
	"bytes"
	"html"
	"regexp"
	"strings"
)

// shownPassages finds the messages in a text: as it stands, or else with the
// escapes undone that logs, tickets and chats have, one kind after the other:
// what undoes more than it has to changes a message.
func shownPassages(text []byte) (plain []byte, all []passage) {
	plain = plainText(text)
	all = passages(plain)
	for _, undo := range []func([]byte) []byte{withoutReferences, withoutBackslashes, withoutBackslashes, withoutBackslashes, withoutWidthless} {
		if len(all) > 0 {
			break
		}
		if undone := undo(plain); !bytes.Equal(undone, plain) {
			plain, all = undone, passages(undone)
		}
	}
	return plain, all
}

// escapedTag is the start of an element whose marks are character references.
var escapedTag = regexp.MustCompile(`&lt;(?:\?xml|[A-Za-z_])`)

func withoutReferences(text []byte) []byte {
	if !escapedTag.Match(text) {
		return text
	}
	return []byte(html.UnescapeString(string(text)))
}

// backslashes are the escapes of logs and programs that JSON has none of.
var backslashes = strings.NewReplacer(`\\`, `\\`, `\x22`, `\"`, `\x5C`, `\\`, `\x27`, `'`, `\'`, `'`, `\x3D`, `=`, `\x2B`, `+`)

func withoutBackslashes(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	return unquote([]byte(backslashes.Replace(string(text))))
}

// widthless are characters without a width, which chats put where a line may be
// broken.
var widthless = strings.NewReplacer("\u200b", "", "\u2060", "", "\ufeff", "", "\u00ad", "")

func withoutWidthless(text []byte) []byte {
	if !bytes.ContainsAny(text, "\u200b\u2060\ufeff\u00ad") {
		return text
	}
	return []byte(widthless.Replace(string(text)))
}

// hunk is the first line of a piece of a patch.
var hunk = regexp.MustCompile(`(?m)^@@ -\d+(?:,\d+)? \+\d+`)

// withoutDiffMarks takes the marks off that a patch has before its lines.
func withoutDiffMarks(text []byte) []byte {
	if !bytes.Contains(text, []byte("@@ -")) {
		return text
	}
	at := hunk.FindIndex(text)
	if at == nil {
		return text
	}
	out := append(make([]byte, 0, len(text)), text[:at[0]]...)
	for line := range bytes.Lines(text[at[0]:]) {
		if bytes.IndexByte([]byte("+- "), line[0]) >= 0 {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}

// withoutJoints joins base64 that stands in several literals of a program, each
// in a line of its own.
func withoutJoints(text []byte) []byte {
	var out []byte
	done := 0
	for pos := 0; ; {
		at := bytes.IndexByte(text[pos:], '\n')
		if at < 0 {
			break
		}
		pos += at + 1
		if start, end, ok := jointAround(text, pos-1); ok && start >= done {
			out = append(out, text[done:start]...)
			done = end
		}
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}

// jointAround gives the joint of two literals around a line break: a quotation
// mark, at most one sign that joins, and the same quotation mark again.
func jointAround(text []byte, at int) (start, end int, ok bool) {
	const most = 128 // bytes of it on each side
	before := bytes.TrimRight(text[max(0, at-most):at], " \t\r")
	left := bytes.TrimRight(bytes.TrimRight(before, "+.&_\\"), " \t")
	after := text[at+1 : min(len(text), at+1+most)]
	right := bytes.TrimLeft(bytes.TrimLeft(bytes.TrimLeft(after, " \t"), "+.&"), " \t")
	if len(left) < 2 || len(right) < 2 {
		return 0, 0, false
	}
	mark := left[len(left)-1]
	if mark != '"' && mark != '\'' || right[0] != mark || !isSymbol(left[len(left)-2]) || !isSymbol(right[1]) {
		return 0, 0, false
	}
	return max(0, at-most) + len(left) - 1, at + 1 + len(after) - len(right) + 1, true
}
