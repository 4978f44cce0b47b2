package saml

import (
	"slices"
	"sync"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// Metadata is federation metadata: what is known of identity providers from
// elsewhere than the message. Parse it once; it is safe for concurrent use.
type Metadata struct {
	Source   string // file name; the caller's to set, before the first use
	entities []*Entity
	index    map[string][]*Entity // by ID, lone certificates under the empty one
	others   map[string]bool      // IDs of entities that are no identity provider
	doc      *xmldoc.Document     // nil for a lone certificate and for joined metadata
	provider *Provider            // of the JSON of get-saml-provider, else nil
	parts    []*Metadata          // of joined metadata, else nil

	signatureOnce sync.Once
	signed        []*xmlsig.Signature // of the metadata itself, examined when they are first asked for
}

// An Entity is one identity provider.
type Entity struct {
	ID         string    // entityID; empty for a lone certificate, which stands for any issuer
	ValidUntil time.Time // the earliest that the entity, its roles or a descriptor around it state; zero if none does
	metadata   *Metadata
	element    xmldoc.Element // EntityDescriptor; zero for a lone certificate

	once     sync.Once
	keys     []xmlsig.Key  // usable and unusable (Key.Refused) signing keys of IDPSSODescriptor
	declared []declaredKey // the same keys in the same order, with all that is known of them
	hints    []xmlsig.Hint // keys that prove nothing: of encryption, of WS-Federation
	damages  []damage      // certificates and keys that are not as they should be
	lone     []loneCertificate
}

// JoinMetadata makes one Metadata of several: a message is checked with the
// keys of all entities that have its issuer as their ID. A nil part is left
// out; without any part the result is nil.
func JoinMetadata(parts ...*Metadata) *Metadata {
	var all []*Metadata
	for _, p := range parts {
		all = append(all, p.files()...)
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	m := &Metadata{parts: all, index: map[string][]*Entity{}, others: map[string]bool{}}
	for _, p := range all {
		m.add(p.entities...)
		for id := range p.others {
			m.others[id] = true
		}
	}
	return m
}

// files gives the documents that m was made from.
func (m *Metadata) files() []*Metadata {
	switch {
	case m == nil:
		return nil
	case m.parts != nil:
		return m.parts
	}
	return []*Metadata{m}
}

func (m *Metadata) add(entities ...*Entity) {
	for _, e := range entities {
		m.entities = append(m.entities, e)
		m.index[e.ID] = append(m.index[e.ID], e)
	}
}

// choice is the part of the metadata that a message is checked with.
type choice struct {
	entities []*Entity    // those whose ID is the issuer, or a lone one with another ID
	mismatch bool         // the lone entity has another ID
	missing  bool         // there are entities, none fits
	keys     []xmlsig.Key // of all chosen entities
	hints    []xmlsig.Hint
}

// choose picks the entities for an issuer; m may be nil. A lone certificate
// fits any issuer. Where nothing fits and the metadata knows one entity only,
// it is tried all the same, so that the message can be judged on.
func (m *Metadata) choose(issuer string) choice {
	if m == nil {
		return choice{}
	}
	var c choice
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
	return c
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
