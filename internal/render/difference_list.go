package render

import "github.com/samlcheck/samlcheck/saml"

// A factList is a fact that has several values, in no order that means anything.
type factList struct {
	name string
	of   func(v *view) []string
}

func comparedLists() []factList {
	return []factList{
		{"audience", func(v *view) []string { return values(v.Audiences) }},
		{"role", func(v *view) []string {
			var out []string
			for _, r := range v.roles {
				out = append(out, Value(r.Role)+" through "+Value(r.Provider))
			}
			return out
		}},
		{"tag", func(v *view) []string {
			var out []string
			for _, t := range v.PrincipalTags {
				out = append(out, Quote(t.Key)+" = "+Quote(t.Value))
			}
			return out
		}},
		{"transitive tag", func(v *view) []string { return values(v.TransitiveTagKeys) }},
		{"signature", func(v *view) []string {
			var out []string
			for _, s := range v.Signatures {
				out = append(out, signedBy(s))
			}
			return out
		}},
	}
}

// signedBy tells what a signature is on, how it is made, and whose key verifies
// it.
func signedBy(s saml.Signature) string {
	words := "on the " + Value(s.On) + " (" + algorithm(s.SignatureAlgorithm) + ")"
	if s.Certificate == nil {
		return words + ", not verified"
	}
	return words + ", " + certificate(*s.Certificate) + ", " + fingerprint("SHA-256", s.Certificate.SHA256)
}

// mostChanges is how many values a list tells to be gone or new, each.
const mostChanges = 20

// list writes which values are gone, and which are new.
func (d *difference) list(name string, was, is []string) {
	for _, side := range []struct {
		sign   string
		values []string
	}{{"- ", missingFrom(is, was)}, {"+ ", missingFrom(was, is)}} {
		for _, value := range side.values[:min(len(side.values), mostChanges)] {
			d.field(name, side.sign+value)
			name = under
		}
		if more := len(side.values) - mostChanges; more > 0 {
			d.page.field(under, side.sign+"and "+count(more, "further value"))
		}
	}
}

// missingFrom gives what of a list does not stand in another, once each.
func missingFrom(others, all []string) []string {
	other := make(map[string]bool, len(others))
	for _, o := range others {
		other[o] = true
	}
	var out []string
	for _, a := range all {
		if !other[a] {
			other[a] = true
			out = append(out, a)
		}
	}
	return out
}

// same says so where nothing differs, or nothing but what was found: where even the
// time of issue is the same, it may be the very response, pasted again.
func (d *difference) same() {
	was, is := d.before.IssueInstant, d.after.IssueInstant
	again := was != nil && is != nil && was.Equal(*is)
	switch {
	case again && d.found == 0:
		d.paragraph(2, dim, "nothing differs, and both were issued at "+instant(is)+": this may be the same response, pasted again")
	case again && d.told == 0:
		d.paragraph(2, dim, "both say the same, and were issued at "+instant(is)+": this may be the same response, captured in another way")
	case d.found == 0:
		d.paragraph(2, dim, "nothing that is compared differs: neither the verdict nor the findings nor what they say")
	}
}
