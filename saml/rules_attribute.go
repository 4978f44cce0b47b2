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
	byName := map[string][]Attribute{}
	for _, a := range f.content.Attributes() {
		byName[a.Name] = append(byName[a.Name], a)
	}
	met, found := map[string]int{}, 0
	fault := func(a Attribute, message, unsettled string) {
		// A path costs a walk over the siblings: those of findings beyond the
		// bound are not looked up.
		if found++; found > mostPerRule {
			report(Fault{})
			return
		}
		report(Fault{Place: a.Place(), Message: message, Unsettled: unsettled})
	}
	for _, a := range f.content.Attributes() {
		if met[a.Name]++; met[a.Name] == 2 && a.Name != awsRoleName {
			same := byName[a.Name]
			fault(a, fmt.Sprintf("one Attribute element is expected for each name, %s stands in %d; %s", quote(a.Name), len(same), sameValues(same)), whichCounts(a.Name))
		}
		if a.FriendlyName != "" && a.FriendlyName != a.Name && len(byName[a.FriendlyName]) > 0 {
			fault(a, fmt.Sprintf("the FriendlyName %s of the attribute %s is the Name of another attribute", quote(a.FriendlyName), quote(a.Name)), "")
		}
	}
}

// whichCounts says what is not known of an attribute that AWS reads and that
// stands in several elements.
func whichCounts(name string) string {
	if !strings.HasPrefix(name, awsPrefix) {
		return ""
	}
	return "STS accepts an attribute that is repeated, and which of its elements it reads"
}

// sameValues tells whether readers of different elements get different values.
func sameValues(same []Attribute) string {
	for _, a := range same[1:] {
		if !slices.EqualFunc(a.Values, same[0].Values, func(x, y Value) bool { return x.Text == y.Text }) {
			return "their values differ, so that it depends on the receiver which ones count"
		}
	}
	return "their values are the same"
}
