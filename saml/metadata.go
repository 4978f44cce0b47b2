package saml

import (
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

	choosing sync.Mutex
	choices  map[issuerKind]*choice // those that were asked for

	lengthOnce sync.Once
	length     int // of the document in characters, counted when it is first asked for

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
