package claims

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/samlcheck/samlcheck/saml"
)

// mismatches finds a recipient and audiences that meet AWS's own patterns and
// are none of its endpoints all the same, because * took in more than a Region
// or the ID of a provider. They are the faults of package saml's rules; what
// the caller expects instead of AWS's values is left alone.
func (f *facts) mismatches() []saml.Finding {
	var out []saml.Finding
	if f.content == nil {
		return nil
	}
	if flaw := endpointFlaw(f.recipient.Text); flaw != "" && f.options.Recipients == nil {
		out = append(out, mismatch("recipient-mismatch", f.recipient, flaw))
	}
	if c := f.content.Conditions(); c != nil && f.options.Audiences == nil {
		for _, audiences := range c.AudienceRestrictions {
			if a, flaw := flawed(audiences); flaw != "" {
				out = append(out, mismatch("audience-mismatch", a, flaw))
			}
		}
	}
	return out
}

// explain says more of mismatches whose value is known to be something else of
// AWS sign-in than an endpoint or an audience. An audience that was seen in use
// without being confirmed is a warning.
func (f *facts) explain(findings []saml.Finding) {
	if f.content == nil {
		return
	}
	for i, found := range findings {
		text := f.mismatched(found)
		if e, ok := ParseMetadataURL(text); ok {
			findings[i].Message += "; that is where AWS publishes its SAML metadata in partition " + e.Partition + ", which names endpoint and audience and is neither"
		}
		for _, a := range knownAudiences() {
			if a.Doubtful && a.URN == text && f.options.Audiences == nil {
				findings[i].Severity = saml.Warning
				findings[i].Message += "; it was seen in a configuration for partition " + a.Partition + ", but nothing confirms it"
			}
		}
	}
}

// mismatched gives the value that a mismatch is about; empty for any other
// finding.
func (f *facts) mismatched(found saml.Finding) string {
	var values []saml.Value
	switch found.Code {
	case "recipient-mismatch":
		values = []saml.Value{f.recipient}
	case "destination-mismatch":
		values = []saml.Value{f.report.Response.Destination}
	case "audience-mismatch":
		values = f.audiences
	}
	for _, v := range values {
		if v.Place().Path == found.Path && v.Place().Offset == found.Offset {
			return v.Text
		}
	}
	return ""
}

// flawed gives the first audience of a restriction that only seems to be one
// of AWS's, unless another one of it is.
func flawed(audiences []saml.Value) (first saml.Value, flaw string) {
	for _, a := range audiences {
		if _, ok := AudiencePartition(a.Text); ok {
			return saml.Value{}, ""
		}
		if flaw == "" {
			first, flaw = a, endpointFlaw(a.Text)
		}
	}
	return first, flaw
}

var samlRules = sync.OnceValue(saml.Rules)

func mismatch(code string, v saml.Value, flaw string) saml.Finding {
	rules := samlRules()
	r := rules[slices.IndexFunc(rules, func(r saml.Rule) bool { return r.Code == code })]
	return r.Finding(saml.Fault{Place: v.Place(), Message: fmt.Sprintf("a sign-in URL of AWS is expected, %s has the form of one, but %s", quote(v.Text), flaw)})
}

// endpointFlaw says why a URL that meets AWS's patterns is no endpoint; empty
// for one that is, and for one that meets no pattern.
func endpointFlaw(url string) string {
	e, ok := ParseEndpoint(url)
	if !ok && endsLikeEndpoint(url) {
		return "its host is another one"
	}
	return e.Flaw
}

// endsLikeEndpoint tells whether a URL that is no endpoint meets one of the
// patterns all the same, because * took in the end of a host and more.
func endsLikeEndpoint(text string) bool {
	return strings.HasPrefix(text, "https://") && slices.ContainsFunc(recipients(), func(pattern string) bool {
		end, found := strings.CutPrefix(pattern, "https://*")
		end, provider := strings.CutSuffix(end, "*")
		return found && (strings.HasSuffix(text, end) || provider && strings.Contains(text, end))
	})
}
