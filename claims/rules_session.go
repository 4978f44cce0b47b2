package claims

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/saml"
)

// The class and the length that AWS documents for RoleSessionName and
// SourceIdentity: [a-zA-Z_0-9+=,.@-]{2,64}.
const (
	sessionNameClass    = "[a-zA-Z_0-9+=,.@-]"
	shortestSessionName = 2
	longestSessionName  = 64
)

var sessionNameRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "session-name-missing", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "no RoleSessionName attribute",
			Explanation: "AWS names the session after the attribute " + prefix + nameRoleSessionName + ", which is required. Identity providers leave an attribute out where its source is empty for this user",
			Fix:         "make the identity provider send " + prefix + nameRoleSessionName + " with the user's name or mail address",
			Sources:     []saml.Source{sourceAssertions, sourceTroubleshoot},
			AWS:         sessionNeeded,
		},
		needs: needAbsent,
		judge: func(f *facts, report reporter) {
			if f.meant(nameRoleSessionName) || len(f.values(nameRoleSessionName)) > 0 {
				return
			}
			var at placed = f.content
			fault := saml.Fault{Message: "expected the attribute " + prefix + nameRoleSessionName + ", found no attribute of this name"}
			if all := f.named[nameRoleSessionName]; len(all) > 0 {
				at, fault.Message = all[0], "expected one AttributeValue in the RoleSessionName attribute, found none"
			}
			report(at, fault)
		},
	}, {
		Rule: saml.Rule{
			Code: "session-name-malformed", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "RoleSessionName that AWS refuses",
			Explanation: "RoleSessionName has 2 to 64 characters out of A-Z a-z 0-9 _ + = , . @ -: no blanks, no letters outside ASCII, no #. User principal names of guests in Entra ID hold #EXT#",
			Fix:         "take RoleSessionName from an attribute that holds such characters only, such as the mail address or an employee number, or transform it in the identity provider",
			Sources:     []saml.Source{sourceAssertions, sourceTroubleshoot, sourceGuest},
			AWS:         []saml.Answer{bySTS("InvalidIdentityToken", "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", saml.Documented)},
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			for _, v := range f.values(nameRoleSessionName) {
				if fault := sessionNameFault(v, nameRoleSessionName); fault != "" {
					report(v, saml.Fault{Message: fault, Fix: guestFix(v.Text)})
				}
			}
		},
	},
	multiple("session-name-multiple", nameRoleSessionName, sourceAssertions),
}

// multiple makes the rule on an attribute that may have one value only.
func multiple(code, name string, source saml.Source) *rule {
	return &rule{
		Rule: saml.Rule{
			Code: code, Stage: saml.StageClaims, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "several values of " + name,
			Explanation: "AWS documents one value for " + name + ". Which one it takes of several, or whether it refuses them, is not confirmed",
			Fix:         "send one value for " + name,
			Sources:     []saml.Source{source},
			Unsettled:   "STS accepts several values of " + name + ", and which of them it takes",
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			if all := f.values(name); len(all) > 1 {
				report(all[1], saml.Fault{Message: fmt.Sprintf("expected one value of %s, found %d: %s", name, len(all), quoteAll(texts(all)))})
			}
		},
	}
}

func texts(values []saml.Value) []string {
	var out []string
	for _, v := range values {
		out = append(out, v.Text)
	}
	return out
}

// sessionNameFault tells how a name departs from the class and the length;
// empty if it does not.
func sessionNameFault(v saml.Value, name string) string {
	n := utf8.RuneCountInString(v.Text)
	var faults []string
	if bad := strangers(v.Text, isSessionNameChar); bad != "" {
		faults = append(faults, bad)
	}
	switch {
	case n < shortestSessionName:
		faults = append(faults, "it is too short with "+count(n, "character"))
	case n > longestSessionName:
		faults = append(faults, "it is too long with "+count(n, "character"))
	}
	if len(faults) == 0 {
		return ""
	}
	return fmt.Sprintf("expected %s of %d to %d characters %s, found %s: %s", name, shortestSessionName, longestSessionName, sessionNameClass, quote(v.Text), strings.Join(faults, "; "))
}

// guestFix tells what to do about the user principal name of a guest.
func guestFix(name string) string {
	if !strings.Contains(strings.ToUpper(name), "#EXT#") {
		return ""
	}
	return "this is the user principal name of a guest in Entra ID, which holds #EXT#; take RoleSessionName from user.mail, or transform the claim"
}
