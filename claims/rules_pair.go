package claims

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/saml"
)

// longestEntraRole is the most characters that Entra ID takes as the value of
// an app role, by its tutorials.
const longestEntraRole = 240

// pairRules are the rules on whole pairs.
var pairRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "role-account-mismatch", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "role and SAML provider in different accounts",
			Explanation: "a role trusts a SAML provider of its own account: AWS documents that the provider named in a trust policy has to live in the role's account. What STS answers to such a pair is not confirmed",
			Fix:         "pair the role with the SAML provider of its own account; create that provider there if it is missing",
			Sources:     []saml.Source{sourceProvider},
			Unsettled:   "STS lets a provider of one account vouch for a role of another",
		},
		needs: needPresent,
		judge: eachPair(func(_ *facts, v *roleValue, report reporter) {
			if !v.apart {
				return
			}
			if r, p := v.roleARN(), v.providerARN(); r.Account != p.Account {
				report(v, saml.Fault{Message: fmt.Sprintf("expected role and SAML provider in one account, found the role %s in account %s and the provider %s in account %s", quote(r.Name), r.Account, quote(p.Name), p.Account)})
			}
		}),
	}, {
		Rule: saml.Rule{
			Code: "role-partition-mismatch", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "role and SAML provider in different partitions",
			Explanation: "an account belongs to one partition of AWS, and nothing is delegated from one partition to another, so that a role cannot trust a provider of another partition. What STS answers to such a pair is not confirmed",
			Fix:         "write both ARNs with the partition of the account: arn:aws, arn:aws-cn, arn:aws-us-gov and so on",
			Sources:     []saml.Source{sourceARNs, sourceProvider},
			Unsettled:   "STS takes a role and a provider of two partitions",
		},
		needs: needPresent,
		judge: eachPair(func(_ *facts, v *roleValue, report reporter) {
			if !v.apart {
				return
			}
			if r, p := v.roleARN(), v.providerARN(); r.Partition != p.Partition {
				report(v, saml.Fault{Message: fmt.Sprintf("expected role and SAML provider in one partition, found the role %s in %s and the provider %s in %s", quote(r.Name), r.Partition, quote(p.Name), p.Partition)})
			}
		}),
	}, {
		Rule: saml.Rule{
			Code: "role-pair-reversed", Stage: saml.StageClaims, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "provider before role",
			Explanation: "AWS documents the role before the SAML provider and was observed to take either order. AWS's own instructions for AD FS write the provider first. Some client tools read only one of the orders",
			Fix:         "nothing for AWS; write the role first if a client tool does not find its roles",
			Sources:     []saml.Source{sourceAssertions, sourceRecorded, sourceSDKNet, sourceADFS},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Observed)},
		},
		needs: needPresent,
		judge: judgeReversed,
	}, {
		Rule: saml.Rule{
			Code: "role-pair-whitespace", Stage: saml.StageClaims, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "blanks around an ARN",
			Explanation: "white space stands around an ARN of the pair. Whether AWS trims it is not confirmed; client tools differ",
			Fix:         "write the pair without blanks and line breaks",
			Sources:     []saml.Source{sourceAssertions, sourceClients, sourceSDKNet},
			Unsettled:   "STS takes blanks off the ARNs of a pair",
		},
		needs: needPresent,
		judge: judgePairBlanks,
	}, {
		Rule: saml.Rule{
			Code: "role-duplicate", Stage: saml.StageClaims, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "the same pair twice",
			Explanation: "the same role with the same provider is offered twice, if in another letter case. Names of roles are unique in an account without regard to case, but they are compared exactly when a role is assumed, so that of two spellings one is wrong",
			Fix:         "send each pair once, with the role's exact name",
			Sources:     []saml.Source{sourceQuotas, sourceTroubleshoot},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Inferred)},
		},
		needs: needPresent,
		judge: judgeDuplicate,
	}, {
		Rule: saml.Rule{
			Code: "role-pair-long", Stage: saml.StageClaims, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "pair near the limit of Entra ID",
			Explanation: "Microsoft's tutorials limit the two ARNs of an app role to 240 characters together. That is a limit of Entra ID, not of AWS, whose ARNs may have 2,048 characters",
			Fix:         "shorten the role's name or path, or the provider's name, before the value has to be stored again in Entra ID",
			Sources:     []saml.Source{sourceEntraAWS},
		},
		needs: needPresent,
		judge: eachPair(func(f *facts, v *roleValue, report reporter) {
			if f.product != productEntra || len(v.Text) <= longestEntraRole {
				return
			}
			if n := utf8.RuneCountInString(v.Text); n > longestEntraRole {
				report(v, saml.Fault{Message: fmt.Sprintf("the pair has %d characters; Entra ID documents a limit of %d for the value of an app role", n, longestEntraRole)})
			}
		}),
	}, {
		Rule: saml.Rule{
			Code: "role-reserved", Stage: saml.StageClaims, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "role of IAM Identity Center",
			Explanation: "roles named AWSReservedSSO_... belong to IAM Identity Center. Their trust policies name Identity Center's own SAML provider, AWSSSO_..._DO_NOT_DELETE, so that they deny every other",
			Fix:         "offer a role of your own that trusts this SAML provider, or sign in through IAM Identity Center",
			Sources:     []saml.Source{sourceOperation, sourceRoleForSAML},
			AWS:         []saml.Answer{answerDenied(saml.Inferred)},
		},
		needs: needPresent,
		judge: eachPair(func(_ *facts, v *roleValue, report reporter) {
			if !strings.HasPrefix(v.pair.Name(), "AWSReservedSSO_") {
				return
			}
			if provider := v.providerARN().Name; !isIdentityCenterProvider(provider) {
				report(v, saml.Fault{Message: fmt.Sprintf("the role %s belongs to IAM Identity Center, but the SAML provider %s is not Identity Center's", quote(v.pair.Name()), quote(provider))})
			}
		}),
	}, {
		Rule: saml.Rule{
			Code: "role-partition-endpoint", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "roles of another partition than the endpoint",
			Explanation: "all roles are of one partition of AWS and the sign-in endpoint or the audience is of another. Accounts and endpoints of different partitions know nothing of each other",
			Fix:         "use endpoint and audience of the roles' partition, and a SAML provider and roles in an account of that partition",
			Sources:     []saml.Source{sourceARNs, sourceCDK, sourceEndpoints},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Inferred)},
		},
		needs: needPresent,
		judge: judgePartitionEndpoint,
	},
}

