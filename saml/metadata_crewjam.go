package saml

import (
	"encoding/base64"
	"errors"
	"strconv"

	crewjam "github.com/crewjam/saml"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// EntityDescriptor gives an identity provider as the type of
// github.com/crewjam/saml, for programs that work with that library. An empty
// id stands for the only entity. It is built from what was read here, and never
// decoded by that library, which refuses a whole document for one certificate,
// address or duration that it cannot read: what is left out is a certificate
// without a usable key, a bare key, which that type cannot hold, and an endpoint
// without an address. It holds the IDPSSODescriptor elements and nothing of
// other roles.
func (m *Metadata) EntityDescriptor(id string) (*crewjam.EntityDescriptor, error) {
	e, err := m.only(id)
	if err != nil {
		return nil, err
	}
	out := &crewjam.EntityDescriptor{EntityID: e.ID, ID: e.element.Get("ID"), ValidUntil: e.ValidUntil}
	for _, role := range e.roles() {
		out.IDPSSODescriptors = append(out.IDPSSODescriptors, crewjamRole(role))
	}
	return out, nil
}

// only gives the entity of an ID; of an empty one the only entity there is.
func (m *Metadata) only(id string) (*Entity, error) {
	switch {
	case m == nil:
		return nil, errors.New("there is no metadata")
	case id == "" && len(m.entities) != 1:
		return nil, errors.New("an entityID is expected, the metadata describes " + count(len(m.entities), "identity provider"))
	case id == "":
		id = m.entities[0].ID
	}
	found := m.index[id]
	switch {
	case id == "":
		return nil, errors.New("a lone certificate describes no entity")
	case len(found) == 0:
		return nil, errors.New("the metadata does not describe the entity " + quote(id))
	}
	return found[0], nil
}

func crewjamRole(role xmldoc.Element) crewjam.IDPSSODescriptor {
	var out crewjam.IDPSSODescriptor
	out.ProtocolSupportEnumeration = role.Get("protocolSupportEnumeration")
	if wants, err := strconv.ParseBool(role.Get("WantAuthnRequestsSigned")); err == nil {
		out.WantAuthnRequestsSigned = &wants
	}
	for c := range role.Children() {
		if c.Space() != nsMetadata {
			continue
		}
		switch c.Local() {
		case "KeyDescriptor":
			out.KeyDescriptors = append(out.KeyDescriptors, crewjamKeys(c)...)
		case "NameIDFormat":
			out.NameIDFormats = append(out.NameIDFormats, crewjam.NameIDFormat(c.Text()))
		default:
			crewjamEndpoint(&out, c)
		}
	}
	return out
}

// crewjamKeys gives the certificates whose keys are used, in the form that the
// schema wants.
func crewjamKeys(descriptor xmldoc.Element) (out []crewjam.KeyDescriptor) {
	keys, _, _ := readDescriptor(descriptor)
	for _, k := range keys {
		if k.der == nil || k.Refused != "" {
			continue
		}
		d := crewjam.KeyDescriptor{Use: k.use}
		d.KeyInfo.X509Data.X509Certificates = []crewjam.X509Certificate{{Data: base64.StdEncoding.EncodeToString(k.der)}}
		out = append(out, d)
	}
	return out
}

func crewjamEndpoint(out *crewjam.IDPSSODescriptor, c xmldoc.Element) {
	e := crewjam.Endpoint{Binding: c.Get("Binding"), Location: c.Get("Location"), ResponseLocation: c.Get("ResponseLocation")}
	if e.Location == "" {
		return
	}
	switch c.Local() {
	case "SingleSignOnService":
		out.SingleSignOnServices = append(out.SingleSignOnServices, e)
	case "SingleLogoutService":
		out.SingleLogoutServices = append(out.SingleLogoutServices, e)
	case "ManageNameIDService":
		out.ManageNameIDServices = append(out.ManageNameIDServices, e)
	case "NameIDMappingService":
		out.NameIDMappingServices = append(out.NameIDMappingServices, e)
	case "AssertionIDRequestService":
		out.AssertionIDRequestServices = append(out.AssertionIDRequestServices, e)
	case "ArtifactResolutionService":
		index, _ := strconv.Atoi(c.Get("index"))
		out.SSODescriptor.ArtifactResolutionServices = append(out.SSODescriptor.ArtifactResolutionServices,
			crewjam.IndexedEndpoint{Binding: e.Binding, Location: e.Location, Index: index})
	}
}
