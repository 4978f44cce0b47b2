package claims

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// attributeRules are the rules on the names of attributes.
var attributeRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "attribute-name-mismatch", Stage: saml.StageClaims, Severity: saml.Error,
			Varies: "warning for attributes other than Role and RoleSessionName", Profiles: onlyAWS,
			Title:       "AWS attribute under another name",
			Explanation: "AWS reads attributes by their exact Name: letter case, scheme, host and slashes included. An attribute under a similar name is not read, as if it were missing. FriendlyName is not read at all",
			Fix:         "give the attribute exactly the name that AWS documents",
			Sources:     []saml.Source{sourceAssertions, sourceTroubleshoot, sourceNameCase},
		},
		needs: needPresent,
		judge: judgeNames,
	}, {
		Rule: saml.Rule{
			Code: "attribute-unknown", Stage: saml.StageClaims, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "unknown attribute below the AWS prefix",
			Explanation: "the Name begins as those of AWS do, but AWS documents no attribute of this name, so that it has no effect",
			Fix:         "leave the attribute out, or give it one of the names that AWS documents: Role, RoleSessionName, SessionDuration, SourceIdentity, PrincipalTag:KEY, TransitiveTagKeys",
			Sources:     []saml.Source{sourceAssertions},
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			for _, a := range f.content.Attributes() {
				if _, ok := awsName(a.Name); !ok && strings.HasPrefix(a.Name, prefix) && !f.reported(a) {
					report(a, saml.Fault{Message: "AWS documents no attribute of the name " + quote(a.Name)})
				}
			}
		},
	},
}

// misspeltAnswers are what AWS answers where the attribute is missing.
var misspeltAnswers = map[string][]saml.Answer{nameRole: noUsableRole, nameRoleSessionName: sessionNeeded}

func judgeNames(f *facts, report reporter) {
	for _, m := range f.misspelt {
		name := prefix + m.meant
		fault := saml.Fault{Severity: saml.Warning, AWS: misspeltAnswers[m.meant],
			Message: fmt.Sprintf("expected the name %s, found %s; what differs: %s", quote(name), quote(m.attribute.Name), m.how),
			Fix:     "name the attribute " + name}
		if fault.AWS != nil {
			fault.Severity = saml.Error
		}
		report(m.attribute, fault)
	}
}

// reported reports whether an attribute is one that judgeNames speaks of.
func (f *facts) reported(a saml.Attribute) bool {
	m, ok := misspelt(a)
	return ok && len(f.named[m.meant]) == 0
}
