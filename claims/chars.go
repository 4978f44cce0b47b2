package claims

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
func isGraph(r rune) bool { return '!' <= r && r <= '~' }
func isLower(r rune) bool { return 'a' <= r && r <= 'z' }
func isWord(r rune) bool  { return isDigit(r) || isLower(r) || 'A' <= r && r <= 'Z' || r == '_' }

func isPartitionChar(r rune) bool    { return isLower(r) || r == '-' }
func isRoleNameChar(r rune) bool     { return isWord(r) || strings.ContainsRune("+=,.@-", r) }
func isProviderNameChar(r rune) bool { return isWord(r) || r == '.' || r == '-' }

// isSessionNameChar is the class of RoleSessionName and SourceIdentity, which
// is that of a role's name.
func isSessionNameChar(r rune) bool { return isRoleNameChar(r) }

// isTagChar is the class of keys and values of session tags:
// [\p{L}\p{Z}\p{N}_.:/=+\-@].
func isTagChar(r rune) bool {
	return unicode.In(r, unicode.L, unicode.Z, unicode.N) || strings.ContainsRune("_.:/=+-@", r)
}

func isUpperOrDigit(r rune) bool { return isDigit(r) || 'A' <= r && r <= 'Z' }

// isBlank is white space as XML has it.
func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// isGap is what people take for white space, or do not see at all.
func isGap(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Z, unicode.Cf) }

func allDigits(s string) bool { return s != "" && all(s, isDigit) }

func all(s string, ok func(rune) bool) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !ok(r) })
}

// charNames are the characters that are hard to tell from others, or invisible.
var charNames = map[rune]string{
	' ': "space", '\t': "tab", '\n': "line feed", '\r': "carriage return",
	'\u00a0': "no-break space", '\u00ad': "soft hyphen", '\u200b': "zero width space", '\u200c': "zero width non-joiner",
	'\u200d': "zero width joiner", '\u200e': "left-to-right mark", '\u200f': "right-to-left mark", '\u2060': "word joiner",
	'\ufeff': "byte order mark", '\u2010': "hyphen", '\u2011': "non-breaking hyphen", '\u2013': "en dash", '\u2014': "em dash",
	'\u2018': "left single quotation mark", '\u2019': "right single quotation mark",
	'\u201c': "left double quotation mark", '\u201d': "right double quotation mark",
	'\uff0c': "full-width comma", '\uff1a': "full-width colon",
}

// describe names a character by code point, and in words where it is hard to
// see.
func describe(r rune) string {
	code := fmt.Sprintf("U+%04X", r)
	if name, ok := charNames[r]; ok {
		return code + " (" + name + ")"
	}
	switch {
	case isGraph(r):
		return code + " " + strconv.QuoteRuneToASCII(r)
	case '\uff01' <= r && r <= '\uff5e':
		return code + " (full-width form of " + strconv.QuoteRuneToASCII(r-0xfee0) + ")"
	case unicode.Is(unicode.Cf, r):
		return code + " (invisible)"
	case unicode.IsControl(r):
		return code + " (control character)"
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return code + " (letter outside ASCII)"
	case unicode.IsDigit(r):
		return code + " (digit outside ASCII)"
	}
	return code
}

// mostListed bounds the characters that one message lists.
const mostListed = 8

// strangers lists the characters of s that are not allowed, with their
// positions from 1; empty if there are none.
func strangers(s string, ok func(rune) bool) string {
	var out []string
	position, more := 0, 0
	for _, r := range s {
		position++
		switch {
		case ok(r):
		case len(out) == mostListed:
			more++
		default:
			out = append(out, fmt.Sprintf("character %d is %s", position, describe(r)))
		}
	}
	if more > 0 {
		out = append(out, strconv.Itoa(more)+" more")
	}
	return strings.Join(out, ", ")
}
