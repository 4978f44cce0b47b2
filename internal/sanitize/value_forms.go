package sanitize

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// wordLength gives the length of the word at the beginning in bytes.
func wordLength(text string) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) }); n >= 0 {
		return n
	}
	return len(text)
}

const guidSize = 36

// guidLength gives the length of a GUID at the beginning, 0 for none.
func guidLength(text string) int {
	if len(text) < guidSize || len(text) > guidSize && isHexDigit(text[guidSize]) {
		return 0
	}
	for i := range guidSize {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (text[i] == '-') || !dash && !isHexDigit(text[i]) {
			return 0
		}
	}
	return guidSize
}

func isHexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

const longestAddress = 45

// addressLength gives the length of an IP address at the beginning, 0 for none.
// A number of four parts with others before or behind it is none.
func addressLength(text string) int {
	n := 0
	for n < len(text) && n <= longestAddress && (isHexDigit(text[n]) || text[n] == '.' || text[n] == ':') {
		n++
	}
	if n < len(text) {
		if r, _ := utf8.DecodeRuneInString(text[n:]); isWordRune(r) {
			return 0
		}
	}
	run := strings.TrimRight(text[:n], ".:")
	a, err := netip.ParseAddr(run)
	if err != nil || strings.Count(run, ":") == 1 || a.Is6() && len(run) < 4 {
		if host, port, found := strings.Cut(run, ":"); found && onlyDigits(port) && strings.Count(host, ".") == 3 {
			return addressLength(host)
		}
		return 0
	}
	return len(run)
}

const longestHost = 253

// hostLength gives the length of a domain of at least two labels at the
// beginning, 0 for none.
func hostLength(text string) int {
	n, dots := 0, 0
	for i, r := range text {
		if i > longestHost {
			return 0
		}
		if !isWordRune(r) && r != '-' && r != '.' {
			break
		}
		if r == '.' {
			dots++
		}
		n = i + utf8.RuneLen(r)
	}
	run := strings.TrimRight(text[:n], ".-")
	if dots = strings.Count(run, "."); dots == 0 || len(run) < 4 {
		return 0
	}
	return len(run)
}

// knownTops are the ends of domains that are told from other text with dots,
// where neither a scheme nor an "@" stands before them.
var knownTops = set("com net org edu gov mil int io co de uk us ca au nz fr it es nl be ch at se no dk fi pl cz eu jp cn in br mx ru kr sg info biz cloud app dev local internal corp lan example test invalid zz")

func hasKnownTop(host string) bool {
	return knownTops[strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])]
}
