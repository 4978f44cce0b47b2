package saml

import (
	"iter"
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// readAssertion reads an Assertion element without judging it: what is absent
// stays zero, what is repeated is read where SAML allows it, else the first.
func readAssertion(r *reading, e xmldoc.Element) content {
	c := content{in: r, element: e}
	c.id, c.version = r.attribute(e, "ID"), r.attribute(e, "Version")
	c.issued = r.instant(e, "IssueInstant")
	c.issuer = r.issuer(e.Child(nsAssertion, "Issuer"))
	c.subject = r.subject(e.Child(nsAssertion, "Subject"))
	c.conditions = r.conditions(e.Child(nsAssertion, "Conditions"))
	for s := range e.Children() {
		switch {
		case s.Is(nsAssertion, "AuthnStatement"):
			c.authn = append(c.authn, r.authnStatement(s))
		case s.Is(nsAssertion, "AttributeStatement"):
			c.attributes = r.attributes(c.attributes, s)
		}
	}
	return c
}

func (r *reading) issuer(e xmldoc.Element) Issuer {
	if !e.Present() {
		return Issuer{}
	}
	return Issuer{Value: r.text(e), Format: r.attribute(e, "Format")}
}

func (r *reading) subject(e xmldoc.Element) *Subject {
	if !e.Present() {
		return nil
	}
	s := &Subject{element: e, in: r, Encrypted: e.Child(nsAssertion, "EncryptedID").Present()}
	if id := e.Child(nsAssertion, "NameID"); id.Present() {
		s.NameID = r.nameID(id)
	} else if in, id := r.decrypted(e.Child(nsAssertion, "EncryptedID"), "NameID"); id.Present() {
		s.NameID = in.nameID(id)
	}
	for c := range named(e, "SubjectConfirmation") {
		s.Confirmations = append(s.Confirmations, r.confirmation(c))
	}
	return s
}

func (r *reading) nameID(e xmldoc.Element) NameID {
	return NameID{Value: r.text(e), Format: r.attribute(e, "Format"),
		NameQualifier: r.attribute(e, "NameQualifier"), SPNameQualifier: r.attribute(e, "SPNameQualifier")}
}

func (r *reading) confirmation(e xmldoc.Element) Confirmation {
	data := e.Child(nsAssertion, "SubjectConfirmationData")
	return Confirmation{
		element: e, data: data, in: r, HasData: data.Present(),
		Method:       r.attribute(e, "Method"),
		NotBefore:    r.instant(data, "NotBefore"),
		NotOnOrAfter: r.instant(data, "NotOnOrAfter"),
		Recipient:    r.attribute(data, "Recipient"),
		InResponseTo: r.attribute(data, "InResponseTo"),
		Address:      r.attribute(data, "Address"),
	}
}

func (r *reading) conditions(e xmldoc.Element) *Conditions {
	if !e.Present() {
		return nil
	}
	c := &Conditions{element: e, in: r, NotBefore: r.instant(e, "NotBefore"), NotOnOrAfter: r.instant(e, "NotOnOrAfter")}
	for k := range e.Children() {
		switch {
		case k.Is(nsAssertion, "AudienceRestriction"):
			c.AudienceRestrictions = append(c.AudienceRestrictions, r.audiences(k))
		case k.Is(nsAssertion, "OneTimeUse"):
			c.OneTimeUse = true
		case k.Is(nsAssertion, "ProxyRestriction"):
		default:
			c.others = append(c.others, k)
		}
	}
	return c
}

func (r *reading) audiences(restriction xmldoc.Element) []Value {
	out := []Value{}
	for a := range named(restriction, "Audience") {
		out = append(out, r.text(a))
	}
	return out
}

func (r *reading) authnStatement(e xmldoc.Element) AuthnStatement {
	s := AuthnStatement{element: e, in: r,
		AuthnInstant:        r.instant(e, "AuthnInstant"),
		SessionIndex:        r.attribute(e, "SessionIndex"),
		SessionNotOnOrAfter: r.instant(e, "SessionNotOnOrAfter"),
	}
	if ref := e.Child(nsAssertion, "AuthnContext").Child(nsAssertion, "AuthnContextClassRef"); ref.Present() {
		s.ContextClass = r.text(ref)
	}
	return s
}

func (r *reading) attributes(out []Attribute, statement xmldoc.Element) []Attribute {
	n := 0
	for range named(statement, "Attribute") {
		n++
	}
	most := statement.Count() - 1 - n // nearly all are values
	out, room := slices.Grow(out, n), make([]Value, 0, most)
	for e := range statement.Children() {
		switch {
		case e.Is(nsAssertion, "Attribute"):
			out = append(out, r.oneAttribute(e, room))
			used := len(out[len(out)-1].Values)
			room = room[used:used]
		case e.Is(nsAssertion, "EncryptedAttribute"):
			if in, a := r.decrypted(e, "Attribute"); a.Present() {
				out = append(out, in.oneAttribute(a, nil))
			}
		}
	}
	return out
}

// oneAttribute reads an Attribute; its values are put where there is room for
// those of all.
func (r *reading) oneAttribute(e xmldoc.Element, room []Value) Attribute {
	a := Attribute{element: e, in: r, Name: e.Get("Name"), NameFormat: e.Get("NameFormat"), FriendlyName: e.Get("FriendlyName")}
	for v := range named(e, "AttributeValue") {
		room = append(room, r.text(v))
	}
	if len(room) > 0 {
		a.Values = room[:len(room):len(room)]
	}
	return a
}

// named gives the child elements of e by this name of SAML assertions.
func named(e xmldoc.Element, local string) iter.Seq[xmldoc.Element] {
	return func(yield func(xmldoc.Element) bool) {
		for c := range e.Children() {
			if c.Is(nsAssertion, local) && !yield(c) {
				return
			}
		}
	}
}

// readResponse reads the envelope.
func readResponse(r *reading, e xmldoc.Element) Response {
	out := Response{element: e, in: r,
		ID:           r.attribute(e, "ID"),
		Version:      r.attribute(e, "Version"),
		IssueInstant: r.instant(e, "IssueInstant"),
		Destination:  r.attribute(e, "Destination"),
		InResponseTo: r.attribute(e, "InResponseTo"),
		Issuer:       r.issuer(e.Child(nsAssertion, "Issuer")),
	}
	status := e.Child(nsProtocol, "Status")
	for c := status.Child(nsProtocol, "StatusCode"); c.Present(); c = c.Child(nsProtocol, "StatusCode") {
		out.StatusCodes = append(out.StatusCodes, c.Get("Value"))
	}
	out.StatusText = status.Child(nsProtocol, "StatusMessage").Text()
	return out
}
