package claims

import (
	"encoding/json"

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

// A Role is a role that the message offers, with the provider beside it.
type Role struct {
	Role     string `json:"role"`     // the ARN
	Provider string `json:"provider"` // the ARN
	Account  string `json:"account"`  // of the role
	Name     string `json:"name"`     // of the role, without its path
	Path     string `json:"path"`     // place of the AttributeValue
	// STS is what AssumeRoleWithSAML will answer for this role. Roles of which the
	// same is foretold share it: it is read only, and names no role.
	STS *Prediction `json:"sts"`
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
	for _, role := range r.Roles {
		role.STS = role.STS.of(role.Role)
		o.Roles = append(o.Roles, role)
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
