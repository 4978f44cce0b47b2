package claims

import "strings"

// soundARN reads the ARN of a role or of a SAML provider if it is well-formed,
// in one pass and without making anything. It takes what [ParseARN] takes; what
// is wrong with any other text only ParseARN tells.
func soundARN(text string) (a ARN, ok bool) {
	rest, found := strings.CutPrefix(text, "arn:")
	if !found {
		return ARN{}, false
	}
	colon := strings.IndexByte(rest, ':')
	if colon < 0 || !isPartition(rest[:colon]) {
		return ARN{}, false
	}
	a.Partition = rest[:colon]
	rest, found = strings.CutPrefix(rest[colon:], ":iam::")
	if !found || len(rest) <= accountDigits || rest[accountDigits] != ':' {
		return ARN{}, false
	}
	a.Account = rest[:accountDigits]
	if !allIn(a.Account, &digits) {
		return ARN{}, false
	}
	return a, a.resource(rest[accountDigits+1:])
}

// resource reads what follows the account.
func (a *ARN) resource(text string) bool {
	if name, found := strings.CutPrefix(text, KindProvider+"/"); found {
		a.Kind, a.Name = KindProvider, name
		return fits(name, longestProviderName) && allIn(name, &providerNameChars)
	}
	path, found := strings.CutPrefix(text, KindRole)
	cut := strings.LastIndexByte(path, '/') + 1
	if !found || cut == 0 || path[0] != '/' {
		return false
	}
	a.Kind, a.Path, a.Name = KindRole, path[:cut], path[cut:]
	return a.Path != "//" && fits(a.Path, longestRolePath) && allIn(a.Path, &graphChars) && soundRoleName(a.Name)
}

func soundRoleName(name string) bool {
	return fits(name, longestRoleName) && allIn(name, &roleNameChars)
}

func fits(field string, most int) bool { return field != "" && len(field) <= most }

func isPartition(name string) bool {
	for _, p := range partitionTable {
		if p.name == name {
			return true
		}
	}
	return false
}

// A class is a set of the characters of ASCII.
type class [256]bool

var (
	digits            = classOf(isDigit)
	hexDigits         = classOf(func(r rune) bool { return isDigit(r) || 'a' <= r && r <= 'f' || 'A' <= r && r <= 'F' })
	graphChars        = classOf(isGraph)
	roleNameChars     = classOf(isRoleNameChar)
	providerNameChars = classOf(isProviderNameChar)
)

func classOf(in func(rune) bool) (out class) {
	for r := range rune(128) {
		if in(r) {
			out[r] = true
		}
	}
	return out
}

func (c *class) has(b byte) bool { return c[b] }

// allIn reports whether every byte is in the class.
func allIn(s string, c *class) bool {
	for i := range len(s) {
		if !c.has(s[i]) {
			return false
		}
	}
	return true
}
