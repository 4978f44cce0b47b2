package differential

import "strings"

// text writes a run of characters.
func (w *writer) text() {
	for range 1 + w.IntN(4) {
		switch w.IntN(14) {
		case 0, 1, 2, 3, 4, 5:
			w.write(w.word())
		case 6:
			w.write(pick(w.Rand, "\n", "\n  ", "\t", " ", "  "))
		case 7:
			w.write(pick(w.Rand, "\r\n", "\r", "\r\r\n", "&#13;", "&#xD;\n", "&#10;", "&#x9;"))
		case 8, 9:
			w.write(pick(w.Rand, "&lt;", "&amp;", "&gt;", "&quot;", "&apos;", "&#60;", "&#x26;", "&#62;", ">", `"`, "'", "]]&gt;", "]] "))
		case 10, 11:
			w.write(unicodeText(w))
		case 12:
			w.write("<![CDATA[", pick(w.Rand, "", w.word(), "<&>", "]]", "&amp;", "\r\n", "]", "é>"), "]]>")
		default:
			w.aside()
		}
	}
}

// word is text that a reader could take for something. It holds a letter, so
// that it can be changed.
func (w *writer) word() string {
	return pick(w.Rand, "alice@example.com", "x", "Admin", "https://idp.example.com/", "some words ", "value", "0123q")
}

func unicodeText(w *writer) string {
	return pick(w.Rand, "é", "e\u0301", "ﬁ", "ü€", "\U0001F600", "&#x1F600;", "&#233;", "\u00a0", "\u0085", "\u2028", "\u200b", "\ufeff", "\U0010FFFD", "Å\u212b", "&#xA0;")
}

// value gives an attribute's value, quotes not escaped yet.
func (w *writer) value() string {
	var b strings.Builder
	for range w.IntN(4) {
		switch w.IntN(10) {
		case 0, 1, 2, 3, 4:
			b.WriteString(w.word())
		case 5:
			b.WriteString(pick(w.Rand, "&lt;", "&amp;", "&gt;", ">", `"`, "'", "&quot;", "&#38;", "&#x3c;"))
		case 6:
			b.WriteString(pick(w.Rand, "&#10;", "&#13;", "&#9;", "&#xA;", "&#xD;&#xA;", "&#32;"))
		case 7:
			b.WriteString(unicodeText(w))
		case 8:
			b.WriteString(pick(w.Rand, " ", "  "))
		default:
			if w.literalBreaks {
				b.WriteString(pick(w.Rand, "\n", "\t", "\r\n", "\r", "\n\n"))
			}
		}
	}
	return b.String()
}

// aside writes a comment or an instruction, where the document has any.
func (w *writer) aside() {
	comment := w.one(2)
	if w.asides >= mostAsides || comment && !w.comments || !comment && !w.instructions {
		return
	}
	w.asides++
	if comment {
		w.write("<!--", pick(w.Rand, "", "a comment", " - ", "é\r\n", "<NameID>", "x &amp; y"), "-->")
		return
	}
	target := pick(w.Rand, "p", "target", "xml-stylesheet", "a.b")
	if w.reservedNames {
		target = pick(w.Rand, "xml-thing", "XMLx", target)
	}
	w.write("<?", target, pick(w.Rand, "", " ", " data", "   some data ", "\t<x>", " a\r\nb", " \"q\"&amp;"), "?>")
}
