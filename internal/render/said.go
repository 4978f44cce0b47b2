package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// fieldGap is the width of the names of fields.
const fieldGap = 16

// said writes what the response says: who, which roles, how long, signed by
// what. Its title tells whether anything proves it.
func (p *page) said(v *view) {
	if v.saysNothing() {
		return
	}
	p.blank()
	if v.Verified {
		p.write(0, p.style.paint(bold, "What the response says")+p.style.paint(green, ", proved by its signature"))
	} else {
		p.write(0, p.style.paint(bold, "What the response claims")+p.style.paint(yellow, ", which nothing proves"))
	}
	p.who(v)
	p.what(v)
	p.howLong(v)
	p.returned(v)
	for _, s := range v.Signatures {
		p.signature(v, s)
	}
	for _, m := range v.Metadata {
		p.field("metadata", metadataUse(m)+namedBy(v, m))
	}
	p.field("decoded", strings.Join(values(v.Decode), "; "))
}

// field writes one named value; none that is empty.
func (p *page) field(name, text string) {
	if text != "" {
		p.labelled(2, name, fieldGap, "", text)
	}
}

func (p *page) who(v *view) {
	p.field("issuer", Value(v.Issuer))
	p.field("subject", subject(v.Subject))
	for i, a := range v.Audiences {
		p.field(once("audience", i), Value(a))
	}
	p.field("recipient", Value(v.Recipient))
	p.field("in response to", Value(v.InResponseTo))
}

// subject writes the NameID with the last step of its Format.
func subject(s saml.ObjectSubject) string {
	format := s.Format[strings.LastIndex(s.Format, ":")+1:]
	if s.NameID == "" || format == "" {
		return Value(s.NameID)
	}
	return Value(s.NameID) + " (" + Value(format) + ")"
}

func (p *page) what(v *view) {
	p.roles(v)
	p.field("session name", Value(v.RoleSessionName))
	p.field("source identity", Value(v.SourceIdentity))
	for i, t := range v.PrincipalTags {
		p.field(once("tag", i), Quote(t.Key)+" = "+Quote(t.Value))
	}
	p.field("transitive tags", strings.Join(values(v.TransitiveTagKeys), ", "))
}

// mostRoles is how many roles the text lists: the JSON report lists all.
const mostRoles = 50

// roles lists the roles, each with what STS answers where that is not the
// answer on the whole, and not that of a role above.
func (p *page) roles(v *view) {
	told := map[string]string{} // answers, with the role that they stand at
	for i, r := range v.roles[:min(len(v.roles), mostRoles)] {
		p.field(once("role", i), Value(r.Role))
		p.field(under, "through "+Value(r.Provider))
		words := v.ofRole(r)
		if first, found := told[words]; found && words != "" {
			words = "STS answers as to " + Value(first)
		} else {
			told[words] = r.Role
		}
		p.field(under, words)
	}
	if more := len(v.roles) - mostRoles; more > 0 {
		p.field(under, "and "+count(more, "further role"))
	}
}

func (p *page) howLong(v *view) {
	p.field("issued", instant(v.IssueInstant))
	p.field("valid from", instant(v.NotBefore))
	p.field("valid until", ending(v.NotOnOrAfter, v.At))
	p.field("session until", ending(v.SessionNotOnOrAfter, v.At))
	if d := v.SessionDuration; d != nil {
		p.field("duration", fmt.Sprintf("%d seconds are asked for (%s)", *d, span(time.Duration(*d)*time.Second)))
	}
}

// ending writes the end of a span of time, and how far off it is.
func ending(t, at *time.Time) string {
	switch {
	case t == nil || at == nil:
		return instant(t)
	case t.After(*at):
		return instant(t) + ", " + span(t.Sub(*at)) + " left"
	}
	return instant(t) + ", over for " + span(at.Sub(*t))
}

func (p *page) signature(v *view, s saml.Signature) {
	p.field("signature", "on the "+Value(s.On)+" ("+algorithm(s.SignatureAlgorithm)+"): "+outcome(v, s))
	if c := s.Certificate; c != nil {
		p.field(under, certificate(*c))
		p.field(under, fingerprint("SHA-256", c.SHA256))
	}
	if tellsMore(v, s) {
		p.field(under, s.Explanation)
	}
}

// tellsMore reports whether the explanation of a signature says what stands
// nowhere else in the report.
func tellsMore(v *view, s saml.Signature) bool {
	plain := s.Verified && s.Witness != "disagrees" && s.Witness != "crashed" && s.Witness != "cannot-judge"
	return !plain && !slices.ContainsFunc(v.Findings, func(f saml.Finding) bool { return strings.Contains(f.Message, s.Explanation) })
}

// outcome keeps a signature that holds apart from a response that is proved by
// it.
func outcome(v *view, s saml.Signature) string {
	words := "not verified"
	switch {
	case s.Verified && v.Verified:
		words = "holds with a key of the metadata"
	case s.Verified:
		words = "holds with a key of the metadata, which does not prove what this response says"
	}
	switch s.Witness {
	case "disagrees":
		words += "; the second verifier disagrees"
	case "crashed":
		words += "; the second verifier crashes on it"
	case "cannot-judge":
		words += "; the second verifier cannot judge it"
	case "skipped":
		words += "; the second verifier was not asked"
	}
	return words
}

func certificate(c saml.Certificate) string {
	var words []string
	if c.Subject != "" {
		words = append(words, "key of "+Value(c.Subject))
	}
	if c.NotAfter != nil {
		words = append(words, "until "+instant(c.NotAfter))
	}
	return strings.Join(words, ", ")
}

// fingerprint writes a hash in capitals, as certificate stores show it.
func fingerprint(name, hex string) string {
	if hex == "" {
		return ""
	}
	return name + " " + Value(strings.ToUpper(hex))
}

func metadataUse(m saml.MetadataUse) string {
	id := "a lone key"
	if m.EntityID != "" {
		id = Value(m.EntityID)
	}
	words := []string{id, count(m.Keys, "signing key")}
	if m.Source != "" {
		words = append(words, "from "+SourceName(m.Source))
	}
	return strings.Join(words, ", ")
}

func values(all []string) []string {
	out := make([]string, 0, len(all))
	for _, s := range all {
		out = append(out, Value(s))
	}
	return out
}

// once gives a name for the first of several values only.
func once(name string, i int) string {
	if i > 0 {
		return under
	}
	return name
}
