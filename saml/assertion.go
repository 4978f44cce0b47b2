package saml

import (
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// An Assertion is a SAML 2.0 assertion that was read from the octets which an
// accepted signature covers. Only Check makes one.
type Assertion struct{ content }

// A Claimed is what a message says of itself and nothing proves. It has the
// accessors of an Assertion and is another type, so that the two cannot be
// mixed up.
type Claimed struct{ content }

// content is what an assertion says (Core 2.3.3).
type content struct {
	in         *reading
	element    xmldoc.Element
	id         Value
	version    Value
	issued     Instant
	issuer     Issuer
	subject    *Subject
	conditions *Conditions
	authn      []AuthnStatement
	attributes []Attribute
}

// ID gives the assertion's ID.
func (c *content) ID() string { return c.id.Text }

// IssueInstant gives the instant of issue.
func (c *content) IssueInstant() Instant { return c.issued }

// Issuer gives the entity ID of the identity provider, as it stands.
func (c *content) Issuer() Issuer { return c.issuer }

// Subject gives the subject; nil if there is none.
func (c *content) Subject() *Subject { return c.subject }

// Conditions gives the conditions; nil if there are none.
func (c *content) Conditions() *Conditions { return c.conditions }

// AuthnStatements gives the authentication statements in document order.
func (c *content) AuthnStatements() []AuthnStatement { return c.authn }

// Attributes gives the attributes of all attribute statements in document
// order. Names may repeat.
func (c *content) Attributes() []Attribute { return c.attributes }

// Place gives the place of the Assertion element in the capture.
func (c *content) Place() Place { return placeOf(c.in.source(c.element)) }

// NameID gives the subject's NameID; a zero NameID if there is none.
func (c *content) NameID() NameID {
	if c.subject == nil {
		return NameID{}
	}
	return c.subject.NameID
}

// Audiences gives every Audience of every AudienceRestriction.
func (c *content) Audiences() []Value {
	if c.conditions == nil {
		return nil
	}
	return slices.Concat(c.conditions.AudienceRestrictions...)
}

// Bearer gives the bearer confirmations of the subject.
func (c *content) Bearer() []Confirmation {
	all := c.confirmations()
	bearer := func(s Confirmation) bool { return s.Method.Text == methodBearer }
	n := 0
	for n < len(all) && bearer(all[n]) {
		n++
	}
	if n == len(all) {
		return all[:n:n]
	}
	var out []Confirmation
	for _, s := range all {
		if bearer(s) {
			out = append(out, s)
		}
	}
	return out
}

func (c *content) confirmations() []Confirmation {
	if c.subject == nil {
		return nil
	}
	return c.subject.Confirmations
}

// Recipient gives the Recipient of the first bearer confirmation that has one.
func (c *content) Recipient() Value {
	for _, s := range c.Bearer() {
		if s.Recipient.Present() {
			return s.Recipient
		}
	}
	return Value{}
}

// SessionNotOnOrAfter gives the earliest end of session of the authentication
// statements; a zero Instant if none states one.
func (c *content) SessionNotOnOrAfter() Instant {
	var out Instant
	for _, s := range c.authn {
		if t := s.SessionNotOnOrAfter; t.Valid() && (!out.Valid() || t.Time.Before(out.Time)) {
			out = t
		}
	}
	return out
}

// An Issuer is the element of that name (Core 2.2.5).
type Issuer struct {
	Value
	Format Value
}

// A NameID is the element of that name (Core 2.2.3).
type NameID struct {
	Value
	Format          Value
	NameQualifier   Value
	SPNameQualifier Value
}

// A Subject is whom the assertion is about (Core 2.4.1).
type Subject struct {
	NameID        NameID
	Encrypted     bool // an EncryptedID stands in place of the NameID
	Confirmations []Confirmation
	element       xmldoc.Element
	in            *reading
}

// Place gives the place of the Subject element.
func (s *Subject) Place() Place { return placeOf(s.in.source(s.element)) }

// A Confirmation is a SubjectConfirmation with its data (Core 2.4.1.1).
type Confirmation struct {
	Method       Value
	HasData      bool
	NotBefore    Instant
	NotOnOrAfter Instant
	Recipient    Value
	InResponseTo Value
	Address      Value
	element      xmldoc.Element
	data         xmldoc.Element
	in           *reading
}

// Place gives the place of the SubjectConfirmation element.
func (c Confirmation) Place() Place { return placeOf(c.in.source(c.element)) }

// DataPlace gives the place of the SubjectConfirmationData element, or of the
// confirmation where it has none.
func (c Confirmation) DataPlace() Place {
	if !c.HasData {
		return c.Place()
	}
	return placeOf(c.in.source(c.data))
}

// Conditions are the conditions on the use of an assertion (Core 2.5.1).
type Conditions struct {
	NotBefore            Instant
	NotOnOrAfter         Instant
	AudienceRestrictions [][]Value // the audiences of each restriction
	OneTimeUse           bool
	element              xmldoc.Element
	others               []xmldoc.Element // conditions that this version of SAML does not define
	in                   *reading
}

// Place gives the place of the Conditions element.
func (c *Conditions) Place() Place { return placeOf(c.in.source(c.element)) }

// An AuthnStatement says when and how the subject signed in (Core 2.7.2).
type AuthnStatement struct {
	AuthnInstant        Instant
	SessionIndex        Value
	SessionNotOnOrAfter Instant
	ContextClass        Value // AuthnContextClassRef
	element             xmldoc.Element
	in                  *reading
}

// Place gives the place of the AuthnStatement element.
func (s AuthnStatement) Place() Place { return placeOf(s.in.source(s.element)) }

// An Attribute is a name with its values (Core 2.7.3.1).
type Attribute struct {
	Name         string
	NameFormat   string
	FriendlyName string
	Values       []Value
	element      xmldoc.Element
	in           *reading
}

// Place gives the place of the Attribute element.
func (a Attribute) Place() Place { return placeOf(a.in.source(a.element)) }

// An Instant is a point in time as SAML writes it (Core 1.3.3).
type Instant struct {
	Value
	Time time.Time // in UTC; zero where the text is no instant
	form timeForm
	read bool // the text is an instant
}

// Valid reports whether there is an instant and it can be read.
func (t Instant) Valid() bool { return t.read }

// Response is the envelope of a message (Core 3.2.2).
type Response struct {
	ID           Value
	Version      Value
	IssueInstant Instant
	Destination  Value
	InResponseTo Value
	Issuer       Issuer
	StatusCodes  []string // from the outermost inwards
	StatusText   string   // StatusMessage
	Signed       bool     // an accepted signature covers the envelope
	element      xmldoc.Element
	in           *reading
}

// Present reports whether there is a Response.
func (r Response) Present() bool { return r.element.Present() }

// Place gives the place of the Response element.
func (r Response) Place() Place { return placeOf(r.in.source(r.element)) }

// Content is what both an Assertion and a Claimed say, for code that judges
// either: the accessors are the same, and Verified tells which it is.
type Content interface {
	ID() string
	IssueInstant() Instant
	Issuer() Issuer
	Subject() *Subject
	NameID() NameID
	Conditions() *Conditions
	Audiences() []Value
	Bearer() []Confirmation
	Recipient() Value
	AuthnStatements() []AuthnStatement
	SessionNotOnOrAfter() Instant
	Attributes() []Attribute
	Place() Place
}

// Content gives what the message says, verified or not; nil if no assertion
// could be read. Decide nothing on it without looking at Verified.
func (r *Report) Content() Content {
	if c := r.said(); c != nil {
		return c
	}
	return nil
}
