package saml

import (
	"fmt"
	"slices"
	"strings"
)

// awsPrefix is what the names of AWS's attributes begin with.
const awsPrefix = "https://aws.amazon.com/SAML/Attributes/"

// awsRoleName is the attribute for which package claims has a rule of its own.
const awsRoleName = awsPrefix + "Role"

// The rules on attributes that hold for every service provider.
var attributeRules = []*rule{
	{
		Rule: Rule{
			Code: "attribute-duplicate", Stage: StageClaims, Severity: Warning,
			Title:       "two attributes of one name",
			Explanation: "SAML lets a name stand in several Attribute elements and does not say how they join; some receivers read the first, some the last, some all, and some go by FriendlyName, so that they may take different values for the same name",
			Fix:         "send one Attribute element for each name, with several values where there are several, and no FriendlyName that is the Name of another attribute",
			Sources:     []Source{core("2.7.3.1")},
		},
		needs: []*need{needDocument, needMessage, needSuccess, needContent}, judge: judgeAttributeDuplicate,
	},
}

func judgeAttributeDuplicate(f *facts, report func(Fault)) {
	all := f.content.attributes
	byName := attributesByName(all)
	met := map[string]int{}
	odd := sparing(report)
	for i := range all {
		a := &all[i]
		if same := byName[a.Name]; same > 1 && a.Name != awsRoleName {
			if met[a.Name]++; met[a.Name] == 2 {
				odd(func() Fault {
					return Fault{Place: a.Place(), Unsettled: whichCounts(a.Name), Message: fmt.Sprintf(
						"one Attribute element is expected for each name, %s stands in %d; %s", quote(a.Name), same, sameValues(all, a.Name))}
				})
			}
		}
		if a.FriendlyName != "" && a.FriendlyName != a.Name && byName[a.FriendlyName] > 0 {
			odd(func() Fault {
				return Fault{Place: a.Place(), Message: fmt.Sprintf("the FriendlyName %s of the attribute %s is the Name of another attribute", quote(a.FriendlyName), quote(a.Name))}
			})
		}
	}
}

// attributesByName counts the elements of each name.
func attributesByName(all []Attribute) map[string]int {
	out := make(map[string]int, len(all))
	for i := range all {
		out[all[i].Name]++
	}
	return out
}

// whichCounts says what is not known of an attribute that AWS reads and that
// stands in several elements.
func whichCounts(name string) string {
	if !strings.HasPrefix(name, awsPrefix) {
		return ""
	}
	return "STS accepts an attribute that is repeated, and which of its elements it reads"
}

// sameValues tells whether readers of different elements of a name get
// different values.
func sameValues(all []Attribute, name string) string {
	var first *Attribute
	for i := range all {
		a := &all[i]
		switch {
		case a.Name != name:
		case first == nil:
			first = a
		case !slices.EqualFunc(a.Values, first.Values, func(x, y Value) bool { return x.Text == y.Text }):
			return "their values differ, so that it depends on the receiver which ones count"
		}
	}
	return "their values are the same"
}
