package capture

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// powershellWords takes the first command of a text for PowerShell apart. What
// stands in braces or parentheses is one word, as it stands.
func powershellWords(text []byte) (words []string, end int, unclosed bool) {
	p := powershellReader{text: text}
	for p.word() {
	}
	return p.words, p.pos, p.unclosed
}

type powershellReader struct {
	text     []byte
	pos      int
	words    []string
	unclosed bool
}

// word reads the next word; it gives false at the end of the command.
func (p *powershellReader) word() bool {
	if !p.blanks() || len(p.words) >= mostWords {
		return false
	}
	var out []byte
	deep := 0
	for p.pos < len(p.text) {
		switch b := p.text[p.pos]; {
		case b == '\'' || b == '"':
			out = p.quoted(out, b)
		case b == '`' && p.pos+1 < len(p.text):
			if p.continued() {
				continue
			}
			out = append(out, p.text[p.pos+1])
			p.pos += 2
		case deep == 0 && (isSpace(b) || b == ';' || b == '|' || b == ')'):
			p.words = append(p.words, string(out))
			return true
		default:
			deep += depthOf(b)
			out = append(out, b)
			p.pos++
		}
	}
	p.unclosed = p.unclosed || deep > 0
	p.words = append(p.words, string(out))
	return false
}

func depthOf(b byte) int {
	switch b {
	case '{', '(':
		return 1
	case '}', ')':
		return -1
	}
	return 0
}

// blanks passes over blanks and continued lines; it gives false at the end of
// the command.
func (p *powershellReader) blanks() bool {
	for p.pos < len(p.text) {
		switch b := p.text[p.pos]; {
		case p.continued():
		case b == ' ' || b == '\t':
			p.pos++
		default:
			return bytes.IndexByte([]byte("\r\n;|)"), b) < 0
		}
	}
	return false
}

// continued passes over a line break that a backtick takes away.
func (p *powershellReader) continued() bool {
	for _, mark := range []string{"`\n", "`\r\n"} {
		if bytes.HasPrefix(p.text[p.pos:], []byte(mark)) {
			p.pos += len(mark)
			return true
		}
	}
	return false
}

// quoted reads a quotation: of the one kind, in which a doubled mark alone is an
// escape, or of the other, in which a backtick is one and $([char]N) stands for
// a character.
func (p *powershellReader) quoted(out []byte, mark byte) []byte {
	for p.pos++; p.pos < len(p.text); {
		b := p.text[p.pos]
		switch {
		case b == mark && p.pos+1 < len(p.text) && p.text[p.pos+1] == mark:
			out = append(out, mark)
			p.pos += 2
		case b == mark:
			p.pos++
			return out
		case b == '`' && mark == '"' && p.pos+1 < len(p.text):
			out = append(out, backtick(p.text[p.pos+1]))
			p.pos += 2
		case mark == '"' && bytes.HasPrefix(p.text[p.pos:], []byte("$([char]")):
			out = p.char(out)
		default:
			out = append(out, b)
			p.pos++
		}
	}
	p.unclosed = true
	return out
}

// backtick gives what an escape of PowerShell stands for.
func backtick(letter byte) byte {
	if b, ok := map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', '0': 0}[letter]; ok {
		return b
	}
	return letter
}

// char reads $([char]N).
func (p *powershellReader) char(out []byte) []byte {
	const before = len("$([char]")
	rest := p.text[p.pos+before:]
	end := bytes.IndexByte(rest[:min(len(rest), 8)], ')')
	if n, err := strconv.ParseUint(string(rest[:max(end, 0)]), 10, 16); err == nil {
		p.pos += before + end + 1
		return utf8.AppendRune(out, rune(n))
	}
	p.pos += before
	return append(out, "$([char]"...)
}

// readPowerShell reads Invoke-WebRequest or Invoke-RestMethod.
func readPowerShell(text []byte) (request, int) {
	words, end, unclosed := powershellWords(text)
	r := request{unclosed: unclosed}
	r.method = "GET"
	for i := 1; i < len(words); i++ {
		value := ""
		if i+1 < len(words) {
			value = words[i+1]
		}
		switch strings.ToLower(words[i]) {
		case "-uri":
			r.url = value
		case "-method":
			r.method = strings.ToUpper(value)
		case "-body":
			r.body = powershellBody(value)
		case "-infile":
			r.file = value
		default:
			if strings.HasPrefix(words[i], "http") && r.url == "" && !slices.Contains(powershellValues, strings.ToLower(words[i-1])) {
				r.url = words[i]
			}
		}
	}
	return r, end
}

// powershellValues are parameters whose value could be taken for the address.
var powershellValues = []string{"-headers", "-body", "-proxy", "-useragent"}

// powershellBody gives the body of a request: text, or a table of fields such as
// @{SAMLResponse="…"; RelayState="…"}, whose quotation marks are gone by now.
func powershellBody(value string) []byte {
	table, ok := strings.CutPrefix(value, "@{")
	if !ok {
		return []byte(value)
	}
	var fields []pair
	for field := range strings.FieldsFuncSeq(strings.TrimSuffix(table, "}"), func(r rune) bool { return r == ';' || r == '\n' }) {
		if name, value, ok := strings.Cut(field, "="); ok {
			fields = append(fields, pair{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
	}
	return formOf(fields)
}
