package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// replacement is a finding of package saml that says the same as one of ours,
// but only under a condition: dropping it by its code alone would hide others.
type replacement struct {
	by   []string // our rules
	code string
	when func(f *facts, theirs, ours saml.Finding) bool
}

var replacements = []replacement{
	// Only the character that our finding names: text-confusable may stand at
	// other values as well.
	{[]string{"role-pair-whitespace", "role-arn-malformed", "provider-arn-malformed", "session-name-malformed", "source-identity-malformed", "tag-malformed"},
		"text-confusable", func(_ *facts, theirs, ours saml.Finding) bool {
			return theirs.Offset == ours.Offset && theirs.Path == ours.Path
		}},
	// The roles' partition is another one than the endpoint's: an expectation
	// that the caller gave adds nothing to that. Where the recipient or the
	// audience is none of AWS at all, the mismatch is a fault of its own.
	{[]string{"role-partition-endpoint"}, "recipient-mismatch", func(f *facts, _, _ saml.Finding) bool { return f.endpoint != nil }},
	{[]string{"role-partition-endpoint"}, "audience-mismatch", func(f *facts, _, _ saml.Finding) bool { return f.audiencesKnown() }},
	// A client on the user's machine, or another service of AWS, is none of AWS's
	// own endpoints for IAM; what the caller expects holds all the same.
	{[]string{"recipient-client", "service-other"}, "recipient-mismatch", func(f *facts, _, _ saml.Finding) bool { return f.options.Recipients == nil }},
	{[]string{"recipient-client", "service-other"}, "audience-mismatch", func(f *facts, _, _ saml.Finding) bool { return f.options.Audiences == nil }},
	// A Destination that is the Recipient is unexpected for the same cause; one
	// that differs from it is a fault of its own.
	{[]string{"service-other", "recipient-client"}, "destination-mismatch", func(f *facts, _, _ saml.Finding) bool {
		return f.report.Response.Destination.Text == f.recipient.Text
	}},
}

// audiencesKnown reports whether every audience is one of AWS IAM.
func (f *facts) audiencesKnown() bool {
	return !slices.ContainsFunc(f.audiences, func(a saml.Value) bool {
		_, ok := AudiencePartition(a.Text)
		return !ok
	})
}

// replace drops the findings that another one makes needless.
func (f *facts) replace(findings []saml.Finding) []saml.Finding {
	f.explain(findings)
	findings = saml.Replace(findings, replacing())
	ours := slices.Clone(findings)
	return slices.DeleteFunc(findings, func(theirs saml.Finding) bool {
		return slices.ContainsFunc(ours, func(f2 saml.Finding) bool { return f.replaces(f2, theirs) })
	})
}

func (f *facts) replaces(ours, theirs saml.Finding) bool {
	return slices.ContainsFunc(replacements, func(r replacement) bool {
		return r.code == theirs.Code && slices.Contains(r.by, ours.Code) && r.when(f, theirs, ours)
	})
}

// replacedByService are the codes that say nothing more where the message is
// for another service of AWS, which has other endpoints and attributes.
func replacedByService() []string {
	var out []string
	for _, rules := range [][]*rule{roleRules, attributeRules, sessionNameRules} {
		for _, r := range rules {
			if strings.HasPrefix(r.Code, "role-") || strings.HasPrefix(r.Code, "session-name-") || strings.HasPrefix(r.Code, "provider-arn-") || r.Code == "attribute-name-mismatch" {
				out = append(out, r.Code)
			}
		}
	}
	for _, r := range endpointRules {
		if r.Code != "service-other" {
			out = append(out, r.Code)
		}
	}
	return out
}
