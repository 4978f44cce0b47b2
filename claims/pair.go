package claims

import (
	"regexp"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// part is one of the texts that a Role value pairs.
type part struct {
	text   string // without the blanks around it
	blanks bool   // there were blanks around it
	arn    ARN
	err    error  // why it is no ARN of a role or a provider
	looks  string // KindRole or KindProvider by the look of it; empty for anything else
}

// roleValue is one value of a Role attribute, taken apart.
type roleValue struct {
	saml.Value
	path     string // of the place of the value
	parts    []part
	fault    *pairFault // nil where there is one role and one provider
	role     *part
	provider *part
	at       placed // in place of the value's own place; nil for that
}

// Place gives where what is said of the pair stands.
func (v *roleValue) Place() saml.Place {
	if v.at != nil {
		return v.at.Place()
	}
	return v.Value.Place()
}

// pairFault is why a value is no pair of a role and a provider.
type pairFault struct {
	reason string
	// foreign says that the value is no attempt at a pair, so that nothing can
	// be said of its parts.
	foreign bool
}

// usable reports whether the value is one well-formed role and one well-formed
// provider, in either order, blanks around them aside.
func (v *roleValue) usable() bool {
	return v.fault == nil && v.role.err == nil && v.provider.err == nil
}

// reversed reports whether the provider stands first.
func (v *roleValue) reversed() bool { return v.fault == nil && v.provider == &v.parts[0] }

func parseRoleValue(value saml.Value, path string) *roleValue {
	v := &roleValue{Value: value, path: path}
	for _, text := range splitPair(value.Text) {
		v.parts = append(v.parts, parsePart(text))
	}
	for i := range v.parts {
		switch v.parts[i].looks {
		case KindRole:
			v.role = &v.parts[i]
		case KindProvider:
			v.provider = &v.parts[i]
		}
	}
	v.fault = v.findFault()
	return v
}

// splitPair cuts at each comma that an ARN follows: names of roles may hold
// commas, so that a comma alone parts nothing.
func splitPair(text string) []string {
	var out []string
	start := 0
	for i := range len(text) {
		if text[i] == ',' && beginsARN(text[i+1:]) {
			out = append(out, text[start:i])
			start = i + 1
		}
	}
	return append(out, text[start:])
}

// longestGap bounds the blanks between a comma and the ARN after it.
const longestGap = 64

func beginsARN(s string) bool {
	s = strings.TrimLeftFunc(s[:min(len(s), longestGap)], isGap)
	return len(s) >= 4 && strings.EqualFold(s[:4], "arn:")
}

func parsePart(text string) part {
	p := part{text: strings.TrimFunc(text, isBlank)}
	p.blanks = p.text != text
	p.arn, p.err = ParseARN(p.text)
	switch {
	case !strings.Contains(strings.ToLower(p.text), "arn:"):
	case strings.Contains(p.text, ":"+KindProvider+"/"):
		p.looks = KindProvider
	case strings.Contains(p.text, ":"+KindRole+"/"):
		p.looks = KindRole
	}
	return p
}

var (
	template = regexp.MustCompile(`\$\{[^}]*\}|\{\{[^}]*\}\}`)
	guid     = regexp.MustCompile(`^\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$`)
)

// findFault tells why the value is no pair; nil if it is one.
func (v *roleValue) findFault() *pairFault {
	text := strings.TrimFunc(v.Text, isBlank)
	switch {
	case text == "":
		return &pairFault{"the value is empty", true}
	case v.Nested():
		return &pairFault{"the value holds XML elements instead of text", true}
	case template.MatchString(text):
		return &pairFault{"the template " + quote(template.FindString(text)) + " was left in, so that the identity provider did not fill it", true}
	case isKeycloakRole(text):
		return &pairFault{"this is a role of Keycloak's own, which its role list sends along with the others", true}
	case guid.MatchString(text):
		return &pairFault{"this is a GUID, such as the object ID of a group: groups are sent instead of app roles", true}
	case !strings.Contains(strings.ToLower(text), "arn:"):
		return &pairFault{"this is a friendly name and no ARN", true}
	}
	return v.countFault(text)
}

func isKeycloakRole(s string) bool {
	return s == "offline_access" || s == "uma_authorization" || strings.HasPrefix(s, "default-roles-")
}

// countFault looks at how many ARNs of which kind there are.
func (v *roleValue) countFault(text string) *pairFault {
	roles, providers := v.counts()
	switch {
	case strings.HasPrefix(text, ","):
		return &pairFault{"the value begins with a comma", true}
	case strings.HasSuffix(text, ",") && len(v.parts) > 1:
		// A role's name may end in a comma, but none does: the comma joins.
		return &pairFault{"the value ends with a comma", true}
	case len(v.parts) == 1:
		return v.halfFault(text)
	case len(v.parts) > 2:
		return &pairFault{reason: count(len(v.parts), "part") + " are joined by commas: one value holds one pair, and every further role has a value of its own"}
	case roles == 2:
		return &pairFault{reason: "both parts are roles and the SAML provider is missing"}
	case providers == 2:
		return &pairFault{reason: "both parts are SAML providers and the role is missing"}
	case roles+providers < 2:
		return &pairFault{reason: v.otherKind()}
	}
	return nil
}

func (v *roleValue) counts() (roles, providers int) {
	for _, p := range v.parts {
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
func (v *roleValue) halfFault(text string) *pairFault {
	if strings.Count(text, "arn:") > 1 {
		return &pairFault{"two ARNs stand in it, but not with a comma between them", true}
	}
	reason := v.otherKind()
	switch v.parts[0].looks {
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
func (v *roleValue) otherKind() string {
	for _, p := range v.parts {
		if p.looks == "" {
			return quote(p.text) + " is neither the ARN of a role (...:role/NAME) nor of a SAML provider (...:saml-provider/NAME)"
		}
	}
	return ""
}
