package saml

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// Names of the layers that do not belong around a message.
const (
	layerPercent   = "url-encoded"
	layerHTML      = "html-escaped"
	layerBase64    = "base64"
	layerBase64URL = "base64url"
)

// base64Scan is what a text looks like as base64.
type base64Scan struct {
	symbols  int // characters of either alphabet, padding left out
	std, url int // of them "+" and "/", "-" and "_"
	firstURL int // offset of the first of the latter
	blanks   int // blanks inside the text
	padding  int // "=" at the end
	foreign  int // characters of no alphabet
	fault    *base64Fault
}

func scanBase64(text []byte) base64Scan {
	s := base64Scan{firstURL: -1}
	for i, b := range text {
		switch {
		case isAlphanumeric(b):
			s.symbol(i)
		case b == '+' || b == '/':
			s.symbol(i)
			s.std++
		case b == '-' || b == '_':
			s.symbol(i)
			s.url++
			if s.firstURL < 0 {
				s.firstURL = i
			}
		case b == ' ':
			s.blanks++
		case b == '=':
			s.padding++
		case bytes.IndexByte([]byte(blanks), b) >= 0:
		default:
			s.isForeign(text, i)
		}
	}
	return s
}

func isAlphanumeric(b byte) bool {
	return 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || '0' <= b && b <= '9'
}

// symbol counts a character of the alphabet. After padding there is none.
func (s *base64Scan) symbol(offset int) {
	s.symbols++
	if s.padding > 0 && s.fault == nil {
		s.fault = &base64Fault{offset: offset - 1, char: '=', reason: "padding stands before more characters: two values are joined, or the value was folded by a mail program"}
	}
}

func (s *base64Scan) isForeign(text []byte, offset int) {
	s.foreign++
	if s.fault != nil {
		return
	}
	char, _ := utf8.DecodeRune(text[offset:])
	s.fault = &base64Fault{offset: offset, char: char, reason: "the character is none of the alphabet"}
	if char == '…' || bytes.HasPrefix(text[offset:], []byte("...")) {
		s.fault.reason = "a tool left the middle out when it showed the value"
	}
}

// mixed is the fault of a text with characters of both alphabets.
func (s *base64Scan) mixed(text []byte) *base64Fault {
	if s.std == 0 || s.url == 0 {
		return nil
	}
	return &base64Fault{offset: s.firstURL, char: rune(text[s.firstURL]), reason: "the character is of the base64url alphabet, others are of the standard one"}
}

// startsEncodedXML is how base64 of "<" begins, alone or after a byte order
// mark, a line break or a blank.
var startsEncodedXML = regexp.MustCompile(`^(P[A-H]|77u/P|77u_P|Cj[wx]|Cgo|DQo[8-]|ID[wx])`)

// claimsBase64 reports whether a text that is not flawless base64 was meant to
// be: it begins like XML in base64, or hardly anything else is in it.
func (s *base64Scan) claimsBase64(text []byte) bool {
	if startsEncodedXML.Match(text) && s.symbols >= 24 && s.blanks*8 <= s.symbols {
		return true
	}
	return s.symbols >= 64 && s.foreign*50 <= s.symbols && s.blanks*20 <= s.symbols
}

// base64 undoes base64 and base64url.
func (d *decoder) base64(c captured) ([]byte, outcome) {
	if decoded, s := d.flawless(c); decoded != nil && (meaningful(decoded) || startsEncodedXML.Match(c.text)) {
		d.tookBase64(s, base64Reading{decoded: decoded})
		return decoded, undone
	}
	s := scanBase64(c.text)
	fault := s.fault
	if fault == nil {
		fault = s.mixed(c.text)
	}
	if fault != nil {
		if !s.claimsBase64(c.text) {
			return nil, absent
		}
		return d.isBroken(s, fault)
	}
	best := bestReading(c, s)
	if s.symbols < 4 || !meaningful(best.decoded) && !startsEncodedXML.Match(c.text) {
		return nil, absent
	}
	d.tookBase64(s, best)
	return best.decoded, undone
}

// flawless decodes text of the standard alphabet that is padded and has nothing
// in it but line breaks, as nearly every message is; nil for any other.
func (d *decoder) flawless(c captured) ([]byte, base64Scan) {
	if len(c.text) < 4 || c.trailingBlank() {
		return nil, base64Scan{}
	}
	decoded := d.room(base64.StdEncoding.DecodedLen(len(c.text)))
	n, err := base64.StdEncoding.Strict().Decode(decoded, c.text)
	symbols := base64.RawStdEncoding.EncodedLen(n)
	if err != nil || symbols < 4 {
		return nil, base64Scan{}
	}
	return decoded[:n], base64Scan{symbols: symbols, firstURL: -1, padding: base64.StdEncoding.EncodedLen(n) - symbols}
}

