package claims

import (
	"encoding/json"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// A Report is everything that Check found out about one message: what package
// saml found, and what the message claims to AWS. The claims are what the
// message says, verified or not: SAML.Verified tells.
type Report struct {
	SAML     *saml.Report // the report of package saml, with its own findings only
	Verdict  saml.Verdict
	Findings []saml.Finding // of both packages, in stage order
	Skipped  []saml.Skip    // of both packages
	// Roles are the pairs that can be assumed as far as their form goes: one
	// well-formed role and one well-formed provider, each pair once.
	Roles             []Role
	RoleSessionName   string
	SessionDuration   *int // in seconds; nil where it is absent or no whole number
	PrincipalTags     []Tag
	TransitiveTagKeys []string
	SourceIdentity    string
	// AWS is what AWS will answer.
	AWS *Predictions
}

// Release gives memory that the report holds to later checks, as that of its
// part SAML does. Texts, such as the ARNs of Roles, and Object, once it was
// called, stay as they are; Path of a Role gives nothing afterwards.
func (r *Report) Release() { r.SAML.Release() }

// A Role is a role that the message offers, with the provider beside it.
type Role struct {
	Role     string // the ARN
	Provider string // the ARN
	// STS is what AssumeRoleWithSAML will answer for this role. Roles of which the
	// same is foretold share it: it is read only, and names no role.
	STS   *Prediction
	value *saml.Value // that offers it
}

// Account gives the account of the role.
func (r Role) Account() string { return readAgain(r.Role).Account }

// Name gives the name of the role, without its path.
func (r Role) Name() string { return r.Role[strings.LastIndexByte(r.Role, '/')+1:] }

// Path gives the place of the AttributeValue, such as
// "/Response/Assertion/AttributeStatement/Attribute[2]/AttributeValue[7]".
func (r Role) Path() string {
	if r.value == nil {
		return ""
	}
	return r.value.Path()
}

// A RoleObject is the JSON form of a Role.
type RoleObject struct {
	Role     string      `json:"role"`
	Provider string      `json:"provider"`
	Account  string      `json:"account"`
	Name     string      `json:"name"`
	Path     string      `json:"path"`
	STS      *Prediction `json:"sts"` // names the role
}

func (r Role) object() RoleObject {
	return RoleObject{Role: r.Role, Provider: r.Provider, Account: r.Account(), Name: r.Name(), Path: r.Path(), STS: r.STS.of(r.Role)}
}

// A Tag is a session tag.
type Tag = saml.ObjectTag

// MarshalJSON gives the contracted object.
func (r *Report) MarshalJSON() ([]byte, error) { return json.Marshal(r.Object()) }

// Object gives the JSON form.
func (r *Report) Object() *saml.Object {
	o := r.SAML.Object()
	o.Verdict = r.Verdict
	o.Findings, o.Skipped = orEmpty(r.Findings), orEmpty(r.Skipped)
	o.Ignored = saml.IgnoredIn(r.Findings)
	for _, role := range r.Roles {
		o.Roles = append(o.Roles, role.object())
	}
	o.AWS = r.AWS
	o.RoleSessionName, o.SourceIdentity = r.RoleSessionName, r.SourceIdentity
	o.SessionDuration = r.SessionDuration
	o.PrincipalTags, o.TransitiveTagKeys = orEmpty(r.PrincipalTags), orEmpty(r.TransitiveTagKeys)
	return o
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func (f *facts) principalTags() []Tag {
	var out []Tag
	for _, t := range f.tags {
		out = append(out, Tag{Key: t.key, Value: t.attribute.Values[0].Text})
	}
	return out
}

func (f *facts) transitiveTagKeys() []string {
	var out []string
	for _, v := range f.values(nameTransitiveTagKeys) {
		out = append(out, v.Text)
	}
	return out
}
