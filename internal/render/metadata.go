package render

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// Metadata is the JSON form of what federation metadata says. It only grows.
type Metadata struct {
	Version  int            `json:"version"`
	Source   string         `json:"source"`
	At       time.Time      `json:"at"`
	Entities []Entity       `json:"entities"`
	Findings []saml.Finding `json:"findings"`
}

// Entity is one identity provider. EntityID is empty for a lone certificate.
type Entity struct {
	EntityID      string     `json:"entity_id"`
	Names         []string   `json:"names"`
	ValidUntil    *time.Time `json:"valid_until"`
	NameIDFormats []string   `json:"name_id_formats"`
	Endpoints     []Endpoint `json:"endpoints"`
	Keys          []Key      `json:"keys"`
}

// Endpoint is where an identity provider takes messages.
type Endpoint struct {
	Kind             string `json:"kind"`
	Binding          string `json:"binding"`
	Location         string `json:"location"`
	ResponseLocation string `json:"response_location"`
}

// Key is a key with which an identity provider may sign.
type Key struct {
	Use       string     `json:"use"` // as stated; empty stands for signing and encryption
	Algorithm string     `json:"algorithm"`
	Bits      int        `json:"bits"`
	Subject   string     `json:"subject"`
	SHA256    string     `json:"sha256"` // of the certificate
	SHA1      string     `json:"sha1"`
	KeySHA256 string     `json:"key_sha256"` // of the SubjectPublicKeyInfo
	NotBefore *time.Time `json:"not_before"`
	NotAfter  *time.Time `json:"not_after"`
	DaysLeft  *int       `json:"days_left"`
	Refused   string     `json:"refused"` // why it is never used to verify
}

// NewMetadata gathers what is shown of metadata as of an instant.
func NewMetadata(m *saml.Metadata, findings []saml.Finding, at time.Time) *Metadata {
	out := &Metadata{Version: saml.ContractVersion, Source: m.Source, At: at, Entities: []Entity{}, Findings: orEmpty(findings)}
	for _, e := range m.Entities() {
		out.Entities = append(out.Entities, newEntity(e, at))
	}
	return out
}

func newEntity(e *saml.Entity, at time.Time) Entity {
	out := Entity{EntityID: e.ID, Names: orEmpty(e.Names()), ValidUntil: orNull(e.ValidUntil), NameIDFormats: orEmpty(e.NameIDFormats()),
		Endpoints: []Endpoint{}, Keys: []Key{}}
	for _, p := range e.Endpoints() {
		out.Endpoints = append(out.Endpoints, Endpoint(p))
	}
	for _, k := range e.SigningKeys() {
		out.Keys = append(out.Keys, newKey(k, at))
	}
	return out
}

func newKey(k saml.SigningKey, at time.Time) Key {
	out := Key{Use: k.Use, Algorithm: k.Algorithm, Bits: k.Bits, Subject: k.Subject, SHA256: k.SHA256, SHA1: k.SHA1,
		KeySHA256: k.KeySHA256, NotBefore: orNull(k.NotBefore), NotAfter: orNull(k.NotAfter), Refused: k.Refused}
	if days, ok := k.DaysLeft(at); ok {
		out.DaysLeft = &days
	}
	return out
}

// mostEntities is how many entities the text lists: an aggregate holds
// thousands, and the JSON form lists all.
const mostEntities = 20

// MetadataText writes what metadata says for people.
func MetadataText(m *Metadata, style Style) string {
	p := &page{style: style}
	p.paragraph(0, bold, fmt.Sprintf("%s: %s, as of %s", SourceName(m.Source), count(len(m.Entities), "identity provider"), instant(&m.At)))
	for i, e := range m.Entities {
		if i == mostEntities {
			p.blank()
			p.paragraph(0, dim, fmt.Sprintf("and %d more; --format json lists all", len(m.Entities)-mostEntities))
			break
		}
		p.blank()
		p.entity(e)
	}
	p.findings(m.Findings, false)
	p.blank()
	p.paragraph(0, "", strings.Join(tally(m.Findings), ", "))
	return p.out.String()
}

func (p *page) entity(e Entity) {
	if e.EntityID == "" {
		p.field("entity", "none: certificates alone, which stand for any issuer")
	}
	p.field("entity", Value(e.EntityID))
	p.field("name", strings.Join(values(e.Names), ", "))
	p.field("valid until", instant(e.ValidUntil))
	for _, d := range e.Endpoints {
		p.field("endpoint", fmt.Sprintf("%s, %s", Value(d.Kind), bindingName(d.Binding)))
		p.field(under, Value(d.Location))
		if d.ResponseLocation != "" {
			p.field(under, "answers to "+Value(d.ResponseLocation))
		}
	}
	for i, f := range e.NameIDFormats {
		p.field(once("NameID formats", i), Value(f))
	}
	for _, k := range e.Keys {
		p.key(k)
	}
}

func (p *page) key(k Key) {
	size := cmp.Or(Value(k.Algorithm), "kind not supported")
	if k.Bits > 0 {
		size += fmt.Sprintf(" %d bits", k.Bits)
	}
	p.field("signing key", strings.Join(nonEmpty(Value(k.Subject), size), ", "))
	if k.NotAfter != nil {
		p.field(under, "from "+instant(k.NotBefore)+" until "+instant(k.NotAfter)+", "+daysLeft(k.DaysLeft))
	}
	p.field(under, fingerprint("SHA-256", k.SHA256))
	p.field(under, fingerprint("SHA-1", k.SHA1))
	if k.SHA256 == "" {
		p.field(under, fingerprint("key SHA-256", k.KeySHA256))
	}
	if k.Refused != "" {
		p.field(under, "never used to verify: "+k.Refused)
	}
}

func daysLeft(days *int) string {
	switch {
	case days == nil:
		return "no date"
	case *days < 0:
		return "over for " + count(-*days, "day")
	}
	return count(*days, "day") + " left"
}

// bindingName gives the short name of a binding.
func bindingName(uri string) string {
	return cmp.Or(Value(uri[strings.LastIndexAny(uri, ":/")+1:]), "no binding")
}
