package sanitize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// shortestWord is the length from which a word in a name tells something.
const shortestWord = 4

// searchNames looks for what was replaced elsewhere in the names of elements and
// attributes, which stay as they are. Those that a standard gave are left out.
func (m *Map) searchNames(doc *xmldoc.Document) error {
	for e := range doc.Elements() {
		for _, n := range ownNames(e) {
			if m.tells(n) {
				return &LeakError{Kind: "a name of markup with a word that was replaced elsewhere", Path: e.Path()}
			}
		}
	}
	return nil
}

// ownNames gives the names in the tag of an element, and its prefixes, that no
// standard gave.
func ownNames(e xmldoc.Element) []string {
	names := []string{e.Prefix()}
	public := isPublicSpace(e.Space())
	if !public {
		names = append(names, e.Local())
	}
	for d := range e.Declarations() {
		names = append(names, d.Prefix)
	}
	for a := range e.Attrs() {
		names = append(names, a.Prefix())
		if standard := public && a.Space() == "" && !isStrange(a.Local()); !standard && !isPublicSpace(a.Space()) {
			names = append(names, a.Local())
		}
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == "" || publicNames[n] })
}

// strangeNames gives the names of a document that hold a word which is no common
// one. They stay as they are, so somebody has to look at them.
func strangeNames(doc *xmldoc.Document) map[string]bool {
	out := map[string]bool{}
	for e := range doc.Elements() {
		if len(out) >= mostNames {
			break
		}
		for _, n := range ownNames(e) {
			if isStrange(n) {
				out[n] = true
			}
		}
	}
	return out
}

// mostNames bounds the names that are told of.
const mostNames = 64

func isStrange(name string) bool {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return !isWordRune(r) }) {
		if isKnownWord(part) {
			continue
		}
		for _, p := range camelParts(part) {
			if utf8.RuneCountInString(p) >= shortestWord && !isKnownWord(p) {
				return true
			}
		}
	}
	return false
}

func isKnownWord(w string) bool {
	return isVocabulary(fold(w)) || markupWords[fold(w)]
}

// markupWords are common words of names in the metadata and extensions of
// products, and of envelopes.
var markupWords = set(`algorithm value valid until cache duration protocol support enumeration binding location response request required index descriptor
	ident encoding mime type must understand info description text uint bool list created expires digest method supported data key size match
	optional original resource data cipher carried recipient version claims token types offered requested scopes passive requestor endpoint target
	major minor address reference extensions part prefix want signed assertions authn requests default error url xmlns sp web test
	contact height width regexp registration authority instant`)

func isPublicSpace(space string) bool {
	for _, p := range publicURNs {
		if hasFold(space, p) {
			return true
		}
	}
	_, rest, found := strings.Cut(space, "://")
	host, _, _ := strings.Cut(rest, "/")
	return found && isPublicHost(host)
}

// tells reports whether a name holds a word that was replaced.
func (m *Map) tells(name string) bool {
	for len(name) > 0 {
		n := wordLength(name)
		for _, part := range append(camelParts(name[:n]), name[:n]) {
			w := fold(part)
			if utf8.RuneCountInString(w) >= shortestWord && m.seen[w] && !m.made(classWord, w) && !isVocabulary(w) {
				return true
			}
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(name)
		}
		name = name[n:]
	}
	return false
}
