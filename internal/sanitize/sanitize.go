package sanitize

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
)

// Options say what a capture is read with, and how a fixture is checked.
type Options struct {
	Metadata [][]byte // files, as saml.ParseMetadata takes them
	Map      *Map     // nil for a new one
	Plain    bool     // XML is written, not base64
	// Check is how the capture is judged, and the fixture after it, save the time.
	// Its decryption keys open what is encrypted.
	Check claims.Options
}

// A Sanitizer makes fixtures of the captures of one run.
type Sanitizer struct {
	options  Options
	m        *Map
	ring     *ring
	files    []*metadataFile
	metadata *saml.Metadata // nil for none
	trust    trust
	keys     []*rsa.PrivateKey

	used       *rsa.PrivateKey // that stands for the decryption key
	parts      int             // encrypted parts of the message at hand
	plaintexts []string        // what they hold now
	strange    map[string]bool // names of markup that no standard gave, in what was searched since the message began
	beside     map[string]bool // those in the metadata
	built      bool            // the new metadata is made
	fresh      *saml.Metadata  // the new metadata, read again
	invented   []inventedEntity
}

// New reads the metadata.
func New(o Options) (*Sanitizer, error) {
	s := &Sanitizer{options: o, m: o.Map, keys: o.Check.DecryptionKeys, strange: map[string]bool{}, beside: map[string]bool{}}
	if s.m == nil {
		s.m = NewMap()
	}
	s.ring = newRing(s.m)
	var parts []*saml.Metadata
	for _, data := range o.Metadata {
		file, err := readMetadata(data)
		if err != nil {
			return nil, err
		}
		s.files = append(s.files, file)
		parts = append(parts, file.parsed)
		if file.doc != nil {
			s.m.collect(file.doc)
			s.ring.learn(file.doc)
		}
	}
	s.metadata = saml.JoinMetadata(parts...)
	s.trust = trustOf(s.metadata, s.files)
	return s, nil
}

// A Fixture is what became of a message.
type Fixture struct {
	XML      []byte
	Text     []byte // what is written: base64, or the XML
	Replaced []Replacement
	// Lost are the findings that the capture yields and the fixture does not, or
	// the other way around.
	Lost []Difference
	// Left are codes of findings on the container, which the fixture is without.
	Left []string
	// Names are names of markup that no standard gave. They stay as they are, so
	// somebody has to look at them.
	Names []string
}

// unread says why nothing is made of what cannot be read.
const unread = "what cannot be read cannot be told to be free of names; make a fixture of a whole capture, and cut or damage that"

var errNoDocument = errors.New("XML is expected in the capture, found none: " + unread)

// read gives the document of a message.
func read(m *saml.Message) (*xmldoc.Document, error) {
	src := m.XML()
	if src == nil {
		return nil, errNoDocument
	}
	doc, err := xmldoc.Parse(src, xmldoc.MessageLimits())
	if err != nil {
		return nil, fmt.Errorf("well-formed XML within the limits is expected, found none (%w): "+unread, err)
	}
	return doc, nil
}

// Learn looks at a message before the first of the run is replaced: which keys
// sign has to be known by then.
func (s *Sanitizer) Learn(m *saml.Message) error {
	doc, err := read(m)
	if err != nil {
		return err
	}
	return s.learn(doc, 0)
}

func (s *Sanitizer) learn(doc *xmldoc.Document, depth int) error {
	if n := xmlsig.Count(doc); n > xmlsig.MaxSignatures {
		return fmt.Errorf("at most %d signatures are expected, found %d: more are not examined, so they cannot be made anew", xmlsig.MaxSignatures, n)
	}
	s.m.collect(doc)
	s.ring.learn(doc)
	if _, err := s.ring.signings(doc, s.trust); err != nil {
		return err
	}
	if len(s.keys) == 0 || depth >= deepest {
		return nil
	}
	opened := 0
	for e := range doc.Elements() {
		if !isWrapper(e) || opened == mostParts {
			continue
		}
		opened++
		if err := s.learnPart(e, depth); err != nil {
			return err
		}
	}
	return nil
}

// Message makes a fixture of a message that was learned; both are judged as of an
// instant. The error says why there is none.
func (s *Sanitizer) Message(m *saml.Message, at time.Time) (*Fixture, error) {
	s.options.Check.Time = at
	doc, err := read(m)
	if err != nil {
		return nil, err
	}
	if err := s.buildMetadata(); err != nil {
		return nil, err
	}
	s.parts, s.plaintexts = 0, nil
	made, err := s.document(doc.Source(), s.trust, 0)
	if err != nil {
		return nil, err
	}
	out := &Fixture{XML: []byte(made.text), Replaced: made.replaced}
	if doc.HasBOM() {
		out.XML = append([]byte("\uFEFF"), out.XML...)
	}
	s.strange = maps.Clone(s.beside)
	for _, text := range append([]string{made.text}, s.plaintexts...) {
		if err := s.search(text); err != nil {
			return nil, err
		}
	}
	out.Names = slices.Sorted(maps.Keys(s.strange))
	s.invent(made.text)
	return out, s.compare(m, out)
}

// A made document is one that everything was replaced in.
type made struct {
	text     string
	replaced []Replacement
}

// document replaces everything in a document and signs it anew.
func (s *Sanitizer) document(src string, t trust, depth int) (*made, error) {
	doc, err := xmldoc.ParseString(src, xmldoc.WidestLimits())
	if err != nil {
		return nil, err
	}
	all, err := s.ring.signings(doc, t)
	if err != nil {
		return nil, err
	}
	d := s.m.texts(doc)
	ciphertexts, err := s.ciphertexts(d, t, depth)
	if err != nil {
		return nil, err
	}
	if err := s.ring.values(d, ciphertexts); err != nil {
		return nil, err
	}
	text, err := sign(d.written(), all)
	if err != nil {
		return nil, err
	}
	return &made{text, d.replaced}, nil
}

// learnPart looks into an encrypted part.
func (s *Sanitizer) learnPart(e xmldoc.Element, depth int) error {
	plaintext, err := s.open(e)
	if err != nil {
		return nil // it is replaced by noise
	}
	if _, err := s.decryptor(); err != nil {
		return err
	}
	whole, _, err := withDeclarations(plaintext, e)
	if err != nil {
		return err
	}
	doc, err := xmldoc.ParseString(whole, xmldoc.MessageLimits())
	if err != nil {
		return errNoXML
	}
	return s.learn(doc, depth+1)
}

// mostKeysTried bounds the keys of the metadata that signatures are tried with.
const mostKeysTried = 64

// trustOf gives the keys of the metadata. Encryption keys stand among the hints,
// as one may have been mistaken for a signing key.
func trustOf(m *saml.Metadata, files []*metadataFile) trust {
	var t trust
	if m == nil {
		return t
	}
	for _, e := range m.Entities() {
		for _, k := range e.SigningKeys() {
			if key, err := xmlsig.NewPublicKey(k.Public); err == nil && len(t.keys) < mostKeysTried {
				t.keys = append(t.keys, key)
			}
		}
	}
	for _, f := range files {
		for _, key := range f.certificates() {
			known := func(k xmlsig.Key) bool { return k.SPKI == key.SPKI }
			if len(t.hints) < mostKeysTried && !slices.ContainsFunc(t.keys, known) {
				t.hints = append(t.hints, xmlsig.Hint{Key: key, From: "the metadata"})
			}
		}
	}
	return t
}
