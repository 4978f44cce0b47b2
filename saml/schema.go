package saml

import (
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// An elementSchema is what the schemas of SAML 2.0 say of one element
// (saml-schema-protocol-2.0.xsd, saml-schema-assertion-2.0.xsd).
type elementSchema struct {
	required []string
	optional []string
	children [][]child // groups in the order in which they may stand
	open     bool      // other elements and attributes of other namespaces may stand here
	filled   string    // the child that is missing where there is none at all
}

// A child is an element that may stand in another one.
type child struct {
	space, local string
	once         bool // at most once among its siblings
	needed       bool // schema-violation where there is none; rules of their own say the rest
}

func one(space, local string) child  { return child{space: space, local: local, once: true} }
func many(space, local string) child { return child{space: space, local: local} }
func needOne(space, local string) child {
	return child{space: space, local: local, once: true, needed: true}
}
func needMany(space, local string) child { return child{space: space, local: local, needed: true} }

type name struct{ space, local string }

func (n name) saml() bool { return n.space == nsAssertion || n.space == nsProtocol }

var (
	nameAttributes  = []string{"NameQualifier", "SPNameQualifier", "Format", "SPProvidedID"}
	identifierGroup = []child{one(nsAssertion, "BaseID"), one(nsAssertion, "NameID"), one(nsAssertion, "EncryptedID")}
	encryptedGroups = [][]child{{needOne(nsEncrypt, "EncryptedData")}, {many(nsEncrypt, "EncryptedKey")}}
)

// schemas are the elements of a Response and of what it holds.
var schemas = map[name]*elementSchema{
	{nsProtocol, "Response"}: {
		required: []string{"ID", "Version", "IssueInstant"}, optional: []string{"InResponseTo", "Destination", "Consent"},
		children: [][]child{{one(nsAssertion, "Issuer")}, {many(nsSignature, "Signature")}, {one(nsProtocol, "Extensions")},
			{one(nsProtocol, "Status")}, {many(nsAssertion, "Assertion"), many(nsAssertion, "EncryptedAssertion")}},
	},
	{nsProtocol, "Status"}: {
		children: [][]child{{one(nsProtocol, "StatusCode")}, {one(nsProtocol, "StatusMessage")}, {one(nsProtocol, "StatusDetail")}},
	},
	{nsProtocol, "StatusCode"}: {required: []string{"Value"}, children: [][]child{{one(nsProtocol, "StatusCode")}}},
	{nsAssertion, "Assertion"}: {
		required: []string{"Version", "ID", "IssueInstant"},
		children: [][]child{{one(nsAssertion, "Issuer")}, {many(nsSignature, "Signature")}, {one(nsAssertion, "Subject")},
			{one(nsAssertion, "Conditions")}, {one(nsAssertion, "Advice")},
			{many(nsAssertion, "Statement"), many(nsAssertion, "AuthnStatement"), many(nsAssertion, "AuthzDecisionStatement"),
				many(nsAssertion, "AttributeStatement")}},
	},
	{nsAssertion, "Issuer"}: {optional: nameAttributes},
	{nsAssertion, "NameID"}: {optional: nameAttributes},
	{nsAssertion, "Subject"}: {
		children: [][]child{identifierGroup, {many(nsAssertion, "SubjectConfirmation")}},
	},
	{nsAssertion, "SubjectConfirmation"}: {
		required: []string{"Method"}, children: [][]child{identifierGroup, {one(nsAssertion, "SubjectConfirmationData")}},
	},
	{nsAssertion, "SubjectConfirmationData"}: {
		optional: []string{"NotBefore", "NotOnOrAfter", "Recipient", "InResponseTo", "Address"}, open: true,
	},
	{nsAssertion, "Conditions"}: {
		optional: []string{"NotBefore", "NotOnOrAfter"},
		children: [][]child{{many(nsAssertion, "Condition"), many(nsAssertion, "AudienceRestriction"),
			one(nsAssertion, "OneTimeUse"), one(nsAssertion, "ProxyRestriction")}},
	},
	{nsAssertion, "AudienceRestriction"}: {children: [][]child{{needMany(nsAssertion, "Audience")}}},
	{nsAssertion, "OneTimeUse"}:          {},
	{nsAssertion, "ProxyRestriction"}:    {optional: []string{"Count"}, children: [][]child{{many(nsAssertion, "Audience")}}},
	{nsAssertion, "AuthnStatement"}: {
		required: []string{"AuthnInstant"}, optional: []string{"SessionIndex", "SessionNotOnOrAfter"},
		children: [][]child{{one(nsAssertion, "SubjectLocality")}, {needOne(nsAssertion, "AuthnContext")}},
	},
	{nsAssertion, "SubjectLocality"}: {optional: []string{"Address", "DNSName"}},
	{nsAssertion, "AuthnContext"}: {
		children: [][]child{{one(nsAssertion, "AuthnContextClassRef")},
			{one(nsAssertion, "AuthnContextDecl"), one(nsAssertion, "AuthnContextDeclRef")},
			{many(nsAssertion, "AuthenticatingAuthority")}},
	},
	{nsAssertion, "AttributeStatement"}: {
		children: [][]child{{many(nsAssertion, "Attribute"), many(nsAssertion, "EncryptedAttribute")}}, filled: "Attribute",
	},
	{nsAssertion, "Attribute"}: {
		required: []string{"Name"}, optional: []string{"NameFormat", "FriendlyName"},
		children: [][]child{{many(nsAssertion, "AttributeValue")}}, open: true,
	},
	{nsAssertion, "EncryptedAssertion"}: {children: encryptedGroups},
	{nsAssertion, "EncryptedID"}:        {children: encryptedGroups},
	{nsAssertion, "EncryptedAttribute"}: {children: encryptedGroups},
}

// departureKind is how an element departs from its schema.
type departureKind int

const (
	repeatedChild departureKind = iota
	foreignChild                // a SAML name in a wrong namespace
	foreignAttr                 // a SAML attribute with a prefix
	missingAttr
	missingChild
	unknownChild
	unknownAttr
	wrongOrder
)

// A departure is one way in which an element departs from its schema.
type departure struct {
	kind   departureKind
	parent xmldoc.Element
	at     xmldoc.Element // the child that is meant, else the parent
	name   string         // of the child or attribute
}

func (s *elementSchema) attributes(out []departure, e xmldoc.Element) []departure {
	for _, want := range s.required {
		if !e.Attr("", want).Present() {
			out = append(out, departure{missingAttr, e, e, want})
		}
	}
	for a := range e.Attrs() {
		known := slices.Contains(s.required, a.Local()) || slices.Contains(s.optional, a.Local())
		switch {
		case a.Space() == nsSchema || a.Space() == "" && known:
		case misplacedID(a): // a rule of its own speaks of it
		case a.Space() != "" && known:
			out = append(out, departure{foreignAttr, e, e, a.QName()})
		case a.Space() != "" && s.open:
		default:
			out = append(out, departure{unknownAttr, e, e, a.QName()})
		}
	}
	return out
}

// mostChildren is more than the names that any schema has for children.
const mostChildren = 16

// content adds how the children of e depart from the schema.
func (s *elementSchema) content(out []departure, e xmldoc.Element) []departure {
	var seen [mostChildren]int // by the number of the child in the schema
	var last name
	var p place
	furthest, empty := 0, true
	for c := range e.Children() {
		if n := (name{c.Space(), c.Local()}); empty || n != last {
			last, p = n, s.find(n)
		}
		empty = false
		if p.child == nil {
			out = append(out, s.unexpected(e, c)...)
			continue
		}
		seen[p.number]++
		switch {
		case p.child.once && seen[p.number] == 2:
			out = append(out, departure{repeatedChild, e, c, c.Local()})
		case p.group < furthest && !p.anywhere:
			out = append(out, departure{wrongOrder, e, c, c.Local()})
		}
		if !p.anywhere {
			furthest = max(furthest, p.group)
		}
	}
	if s.filled != "" && empty {
		out = append(out, departure{missingChild, e, e, s.filled})
	}
	return s.missing(out, e, seen)
}

// missing adds the children that are needed and were not seen.
func (s *elementSchema) missing(out []departure, e xmldoc.Element, seen [mostChildren]int) []departure {
	number := 0
	for _, group := range s.children {
		for _, c := range group {
			if c.needed && seen[number] == 0 {
				out = append(out, departure{missingChild, e, e, c.local})
			}
			number++
		}
	}
	return out
}

// unexpected tells a SAML name in a wrong namespace from a name that the schema
// does not know here. An Assertion in a wrong place and a condition that SAML
// does not define have rules of their own.
func (s *elementSchema) unexpected(parent, c xmldoc.Element) []departure {
	for _, group := range s.children {
		for _, k := range group {
			if k.local == c.Local() {
				return []departure{{foreignChild, parent, c, c.Local()}}
			}
		}
	}
	misplaced := c.Space() == nsAssertion && (c.Local() == "Assertion" || c.Local() == "EncryptedAssertion")
	if s.open || misplaced || isSimple(parent.Space(), parent.Local()) || c.Is(nsSignature, "Signature") || parent.Is(nsAssertion, "Conditions") {
		return nil
	}
	return []departure{{unknownChild, parent, c, c.Local()}}
}

// A place is where the schema of an element has a child; without the child where
// it has none.
type place struct {
	child         *child
	number, group int
	anywhere      bool // a Signature, of whose order another rule speaks
}

func (s *elementSchema) find(n name) place {
	number := 0
	for i, group := range s.children {
		for k := range group {
			if group[k].local == n.local && group[k].space == n.space {
				return place{&group[k], number, i, n == name{nsSignature, "Signature"}}
			}
			number++
		}
	}
	return place{}
}
