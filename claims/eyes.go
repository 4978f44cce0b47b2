package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// eyes are a message as one SAML provider in IAM sees it: by the metadata that
// it has stored, where that is given, else by the metadata of the user. What
// the report calls verified rests on the latter alone.
type eyes struct {
	*facts
	sts  *sorted // the findings as they count for AssumeRoleWithSAML
	page *sorted // and for the sign-in page
}

func (f *facts) eyes(r *Report, stored *saml.Metadata) *eyes {
	own, findings := f, r.Findings
	if stored != nil {
		options := f.options.forAWS()
		options.Time = f.now
		seen := *f
		seen.report = saml.Check(f.message, stored, options)
		own, findings = &seen, exchanged(r.Findings, seen.report.Findings)
	}
	all := slices.Concat(findings, f.unlisted, own.unrecorded())
	return &eyes{own, own.sortOut(all), own.sortOut(forConsole(all, len(r.Roles) > 0))}
}

// eyesOf gives the eyes of a provider: base where nothing is known of it.
func (f *facts) eyesOf(r *Report, base *eyes, provider string, known map[string]*eyes) *eyes {
	if f.options.IAM == nil {
		return base
	}
	if e, found := known[provider]; found {
		return e
	}
	e := base
	if arn, err := ParseARN(provider); err == nil {
		if p := f.options.IAM.provider(arn); p != nil && p.detail != nil {
			e = f.eyes(r, p.detail)
		}
	}
	known[provider] = e
	return e
}

// exchanged puts what is found with other metadata in the place of what was
// found with the user's.
func exchanged(own, others []saml.Finding) []saml.Finding {
	notOfProof := func(f saml.Finding) bool { return !ofProof(f) }
	return slices.Concat(slices.DeleteFunc(slices.Clone(own), ofProof), slices.DeleteFunc(slices.Clone(others), notOfProof))
}

// ofProof reports whether a finding depends on the metadata.
func ofProof(f saml.Finding) bool {
	return f.Stage == saml.StageMetadata || f.Stage == saml.StageSignature || f.Code == "issuer-mismatch" || f.Code == "provider-metadata-stale"
}
