package claims

import (
	"iter"
	"slices"

	"github.com/samlcheck/samlcheck/internal/policy"
	"github.com/samlcheck/samlcheck/saml"
)

// The actions of a trust policy that a SAML response can need.
const (
	actionAssume   = "sts:AssumeRoleWithSAML"
	actionTag      = "sts:TagSession"
	actionIdentity = "sts:SetSourceIdentity"
)

// knowledge is what is known of the account about a message.
type knowledge struct {
	stored *saml.Provider // of the metadata itself, where it is the output of get-saml-provider
	// supposed is the pair that is judged where the response does not offer the
	// role that is asked for; nil where it does, and where that is not known.
	supposed *roleValue
	// told are the pairs of an encrypted response of whose provider the settings
	// are given.
	told   map[[2]string]bool
	trusts []*trust // of those whose role is known
	byPair map[[2]string]*trust
	// seen is the message by the metadata that each SAML provider has stored, by
	// the provider's ARN, where that is given: it is what STS verifies with.
	seen   map[string]*saml.Report
	silent int // judged pairs about whose role nothing is known
}

// A trust is the trust policy of a role as it answers to one pair.
type trust struct {
	*roleValue
	role *iamRole
	// assume is nil where the trust policy cannot be read. The others are nil
	// where the action is not needed, and where assume does not allow.
	assume, tag, identity *policy.Decision
	tagDoubtful           bool // whether the response needs sts:TagSession at all is not confirmed
}

// mostJudged bounds the pairs that are held against the account: a response
// that STS takes has room for a few hundred.
const mostJudged = 1000

// mostSteps bounds the evaluations for one message together: policies that are
// made to take long leave the rest undecided.
const mostSteps = 1 << 26

// know looks up what is known of the account about the message.
func (f *facts) know(metadata *saml.Metadata) {
	f.known.stored = metadata.Provider()
	if f.content == nil {
		// Without a key nothing says which provider is meant: the only one that
		// is described is.
		if only := f.options.IAM.onlyDetail(); only != nil && f.known.stored == nil {
			f.known.stored = only.Provider()
		}
		return
	}
	f.suppose()
	if f.report.Encrypted() {
		f.known.told = f.toldPairs()
	}
	if f.options.IAM == nil {
		return
	}
	f.known.seen = f.seenByProviders()
	context, steps := f.context(), mostSteps
	f.known.byPair = map[[2]string]*trust{}
	for v := range f.judged() {
		arn := v.roleARN()
		role := f.options.IAM.role(arn)
		switch {
		case role != nil:
			t := f.evaluate(v, role, context, &steps)
			f.known.trusts = append(f.known.trusts, t)
			f.known.byPair[[2]string{v.pair.Role, v.pair.Provider}] = t
		case !f.options.IAM.allRoles(v.roleARN().owner()):
			f.known.silent++
		}
	}
}

// seenByProviders has the message checked with the metadata that the SAML
// providers of the pairs have stored.
func (f *facts) seenByProviders() map[string]*saml.Report {
	options := f.options.forAWS()
	options.Time = f.now
	out := map[string]*saml.Report{}
	for v := range f.usable() {
		if stored := f.detailOf(v); stored != nil && out[v.pair.Provider] == nil {
			out[v.pair.Provider] = saml.Check(f.message, stored, options)
		}
	}
	return out
}

// judged gives the pairs that are judged: the usable ones, each once, without
// those of other roles than the one that is asked for; where the response does
// not offer that one, the pair that the call would name.
func (f *facts) judged() iter.Seq[*roleValue] {
	return func(yield func(*roleValue) bool) {
		if v := f.known.supposed; v != nil {
			yield(v)
			return
		}
		n := 0
		for v := range f.usable() {
			if v.again || f.options.Role != "" && v.pair.Role != f.options.Role {
				continue
			}
			if n++; n > mostJudged || !yield(v) {
				return
			}
		}
	}
}

// suppose makes the pair that a call for a role names which the response does
// not offer: STS looks for the provider, and at what it demands, before it looks
// at the pairs, and the role has its trust policy all the same. The provider is
// known where all pairs of the response have the same one.
func (f *facts) suppose() {
	if len(f.pairs) == 0 || f.options.Role == "" {
		return
	}
	asked := parsePart(f.options.Role)
	if asked.err != nil || asked.looks != KindRole {
		return
	}
	provider := f.pairs[0].Provider
	if slices.ContainsFunc(f.pairs, func(r Role) bool { return r.Role == f.options.Role || r.Provider != provider }) {
		return
	}
	f.known.supposed = &roleValue{Value: &saml.Value{}, odd: &oddValue{at: f.roleAttribute()},
		pair: &Role{Role: asked.text, Provider: provider, value: &saml.Value{}}}
}

// toldPairs gives the pairs that are judged of whose provider the settings are
// given.
func (f *facts) toldPairs() map[[2]string]bool {
	out := map[[2]string]bool{}
	for v := range f.judged() {
		if f.providerOf(v) != nil {
			out[[2]string{v.pair.Role, v.pair.Provider}] = true
		}
	}
	return out
}

