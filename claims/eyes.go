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

// eyes gives the eyes of a provider by its ARN, those of the user where nothing
// is known of it. Each is made once and kept in known.
func (f *facts) eyes(r *Report, provider string, known map[string]*eyes) *eyes {
	seen := f.known.seen[provider]
	if seen == nil {
		provider = "" // the user's metadata
	}
	if e, found := known[provider]; found {
		return e
	}
	own, findings := f, r.Findings
	if seen != nil {
		by := *f
		by.report = seen
		own, findings = &by, exchanged(r.Findings, seen.Findings)
	}
	all := slices.Concat(findings, f.unlisted, own.unrecorded())
	e := &eyes{own, own.sortOut(all), own.sortOut(forConsole(all, len(r.Roles) > 0))}
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
