package saml

import "slices"

// Check judges a message against the metadata, which may be nil, and tells
// everything that can be told in one run. It never fails: what is wrong is a
// finding, and what could not be judged stands under Skipped.
func Check(message *Message, metadata *Metadata, options Options) *Report {
	f := gather(message, metadata, &options)
	rules := table()
	findings, skipped := judgeAll(f, rules)
	wrong := provedWrong(rules, findings) // before a more telling finding of lesser severity takes a proof's place
	findings = Replace(findings, replacing())
	markUnverified(f, findings)
	markIgnored(findings, options.Ignore)
	r := f.report()
	r.Findings, r.Skipped = findings, skipped
	r.provedWrong = wrong
	r.Verdict = Judged(f.verified, r.provedWrong, findings)
	return r
}

// report fills in what was gathered.
func (f *facts) report() *Report {
	r := &Report{
		Profile: f.profile, Source: f.message.Source, Index: f.message.Index, URL: f.message.URL, Form: f.message.Form(),
		At: f.now, CapturedAt: f.message.Captured, Verified: f.verified, Response: f.response,
		Decode: append(slices.Clone(f.message.Steps()), f.decryptionSteps()...), Metadata: f.metadataUse(), Signatures: f.signatureReports(),
		encrypted: len(f.inner.encrypted) > 0, encryption: f.encryptionMethods(), signers: f.signers(),
		documents: slices.Concat(f.trees, f.octets),
	}
	switch {
	case f.content == nil:
	case f.verified:
		r.Assertion = &Assertion{*f.content}
	default:
		r.Claimed = &Claimed{*f.content}
	}
	return r
}

func (f *facts) metadataUse() []MetadataUse {
	out := []MetadataUse{}
	for _, e := range f.choice.entities {
		out = append(out, e.use())
	}
	return out
}

// aboutContent are the stages whose findings speak of what the message says.
var aboutContent = []Stage{StageMessage, StageConditions, StageSubject, StageClaims, StageTrust}

// markUnverified marks findings about values that no accepted signature
// covers: all of them in a message that is not verified, else those that stand
// outside the octets that were verified.
func markUnverified(f *facts, findings []Finding) {
	for i := range findings {
		if slices.Contains(aboutContent, findings[i].Stage) {
			findings[i].Unverified = !f.verified || findings[i].Line > 0 && !f.covers(findings[i].Offset)
		}
	}
}

// covers reports whether an offset lies inside what an accepted signature
// covers. What is inside a verified assertion that was encrypted has the place
// of its ciphertext.
func (f *facts) covers(offset int) bool {
	for _, s := range f.signatures {
		if v := s.Verified; v != nil && s.Element.Document() == f.doc && v.Covers(offset) {
			return true
		}
	}
	data := f.wrapper().Child(nsEncrypt, "EncryptedData")
	return f.verified && data.Present() && offset == data.Offset()
}

func markIgnored(findings []Finding, codes []string) {
	for i, f := range findings {
		findings[i].Ignored = slices.Contains(codes, f.Code) && !f.speaksAgainstProof()
	}
}

// speaksAgainstProof reports whether a finding is an error of a stage that
// proves a message: it cannot be ignored.
func (f Finding) speaksAgainstProof() bool {
	return f.Severity == Error && f.Stage.Before(StageDecrypt)
}

// Judged gives the verdict over findings: package claims uses it on its own
// and those of this package together.
func Judged(verified, provedWrong bool, findings []Finding) Verdict {
	switch {
	case provedWrong:
		return Fail
	case !verified:
		return Unverified
	case slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity == Error && !f.Ignored }):
		return Fail
	}
	return Pass
}

func provedWrong(rules []*rule, findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool {
		return f.Severity == Error && slices.ContainsFunc(rules, func(r *rule) bool { return r.Code == f.Code && r.proves })
	})
}
