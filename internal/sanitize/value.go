package sanitize

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A context says what kind of value is replaced, as far as its words depend on
// it.
type context int

const (
	plainText    context = iota
	roleText             // the value of a Role attribute
	nameText             // the name of an attribute
	subjectText          // a distinguished name
	durationText         // a number of seconds
)

// value replaces what is not public in a text. The result has as many
// characters, save where an address of the network stands.
func (m *Map) value(text string, c context) string { return scanValue(m, text, c) }

// A replacer gives what stands for the things that a text names. What it takes
// for none of those is read as words.
type replacer interface {
	word(w string) string
	guid(g string) (string, bool)
	host(h string) (string, bool)
	address(a string) (string, bool)
}

func scanValue(m replacer, text string, c context) string {
	if c == durationText && isDuration(text) {
		return text
	}
	v := &valueScanner{m: m, text: text, context: c}
	for v.at < len(text) {
		v.step()
	}
	return v.out.String()
}

// isDuration reports whether a text can be meant as a length of time.
func isDuration(text string) bool {
	t := strings.TrimSpace(text)
	return len(t) <= 12 && strings.Trim(strings.ToLower(t), digits+"ptdhms.,+- \n\t") == "" && !strings.Contains(t, "st")
}

// A valueScanner goes through a text once, from the left.
type valueScanner struct {
	m       replacer
	text    string
	at      int
	out     strings.Builder
	context context
	path    pathKind // of the address that the scanner is in
	schema  bool     // the address names a host, below which customers give names too
}

// pathKind says which words of an address are public.
type pathKind int

const (
	noPath     pathKind = iota
	ownPath             // those of products
	awsPath             // every word without a digit
	awsName             // every word in small letters, and the numbers of Regions
	schemaPath          // every word
)

// keep copies n bytes.
func (v *valueScanner) keep(n int) {
	v.out.WriteString(v.text[v.at : v.at+n])
	v.at += n
}

// put writes something else in the place of n bytes.
func (v *valueScanner) put(n int, text string) {
	v.out.WriteString(text)
	v.at += n
}

// step does one thing at the place where the scanner is.
func (v *valueScanner) step() {
	rest := v.text[v.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case isWordRune(r):
		v.thing(rest)
	case r == '@':
		v.keep(size)
		if n := hostLength(v.text[v.at:]); n > 0 {
			v.domain(n)
		}
	case r == ':' && v.path == awsPath:
		v.path, v.context = noPath, plainText // the key of a tag follows
		v.keep(size)
	case isDelimiter(r):
		v.path = noPath
		v.keep(size)
	case strings.HasPrefix(rest, "::") && v.address(rest):
	default:
		v.keep(size)
	}
}

// thing replaces what begins with a letter or digit.
func (v *valueScanner) thing(rest string) {
	if n := guidLength(rest); n > 0 {
		if g, ok := v.m.guid(rest[:n]); ok {
			v.put(n, g)
			return
		}
	}
	if v.path == noPath && (v.name(rest) || v.url(rest)) {
		return
	}
	if v.path == schemaPath {
		v.schemaWord(rest)
		return
	}
	if v.address(rest) {
		return
	}
	if n := hostLength(rest); n > 0 && hasKnownTop(rest[:n]) && v.domain(n) {
		return
	}
	v.word(wordLength(rest))
}

// address replaces an IP address at the place. One that others are joined to by
// dots or colons is none.
func (v *valueScanner) address(rest string) bool {
	n := addressLength(rest)
	if n == 0 {
		return false
	}
	if before, _ := utf8.DecodeLastRuneInString(v.text[:v.at]); before == '.' || isWordRune(before) && v.at > 0 || before == ':' && strings.Contains(rest[:n], ":") {
		return false
	}
	a, ok := v.m.address(rest[:n])
	if ok {
		v.put(n, a)
	}
	return ok
}

// name keeps the names that standards and AWS gave.
func (v *valueScanner) name(rest string) bool {
	for _, p := range publicURNs {
		if hasFold(rest, p) {
			v.path, v.schema = v.unlessAddressed(schemaPath), false
			v.keep(len(p))
			return true
		}
	}
	if hasFold(rest, amazonURN) {
		v.path = v.unlessAddressed(awsName)
		v.keep(len(amazonURN))
		return true
	}
	if n := len(arnStart.FindString(rest[:min(len(rest), longestARNStart)])); n > 0 {
		v.keep(n)
		return true
	}
	return false
}

// longestName bounds names of standards and vendors.
const longestName = 256

// unlessAddressed gives the kind of path, but that of anybody where an "@" stands
// in it, or where it is longer than names are: then it may speak of somebody.
func (v *valueScanner) unlessAddressed(p pathKind) pathKind {
	rest := v.text[v.at:]
	rest = rest[:min(len(rest), longestName+1)]
	end := strings.IndexFunc(rest, isDelimiter)
	if end < 0 {
		end = len(rest)
	}
	if end > longestName || strings.Contains(rest[:end], "@") {
		return ownPath
	}
	return p
}

