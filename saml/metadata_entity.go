package saml

import (
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// readDocument finds the identity providers of a metadata document (Metadata
// 2.3), however deep the EntitiesDescriptor elements are nested.
func (m *Metadata) readDocument(root xmldoc.Element) *MetadataError {
	var census census
	switch {
	case root.Is(nsMetadata, "EntityDescriptor"):
		m.readEntity(root, time.Time{}, &census)
	case root.Is(nsMetadata, "EntitiesDescriptor"):
		m.readEntities(root, time.Time{}, &census)
	default:
		return otherXML(root)
	}
	if len(m.entities) > 0 {
		return nil
	}
	return census.fault()
}

// census counts the entities that cannot be used.
type census struct {
	entities, services, nameless int
}

func (c *census) fault() *MetadataError {
	switch {
	case c.entities == 0:
		return unreadable(MetadataNoProvider, "metadata without an EntityDescriptor", adviseDownload)
	case c.nameless > 0:
		return unreadable(MetadataNoProvider, "an EntityDescriptor without an entityID, so that no issuer can be matched with it", adviseDownload)
	case c.services > 0:
		return unreadable(MetadataServiceOnly, "the metadata of a service provider (an SPSSODescriptor and no IDPSSODescriptor)", adviseProvider)
	}
	return unreadable(MetadataNoProvider, "an EntityDescriptor without an IDPSSODescriptor, so without a SAML 2.0 identity provider", adviseDownload)
}

func (m *Metadata) readEntities(group xmldoc.Element, until time.Time, c *census) {
	until = earlier(until, validUntil(group))
	for e := range group.Children() {
		switch {
		case e.Is(nsMetadata, "EntityDescriptor"):
			m.readEntity(e, until, c)
		case e.Is(nsMetadata, "EntitiesDescriptor"):
			m.readEntities(e, until, c)
		}
	}
}

func (m *Metadata) readEntity(e xmldoc.Element, until time.Time, c *census) {
	c.entities++
	id := e.Get("entityID")
	until = earlier(until, validUntil(e))
	provider := false
	for role := range e.Children() {
		switch {
		case role.Is(nsMetadata, "IDPSSODescriptor"):
			provider = true
			until = earlier(until, validUntil(role))
		case role.Is(nsMetadata, "SPSSODescriptor"):
			c.services++
		}
	}
	switch {
	case !provider:
		m.others[id] = true
	case id == "":
		c.nameless++
	default:
		m.add(&Entity{ID: id, ValidUntil: until, metadata: m, element: e})
	}
}

func validUntil(e xmldoc.Element) time.Time {
	t, _, _ := parseInstant(e.Get("validUntil"))
	return t
}

// earlier gives the earlier of two instants, of which the zero one is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// otherXML names a document that is no metadata.
func otherXML(root xmldoc.Element) *MetadataError {
	found, advice := "XML whose root element is "+quote(root.QName()), adviseDownload
	switch {
	case root.Is(nsProtocol, "Response"), root.Is(nsAssertion, "Assertion"):
		found, advice = "a SAML "+strings.ToLower(root.Local()), "give it as the message to check, and as metadata the file of the identity provider"
	case root.Space() == nsProtocol:
		found = "a SAML protocol message (" + root.Local() + ")"
	case root.Local() == "EntityDescriptor", root.Local() == "EntitiesDescriptor":
		found = "an " + root.Local() + " in the namespace " + quote(root.Space()) + " instead of " + quote(nsMetadata)
	case root.Space() != "":
		found += " of the namespace " + quote(root.Space())
	}
	return unreadable(MetadataOther, found, advice)
}

// roles gives the IDPSSODescriptor elements of an entity.
func (e *Entity) roles() []xmldoc.Element {
	return e.element.ChildrenNamed(nsMetadata, "IDPSSODescriptor")
}

// use gives what the report says of the entity.
func (e *Entity) use() MetadataUse {
	out := MetadataUse{Source: e.metadata.Source, EntityID: e.ID}
	seen := map[[32]byte]bool{}
	for _, k := range e.ready().keys {
		if k.Refused == "" && !seen[k.SPKI] {
			seen[k.SPKI] = true
			out.Keys++
		}
	}
	return out
}
