package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// Options say what a message is held against. The zero value is strict: AWS's
// own audiences and recipients, in every partition, now.
type Options struct {
	// Options are those of package saml. Profile is not heeded: it is always
	// that of AWS. Audiences and Recipients, where given, stand in place of
	// AWS's own.
	saml.Options
	// Role is the ARN of the role to be assumed; empty for each that is offered.
	Role string
	// Duration is the DurationSeconds of the call, in seconds; 0 for none.
	Duration int
	// IAM is what is known of the account: roles with their trust policies, and
	// SAML providers. Nil where nothing is.
	IAM *IAM
}

// Check judges a message against the metadata, which may be nil, and what it
// claims to AWS. It never fails: what is wrong is a finding, and what could not
// be judged stands under Skipped.
func Check(message *saml.Message, metadata *saml.Metadata, options Options) *Report {
	return judge(message, metadata, saml.Check(message, metadata, options.forAWS()), options)
}

// judge judges a message that package saml has judged.
func judge(message *saml.Message, metadata *saml.Metadata, report *saml.Report, options Options) *Report {
	f := gather(message, report, &options)
	f.know(metadata)
	own, skipped := judgeAll(f, cloneSkips(report.Skipped))
	own = append(own, f.mismatches()...)
	mark(own, report.Verified, options.Ignore)
	findings := f.replace(merge(report.Findings, own))
	r := &Report{
		SAML: report, Findings: findings, Skipped: skipped,
		Verdict:           saml.Judged(report.Verified, report.ProvedWrong(), findings),
		Roles:             f.offered(),
		RoleSessionName:   f.first(nameRoleSessionName).Text,
		SessionDuration:   f.sessionDuration(),
		PrincipalTags:     f.principalTags(),
		TransitiveTagKeys: f.transitiveTagKeys(),
		SourceIdentity:    f.first(nameSourceIdentity).Text,
	}
	f.predict(r)
	f.release()
	return r
}

// forAWS gives the options for package saml, with AWS's expectations where the
// caller gives none. The values of AWS's attributes are text.
func (o Options) forAWS() saml.Options {
	out := o.Options
	out.Profile = saml.ProfileAWS
	out.TextAttributes = joined(out.TextAttributes, textAttributes)
	if out.Audiences == nil {
		out.Audiences = audiences()
	}
	if out.Recipients == nil {
		out.Recipients = recipients()
		out.DoubtfulRecipients = joined(out.DoubtfulRecipients, doubtfulRecipients())
	}
	return out
}

// textAttributes is the pattern of the names of AWS's attributes.
var textAttributes = []string{prefix + "*"}

// joined gives the values of the caller and our own, which stay as they are.
func joined(callers, own []string) []string {
	if len(callers) == 0 {
		return own
	}
	return slices.Concat(callers, own)
}

// merge joins the findings of both packages in the order of the stages.
func merge(a, b []saml.Finding) []saml.Finding {
	out := slices.Concat(a, b)
	slices.SortStableFunc(out, func(a, b saml.Finding) int { return order(a.Stage, b.Stage) })
	return out
}

// mark marks findings as package saml does its own: those on the content are
// unverified unless it was read from verified octets, and a code that is
// ignored is so save for errors of the stages that prove a message.
func mark(findings []saml.Finding, verified bool, ignore []string) {
	for i, f := range findings {
		findings[i].Unverified = !verified && f.Stage != saml.StageCapture
		findings[i].Ignored = slices.Contains(ignore, f.Code) && (f.Severity != saml.Error || !f.Stage.Before(saml.StageDecrypt))
	}
}

// cloneSkips copies the skips, so that codes are added to our own list only:
// lists without room are copied where they grow.
func cloneSkips(skips []saml.Skip) []saml.Skip {
	out := make([]saml.Skip, len(skips))
	for i, s := range skips {
		out[i] = saml.Skip{Codes: slices.Clip(s.Codes), Reason: s.Reason}
	}
	return out
}
