package claims

import (
	"regexp"
	"strings"
)

// findFault tells why the value is no pair; nil if it is one.
func (v *roleValue) findFault() *pairFault {
	text := trimBlanks(v.Text)
	template := findTemplate(text)
	switch {
	case text == "":
		return &pairFault{"the value is empty", true}
	case v.Nested():
		return &pairFault{"the value holds XML elements instead of text", true}
	case template != "":
		return &pairFault{"the template " + quote(template) + " was left in, so that the identity provider did not fill it", true}
	case isKeycloakRole(text):
		return &pairFault{"this is a role of Keycloak's own, which its role list sends along with the others", true}
	case isGUID(text):
		return &pairFault{"this is a GUID, such as the object ID of a group: groups are sent instead of app roles", true}
	case !strings.Contains(strings.ToLower(text), "arn:"):
		return &pairFault{"this is a friendly name and no ARN", true}
	}
	return v.odd.countFault(text)
}

var template = regexp.MustCompile(`\$\{[^}]*\}|\{\{[^}]*\}\}`)

// findTemplate gives the first ${...} or {{...}} of a text; empty where there is
// none.
func findTemplate(text string) string {
	if strings.IndexByte(text, '{') < 0 {
		return ""
	}
	return template.FindString(text)
}

// isGUID knows a GUID, in braces or not.
func isGUID(s string) bool {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	if len(s) != len("00000000-0000-0000-0000-000000000000") {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !hexDigits.has(s[i]) {
				return false
			}
		}
	}
	return true
}

func isKeycloakRole(s string) bool {
	return s == "offline_access" || s == "uma_authorization" || strings.HasPrefix(s, "default-roles-")
}

// countFault looks at how many ARNs of which kind there are.
func (o *oddValue) countFault(text string) *pairFault {
	roles, providers := o.counts()
	switch {
	case strings.HasPrefix(text, ","):
		return &pairFault{"the value begins with a comma", true}
	case strings.HasSuffix(text, ",") && len(o.parts) > 1:
		// A role's name may end in a comma, but none does: the comma joins.
		return &pairFault{"the value ends with a comma", true}
	case len(o.parts) == 1:
		return o.halfFault(text)
	case len(o.parts) > 2:
		return &pairFault{reason: count(len(o.parts), "part") + " are joined by commas: one value holds one pair, and every further role has a value of its own"}
	case roles == 2:
		return &pairFault{reason: "both parts are roles and the SAML provider is missing"}
	case providers == 2:
		return &pairFault{reason: "both parts are SAML providers and the role is missing"}
	case roles+providers < 2:
		return &pairFault{reason: o.otherKind()}
	}
	return nil
}

func (o *oddValue) counts() (roles, providers int) {
	for _, p := range o.parts {
		switch p.looks {
		case KindRole:
			roles++
		case KindProvider:
			providers++
		}
	}
	return roles, providers
}

// halfFault tells what a value with a single part is.
func (o *oddValue) halfFault(text string) *pairFault {
	if strings.Count(text, "arn:") > 1 {
		return &pairFault{"two ARNs stand in it, but not with a comma between them", true}
	}
	reason := o.otherKind()
	switch o.parts[0].looks {
	case KindRole:
		reason = "this is one half only: the role is there, the SAML provider is missing"
	case KindProvider:
		reason = "this is one half only: the SAML provider is there, the role is missing"
	}
	if _, after, found := strings.Cut(text, ","); found {
		reason += "; what follows the comma, " + quote(after) + ", is no ARN"
	}
	return &pairFault{reason: reason}
}

// otherKind names the first part that is neither role nor provider.
func (o *oddValue) otherKind() string {
	for _, p := range o.parts {
		if p.looks == "" {
			return quote(p.text) + " is neither the ARN of a role (...:role/NAME) nor of a SAML provider (...:saml-provider/NAME)"
		}
	}
	return ""
}
