package claims

import (
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// roleRules are the rules on the values of the Role attribute as such; those on
// whole pairs are in rules_pair.go.
var roleRules = slices.Concat([]*rule{
	{
		Rule: saml.Rule{
			Code: "role-missing", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "no Role attribute",
			Explanation: "AWS learns from the attribute " + prefix + nameRole + " which roles the user may assume. Without it the console shows its general error and the API finds the requested pair nowhere. The name is compared exactly",
			Fix:         "make the identity provider send the attribute " + prefix + nameRole + ", with one value of the form ROLE-ARN,PROVIDER-ARN for each role, and give the user at least one role",
			Sources:     []saml.Source{sourceAssertions, sourceTroubleshoot, sourceEntraAWS, sourceOkta, sourceKeycloak},
			AWS:         noUsableRole,
		},
		needs: needAbsent,
		judge: judgeRoleMissing,
	}, {
		Rule: saml.Rule{
			Code: "role-pair-malformed", Stage: saml.StageClaims, Severity: saml.Error, Varies: "warning while another pair is sound", Profiles: onlyAWS,
			Title:       "Role value that is no pair of ARNs",
			Explanation: "each value of the Role attribute is the ARN of one role and the ARN of one SAML provider with a comma between them. A value is cut at a comma that an ARN follows, because names of roles may hold commas",
			Fix:         "write the value as arn:PARTITION:iam::ACCOUNT:role/NAME,arn:PARTITION:iam::ACCOUNT:saml-provider/NAME; one value for each role",
			Sources:     []saml.Source{sourceAssertions, sourceTroubleshoot, sourceCreateRole},
			AWS:         noUsableRole,
		},
		needs: needPresent,
		judge: judgePairForm,
	}, {
		Rule: saml.Rule{
			Code: "role-arn-malformed", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "role ARN that breaks the grammar",
			Explanation: "the ARN of a role is arn:PARTITION:iam::ACCOUNT:role/PATH/NAME: a partition of AWS, an empty field for the Region, 12 digits of account, a path of printable ASCII (at most 512 characters) and a name of 1 to 64 characters out of A-Z a-z 0-9 _ + = , . @ -",
			Fix:         "copy the role's ARN from IAM",
			Sources:     []saml.Source{sourceIdentifiers, sourceARNs, sourceCreateRole, sourceOktaCLI},
			AWS:         []saml.Answer{bySTS("ValidationError", "Request ARN is invalid", saml.Inferred)},
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) { f.judgeARNs(KindRole, "role", report) },
	}, {
		Rule: saml.Rule{
			Code: "provider-arn-malformed", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SAML provider ARN that breaks the grammar",
			Explanation: "the ARN of a SAML provider is arn:PARTITION:iam::ACCOUNT:saml-provider/NAME: a partition of AWS, an empty field for the Region, 12 digits of account, no path, and a name of 1 to 128 characters out of A-Z a-z 0-9 _ . -",
			Fix:         "copy the provider's ARN from IAM",
			Sources:     []saml.Source{sourceIdentifiers, sourceARNs, sourceModels, sourceOktaCLI},
			AWS:         []saml.Answer{bySTS("ValidationError", "Principal ARN is invalid", saml.Inferred)},
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) { f.judgeARNs(KindProvider, "SAML provider", report) },
	}, {
		Rule: saml.Rule{
			Code: "role-attribute-repeated", Stage: saml.StageClaims, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "several Role attributes",
			Explanation: "the roles stand in several Attribute elements of the same name instead of in one element with several values. What AWS makes of that is not confirmed, and readers differ: AWS's SDK for .NET takes the first element only, other tools take all",
			Fix:         "send one Role attribute with several values (Keycloak: switch \"Single Role Attribute\" on; JumpCloud: one attribute with several values where the connector allows it)",
			Sources:     []saml.Source{sourceSDKNet, sourceKeycloak, sourceClients},
			Unsettled:   "STS reads every Role attribute or one of them",
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			if all := f.named[nameRole]; len(all) > 1 {
				report(all[1], saml.Fault{Message: fmt.Sprintf("expected one Role attribute with several values, found %d Attribute elements of this name", len(all))})
			}
		},
	}, {
		Rule: saml.Rule{
			Code: "groups-overage", Stage: saml.StageClaims, Severity: saml.Info, Varies: "warning if the Role attribute is missing", Profiles: onlyAWS,
			Title:       "groups left out by Entra ID",
			Explanation: "the user is in more groups than Entra ID puts into a SAML response, so that it sends a link to them in place of the groups. That is of no consequence for AWS, unless the roles are made of the groups",
			Fix:         "assign app roles to the user or the group instead of making roles of group claims, or limit the claim to the groups assigned to the application",
			Sources:     []saml.Source{sourceEntraTokens, sourceEntraGroups},
		},
		needs: needPresent,
		judge: judgeGroupsOverage,
	},
}, pairRules)

func judgeRoleMissing(f *facts, report reporter) {
	if f.meant(nameRole) || len(f.roles) > 0 {
		return
	}
	var at placed = f.content
	fault := saml.Fault{Message: "expected the attribute " + prefix + nameRole + ", found no attribute of this name"}
	if all := f.named[nameRole]; len(all) > 0 {
		at, fault.Message = all[0], "expected at least one AttributeValue in the Role attribute, found none"
	}
	if a, n := f.pairsElsewhere(); n > 0 {
		fault.Message += fmt.Sprintf("; %s of a role and a SAML provider stand in %s, which AWS does not read", count(n, "pair"), quote(a.Name))
		fault.Fix = "give the attribute " + quote(a.Name) + " the name " + prefix + nameRole
	} else {
		fault.Message += "; usual causes: " + f.product.causes()
	}
	if f.finds("attribute-encrypted") {
		fault.Message += "; an attribute is encrypted by itself, which may be this one"
		fault.AWS = []saml.Answer{answerConsole(saml.Inferred), answerPair(saml.Inferred)}
	}
	report(at, fault)
}

// pairsElsewhere finds an attribute of another name that holds pairs.
func (f *facts) pairsElsewhere() (saml.Attribute, int) {
	for _, a := range f.content.Attributes() {
		n := 0
		for _, v := range a.Values {
			if isPair(&v) {
				n++
			}
		}
		if n > 0 {
			return a, n
		}
	}
	return saml.Attribute{}, 0
}

func judgePairForm(f *facts, report reporter) {
	sound := len(f.pairs) > 0
	for i := range f.roles {
		v := &f.roles[i]
		if v.fault() == nil || v.Nested() {
			continue // element-in-value says the latter
		}
		fault := saml.Fault{Message: fmt.Sprintf("expected a role ARN and a SAML provider ARN with a comma between them, found %s: %s", quote(v.Text), v.fault().reason)}
		if sound {
			fault.Severity, fault.NoAnswer = saml.Warning, true
		}
		fault.Fix = pairFix(v)
		report(v, fault)
	}
}

// pairFix gives a more precise fix than the rule's for some faults.
func pairFix(v *roleValue) string {
	text := trimBlanks(v.Text)
	switch {
	case isKeycloakRole(text):
		return "switch \"Full Scope Allowed\" off for the AWS client in Keycloak, so that only its own roles are sent"
	case isGUID(text):
		return "take the Role claim from user.assignedroles and not from groups, and switch \"Emit groups as role claims\" off"
	case findTemplate(text) != "":
		return "fill the template: in Okta the names in the role value pattern are those of the group filter's named groups"
	}
	return ""
}

// judgeARNs reports the ARNs of one kind that break the grammar.
func (f *facts) judgeARNs(kind, name string, report reporter) {
	for i := range f.roles {
		v := &f.roles[i]
		if v.foreign() {
			continue
		}
		for _, p := range v.parts() {
			if p.looks == kind && p.err != nil {
				report(v, saml.Fault{Message: fmt.Sprintf("the ARN of the %s %s breaks the grammar %s", name, quote(p.text), p.err)})
			}
		}
	}
}

func judgeGroupsOverage(f *facts, report reporter) {
	for _, a := range f.content.Attributes() {
		if a.Name != nameEntraGroupsLink {
			continue
		}
		fault := saml.Fault{Message: "the user is in too many groups for a SAML response, so that Entra ID sent a link (groups.link) in place of them"}
		if len(f.roles) == 0 {
			fault.Severity = saml.Warning
			fault.Message += "; the Role attribute is missing as well, which fits roles that are made of groups"
		}
		report(a, fault)
	}
}