// isDelimiter reports whether a character ends an address or a name.
func isDelimiter(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;"'<>|`, r) }

// arnStart is how an ARN begins, up to the number of the account.
var arnStart = regexp.MustCompile(`^(?i:arn:aws(-[a-z]{1,5}){0,3}:(iam|sts|sso)::)`)

const longestARNStart = 48

var schemeStart = regexp.MustCompile(`^(?i:https?|ldaps?|ftp|spn|api|ms-app)://`)

// url begins an address: the scheme stays, and the host where it is public.
func (v *valueScanner) url(rest string) bool {
	scheme := schemeStart.FindString(rest[:min(len(rest), 12)])
	if scheme == "" {
		return false
	}
	v.keep(len(scheme))
	v.path = ownPath
	rest = v.text[v.at:]
	if v.address(rest) {
		v.port()
	} else if hasFold(rest, localHost) && wordLength(rest) == len(localHost) && hostLength(rest) == 0 {
		v.keep(len(localHost))
		v.port()
	} else if n := hostLength(rest); n > 0 {
		if path := v.unlessAddressed(pathOf(rest[:n])); v.domain(n) {
			v.path, v.schema = path, true
			v.port()
		}
	}
	return true
}

func pathOf(host string) pathKind {
	host = strings.ToLower(host)
	switch {
	case schemaHosts[host]:
		return schemaPath
	case isPublicHost(host) && strings.Contains(host, "amazon"):
		return awsPath
	}
	return ownPath
}

// localHost is the machine itself, where client programs wait for responses.
const localHost = "localhost"

// port keeps the number of a port, which tells nothing.
func (v *valueScanner) port() {
	rest := v.text[v.at:]
	if n := portLength(rest); n > 0 {
		v.keep(n)
	}
}

func portLength(rest string) int {
	if rest == "" || rest[0] != ':' {
		return 0
	}
	n := 1
	for n < len(rest) && n < 7 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if n > 6 || n == 1 {
		return 0
	}
	return n
}

// domain replaces what is a customer's in the domain at the place.
func (v *valueScanner) domain(n int) bool {
	host := v.text[v.at : v.at+n]
	switch own := ownLabels(host); {
	case isPublicHost(host):
		v.keep(n)
	case own > 0 && v.path != noPath:
		v.labels(v.at + own)
		v.keep(n - own)
	default:
		h, ok := v.m.host(host)
		if ok {
			v.put(n, h)
		}
		return ok
	}
	return true
}

// labels replaces the labels up to an offset that are neither those of services
// nor of Regions.
func (v *valueScanner) labels(end int) {
	for v.at < end {
		label, _, _ := strings.Cut(v.text[v.at:end], ".")
		if publicLabels[label] || looksLikeRegion(label) {
			v.keep(len(label))
		}
		for stop := v.at + len(label); v.at < stop && v.at < end && v.text[v.at] != '.'; {
			if n := wordLength(v.text[v.at:end]); n > 0 {
				v.put(n, v.m.word(v.text[v.at:v.at+n]))
				continue
			}
			v.keep(1)
		}
		if v.at < end {
			v.keep(1)
		}
	}
}

// schemaWord keeps a word of a public name unless it may be a number of
// somebody.
func (v *valueScanner) schemaWord(rest string) {
	n := wordLength(rest)
	if v.context == nameText && v.schema && !onlyDigits(rest[:n]) {
		v.put(n, camel(v.m, rest[:n]))
		return
	}
	if w := rest[:n]; onlyDigits(w) && len(w) >= accountDigits-1 || len(w) >= 40 {
		v.put(n, v.m.word(w))
		return
	}
	v.keep(n)
}

// word replaces a word, or keeps it where the context says that it is public.
func (v *valueScanner) word(n int) {
	w := v.text[v.at : v.at+n]
	switch lower := strings.ToLower(w); {
	case v.path == ownPath && pathWords[lower], v.path == awsPath && isPublicWord(w), v.path == awsName && isPublicName(w),
		v.context == roleText && roleWords[lower], v.context == subjectText && subjectWords[lower],
		w == "EXT" && v.between('#', n):
		v.keep(n)
		return
	case lower == "aws" && strings.HasPrefix(v.text[v.at+n:], ":"): // a reserved tag
		v.keep(n)
		return
	case v.context == nameText && v.path == noPath:
		v.put(n, camel(v.m, w))
		return
	}
	for _, p := range keptBeginnings {
		if strings.HasPrefix(w, p) && n > len(p) {
			v.keep(len(p))
			v.put(n-len(p), v.m.word(w[len(p):]))
			return
		} else if w == p {
			v.keep(n)
			return
		}
	}
	v.put(n, v.m.word(w))
}

// between reports whether the n bytes at the place stand between two of these
// characters.
func (v *valueScanner) between(c byte, n int) bool {
	end := v.at + n
	return v.at > 0 && end < len(v.text) && v.text[v.at-1] == c && v.text[end] == c
}

// isPublicWord reports whether a word of an address of AWS is public: IDs hold
// digits.
func isPublicWord(w string) bool {
	return len(w) <= 24 && !strings.ContainsAny(w, digits)
}

// isPublicName is isPublicWord for the names of service providers, behind which
// IDs of letters alone stand.
func isPublicName(w string) bool {
	return isPublicWord(w) && w == strings.ToLower(w) || onlyDigits(w) && len(w) <= 2
}

// camel replaces those parts of a name that are no common parts of names.
func camel(m replacer, name string) string {
	if nameWords[strings.ToLower(name)] {
		return name
	}
	var out strings.Builder
	for _, part := range camelParts(name) {
		if !nameWords[strings.ToLower(part)] {
			part = m.word(part)
		}
		out.WriteString(part)
	}
	return out.String()
}

// camelParts cuts a name before each capital that a small letter precedes.
func camelParts(name string) []string {
	var out []string
	from, small := 0, false
	for i, r := range name {
		if unicode.IsUpper(r) && small {
			out = append(out, name[from:i])
			from = i
		}
		small = unicode.IsLower(r)
	}
	return append(out, name[from:])
}

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
