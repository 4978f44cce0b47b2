package xmldoc

// space is the white space as XML 1.0 production 3 defines it.
const space = " \t\r\n"

// isSpace reports whether c is white space as XML 1.0 production 3 defines it.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// isChar reports whether r is a Char (XML 1.0 production 2).
func isChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// isNameStart reports whether r is a NameStartChar (XML 1.0 fifth edition,
// production 4).
func isNameStart(r rune) bool {
	switch {
	case r < 0x80:
		return r == ':' || r == '_' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	case r < 0x370:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7 && r < 0x300
	}
	return r != 0x37E && r <= 0x1FFF || r == 0x200C || r == 0x200D ||
		r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF ||
		r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF ||
		r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

// isNameChar reports whether r is a NameChar (production 4a).
func isNameChar(r rune) bool {
	return isNameStart(r) || r == '-' || r == '.' || r >= '0' && r <= '9' ||
		r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// asciiName marks the ASCII bytes that may stand inside a name.
var asciiName = func() (t [256]bool) {
	for c := range 0x80 {
		t[c] = isNameChar(rune(c))
	}
	return t
}()

// calm marks the bytes that need no second look in text and attribute values:
// printable ASCII save for what starts a reference and for markup.
var calm = func() (t [256]bool) {
	for c := ' '; c < 0x80; c++ {
		t[c] = c != '&' && c != '<' && c != '>'
	}
	return t
}()

// asciiStart marks the ASCII bytes that may start a name.
var asciiStart = func() (t [256]bool) {
	for c := range 0x80 {
		t[c] = isNameStart(rune(c))
	}
	return t
}()

// IsNCName reports whether s is a name without a colon, which the type xs:ID
// of a SAML ID asks for (Namespaces in XML 1.0, production 4).
func IsNCName(s string) bool {
	for i, r := range s {
		if r == ':' || i == 0 && !isNameStart(r) || !isNameChar(r) {
			return false
		}
	}
	return s != ""
}
