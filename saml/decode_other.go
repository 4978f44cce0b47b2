package saml

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What a text may be that is no SAML message.
const (
	otherHTML        = "html"
	otherJWT         = "jwt"
	otherJSON        = "json"
	otherHAR         = "har"
	otherPEM         = "pem"
	otherCertificate = "certificate" // DER in base64, without the lines of PEM
	otherArtifact    = "artifact"    // of the HTTP-Artifact binding
	otherHTTP        = "http"
	otherCurl        = "curl"
	otherBinary      = "binary"
	otherText        = "text"
	otherContainer   = "container" // of messages, without any
)

// otherStarts tell by its beginning what a text is.
var otherStarts = []struct {
	kind string
	is   func(text []byte) bool
}{
	{otherPEM, func(text []byte) bool { return bytes.HasPrefix(text, []byte("-----BEGIN ")) }},
	{otherJWT, isJWT},
	{otherHTTP, isHTTP},
	{otherCurl, isCommand},
	{otherCertificate, isCertificate},
}

// isJWT reports whether a text is a token of three to five parts (RFC 7515, 7.1,
// RFC 7516, 7.1), perhaps behind the word that stands before it in a header.
func isJWT(text []byte) bool {
	const scheme = "bearer "
	if startsFold(text, []string{scheme}) {
		text = text[len(scheme):]
	}
	header, ok := bytes.CutPrefix(text, []byte("eyJ"))
	if !ok || bytes.IndexByte(header, '.') < 8 {
		return false
	}
	dots := 0
	for _, b := range header {
		switch {
		case b == '.':
			dots++
		case !isWord(b) && b != '-':
			return false
		}
	}
	return 2 <= dots && dots <= 4
}

func isWord(b byte) bool { return isAlphanumeric(b) || b == '_' }

var (
	statusLine  = regexp.MustCompile(`^HTTP/\d(\.\d)? \d{3}`)
	httpMethods = []string{"GET ", "POST ", "PUT ", "HEAD ", "OPTIONS "}
)

// isHTTP reports whether a text begins with a request line or a status line.
func isHTTP(text []byte) bool {
	for _, method := range httpMethods {
		target, ok := bytes.CutPrefix(text, []byte(method))
		if !ok {
			continue
		}
		end := bytes.IndexAny(target, " \t\n\f\r")
		if end < 1 {
			return false
		}
		version, ok := bytes.CutPrefix(target[end:], []byte(" HTTP/"))
		return ok && len(version) > 0 && isDigit(version[0])
	}
	return bytes.HasPrefix(text, []byte("HTTP/")) && statusLine.Match(text)
}

func isCommand(text []byte) bool {
	return bytes.HasPrefix(text, []byte("curl")) || bytes.HasPrefix(text, []byte("Invoke-WebRequest")) || bytes.HasPrefix(text, []byte("fetch("))
}

// isCertificate reports whether base64 begins as that of a certificate in DER
// does.
func isCertificate(text []byte) bool {
	const head, more = 4, 60
	if len(text) < head+more || text[0] != 'M' || text[1] != 'I' || text[2] != 'I' && text[2] != 'G' || text[3] < 'A' || text[3] > 'P' {
		return false
	}
	return !slices.ContainsFunc(text[head:head+more], func(b byte) bool { return !isWord(b) && b != '+' && b != '/' })
}

// startsFold reports whether a text begins with one of these, which are in
// small letters of ASCII, letter case aside.
func startsFold(text []byte, starts []string) bool {
	for _, start := range starts {
		n := 0
		for n < len(start) && n < len(text) && asciiLower(text[n]) == start[n] {
			n++
		}
		if n == len(start) {
			return true
		}
	}
	return false
}

func asciiLower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// otherText ends the decoding of a text that is known to be something else.
func (d *decoder) otherText(c captured) ([]byte, outcome) {
	kind := ""
	for _, o := range otherStarts {
		if o.is(c.text) {
			kind = o.kind
		}
	}
	if c.text[0] == '{' || c.text[0] == '[' {
		kind = jsonKind(c.text)
	}
	if kind == "" {
		return nil, absent
	}
	return d.isOther(kind, c.text)
}

var harStart = regexp.MustCompile(`^\s*\{\s*"log"\s*:\s*\{`)

func jsonKind(text []byte) string {
	if harStart.Match(text) {
		return otherHAR
	}
	return otherJSON
}

// kindOf tells text from bytes.
func kindOf(text []byte) string {
	if utf8.Valid(text) && !hasControls(text) {
		return otherText
	}
	return otherBinary
}

// pageTags are the elements that a page, or what was copied of one, begins with.
var pageTags = []string{"html", "head", "body", "form", "input", "div", "script", "meta", "title", "span", "table", "p", "a", "textarea"}

// startsPage reports whether markup begins with the start tag of such an
// element, letter case aside.
func startsPage(text []byte) bool {
	if !startsMarkup(text) {
		return false
	}
	const longest = len("textarea>")
	text = text[1:min(len(text), 1+longest)]
	end := bytes.IndexAny(text, " \t\n\f\r/>")
	return end > 0 && slices.ContainsFunc(pageTags, func(tag string) bool { return strings.EqualFold(tag, string(text[:end])) })
}

// isPage reports whether markup is a page: its first element is one of HTML's,
// or its document type is.
func isPage(text []byte) bool {
	for {
		switch {
		case bytes.HasPrefix(text, []byte("<?")):
			text = after(text, "?>")
		case bytes.HasPrefix(text, []byte("<!--")):
			text = after(text, "-->")
		case len(text) > 14 && bytes.EqualFold(text[:14], []byte("<!DOCTYPE html")):
			return true
		default:
			return startsPage(text)
		}
	}
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>([^<]*)`)

// titleOf gives the title of an HTML page, blanks made one; empty where it has
// none.
func titleOf(page string) string {
	if m := pageTitle.FindStringSubmatch(page); m != nil {
		return strings.Join(strings.Fields(m[1]), " ")
	}
	return ""
}

// after gives what follows an end mark, blanks left out; nothing where there
// is no such mark.
func after(text []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(mark))
	return bytes.TrimLeft(rest, blanks)
}
