package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// prefix begins the Name of every attribute that AWS IAM reads.
const prefix = "https://aws.amazon.com/SAML/Attributes/"

// The names of the attributes behind the prefix.
const (
	nameRole              = "Role"
	nameRoleSessionName   = "RoleSessionName"
	nameSessionDuration   = "SessionDuration"
	nameSourceIdentity    = "SourceIdentity"
	nameTransitiveTagKeys = "TransitiveTagKeys"
	namePrincipalTag      = "PrincipalTag:" // a tag key follows
)

var plainNames = []string{nameRole, nameRoleSessionName, nameSessionDuration, nameSourceIdentity, nameTransitiveTagKeys}

// Attributes of other AWS products and of Entra that are known and left alone.
const (
	nameEntraRole       = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"
	nameEntraGroupsLink = "http://schemas.microsoft.com/claims/groups.link"
)

// awsName gives the name behind the prefix of an attribute that AWS reads.
func awsName(name string) (string, bool) {
	short, found := strings.CutPrefix(name, prefix)
	return short, found && (slices.Contains(plainNames, short) || strings.HasPrefix(short, namePrincipalTag))
}

// misspelling is an attribute that is meant for AWS and bears a name that AWS
// does not read.
type misspelling struct {
	attribute saml.Attribute
	meant     string // the name behind the prefix
	how       string // what differs
}

// spellings are the ways in which an AWS name goes wrong. Each takes a name and
// gives it mended, or the empty string.
var spellings = []struct {
	how  string
	mend func(string) string
}{
	{"white space around the name", strings.TrimSpace},
	{"http instead of https", swapPrefix("http://aws.amazon.com/SAML/Attributes/")},
	{"the host of AWS China in place of aws.amazon.com; the names are the same in every partition", mendChina},
	{"a slash at the end", func(s string) string { return strings.TrimRight(s, "/") }},
	{"a doubled slash", mendSlashes},
}

func swapPrefix(wrong string) func(string) string {
	return func(s string) string {
		rest, found := strings.CutPrefix(s, wrong)
		if !found {
			return ""
		}
		return prefix + rest
	}
}

func mendChina(s string) string {
	for _, wrong := range []string{"http://www.amazonaws.cn/", "https://www.amazonaws.cn/", "http://amazonaws.cn/", "https://amazonaws.cn/"} {
		if rest, found := strings.CutPrefix(s, wrong); found {
			return "https://aws.amazon.com/" + rest
		}
	}
	return ""
}

func mendSlashes(s string) string {
	scheme, rest, found := strings.Cut(s, "://")
	if !found {
		return ""
	}
	if !strings.Contains(rest, "//") {
		return ""
	}
	for strings.Contains(rest, "//") {
		rest = strings.ReplaceAll(rest, "//", "/")
	}
	return scheme + "://" + rest
}

// longestName bounds the names whose spelling is looked at.
const longestName = 256

// meantName tells which AWS attribute a name is meant for, and what differs.
func meantName(name string) (meant, how string) {
	if name == "" || len(name) > longestName {
		return "", ""
	}
	if short, ok := foldedName(name); ok {
		return short, "the letter case; names are compared exactly"
	}
	amiss := false
	for _, s := range spellings {
		mended := s.mend(name)
		if mended == "" || mended == name {
			continue
		}
		amiss = true
		if short, ok := foldedName(mended); ok {
			return short, s.how
		}
	}
	if short, ok := foldedShort(name); ok {
		return short, "the namespace " + prefix + " is missing"
	}
	if !amiss {
		return "", ""
	}
	return meantTwice(name)
}

// meantTwice finds a name with several of the faults at once.
func meantTwice(name string) (meant, how string) {
	mended, faults := name, []string{}
	for _, s := range spellings {
		if m := s.mend(mended); m != "" && m != mended {
			mended, faults = m, append(faults, s.how)
		}
	}
	if short, ok := foldedName(mended); ok && len(faults) > 0 {
		return short, strings.Join(faults, ", ")
	}
	return "", ""
}

// foldedName is awsName without regard to letter case.
func foldedName(name string) (string, bool) {
	if len(name) <= len(prefix) || !strings.EqualFold(name[:len(prefix)], prefix) {
		return "", false
	}
	return foldedShort(name[len(prefix):])
}

// foldedShort is foldedName for what stands behind the prefix.
func foldedShort(short string) (string, bool) {
	for _, n := range plainNames {
		if strings.EqualFold(n, short) {
			return n, true
		}
	}
	if n := len(namePrincipalTag); len(short) > n && strings.EqualFold(short[:n], namePrincipalTag) {
		return namePrincipalTag + short[n:], true
	}
	return "", false
}

// misspelt tells whether an attribute that AWS does not read is meant for it.
// A bare "Role" is common for other service providers: it counts only where it
// holds an ARN.
func misspelt(a saml.Attribute) (misspelling, bool) {
	name := a.Name
	meant, how := meantName(name)
	if meant == "" {
		name = a.FriendlyName
		meant, _ = meantName(name)
		how = "the name stands in FriendlyName alone, which AWS does not read"
	}
	if meant == nameRole && strings.EqualFold(strings.TrimSpace(name), nameRole) && !holdsARN(a) {
		return misspelling{}, false
	}
	return misspelling{a, meant, how}, meant != ""
}

func holdsARN(a saml.Attribute) bool {
	return slices.ContainsFunc(a.Values, func(v saml.Value) bool { return strings.Contains(v.Text, "arn:") })
}