func (d *decoder) isBroken(s base64Scan, fault *base64Fault) ([]byte, outcome) {
	fault.offset += d.start
	d.facts.broken = fault
	d.facts.symbols = s.symbols + s.padding
	d.isForm(formOf(s))
	return nil, done
}

func formOf(s base64Scan) Form {
	if s.url > 0 {
		return FormBase64URL
	}
	return FormBase64
}

// tookBase64 logs a layer of base64 with its repairs and faults.
func (d *decoder) tookBase64(s base64Scan, r base64Reading) {
	d.isForm(formOf(s))
	d.base64s++
	name := layerBase64
	if s.url > 0 {
		name = layerBase64URL
		d.tooMany(layerBase64URL)
	}
	d.facts.symbols = s.symbols + r.plus + s.padding
	d.step(name + ": " + strconv.Itoa(d.facts.symbols) + " characters")
	if d.base64s > 1 {
		d.tooMany(layerBase64)
	}
	if r.plus > 0 {
		d.facts.plusLost += r.plus
		d.took("base64: %d blanks read as plus signs", r.plus)
	}
	if r.fault != nil && d.facts.broken == nil {
		r.fault.offset += d.start
		d.facts.broken = r.fault
	}
	d.start = 0
}

// base64Reading is one way to read a text whose blanks are in doubt.
type base64Reading struct {
	decoded []byte
	plus    int // blanks that were read as "+"
	fault   *base64Fault
}

// readBase64 decodes text of either alphabet, with padding or without, and
// whatever white space is in it. What is wrong with the end is a fault.
func readBase64(text []byte, padding int) base64Reading {
	symbols := make([]byte, 0, len(text))
	for _, b := range text {
		switch {
		case b == '-':
			symbols = append(symbols, '+')
		case b == '_':
			symbols = append(symbols, '/')
		case isAlphanumeric(b) || b == '+' || b == '/':
			symbols = append(symbols, b)
		}
	}
	whole := symbols
	if len(symbols)%4 == 1 {
		whole = symbols[:len(symbols)-1]
	}
	decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(whole)))
	n, _ := base64.RawStdEncoding.Decode(decoded, whole)
	return base64Reading{decoded: decoded[:n], fault: endFault(text, symbols, decoded[:n], padding)}
}

// endFault tells what is wrong with the end of base64 text. A lone missing
// padding character is not.
func endFault(text, symbols, decoded []byte, padding int) *base64Fault {
	missing := (4 - len(symbols)%4) % 4
	switch {
	case len(symbols)%4 == 1:
		return &base64Fault{offset: len(text), ended: true, decoded: true,
			reason: "the text ends in the middle of a group of 4 characters, so that the last one stands for nothing"}
	case padding > missing:
		return &base64Fault{offset: bytes.IndexByte(text, '='), char: '=', decoded: true,
			reason: fmt.Sprintf("%d padding characters stand where %d belong", padding, missing)}
	case missing > 0 && strayBits(symbols, decoded):
		last := bytes.LastIndexFunc(text, func(r rune) bool { return r != '=' && !isBlank(r) })
		return &base64Fault{offset: last, char: rune(text[last]), decoded: true,
			reason: "stray bits: the last character holds bits that stand for nothing, and they are not zero"}
	}
	return nil
}

func isBlank(r rune) bool { return r < utf8.RuneSelf && bytes.IndexByte([]byte(blanks), byte(r)) >= 0 }

// strayBits reports whether the unused bits of the last character are set.
func strayBits(symbols, decoded []byte) bool {
	used := len(symbols) % 4
	canonical := base64.RawStdEncoding.EncodeToString(decoded[len(decoded)-(used-1):])
	return string(symbols[len(symbols)-used:]) != canonical
}

// meaningful reports whether what base64 stood for is something that a message
// could be in, and not the noise that any word gives.
func meaningful(decoded []byte) bool {
	text := trimCapture(decoded).text
	return startsMarkup(text) || startsWideMarkup(decoded) || inflatesToMarkup(decoded) ||
		len(text) >= 8 && isPrintable(text)
}

func hasControls(text []byte) bool {
	return bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' })
}

func isPrintable(text []byte) bool { return utf8.Valid(text) && !hasControls(text) }
