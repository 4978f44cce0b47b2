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
)

// otherPatterns tell by their beginning what a text is. Nearly every text is
// told to be none of them by its first bytes.
var otherPatterns = []struct {
	kind    string
	starts  []string // in small letters, one of which the text begins with, letter case aside
	pattern *regexp.Regexp
}{
	{otherPEM, []string{"-----begin "}, regexp.MustCompile(`^-----BEGIN `)},
	{otherJWT, []string{"eyj", "bearer "}, regexp.MustCompile(`^(?i:bearer )?eyJ[\w-]{8,}\.[\w-]*(\.[\w-]*){1,3}$`)},
	{otherHTTP, []string{"get ", "post ", "put ", "head ", "options ", "http/"}, regexp.MustCompile(`^(GET|POST|PUT|HEAD|OPTIONS) \S+ HTTP/\d|^HTTP/\d(\.\d)? \d{3}`)},
	{otherCurl, []string{"curl", "invoke-webrequest", "fetch("}, regexp.MustCompile(`^(curl(\.exe)?|Invoke-WebRequest|fetch\() ?`)},
	{otherCertificate, []string{"mii", "mig"}, regexp.MustCompile(`^MI[IG][A-P][\w+/]{60}`)},
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
	for _, o := range otherPatterns {
		if startsFold(c.text, o.starts) && o.pattern.Match(c.text) {
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
