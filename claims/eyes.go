package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// eyes are a message as one SAML provider in IAM sees it: by the metadata that
// it has stored, where that is given, else by the metadata of the user. What
// the report calls verified rests on the latter alone.
type eyes struct {
	sts  *view // as AssumeRoleWithSAML takes it
	page *view // as the sign-in page takes it
}

// allEyes are the eyes of all providers of a message. Each is made once.
type allEyes struct {
	own    *eyes // by the metadata of the user
	others map[string]*eyes
}

func (f *facts) allEyes(r *Report) *allEyes {
	out := &allEyes{own: f.eyes(r, f, r.Findings)}
	if len(f.known.seen) > 0 {
		out.others = map[string]*eyes{}
	}
	for provider, seen := range f.known.seen {
		by := *f
		by.report = seen
		out.others[provider] = f.eyes(r, &by, exchanged(r.Findings, seen.Findings))
	}
	return out
}

// of gives the eyes of a provider by its ARN, those of the user where nothing is
// known of it.
func (a *allEyes) of(provider string) *eyes {
	if e, found := a.others[provider]; found {
		return e
	}
	return a.own
}

func (f *facts) eyes(r *Report, own *facts, findings []saml.Finding) *eyes {
	all := slices.Concat(findings, f.unlisted, own.unrecorded())
	sts := &view{facts: own, sorted: own.sortOut(all)}
	changed := forConsole(all, len(r.Roles) > 0)
	if changed == nil && own.options.Duration == 0 {
		return &eyes{sts, sts}
	}
	call := *own.options // the page asks for no DurationSeconds
	call.Duration = 0
	by := *own
	by.options = &call
	page := &view{facts: &by, sorted: sts.sorted}
	if changed != nil {
		page.sorted = own.sortOut(changed)
	}
	return &eyes{sts, page}
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