// eachPair makes a judge of a function on one usable pair.
func eachPair(judge func(*facts, *roleValue, reporter)) func(*facts, reporter) {
	return func(f *facts, report reporter) {
		for i := range f.roles {
			if v := &f.roles[i]; v.pair != nil {
				judge(f, v, report)
			}
		}
	}
}

func isIdentityCenterProvider(name string) bool {
	return strings.HasPrefix(name, "AWSSSO_") && strings.HasSuffix(name, "_DO_NOT_DELETE")
}

// judgeReversed gives one finding for all pairs: the identity provider writes
// every value in the same way.
func judgeReversed(f *facts, report reporter) {
	var first *roleValue
	n := 0
	for v := range f.usable() {
		if !v.reversed {
			continue
		}
		if n++; n == 1 {
			first = v
		}
	}
	if n > 0 {
		report(first, saml.Fault{Message: fmt.Sprintf("the SAML provider stands before the role in %s; AWS takes either order, some client tools do not", count(n, "pair"))})
	}
}

func judgePairBlanks(f *facts, report reporter) {
	for i := range f.roles {
		if v := &f.roles[i]; v.blanks && !v.foreign() {
			report(v, saml.Fault{Message: fmt.Sprintf("expected no white space around the ARNs, found %s in %s", strangers(v.Text, func(r rune) bool { return !isBlank(r) }), quote(v.Text))})
		}
	}
}

func judgeDuplicate(f *facts, report reporter) {
	for v := range f.usable() {
		if v.twin == 0 {
			continue
		}
		how := "again"
		if first := f.roles[v.twin-1].pair; first.Role != v.pair.Role || first.Provider != v.pair.Provider {
			how = "again in another letter case"
		}
		report(v, saml.Fault{Message: fmt.Sprintf("the pair %s stands here %s; it is value %d of the Role attribute already", quote(v.pair.Role+","+v.pair.Provider), how, v.twin)})
	}
}

func judgePartitionEndpoint(f *facts, report reporter) {
	own := f.rolePartition()
	if own == "" {
		return
	}
	if f.endpoint != nil && f.endpoint.Partition != own {
		report(f.recipient, saml.Fault{Message: fmt.Sprintf("all roles are in partition %s, but the recipient %s is in partition %s", own, quote(f.recipient.Text), f.endpoint.Partition)})
		return
	}
	for _, a := range f.audiences {
		// The plain URN says little beside an endpoint of the right partition:
		// which audience each partition asks for is not confirmed.
		if p, ok := AudiencePartition(a.Text); ok && p != own && (f.endpoint == nil || a.Text != "urn:amazon:webservices") {
			report(a, saml.Fault{Message: fmt.Sprintf("all roles are in partition %s, but the audience %s is of partition %s", own, quote(a.Text), p)})
			return
		}
	}
}

// rolePartition gives the partition of all usable roles; empty where they
// differ or there are none.
func (f *facts) rolePartition() string {
	own := ""
	for v := range f.usable() {
		if own != "" && v.partition() != own {
			return ""
		}
		own = v.partition()
	}
	return own
}
