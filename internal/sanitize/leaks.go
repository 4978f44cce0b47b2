package sanitize

import (
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A LeakError says that something was left that nobody else may see. It tells
// what kind of thing it is and where, never the thing.
type LeakError struct {
	Kind string // in words, with its article
	Path string // in the document
}

func (e *LeakError) Error() string {
	return fmt.Sprintf("nothing is written: %s is left at %s, which is no part of what is replaced; take it out of the capture by hand, or report the form in which it stands", e.Kind, e.Path)
}

// search looks for what may not be in a document that leaves the package.
func (s *Sanitizer) search(text string) error {
	doc, err := xmldoc.ParseString(text, xmldoc.WidestLimits())
	if err != nil {
		return err
	}
	if err := s.m.searchValues(doc); err != nil {
		return err
	}
	if err := s.m.searchNames(doc); err != nil {
		return err
	}
	maps.Copy(s.strange, strangeNames(doc))
	return s.searchPatterns(doc)
}

// An auditor is a replacer that replaces nothing: it remembers what it was given
// that no Map has made.
type auditor struct {
	m    *Map
	left string // the kind of the first of those
}

func (a *auditor) check(c class, thing, kind string) {
	if !a.m.made(c, thing) && a.left == "" {
		a.left = kind
	}
}

func (a *auditor) word(w string) string {
	folded := fold(w)
	switch {
	case isBlob(w):
		a.check(classBlob, w, "a word")
	case onlyDigits(folded) && len(folded) == accountDigits:
		a.check(classAccount, folded, "a number of 12 digits")
	case onlyDigits(folded):
		a.check(classDigits, folded, "a number")
	default:
		a.check(classWord, folded, "a word")
	}
	return w
}

// What looks like one of these and was not made here may be words side by side,
// which are looked at then.
func (a *auditor) guid(g string) (string, bool) { return g, a.m.made(classGUID, strings.ToLower(g)) }
func (a *auditor) host(h string) (string, bool) { return h, a.m.made(classHost, fold(h)) }
func (a *auditor) address(ip string) (string, bool) {
	return ip, isLoopback(ip) || a.m.made(classAddress, strings.ToLower(ip))
}

// searchValues goes through every value again: whatever is not public must have
// been made here.
func (m *Map) searchValues(doc *xmldoc.Document) error {
	a := &auditor{m: m}
	for v := range values(doc) {
		if scanValue(a, v.text, v.context); a.left != "" {
			return &LeakError{Kind: a.left, Path: v.element.Path() + v.attribute}
		}
	}
	return nil
}

func directText(e xmldoc.Element) string {
	var b strings.Builder
	for _, n := range textNodes(e) {
		b.WriteString(n.Text())
	}
	return b.String()
}

// patterns are the forms of things that nobody may see, wherever they stand.
var patterns = []struct {
	kind  string
	find  *regexp.Regexp
	shown func(s *Sanitizer, found string) bool // whether it may be seen; nil for never
}{
	{"a JSON Web Token", regexp.MustCompile(`eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}`), nil},
	{"the ID of an AWS access key", regexp.MustCompile(`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`), nil},
	{"a private key", regexp.MustCompile(`PRIVATE KEY-----`), nil},
	{"an e-mail address", regexp.MustCompile(`@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`), func(_ *Sanitizer, f string) bool { return isReservedHost(f[1:]) || isPublicHost(f[1:]) }},
	{"a number of 12 digits", regexp.MustCompile(`\b[0-9]{12}\b`), func(s *Sanitizer, f string) bool { return s.m.made(classAccount, f) || s.m.made(classDigits, f) }},
	{"a GUID", regexp.MustCompile(`\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b`), func(s *Sanitizer, f string) bool { return s.m.made(classGUID, strings.ToLower(f)) }},
	{"an IP address", regexp.MustCompile(`(?:oid:|[.\w])?[0-9]{1,3}(?:\.[0-9]{1,3}){3}[.\w]?`), func(_ *Sanitizer, f string) bool {
		a, err := netip.ParseAddr(f)
		return err != nil || isDocumentationAddress(a)
	}},
	{"a certificate", regexp.MustCompile(`MI[IGH][A-Za-z0-9+/\s]{200,}={0,2}`), (*Sanitizer).ownCertificate},
}

// searchPatterns looks at every value, comment and instruction as it is read,
// whatever it was taken for.
func (s *Sanitizer) searchPatterns(doc *xmldoc.Document) error {
	for n := range doc.Nodes() {
		e := n.AsElement()
		if k := n.Kind(); k == xmldoc.CommentNode || k == xmldoc.InstructionNode {
			if err := s.searchText(n.Content(), n.Parent()); err != nil {
				return err
			}
		}
		for a := range e.Attrs() {
			if err := s.searchText(a.Value(), e); err != nil {
				return err
			}
		}
		if err := s.searchText(directText(e), e); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sanitizer) searchText(text string, e xmldoc.Element) error {
	if len(text) < shortestWord {
		return nil
	}
	for _, p := range patterns {
		for _, found := range p.find.FindAllString(text, -1) {
			if p.shown == nil || !p.shown(s, found) {
				return &LeakError{Kind: p.kind, Path: e.Path()}
			}
		}
	}
	return nil
}

// ownCertificate reports whether base64 holds no certificate, or one that was
// made here.
func (s *Sanitizer) ownCertificate(text string) bool {
	der, ok := decoded(text)
	if !ok {
		return true
	}
	c, err := x509.ParseCertificate(der)
	return err != nil || s.ring.issued[sha256.Sum256(c.Raw)]
}
