package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/policy"
	"github.com/samlcheck/samlcheck/saml"
)

// trustRules are the rules on the trust policies of roles.
var trustRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "trust-principal-mismatch", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "trust policy that does not admit the SAML provider",
			Explanation: "a role is assumed with SAML only where its trust policy has a statement that allows sts:AssumeRoleWithSAML for the very ARN of the SAML provider, as Principal {\"Federated\": ARN}. {\"AWS\": \"*\"} was observed not to admit such callers",
			Fix:         "add the SAML provider as Federated principal of a statement that allows sts:AssumeRoleWithSAML, or pair the role with the provider that it trusts",
			Sources:     []saml.Source{sourceRoleForSAML, sourceTroubleshoot, sourceRecorded},
			AWS:         []saml.Answer{answerDenied(saml.Documented)},
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(judgePrincipal),
	}, {
		Rule: saml.Rule{
			Code: "trust-condition-failed", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "condition of the trust policy that does not hold",
			Explanation: "the trust policy admits the SAML provider under conditions, and one of them does not hold for this response; or a Deny of it applies. The keys saml:... come from the assertion: saml:aud is its Recipient, saml:sub_type the Format of the NameID without the prefix of SAML 2.0. Values are compared exactly, letter case and slashes at the end included",
			Fix:         "bring the condition and what the identity provider sends into line",
			Sources:     []saml.Source{sourceConditions, sourceRoleForSAML, sourceTroubleshoot, sourceRecorded},
			AWS:         []saml.Answer{answerDenied(saml.Documented)},
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(judgeCondition),
	}, {
		Rule: saml.Rule{
			Code: "trust-tag-action-missing", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "trust policy that does not allow session tags",
			Explanation: "the response sends session tags (PrincipalTag), for which the trust policy of every role has to allow sts:TagSession to the SAML provider, in the same statement or in another one. The conditions of that statement count as well",
			Fix:         "allow sts:TagSession beside sts:AssumeRoleWithSAML in the trust policy, or have the identity provider send no tags",
			Sources:     []saml.Source{sourceTags, sourceRoleForSAML, sourceTroubleshoot},
			AWS:         []saml.Answer{answerDenied(saml.Documented)},
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(func(f *facts, t *trust, report reporter) {
			if t.tag != nil && !t.tagDoubtful && t.tag.Outcome == policy.Denied {
				why, _ := denialWords(f, t.tag, actionTag)
				report(t, saml.Fault{Message: fmt.Sprintf("%s is expected to be allowed by the role %s, since the response sends %s: %s", actionTag, quote(t.role.arn.Name), count(len(f.tags), "session tag"), why)})
			}
		}),
	}, {
		Rule: saml.Rule{
			Code: "trust-source-identity-action-missing", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "trust policy that does not allow a source identity",
			Explanation: "the response sends a SourceIdentity, for which the trust policy of every role has to allow sts:SetSourceIdentity to the SAML provider, in the same statement or in another one. The conditions of that statement count as well",
			Fix:         "allow sts:SetSourceIdentity beside sts:AssumeRoleWithSAML in the trust policy, or have the identity provider send no SourceIdentity",
			Sources:     []saml.Source{sourceIdentity, sourceRoleForSAML, sourceTroubleshoot},
			AWS:         []saml.Answer{answerDenied(saml.Documented)},
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(func(f *facts, t *trust, report reporter) {
			if t.identity != nil && t.identity.Outcome == policy.Denied {
				why, _ := denialWords(f, t.identity, actionIdentity)
				report(t, saml.Fault{Message: fmt.Sprintf("%s is expected to be allowed by the role %s, since the response sends a SourceIdentity: %s", actionIdentity, quote(t.role.arn.Name), why)})
			}
		}),
	}, {
		Rule: saml.Rule{
			Code: "trust-condition-vacuous", Stage: saml.StageTrust, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "condition that holds only because its key is absent",
			Explanation: "ForAllValues holds for every value that there is, so that it also holds where the response has none at all: whoever leaves the attribute out gets in",
			Fix:         "add a condition Null with \"false\" for the key, or use ForAnyValue",
			Sources:     []saml.Source{sourceConditions, sourceMultiValued},
			AWS:         []saml.Answer{bySTS(Success, "", saml.Documented)},
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(judgeVacuous),
	}, {
		Rule: saml.Rule{
			Code: "trust-undecided", Stage: saml.StageTrust, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "trust policy that depends on what cannot be known offline",
			Explanation: "whether the trust policy lets the sign-in pass depends on a condition key that the response does not decide, such as the address of the caller, on an operator or a principal whose effect is not documented, or the trust policy cannot be read",
			Fix:         "look at the condition that is named and judge it by hand",
			Sources:     []saml.Source{sourceConditions, sourceRoleForSAML},
			Unsettled:   "the role's trust policy allows the sign-in",
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(judgeUndecided),
	},
}

func judgePrincipal(f *facts, t *trust, report reporter) {
	d := t.assume
	if d == nil || d.Outcome != policy.Denied || d.Deciding != nil || d.Nearest != nil && d.Nearest.Principal || f.providerMissing(t.roleValue) {
		return
	}
	why, _ := denialWords(f, d, actionAssume)
	fault := saml.Fault{}
	switch {
	case d.Nearest == nil:
		why += allowedWords(t.role.trust)
	case admitsAnyAWS(d.Nearest):
		fault.AWS = []saml.Answer{answerDenied(saml.Observed)}
	}
	fault.Message = fmt.Sprintf("the role %s is expected to trust the SAML provider %s: %s", quote(t.role.arn.Name), quote(t.pair.Provider), why)
	report(t, fault)
}

// admitsAnyAWS reports whether a statement is for {"AWS": "*"}, of which a
// denial is on record.
func admitsAnyAWS(m *policy.Match) bool {
	return len(m.Statement.Principal) == 1 && slices.Contains(m.Statement.Principal["AWS"], "*")
}

// allowedWords tells what a trust policy allows instead.
func allowedWords(d *policy.Document) string {
	var actions []string
	for _, s := range d.Statements {
		if s.Effect == policy.Allow && !s.NotActions {
			actions = append(actions, s.Actions...)
		}
	}
	if len(actions) == 0 {
		return ""
	}
	return "; allowed is " + quoteAll(actions)
}

func judgeCondition(f *facts, t *trust, report reporter) {
	d := t.assume
	if d == nil || d.Outcome != policy.Denied || d.Deciding == nil && (d.Nearest == nil || !d.Nearest.Principal) {
		return
	}
	why, cause := denialWords(f, d, actionAssume)
	fault := saml.Fault{Message: fmt.Sprintf("the trust policy of the role %s denies: %s", quote(t.role.arn.Name), why)}
	if cause != nil {
		fault.AWS, fault.Fix = answerFor(*cause), conditionFix(*cause)
	}
	report(t, fault)
}

// conditionFix says what to do about the one key that denies most often; empty
// for the others.
func conditionFix(c policy.Check) string {
	if !strings.EqualFold(c.Key, "SAML:aud") {
		return ""
	}
	return "list the Recipient of the response under SAML:aud in the trust policy, beside the URLs that are there (several values, or StringLike with https://*.signin.aws.amazon.com/saml); or have the identity provider send the responses to the URL that is listed"
}

func judgeVacuous(_ *facts, t *trust, report reporter) {
	for _, d := range []*policy.Decision{t.assume, t.tag, t.identity} {
		if d == nil || len(d.Vacuous) == 0 {
			continue
		}
		c := d.Vacuous[0]
		report(t, saml.Fault{Message: fmt.Sprintf("the trust policy of the role %s allows only because %s holds for a key that the response does not have: %s wants %s to be %s",
			quote(t.role.arn.Name), quote(c.Operator), statementWords(d.Statement), quote(c.Key), oneOfWords(c.Wanted))})
		return
	}
}

func judgeUndecided(f *facts, t *trust, report reporter) {
	role := quote(t.role.arn.Name)
	if t.role.fault != "" {
		report(t, saml.Fault{Message: fmt.Sprintf("nothing can be said of the trust policy of the role %s: %s", role, t.role.fault), Unsettled: "the trust policy of the role " + role + " allows the sign-in",
			Fix: "mend the trust policy, or give the output for this role once, as it is now"})
		return
	}
	if p := f.options.IAM.provider(t.pair.Provider); p != nil && p.conflict {
		report(t, saml.Fault{Message: fmt.Sprintf("the files give two different outputs of get-saml-provider for %s, of which neither is believed", quote(t.pair.Provider)), Unsettled: "the SAML provider " + quote(t.pair.Provider) + " accepts the response",
			Fix: "give the output of get-saml-provider for it once, as it is now"})
	}
	if t.assume.Outcome == policy.Undecided {
		report(t, undecided(role, actionAssume, t.assume))
	}
	if d := t.identity; d != nil && d.Outcome == policy.Undecided {
		report(t, undecided(role, actionIdentity, d))
	}
	switch d := t.tag; {
	case d == nil || d.Outcome == policy.Allowed:
	case t.tagDoubtful:
		report(t, saml.Fault{Message: fmt.Sprintf("the response sends TransitiveTagKeys without a session tag, and the trust policy of the role %s does not allow %s for certain; whether that is needed then is not confirmed", role, actionTag),
			Unsettled: "TransitiveTagKeys alone needs " + actionTag + ", which the trust policy of the role " + role + " does not allow for certain"})
	case d.Outcome == policy.Undecided:
		report(t, undecided(role, actionTag, d))
	}
}

// undecided names what a decision depends on.
func undecided(role, action string, d *policy.Decision) saml.Fault {
	var names, reasons []string
	seen := map[string]bool{}
	for _, c := range d.Unknown {
		name := strings.TrimSpace(c.Operator + " " + c.Key)
		if seen[name] {
			continue
		}
		seen[name] = true
		names = append(names, name)
		reasons = append(reasons, fmt.Sprintf("%s: %s", quote(name), c.Reason))
	}
	most := min(len(reasons), 3)
	return saml.Fault{
		Message:   fmt.Sprintf("whether the trust policy of the role %s allows %s depends on what cannot be known offline: %s", role, action, strings.Join(reasons[:most], "; ")),
		Unsettled: fmt.Sprintf("the trust policy of the role %s allows %s, which depends on %s", role, action, quoteAll(names)),
	}
}
