package saml

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"math"
	"slices"
	"strings"
	"time"
)

// Entities gives the identity providers in document order. A file of
// certificates gives one Entity without an ID.
func (m *Metadata) Entities() []*Entity {
	if m == nil {
		return nil
	}
	return slices.Clone(m.entities)
}

// Files gives the documents that JoinMetadata put together, or m itself.
func (m *Metadata) Files() []*Metadata { return slices.Clone(m.files()) }

// Source gives the Source of the Metadata that the entity stands in.
func (e *Entity) Source() string { return e.metadata.Source }

// Lone reports whether the entity is a file of certificates, which stands for
// any issuer.
func (e *Entity) Lone() bool { return e.ID == "" }

// An Endpoint is where an identity provider takes messages.
type Endpoint struct {
	Kind             string // element name, such as SingleSignOnService
	Binding          string
	Location         string
	ResponseLocation string // where answers go, if elsewhere
}

// Endpoints gives the endpoints of the IDPSSODescriptor elements in document
// order.
func (e *Entity) Endpoints() []Endpoint {
	var out []Endpoint
	for _, role := range e.roles() {
		for c := range role.Children() {
			if c.Space() == nsMetadata && strings.HasSuffix(c.Local(), "Service") {
				out = append(out, Endpoint{c.Local(), c.Get("Binding"), c.Get("Location"), c.Get("ResponseLocation")})
			}
		}
	}
	return out
}

// NameIDFormats gives the NameIDFormat values of the IDPSSODescriptor elements.
func (e *Entity) NameIDFormats() []string {
	var out []string
	for _, role := range e.roles() {
		for _, f := range role.ChildrenNamed(nsMetadata, "NameIDFormat") {
			out = append(out, strings.TrimSpace(f.Text()))
		}
	}
	return out
}

// Namespaces of extensions that give an entity a name.
const (
	nsMetadataUI = "urn:oasis:names:tc:SAML:metadata:ui"
	nsFederation = "http://docs.oasis-open.org/wsfed/federation/200706"
)

// Names gives what the entity calls itself, for people: the display names of
// its user interface information and of its organization, each once.
func (e *Entity) Names() []string {
	var out []string
	add := func(name string) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, role := range e.roles() {
		ui := role.Child(nsMetadata, "Extensions").Child(nsMetadataUI, "UIInfo")
		for _, n := range ui.ChildrenNamed(nsMetadataUI, "DisplayName") {
			add(n.Text())
		}
	}
	for _, n := range e.element.Child(nsMetadata, "Organization").ChildrenNamed(nsMetadata, "OrganizationDisplayName") {
		add(n.Text())
	}
	for _, role := range e.element.ChildrenNamed(nsMetadata, "RoleDescriptor") {
		add(role.Attr("", "ServiceDisplayName").Value())
	}
	return out
}

// A SigningKey is a key with which an identity provider may sign.
type SigningKey struct {
	Public crypto.PublicKey // nil where its kind is not supported
	Use    string           // of the KeyDescriptor: "signing", or empty for signing and encryption
	// Of the certificate; empty for a bare key.
	Subject             string
	SHA256, SHA1        string // fingerprints, in hexadecimal as in the report
	NotBefore, NotAfter time.Time
	KeySHA256           string // fingerprint of the SubjectPublicKeyInfo
	Algorithm           string // "RSA" or "ECDSA"; empty where it is not supported
	Bits                int    // of the modulus or the curve
	Refused             string // why it is never used to verify; empty for a usable key
}

// DaysLeft gives the whole days from an instant to the end of the certificate,
// negative after it. ok is false for a key without a certificate.
func (k SigningKey) DaysLeft(at time.Time) (days int, ok bool) {
	if k.NotAfter.IsZero() {
		return 0, false
	}
	return daysBetween(at, k.NotAfter), true
}

// daysBetween gives whole days, rounded down.
func daysBetween(from, to time.Time) int {
	return int(math.Floor(to.Sub(from).Hours() / 24))
}

// SigningKeys gives the keys of the KeyDescriptor elements for signing, or for
// no stated use, of the IDPSSODescriptor elements, in document order.
func (e *Entity) SigningKeys() []SigningKey {
	out := []SigningKey{}
	for _, k := range e.ready().declared {
		out = append(out, k.shown())
	}
	return out
}

func (k *declaredKey) shown() SigningKey {
	out := SigningKey{Public: k.Public, Use: k.use, Subject: k.subject, NotBefore: k.notBefore, NotAfter: k.notAfter,
		KeySHA256: fingerprint(k.SPKI[:]), Refused: k.Refused}
	out.Algorithm, out.Bits = strength(k.Public)
	if k.der != nil {
		long, short := sha256.Sum256(k.der), sha1.Sum(k.der)
		out.SHA256, out.SHA1 = fingerprint(long[:]), fingerprint(short[:])
	}
	return out
}

func strength(public crypto.PublicKey) (algorithm string, bits int) {
	switch p := public.(type) {
	case *rsa.PublicKey:
		return "RSA", p.N.BitLen()
	case *ecdsa.PublicKey:
		return "ECDSA", p.Curve.Params().BitSize
	}
	return "", 0
}
