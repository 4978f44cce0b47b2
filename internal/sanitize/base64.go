package sanitize

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// decoded gives the octets of base64 in whose text blanks may stand.
func decoded(text string) ([]byte, bool) {
	packed := strings.Join(strings.Fields(text), "")
	octets, err := base64.StdEncoding.DecodeString(packed)
	if err != nil || len(packed) == 0 {
		return nil, false
	}
	return octets, true
}

const (
	armourBegin = "-----BEGIN CERTIFICATE-----"
	armourEnd   = "-----END CERTIFICATE-----"
)

// withoutArmour takes off the lines that PEM puts around base64.
func withoutArmour(text string) string {
	return strings.NewReplacer(armourBegin, "", armourEnd, "").Replace(text)
}

// octets puts other base64 in the place of an element's, in the lines in which
// that is written.
func (d *draft) octets(e xmldoc.Element, value []byte) {
	fresh := strayLike(e.Text(), base64.StdEncoding.EncodeToString(value))
	nodes := textNodes(e)
	if len(nodes) == 0 {
		return
	}
	changed := false
	for i, node := range nodes {
		content, w := node.Content(), writingOf(node)
		old := pieces(content, w)
		n := len(symbols(old))
		if i == len(nodes)-1 || n > len(fresh) {
			n = len(fresh)
		}
		at := contentOffset(node)
		head, body, tail := armourAround(content)
		changed = d.put(at, at+len(content), head+refill(pieces(body, w), fresh[:n])+tail) || changed
		fresh = fresh[n:]
	}
	if changed {
		d.note(kindOf(e), e.Path(), "")
	}
}

// armourAround gives the lines of PEM around base64, and what stands between
// them. Outside of them blanks stay alone: people write there whose it is.
func armourAround(content string) (head, body, tail string) {
	body = content
	if before, after, found := strings.Cut(body, armourBegin); found {
		head, body = blanksOf(before)+armourBegin, after
	}
	if i := strings.LastIndex(body, armourEnd); i >= 0 {
		tail, body = armourEnd+blanksOf(body[i+len(armourEnd):]), body[:i]
	}
	return head, body, tail
}

// blanksOf gives a text if it is blank.
func blanksOf(text string) string {
	if strings.TrimSpace(text) != "" {
		return ""
	}
	return text
}

// strayLike sets a bit that no octet has a use for where the original did.
func strayLike(original, fresh string) string {
	packed := strings.Join(strings.Fields(original), "")
	if _, err := base64.StdEncoding.Strict().DecodeString(packed); err == nil {
		return fresh
	}
	last := strings.TrimRight(fresh, "=")
	if _, err := base64.StdEncoding.DecodeString(packed); err != nil || last == fresh || last == "" {
		return fresh
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	next := alphabet[strings.IndexByte(alphabet, last[len(last)-1])|1]
	return last[:len(last)-1] + string(next) + fresh[len(last):]
}

// isSymbol reports whether a piece belongs to base64. What joins two strings in
// the source of a program does not: \n" + "
func isSymbol(all []piece, i int) bool {
	if i > 0 && all[i-1].r == '\\' {
		return false
	}
	r := all[i].r
	if r == '+' {
		return !afterQuote(all, i)
	}
	return r == '/' || r == '=' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
}

// afterQuote reports whether a quotation mark stands before a piece, blanks left
// out.
func afterQuote(all []piece, i int) bool {
	for i--; i >= 0 && (all[i].r == ' ' || all[i].r == '\n' || all[i].r == '\t'); i-- {
	}
	return i >= 0 && all[i].r == '"'
}

// symbols gives the base64 in a text, whatever else stands between.
func symbols(all []piece) string {
	var b strings.Builder
	for i, p := range all {
		if isSymbol(all, i) {
			b.WriteRune(p.r)
		}
	}
	return b.String()
}

// looselyDecoded gives the octets of base64 that is quoted, commented out, or
// without its padding.
func looselyDecoded(text string) ([]byte, bool) {
	octets, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(symbols(pieces(text, verbatim)), "="))
	return octets, err == nil && len(octets) > 0
}

// refill writes base64 over other base64. What is no symbol stays where it is;
// where the new text is longer its lines go on as they did.
func refill(old []piece, fresh string) string {
	if was := symbols(old); len(was)%4 != 0 && !strings.HasSuffix(was, "=") {
		fresh = strings.TrimRight(fresh, "=")
	}
	var b strings.Builder
	line, lineBreak := foldOf(old)
	column, last := 0, lastSymbol(old)
	for i, p := range old {
		symbol := isSymbol(old, i)
		switch {
		case symbol && i == last:
			writeFolded(&b, fresh, column, line, lineBreak)
			fresh = ""
		case symbol && fresh != "":
			b.WriteByte(fresh[0])
			fresh = fresh[1:]
			column++
		case symbol:
		case fresh == "" && i < last:
		case p.r >= utf8.RuneSelf && isWordRune(p.r): // no joint of a string, but a word
		default:
			b.WriteString(p.raw)
			if p.r == '\n' || p.r == '\r' {
				column = 0
			}
		}
	}
	return b.String() + fresh
}

// writeFolded writes the rest of a base64 text, broken like what stands before.
func writeFolded(b *strings.Builder, fresh string, column, line int, lineBreak string) {
	for i := range len(fresh) {
		if line > 0 && column == line {
			b.WriteString(lineBreak)
			column = 0
		}
		b.WriteByte(fresh[i])
		column++
	}
}

func lastSymbol(all []piece) int {
	for i := len(all) - 1; i >= 0; i-- {
		if isSymbol(all, i) {
			return i
		}
	}
	return -1
}

// foldOf gives how many symbols the first of several lines has, and what stands
// between it and the next; 0 for one line.
func foldOf(all []piece) (line int, lineBreak string) {
	i := 0
	for i < len(all) && !isSymbol(all, i) {
		i++
	}
	for ; i < len(all) && isSymbol(all, i); i++ {
		line++
	}
	for ; i < len(all) && !isSymbol(all, i); i++ {
		lineBreak += all[i].raw
	}
	if i == len(all) {
		return 0, ""
	}
	return line, lineBreak
}
