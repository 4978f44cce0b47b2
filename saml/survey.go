package saml

import (
	"slices"
	"sync"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// A survey is what one walk over the message finds for the rules: where things
// stand that some rule may have something to say of, in document order, and
// then in that of what was decrypted.
type survey struct {
	ids        []idBearer       // attributes that give an ID by some standard
	misplaced  []idBearer       // attributes of SAML elements that look like their ID and are none
	assertions []xmldoc.Element // Assertions and EncryptedAssertions, wherever they stand
	encrypted  []xmldoc.Element // EncryptedAssertions, EncryptedIDs and EncryptedAttributes
	values     []oddity         // comments, instructions and elements inside values
	departures []departure      // from the schemas
	unplain    []xmldoc.Element // values that people compare by eye and that are not plain text
}

// An idBearer is an element with an attribute that is its ID, or looks so.
type idBearer struct {
	e xmldoc.Element
	a xmldoc.Attr
}

// An elementKind is what is looked at in elements of one name.
type elementKind struct {
	space     string
	schema    *elementSchema // nil where the schemas of SAML are not asked
	saml      bool           // a name of SAML
	simple    bool           // its content is text alone
	value     bool           // an AttributeValue
	assertion bool           // an Assertion or EncryptedAssertion
	encrypted bool           // EncryptedAssertion, EncryptedID or EncryptedAttribute
	compared  bool           // people compare its text by eye
	text      textKind       // and this is usual in it
}

func newElementKind(n name) *elementKind {
	k := &elementKind{space: n.space, schema: schemas[n], saml: n.saml(), simple: isSimple(n.space, n.local)}
	if n.space == nsAssertion {
		k.value = n.local == "AttributeValue"
		k.encrypted = slices.Contains(encryptedNames, n.local)
		k.assertion = n.local == "Assertion" || n.local == "EncryptedAssertion"
		k.text, k.compared = comparedByEye(n.local)
	}
	return k
}

// elementKinds are the kinds of the elements that anything is known of, by local
// name, which is sooner looked up than a namespace.
var elementKinds = sync.OnceValue(func() map[string][]*elementKind {
	out := map[string][]*elementKind{}
	for n := range schemas {
		out[n.local] = append(out[n.local], newElementKind(n))
	}
	for space, locals := range simple {
		for _, local := range locals {
			if n := (name{space, local}); schemas[n] == nil {
				out[local] = append(out[local], newElementKind(n))
			}
		}
	}
	return out
})

// kindByName gives what is looked at in elements of a name.
func kindByName(n name) *elementKind {
	for _, k := range elementKinds()[n.local] {
		if k.space == n.space {
			return k
		}
	}
	if n.saml() {
		return unknownSAMLKind
	}
	return unknownKind
}

// A surveyor remembers the kind of the last element: an attribute may have a
// thousand values.
type surveyor struct {
	survey
	text []string // patterns of attribute names whose values are text
	last name
	kind *elementKind
}

// Of elements by other names only this is known.
var (
	unknownKind     = &elementKind{}
	unknownSAMLKind = &elementKind{saml: true}
)

// look walks over the message and what was decrypted, once.
func (f *facts) look() survey {
	s := surveyor{text: f.options.TextAttributes}
	for e := range f.elements() {
		s.element(e)
	}
	return s.survey
}

func (s *surveyor) kindOf(e xmldoc.Element) *elementKind {
	n := name{e.Space(), e.Local()}
	if s.kind == nil || n != s.last {
		s.last, s.kind = n, kindByName(n)
	}
	return s.kind
}

func (s *surveyor) element(e xmldoc.Element) {
	k := s.kindOf(e)
	s.attributes(e, k)
	if k.assertion {
		s.assertions = append(s.assertions, e)
	}
	if k.encrypted {
		s.survey.encrypted = append(s.survey.encrypted, e)
	}
	if k.simple {
		s.simple(e, k)
	}
	if k.schema != nil {
		s.departures = k.schema.attributes(s.departures, e)
		s.departures = k.schema.content(s.departures, e)
	}
}

func (s *surveyor) attributes(e xmldoc.Element, k *elementKind) {
	for a := range e.Attrs() {
		if xmlsig.IsID(e, a) {
			s.ids = append(s.ids, idBearer{e, a})
		}
		if k.saml && misplacedID(a) {
			s.misplaced = append(s.misplaced, idBearer{e, a})
		}
	}
}

// simple looks at an element whose content should be text alone. An
// AttributeValue that holds elements and no text of its own is structured, which
// is its right, save for the attributes whose names match the patterns.
func (s *surveyor) simple(e xmldoc.Element, k *elementKind) {
	c := e.FirstChild()
	if !c.Present() {
		return
	}
	if c.Kind() == xmldoc.TextNode && !c.Next().Present() {
		if k.compared && !plainKind(c.Text(), k.text) {
			s.unplain = append(s.unplain, e)
		}
		return
	}
	structured := k.value && structured(e)
	if k.compared && !structured && !plainKind(ownText(e), k.text) {
		s.unplain = append(s.unplain, e)
	}
	if !structured || matchesAny(s.text, e.Parent().Get("Name")) {
		s.values = oddities(s.values, e)
	}
}
