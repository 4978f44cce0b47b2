package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
	"github.com/samlcheck/samlcheck/saml"
)

// existenceRules are the rules on what the account has.
var existenceRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "role-unknown", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "role that the account does not have",
			Explanation: "the list of the account's roles, which is whole as far as it tells, has no role of this ARN. A role is compared by its whole ARN, path and letter case included",
			Fix:         "copy the role's ARN from IAM into the identity provider's configuration, or create the role. A list that was made with --path-prefix, --filter or --starting-token looks whole and is not",
			Sources:     []saml.Source{sourceTroubleshoot, sourceIdentifiers},
			AWS:         []saml.Answer{answerDenied(saml.Documented)},
		},
		needs: []*need{needContent, needIAM, needRoles}, judge: judgeRoleUnknown,
	}, {
		Rule: saml.Rule{
			Code: "provider-unknown", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SAML provider that the account does not have",
			Explanation: "the list of the account's SAML providers has none of this ARN. STS looks for the provider before it looks at the response",
			Fix:         "copy the ARN of the SAML provider from IAM into the identity provider's configuration, or create the provider with the identity provider's metadata",
			Sources:     []saml.Source{sourceTroubleshoot, sourceProviderAnswer},
			AWS:         []saml.Answer{bySTS("InvalidIdentityToken", "Specified provider doesn't exist", saml.Documented)},
		},
		needs: []*need{needContent, needIAM, needProvider}, judge: judgeProviderUnknown,
	},
}

func judgeRoleUnknown(f *facts, report reporter) {
	n := nearby{list: f.options.IAM.roleARNs}
	for v := range f.judged() {
		if m, arn := f.options.IAM, v.roleARN(); m.role(arn) == nil && m.allRoles(arn.owner()) {
			report(v, saml.Fault{Message: fmt.Sprintf("the role %s is expected in account %s, whose list of roles, unless it was narrowed as by --path-prefix, does not have it%s", quote(v.pair.Role), v.pair.Account(), n.words(arn))})
		}
	}
}

func judgeProviderUnknown(f *facts, report reporter) {
	n := nearby{list: f.options.IAM.providerARNs}
	for v := range f.judged() {
		if f.providerMissing(v) {
			report(v, saml.Fault{Message: fmt.Sprintf("the SAML provider %s is expected in account %s, whose list of SAML providers does not have it%s", quote(v.pair.Provider), v.providerARN().Account, n.words(v.providerARN()))})
		}
	}
}

func (m *IAM) roleARNs() []ARN {
	var out []ARN
	for _, r := range m.roles {
		out = append(out, r.arn)
	}
	return sortedARNs(out)
}

func (m *IAM) providerARNs() []ARN {
	var out []ARN
	for _, p := range m.providers {
		out = append(out, p.arn)
	}
	return sortedARNs(out)
}

func sortedARNs(all []ARN) []ARN {
	slices.SortFunc(all, func(a, b ARN) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// nearby finds what may be meant by an ARN that does not exist. The search
// costs a walk over all that exist, so that it is made a few times only, and
// what exists is listed for the first of them.
type nearby struct {
	list     func() []ARN
	known    []ARN
	searches int
}

const mostSearches = 10

// words says which known ARN differs little from one that is not.
func (n *nearby) words(wanted ARN) string {
	if n.searches++; n.searches > mostSearches {
		return ""
	}
	if n.searches == 1 {
		n.known = n.list()
	}
	best, how := ARN{}, ""
	least := max(len(wanted.Name)/4, 2) + 1
	for _, a := range n.known {
		if a.owner() != wanted.owner() {
			continue
		}
		d := words.Distance(strings.ToLower(wanted.Name), strings.ToLower(a.Name), least)
		if d >= least {
			continue
		}
		best, least, how = a, d, "; is "+quote(a.String())+" meant?"
	}
	switch {
	case how == "":
		return ""
	case best.Name == wanted.Name && best.Path != wanted.Path:
		return "; it has " + quote(best.String()) + ", of the same name with the path " + quote(best.Path) + " in place of " + quote(wanted.Path)
	case strings.EqualFold(best.String(), wanted.String()):
		return "; it has " + quote(best.String()) + ", which differs in letter case only"
	}
	return how
}
