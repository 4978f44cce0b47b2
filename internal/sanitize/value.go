package sanitize

import (
	"regexp"
	"strings"
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
	timeText             // an instant or a length of time
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
	if c == durationText && isDuration(text) || c == timeText && isInstant(text) {
		return text
	}
	v := &valueScanner{m: m, text: text, context: c}
	for v.at < len(text) {
		v.step()
	}
	return v.out.String()
}

// longestDuration bounds the digits of a number of seconds: telephone numbers are
// longer.
const longestDuration = 9

// isDuration reports whether a text can be meant as a length of time.
func isDuration(text string) bool {
	t := strings.TrimSpace(text)
	if len(t) > longestDuration && onlyDigits(t) {
		return false
	}
	return len(t) <= 12 && strings.Trim(strings.ToLower(t), digits+"ptdhms.,+- \n\t") == "" && !strings.Contains(t, "st")
}

// isInstant reports whether a text has the form that times have in XML. Any other
// is read word by word.
func isInstant(text string) bool {
	return len(text) <= longestInstant && strings.ContainsAny(text, digits) && strings.Trim(text, digits+"TZ:.+- \t\r\n") == ""
}

const longestInstant = 40

// A valueScanner goes through a text once, from the left.
type valueScanner struct {
	m       replacer
	text    string
	at      int
	out     strings.Builder
	context context
	path    pathKind // of the address that the scanner is in
}

// pathKind says which words of an address are public.
type pathKind int

const (
	noPath     pathKind = iota
	ownPath             // those of products
	awsPath             // those of AWS
	awsName             // those of AWS, and the numbers of Regions
	schemaPath          // those of standards and vendors
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
			v.path = v.unlessAddressed(schemaPath)
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

// schemaWord keeps a word of a public name, and replaces those that somebody put
// there.
func (v *valueScanner) schemaWord(rest string) {
	w := rest[:wordLength(rest)]
	switch {
	case isPublicTerm(w, v.text[:v.at]):
		v.keep(len(w))
	case onlyDigits(w):
		v.put(len(w), v.m.word(w))
	default:
		v.put(len(w), camel(v.m, w))
	}
}

// word replaces a word, or keeps it where the context says that it is public.
func (v *valueScanner) word(n int) {
	w := v.text[v.at : v.at+n]
	switch lower := strings.ToLower(w); {
	case v.path == ownPath && pathWords[lower], v.path == awsPath && isAWSTerm(w), v.path == awsName && isPublicName(w),
		v.context == roleText && roleWords[lower], v.context == subjectText && subjectWords[lower],
		v.context == timeText && isTimeWord(w), w == "EXT" && v.between('#', n):
		v.keep(n)
		return
	case entraCode.MatchString(w), lower == "aws" && strings.HasPrefix(v.text[v.at+n:], ":"): // a reserved tag
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

// entraCode is the form of the codes of Entra ID, in the texts of its errors.
var entraCode = regexp.MustCompile(`^AADSTS[0-9]{4,8}$`)

// between reports whether the n bytes at the place stand between two of these
// characters.
func (v *valueScanner) between(c byte, n int) bool {
	end := v.at + n
	return v.at > 0 && end < len(v.text) && v.text[v.at-1] == c && v.text[end] == c
}
