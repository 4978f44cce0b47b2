package capture

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// A dialect is one way in which a command is written that sends a request.
type dialect struct {
	mark string // what it begins with
	name string // of the container
	read func(text []byte) (r request, end int)
}

// mostCommands is how many commands of a text are read.
const mostCommands = 10_000

// findCommands finds the messages in commands that repeat a request: those that
// browsers copy, and those that people write. A text that begins with such a
// command is none else, even where it holds no message.
func findCommands(text []byte) (Found, bool) {
	g := gathering{noun: "command"}
	name, file, unclosed, first := "", "", false, -1
	for s := newCommands(text); ; {
		at, d := s.next()
		if d == nil {
			break
		}
		if first < 0 {
			first, name = at, d.name
		}
		r, end := d.read(text[at:])
		if r.unclosed {
			r.cut, unclosed = "the text ends inside the command", true
		}
		if r.file != "" {
			file = r.file
		}
		g.add(r.exchange)
		s.pos = at + max(end, 1)
	}
	found := g.found(Curl, name, true)
	if !answers(found.Messages) {
		found.Lacks = lacksCommand(file, unclosed)
	}
	return found, len(found.Messages) > 0 || first == 0
}

func lacksCommand(file string, unclosed bool) string {
	switch {
	case file != "":
		return fmt.Sprintf("the command takes the body of the request out of the file %s: check that file", short(file))
	case unclosed:
		return "the text ends inside the command, before a SAMLResponse: copy it again"
	}
	return "the command sends no SAMLResponse: copy the one of the POST to the service provider, such as https://signin.aws.amazon.com/saml"
}

// short quotes a text of a container, of which no more than a beginning is
// shown.
func short(text string) string {
	const most = 80
	if r := []rune(text[:min(len(text), 4*most)]); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return strconv.QuoteToGraphic(text)
}

func dialects() []dialect {
	return []dialect{
		{"curl", "cURL command", readCurl},
		{"wget", "wget command", readCurl},
		{"http", "HTTPie command", readHTTPie},
		{"https", "HTTPie command", readHTTPie},
		{"Invoke-WebRequest", "PowerShell command", readPowerShell},
		{"Invoke-RestMethod", "PowerShell command", readPowerShell},
		{"invoke-webrequest", "PowerShell command", readPowerShell},
		{"invoke-restmethod", "PowerShell command", readPowerShell},
		{"iwr", "PowerShell command", readPowerShell},
		{"irm", "PowerShell command", readPowerShell},
		{"fetch(", "call of fetch", readFetch},
	}
}

// commands gives the commands of a text one after the other. It remembers
// where the next one of each dialect is, so that each is sought once.
type commands struct {
	text     []byte
	pos      int
	dialects []dialect
	at       []int // of the next of each dialect; behind the text where there is none
	given    int
}

func newCommands(text []byte) *commands {
	all := dialects()
	s := &commands{text: text, dialects: all, at: make([]int, len(all))}
	for i := range s.at {
		s.at[i] = -1
	}
	return s
}

// next gives the next command from pos on; nil where there is none.
func (s *commands) next() (at int, found *dialect) {
	if s.given++; s.given > mostCommands {
		return 0, nil
	}
	at = len(s.text)
	for i, d := range s.dialects {
		if s.at[i] < s.pos {
			s.at[i] = commandAt(s.text, s.pos, d.mark)
		}
		if s.at[i] < at {
			at, found = s.at[i], &s.dialects[i]
		}
	}
	return at, found
}

// commandAt finds a word where a command may begin: after a line break, or after
// the prompt of a shell. It gives the length of the text where there is none.
func commandAt(text []byte, pos int, word string) int {
	for {
		at := bytes.Index(text[pos:], []byte(word))
		if at < 0 {
			return len(text)
		}
		pos += at
		if startsCommand(text[:pos]) && endsWord(word, text[pos+len(word):]) {
			return pos
		}
		pos += len(word)
	}
}

// endsWord reports whether what stands before is the whole of a word.
func endsWord(word string, rest []byte) bool {
	rest = bytes.TrimPrefix(rest, []byte(".exe"))
	return strings.HasSuffix(word, "(") || len(rest) > 0 && isSpace(rest[0])
}

// startsCommand reports whether a command may stand after a text.
func startsCommand(before []byte) bool {
	const longestPrompt = 80
	before = bytes.TrimRight(before[max(0, len(before)-longestPrompt):], " \t")
	for _, word := range []string{"/usr/bin/", "sudo", "time", "await"} { // as is written before a call of JavaScript or a command
		before = bytes.TrimRight(bytes.TrimSuffix(before, []byte(word)), " \t")
	}
	return len(before) == 0 || bytes.IndexByte([]byte("\n\r;&|$>#(=`+@"), before[len(before)-1]) >= 0
}

// readCurl reads a command of curl for a POSIX shell or for cmd.
func readCurl(text []byte) (request, int) {
	if isCmd(text) {
		words, end, unclosed := cmdWords(text)
		r := curl(words)
		r.unclosed = unclosed
		return r, end
	}
	words, end, unclosed := shellWords(text)
	r := curl(words)
	r.unclosed = unclosed
	return r, end
}
