package saml

import (
	"encoding/json"
	"slices"
	"time"
)

// ContractVersion is the version of the JSON report.
const ContractVersion = 1

// An Object is the JSON form of a report: the contract that programs rely on.
// Lists are never null; what is absent is null or empty. The fields that speak
// of AWS are filled in by package claims.
type Object struct {
	Version             int           `json:"version"`
	Profile             Profile       `json:"profile"`
	Source              string        `json:"source"`
	Index               int           `json:"index"`
	URL                 string        `json:"url"`
	Form                Form          `json:"form"`
	At                  *time.Time    `json:"at"`
	CapturedAt          *time.Time    `json:"captured_at"`
	Verdict             Verdict       `json:"verdict"`
	Verified            bool          `json:"verified"`
	Metadata            []MetadataUse `json:"metadata"`
	AWS                 any           `json:"aws"`
	Issuer              string        `json:"issuer"`
	Subject             ObjectSubject `json:"subject"`
	Audiences           []string      `json:"audiences"`
	Recipient           string        `json:"recipient"`
	IssueInstant        *time.Time    `json:"issue_instant"`
	NotBefore           *time.Time    `json:"not_before"`
	NotOnOrAfter        *time.Time    `json:"not_on_or_after"`
	SessionNotOnOrAfter *time.Time    `json:"session_not_on_or_after"`
	InResponseTo        string        `json:"in_response_to"`
	Roles               []any         `json:"roles"`
	RoleSessionName     string        `json:"role_session_name"`
	SessionDuration     *int          `json:"session_duration"` // seconds
	PrincipalTags       []ObjectTag   `json:"principal_tags"`
	TransitiveTagKeys   []string      `json:"transitive_tag_keys"`
	SourceIdentity      string        `json:"source_identity"`
	Signatures          []Signature   `json:"signatures"`
	Findings            []Finding     `json:"findings"`
	Skipped             []Skip        `json:"skipped"`
	Decode              []string      `json:"decode"`
	Opinions            []any         `json:"opinions"`
	Ignored             []Ignoring    `json:"ignored"`
	Config              *ObjectConfig `json:"config"` // null where no configuration file was read
}

// An Ignoring is a code of which findings of the report are ignored. Reason and
// From are filled in by the tool.
type Ignoring struct {
	Code   string `json:"code"`
	Reason string `json:"reason"` // empty where none was given
	From   string `json:"from"`   // "--ignore", or the configuration file
}

// ObjectConfig is the configuration file that was read, filled in by the tool.
type ObjectConfig struct {
	File     string   `json:"file"`
	Settings []string `json:"settings"` // those of it that hold, which no flag replaces
}

// IgnoredIn gives the codes of the findings that are ignored, each once.
func IgnoredIn(findings []Finding) []Ignoring {
	out := []Ignoring{}
	for _, f := range findings {
		if f.Ignored && !slices.ContainsFunc(out, func(i Ignoring) bool { return i.Code == f.Code }) {
			out = append(out, Ignoring{Code: f.Code})
		}
	}
	return out
}

// ObjectSubject is the subject in the JSON form.
type ObjectSubject struct {
	NameID string `json:"name_id"`
	Format string `json:"format"`
}

// ObjectTag is a session tag in the JSON form.
type ObjectTag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// MarshalJSON gives the contracted object, with the fields of AWS empty.
func (r *Report) MarshalJSON() ([]byte, error) { return json.Marshal(r.Object()) }

// Object gives the JSON form.
func (r *Report) Object() *Object {
	o := &Object{
		Version: ContractVersion, Profile: r.Profile, Source: r.Source, Index: r.Index, URL: r.URL, Form: r.Form,
		At: instantOrNull(r.At), CapturedAt: instantOrNull(r.CapturedAt), Verdict: r.Verdict, Verified: r.Verified,
		Metadata: list(r.Metadata), Audiences: []string{}, Roles: []any{}, PrincipalTags: []ObjectTag{},
		TransitiveTagKeys: []string{}, Signatures: list(r.Signatures), Findings: list(r.Findings),
		Skipped: list(r.Skipped), Decode: list(r.Decode), Opinions: []any{}, Ignored: IgnoredIn(r.Findings),
		Issuer: r.Response.Issuer.Text, InResponseTo: r.envelopeInResponseTo(),
		IssueInstant: instantOrNull(r.Response.IssueInstant.Time),
	}
	if c := r.said(); c != nil {
		o.fill(c)
	}
	return o
}

// envelopeInResponseTo leaves out what the Response says beside a verified
// Assertion where nothing proves the Response.
func (r *Report) envelopeInResponseTo() string {
	if r.Assertion != nil && !r.Response.Signed {
		return ""
	}
	return r.Response.InResponseTo.Text
}

// said gives what the message says, verified or not; nil if nothing was read.
func (r *Report) said() *content {
	switch {
	case r.Assertion != nil:
		return &r.Assertion.content
	case r.Claimed != nil:
		return &r.Claimed.content
	}
	return nil
}

func (o *Object) fill(c *content) {
	o.Issuer = c.Issuer().Text
	o.Subject = ObjectSubject{NameID: c.NameID().Text, Format: c.NameID().Format.Text}
	for _, a := range c.Audiences() {
		o.Audiences = append(o.Audiences, a.Text)
	}
	o.Recipient = c.Recipient().Text
	o.IssueInstant = instantOrNull(c.IssueInstant().Time)
	o.SessionNotOnOrAfter = instantOrNull(c.SessionNotOnOrAfter().Time)
	if k := c.Conditions(); k != nil {
		o.NotBefore, o.NotOnOrAfter = instantOrNull(k.NotBefore.Time), instantOrNull(k.NotOnOrAfter.Time)
	}
	for _, s := range c.Bearer() {
		if o.InResponseTo == "" {
			o.InResponseTo = s.InResponseTo.Text
		}
	}
}

func instantOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