// evaluate asks the trust policy of a role about one pair.
func (f *facts) evaluate(v *roleValue, role *iamRole, said saidContext, steps *int) *trust {
	t := &trust{roleValue: v, role: role}
	if role.trust == nil {
		return t
	}
	request := policy.Request{
		Federated: v.pair.Provider,
		Steps:     steps,
		Context:   &pairContext{said: said, role: v.roleARN(), provider: v.providerARN(), issuer: f.content.Issuer().Text},
	}
	ask := func(action string) *policy.Decision {
		request.Action = action
		d := role.trust.Evaluate(request)
		return &d
	}
	t.assume = ask(actionAssume)
	if t.assume.Outcome != policy.Allowed {
		return t
	}
	if transitive := len(f.values(nameTransitiveTagKeys)) > 0; len(f.tags) > 0 || transitive {
		t.tag, t.tagDoubtful = ask(actionTag), len(f.tags) == 0
	}
	if len(f.values(nameSourceIdentity)) > 0 {
		t.identity = ask(actionIdentity)
	}
	return t
}

// trustOf gives what the trust policy of a role answers to the pair; nil where
// none is known.
func (f *facts) trustOf(role, provider string) *trust {
	return f.known.byPair[[2]string{role, provider}]
}

// known reports whether the trust policy was judged; t may be nil.
func (t *trust) known() bool { return t != nil && t.assume != nil }

// providerOf gives what get-saml-provider says of the pair's provider: of the
// output given for its ARN, else of the metadata. It is nil where neither is
// there.
func (f *facts) providerOf(v *roleValue) *saml.Provider {
	if p := f.options.IAM.provider(v.pair.Provider).said(); p != nil {
		return p
	}
	return f.known.stored
}

// providerMissing reports whether the account has no provider of this ARN.
func (f *facts) providerMissing(v *roleValue) bool {
	m := f.options.IAM
	return m.provider(v.pair.Provider) == nil && m.allProviders(v.providerARN().owner())
}

// basis tells how it is known that an allowing trust policy allows: no answer
// is on record for most condition keys.
func (t *trust) basis() saml.Basis {
	for _, d := range []*policy.Decision{t.assume, t.tag, t.identity} {
		if d == nil || d.Deciding == nil {
			continue
		}
		for _, c := range d.Deciding.Checks {
			if !slices.Contains(recordedKeys, foldKey(c.Key)) {
				return saml.Documented
			}
		}
	}
	return saml.Observed
}

const reasonNoAccount = "nothing is given of the AWS account"

var (
	needIAM     = &need{func(f *facts) bool { return f.options.IAM != nil }, reasonNoAccount}
	needAccount = &need{func(f *facts) bool { return f.options.IAM != nil || f.known.stored != nil }, reasonNoAccount}
	needTrust   = &need{func(f *facts) bool { return len(f.known.trusts) > 0 }, "no trust policy is given for the role"}
	needRoles   = &need{func(f *facts) bool {
		return f.anyJudged(func(v *roleValue) bool { return f.options.IAM.allRoles(v.roleARN().owner()) })
	}, "no whole list of the account's roles is given"}
	needProvider = &need{func(f *facts) bool {
		return f.anyJudged(func(v *roleValue) bool { return f.options.IAM.allProviders(v.providerARN().owner()) })
	}, "no whole list of the account's SAML providers is given"}
	needOutput = &need{func(f *facts) bool { return f.anyJudged(func(v *roleValue) bool { return f.detailOf(v) != nil }) }, "no output of aws iam get-saml-provider is given for the SAML provider"}
	needStored = &need{func(f *facts) bool {
		return f.known.stored != nil || f.anyJudged(func(v *roleValue) bool { return f.providerOf(v) != nil })
	}, "no output of aws iam get-saml-provider is given for the SAML provider"}

	needsTrust = []*need{needContent, needIAM, needTrust}
)

func (f *facts) anyJudged(ok func(*roleValue) bool) bool {
	for v := range f.judged() {
		if ok(v) {
			return true
		}
	}
	return false
}

// detailOf gives the metadata that the pair's provider has stored; nil where it
// is not given.
func (f *facts) detailOf(v *roleValue) *saml.Metadata {
	if p := f.options.IAM.provider(v.pair.Provider); p != nil {
		return p.detail
	}
	return nil
}

// untrusted says of which roles the rules on trust policies say nothing, though
// they were judged for others; empty where they were judged for all.
func (f *facts) untrusted() string {
	if f.known.silent == 0 {
		return ""
	}
	return "no trust policy is given for " + count(f.known.silent, "further role")
}

func eachTrust(judge func(f *facts, t *trust, report reporter)) func(*facts, reporter) {
	return func(f *facts, report reporter) {
		for _, t := range f.known.trusts {
			judge(f, t, report)
		}
	}
}
