package saml

import (
	"errors"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// Metadata is federation metadata: what is known of identity providers from
// elsewhere than the message. Parse it once; it is safe for concurrent use.
type Metadata struct {
	Source   string // file name; the caller's to set, before the first use
	entities []*Entity
	doc      *xmldoc.Document // nil for a lone certificate
}

// An Entity is one identity provider.
type Entity struct {
	ID         string // entityID; empty for a lone certificate, which stands for any issuer
	ValidUntil time.Time
	metadata   *Metadata
	keys       []xmlsig.Key  // usable and unusable (Key.Refused) signing keys of IDPSSODescriptor
	hints      []xmlsig.Hint // keys that prove nothing: of encryption, of WS-Federation
}

// ParseMetadata reads federation metadata …
func ParseMetadata(data []byte) (*Metadata, error) { return nil, errors.New("not built yet") }

// JoinMetadata makes one Metadata of several.
func JoinMetadata(parts ...*Metadata) *Metadata { return nil }

// choice is the part of the metadata that a message is checked with.
type choice struct {
	entities []*Entity    // those whose ID is the issuer, or a lone one with another ID
	mismatch bool         // the lone entity has another ID
	missing  bool         // there are entities, none fits
	keys     []xmlsig.Key // of all chosen entities
	hints    []xmlsig.Hint
}

// choose picks the entities for an issuer; m may be nil.
func (m *Metadata) choose(issuer string) choice { return choice{} }
