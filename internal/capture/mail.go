package capture

import (
	"bytes"
	"encoding/base64"
)

const (
	mostMailDepth = 3   // mails in mails
	mostParts     = 200 // of a mail
)

// transferEncoding is the header that tells how a part of a mail is encoded.
const transferEncoding = "content-transfer-encoding:"

// encodedPart finds the next such header that tells of an encoding, from pos on;
// at is -1 where there is none.
func encodedPart(text []byte, pos int) (at, end int, encoding string) {
	for pos < len(text) {
		next := indexFold(text[pos:], transferEncoding)
		if next < 0 {
			break
		}
		at = pos + next
		pos = at + len(transferEncoding)
		value := bytes.TrimLeft(text[pos:lineEnd(text, pos)], " \t\"")
		for _, encoding := range []string{"quoted-printable", "base64"} {
			if (at == 0 || text[at-1] == '\n') && startsFold(value, []string{encoding}) {
				return at, pos, encoding
			}
		}
	}
	return -1, 0, ""
}

// findMail finds the messages in a mail with parts that are encoded (RFC 2045),
// each of which may be a container of its own.
func findMail(text []byte, depth int) (Found, bool) {
	parts := mailParts(text)
	if len(parts) == 0 || depth >= mostMailDepth {
		return Found{}, false
	}
	g := gathering{noun: "part"}
	for _, part := range parts {
		g.part(part, depth)
		g.exchanges++
	}
	found := g.once("mail")
	return found, len(found.Messages) > 0
}

// part looks into a decoded part of a mail.
func (g *gathering) part(text []byte, depth int) {
	text = trimmed(text)
	if len(text) == 0 {
		return
	}
	found, ok := findMail(text, depth+1)
	if !ok {
		found = findIn(text)
	}
	for _, m := range found.Messages {
		value := m.Text
		if c, ok := carries(m.Text); ok {
			value = c.value
		}
		g.see(m, value, m.Where, false)
	}
	if found.Kind == None {
		plain := plainText(text)
		g.passages(plain, passages(plain))
	}
}

// mailParts gives the parts of a mail: those that are encoded, decoded, and
// before them what is not.
func mailParts(text []byte) [][]byte {
	var plain []byte
	out := [][]byte{nil}
	pos := 0
	for len(out) <= mostParts {
		header, end, encoding := encodedPart(text, pos)
		if header < 0 {
			break
		}
		at, skip := endOfHead(text[end:])
		if at < 0 {
			break
		}
		start := end + at + skip
		end = start + partEnd(text[start:])
		plain = append(plain, text[pos:header]...)
		out = append(out, decodedPart(text[start:end], encoding))
		pos = end
	}
	if len(out) == 1 {
		return nil
	}
	out[0] = append(plain, text[pos:]...)
	return out
}

// partEnd gives where a part ends: before the line that divides it from the
// next, which begins with two hyphens and is no line of base64 or of XML.
func partEnd(text []byte) int {
	pos := 0
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("--")) && len(line) > 6 && !bytes.HasPrefix(line, []byte("-->")) {
			return pos
		}
		pos += len(line)
	}
	return pos
}

func decodedPart(text []byte, encoding string) []byte {
	if encoding == "quoted-printable" {
		return unquotePrintable(text)
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, _ := base64.StdEncoding.Decode(out, bytes.TrimRight(text, blanks))
	return out[:n]
}
