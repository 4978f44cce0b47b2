package capture

import "bytes"

// isCmd reports whether a command is written for cmd.exe: its first line ends in
// a caret, or a quotation has one before it.
func isCmd(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasSuffix(bytes.TrimRight(line, " \r"), []byte("^")) || bytes.Contains(line, []byte(`^"`)) && !bytes.Contains(line, []byte(" '"))
}

// cmdWords takes a command for cmd.exe apart. A caret takes the meaning of what
// follows it away, and a line break after it goes on; what is left is split as
// the C library of Windows does.
func cmdWords(text []byte) (words []string, end int, unclosed bool) {
	line, end := cmdLine(text)
	var out []byte
	inside, some := false, false
	for i := 0; i < len(line) && len(words) < mostWords; i++ {
		switch b := line[i]; {
		case b == '"' && inside && i+1 < len(line) && line[i+1] == '"':
			out = append(out, '"')
			i++
		case b == '"':
			inside, some = !inside, true
		case b == '\\' && i+1 < len(line) && (line[i+1] == '"' || line[i+1] == '\\' && inside):
			out = append(out, line[i+1])
			i++
		case !inside && isSpace(b):
			if len(out) > 0 || some {
				words = append(words, string(out))
			}
			out, some = nil, false
		default:
			out, some = append(out, b), true
		}
	}
	if some {
		words = append(words, string(out))
	}
	return words, end, inside
}

// cmdLine undoes the carets of a command, and gives it on one line. Older
// versions of Chrome put carets into quotations as well, where cmd.exe keeps
// them: they are undone there too, as the text that was copied had none.
func cmdLine(text []byte) (line []byte, end int) {
	inside := false
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b == '^':
			i = caret(text, i, &line)
		case b == '"':
			inside = !inside
			line = append(line, b)
		case !inside && (b == '\n' || b == '&' || b == '|'):
			return line, i
		default:
			line = append(line, b)
		}
	}
	return line, len(text)
}

// caret appends what a caret stands for and gives where that ends: the
// character that follows it, of a line break the one after that.
func caret(text []byte, at int, line *[]byte) int {
	next := at + 1
	if next < len(text) && text[next] == '\r' {
		next++
	}
	if next < len(text) && text[next] == '\n' {
		if next+1 < len(text) && text[next+1] == '\n' {
			*line = append(*line, '\n')
			return next + 1
		}
		*line = append(*line, ' ')
		return next
	}
	if next < len(text) {
		*line = append(*line, text[next])
	}
	return next
}
