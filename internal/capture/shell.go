package capture

import (
	"bytes"
	"unicode/utf8"
)

// shellWords takes the first command of a text for a POSIX shell apart, up to
// where it ends, and gives its words. unclosed says that the text ends inside a
// quotation.
func shellWords(text []byte) (words []string, end int, unclosed bool) {
	s := shellReader{text: text}
	for s.word() {
	}
	return s.words, s.pos, s.unclosed
}

// mostWords is how many words of a command are read.
const mostWords = 4096

type shellReader struct {
	text     []byte
	pos      int
	words    []string
	unclosed bool
}

// word reads the next word; it gives false at the end of the command.
func (s *shellReader) word() bool {
	if !s.blanks() || len(s.words) >= mostWords {
		return false
	}
	var out []byte
	for s.pos < len(s.text) {
		switch b := s.text[s.pos]; {
		case b == '\'':
			out = append(out, s.until('\'')...)
		case b == '"':
			out = s.double(out)
		case b == '$' && s.pos+1 < len(s.text) && s.text[s.pos+1] == '\'':
			out = s.ansi(out)
		case b == '\\' && s.pos+1 < len(s.text):
			if !s.continued() {
				out = append(out, s.text[s.pos+1])
				s.pos += 2
			}
		case isSpace(b) || bytes.IndexByte([]byte(";|&"), b) >= 0:
			s.words = append(s.words, string(out))
			return true
		default:
			out = append(out, b)
			s.pos++
		}
	}
	s.words = append(s.words, string(out))
	return false
}

// blanks passes over blanks and continued lines; it gives false at the end of
// the command.
func (s *shellReader) blanks() bool {
	for s.pos < len(s.text) {
		switch b := s.text[s.pos]; {
		case s.continued():
		case b == ' ' || b == '\t':
			s.pos++
		default:
			return bytes.IndexByte([]byte("\r\n;|&"), b) < 0
		}
	}
	return false
}

// continued passes over a line break that a backslash takes away.
func (s *shellReader) continued() bool {
	for _, mark := range []string{"\\\n", "\\\r\n"} {
		if bytes.HasPrefix(s.text[s.pos:], []byte(mark)) {
			s.pos += len(mark)
			return true
		}
	}
	return false
}

// until reads a quotation that nothing is escaped in.
func (s *shellReader) until(mark byte) []byte {
	s.pos++
	start := s.pos
	end := bytes.IndexByte(s.text[start:], mark)
	if end < 0 {
		s.pos, s.unclosed = len(s.text), true
		return s.text[start:]
	}
	s.pos = start + end + 1
	return s.text[start : start+end]
}

// double reads a quotation in double quotes.
func (s *shellReader) double(out []byte) []byte {
	for s.pos++; s.pos < len(s.text); s.pos++ {
		switch b := s.text[s.pos]; {
		case b == '"':
			s.pos++
			return out
		case b == '\\' && s.pos+1 < len(s.text) && bytes.IndexByte([]byte("\"\\$`\n"), s.text[s.pos+1]) >= 0:
			s.pos++
			if s.text[s.pos] != '\n' {
				out = append(out, s.text[s.pos])
			}
		default:
			out = append(out, b)
		}
	}
	s.unclosed = true
	return out
}

var ansiEscapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'a': '\a', 'b': '\b', 'f': '\f', 'v': '\v', 'e': 0x1b, '\\': '\\', '\'': '\'', '"': '"', '?': '?'}

// ansi reads a quotation of the form $'…'.
func (s *shellReader) ansi(out []byte) []byte {
	for s.pos += 2; s.pos < len(s.text); {
		b := s.text[s.pos]
		switch {
		case b == '\'':
			s.pos++
			return out
		case b == '\\' && s.pos+1 < len(s.text):
			out = s.ansiEscape(out)
		default:
			out = append(out, b)
			s.pos++
		}
	}
	s.unclosed = true
	return out
}

func (s *shellReader) ansiEscape(out []byte) []byte {
	letter := s.text[s.pos+1]
	s.pos += 2
	if b, ok := ansiEscapes[letter]; ok {
		return append(out, b)
	}
	if '0' <= letter && letter <= '7' {
		return append(out, s.octal(letter))
	}
	most := map[byte]int{'x': 2, 'u': 4, 'U': 8}[letter]
	value, n := rune(0), 0
	for n < most && s.pos < len(s.text) && isHex(s.text[s.pos]) {
		value = value<<4 | rune(hexValue(s.text[s.pos]))
		s.pos++
		n++
	}
	switch {
	case n == 0:
		return append(out, '\\', letter)
	case letter == 'x':
		return append(out, byte(value))
	}
	return utf8.AppendRune(out, value)
}

// octal reads up to three digits, the first of which was read.
func (s *shellReader) octal(first byte) byte {
	value := first - '0'
	for n := 1; n < 3 && s.pos < len(s.text) && '0' <= s.text[s.pos] && s.text[s.pos] <= '7'; n++ {
		value = value<<3 | (s.text[s.pos] - '0')
		s.pos++
	}
	return value
}
