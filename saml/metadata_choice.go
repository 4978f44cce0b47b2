package saml

import (
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// choice is the part of the metadata that a message is checked with. Messages
// share it: nobody changes it once it is made.
type choice struct {
	entities  []*Entity // those whose ID is the issuer, or a lone one with another ID
	described []*Entity // those of them that a metadata document describes
	documents []*Metadata
	mismatch  bool         // the lone entity has another ID
	missing   bool         // there are entities, none fits
	keys      []xmlsig.Key // of all chosen entities
	labels    []keyLabel   // of the keys, in the same order
	hints     []xmlsig.Hint
}

// An issuerKind is what of an issuer the choice depends on: its ID where the
// metadata has it, else whether there is one at all.
type issuerKind struct {
	id      string
	unknown bool
}

// choose gives what a message of an issuer is checked with; m may be nil. It is
// made when it is first asked for.
func (m *Metadata) choose(issuer string) *choice {
	if m == nil {
		return &choice{}
	}
	kind := issuerKind{id: issuer}
	if issuer != "" && len(m.index[issuer]) == 0 {
		kind = issuerKind{unknown: true}
	}
	m.choosing.Lock()
	defer m.choosing.Unlock()
	c := m.choices[kind]
	if c == nil {
		if m.choices == nil {
			m.choices = map[issuerKind]*choice{}
		}
		c = m.pick(issuer)
		m.choices[kind] = c
	}
	return c
}

// pick picks the entities for an issuer. A lone certificate fits any issuer.
// Where nothing fits and the metadata knows one entity only, it is tried all the
// same, so that the message can be judged on.
func (m *Metadata) pick(issuer string) *choice {
	c := &choice{}
	if issuer != "" {
		c.entities = slices.Concat(m.index[issuer], m.index[""])
	} else {
		c.entities = slices.Clone(m.index[""])
	}
	switch {
	case len(c.entities) > 0:
	case len(m.index) == 1:
		c.entities, c.mismatch = slices.Clone(m.entities), issuer != ""
	default:
		c.missing = true
	}
	c.gather(m)
	for _, k := range c.keys {
		c.labels = append(c.labels, labelOf(&k))
	}
	c.describe()
	return c
}

// describe notes which entities metadata documents describe, and these
// documents, each once.
func (c *choice) describe() {
	c.described = slices.DeleteFunc(slices.Clone(c.entities), (*Entity).Lone)
	for _, e := range c.described {
		if !slices.Contains(c.documents, e.metadata) {
			c.documents = append(c.documents, e.metadata)
		}
	}
}

// Bounds on what is tried for one message: a key costs a verification for each
// signature.
const (
	mostKeys     = 256
	mostHints    = 64
	mostForeign  = 16 // entities whose keys serve as hints for another one's message
	refusedExtra = "more than 256 signing keys, of which the first are tried"
)

// gather collects the keys of the chosen entities, each pair of key and
// certificate once, and the hints.
func (c *choice) gather(m *Metadata) {
	seen := map[keyID]bool{}
	usable := 0
	for _, e := range c.entities {
		for _, k := range e.ready().keys {
			id := idOf(k)
			if seen[id] {
				continue
			}
			seen[id] = true
			if k.Refused == "" {
				usable++
			}
			if usable > mostKeys && k.Refused == "" {
				k.Refused = refusedExtra
			}
			c.keys = append(c.keys, k)
		}
	}
	c.gatherHints(m)
}

func (c *choice) gatherHints(m *Metadata) {
	seen := map[[32]byte]bool{}
	for _, k := range c.keys {
		seen[k.SPKI] = true
	}
	add := func(h xmlsig.Hint) {
		if h.Public != nil && h.Refused == "" && !seen[h.SPKI] && len(c.hints) < mostHints {
			seen[h.SPKI] = true
			c.hints = append(c.hints, h)
		}
	}
	for _, e := range c.entities {
		for _, h := range e.hints {
			add(h)
		}
	}
	for _, e := range m.entities[:min(len(m.entities), mostForeign)] {
		if slices.Contains(c.entities, e) {
			continue
		}
		for _, k := range e.ready().keys {
			add(xmlsig.Hint{Key: k, From: "a signing key of the entity " + quote(e.ID) + " of the metadata"})
		}
	}
}

// keyID tells keys apart: the same key in another certificate is another one.
type keyID struct{ spki, certificate [32]byte }
