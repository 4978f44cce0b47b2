package saml

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

var duplicateIDs = Source{"CVE-2024-45409: a forged element beside the signed one", "https://nvd.nist.gov/vuln/detail/CVE-2024-45409"}
var idPollution = Source{"GHSL-2024-329: readers that differ on which attribute is the ID", "https://securitylab.github.com/advisories/GHSL-2024-329_GHSL-2024-330_ruby-saml/"}

// The rules on the IDs by which signatures refer to elements.
var idRules = []*rule{
	{
		Rule: Rule{
			Code: "id-duplicate", Stage: StageXML, Severity: Error,
			Title:       "an ID occurs twice",
			Explanation: "a signature refers to what it signs by ID. Where two elements bear the same ID, one verifier checks the first and one reader takes the second: the classic way to put a forged assertion beside a genuine one. Whoever captured a response can make such a document, without any key",
			Fix:         "take the response from the identity provider anew; if it was captured so, treat it as an attack and look where it came from",
			Sources:     []Source{core("1.3.4"), xmldsig("4.4.3.2"), duplicateIDs},
			Unsettled:   "STS accepts a response that bears an ID twice",
		},
		proves: true, needs: []*need{needDocument}, judge: judgeDuplicateIDs,
	},
	{
		Rule: Rule{
			Code: "id-misplaced", Stage: StageXML, Severity: Error,
			Title:       "an ID is given by an attribute that is none of SAML's",
			Explanation: "the ID of a SAML element is its attribute ID, without a prefix and in capitals. There are readers that also take a prefixed ID, xml:id, Id or id, and where they disagree with the verifier a signature over one element is believed of another",
			Fix:         "take the response from the identity provider anew; if the identity provider writes the attribute, remove it from its template",
			Sources:     []Source{core("1.3.4"), core("2.3.3"), idPollution},
			Unsettled:   "STS accepts an ID that is written like this",
		},
		proves: true, needs: []*need{needDocument}, judge: judgeMisplacedIDs,
	},
	{
		Rule: Rule{
			Code: "id-malformed", Stage: StageXML, Severity: Warning,
			Title:       "an ID is no XML name",
			Explanation: "an ID has the type xs:ID: it begins with a letter or an underscore and holds letters, digits, hyphens, periods and underscores, no colon. Some products begin it with a digit; readers that validate against the schema refuse the message, others do not mind",
			Fix:         "let the identity provider begin its IDs with an underscore or a letter",
			Sources:     []Source{core("1.3.4"), {"Namespaces in XML 1.0, production NCName", "https://www.w3.org/TR/xml-names/#NT-NCName"}},
			Unsettled:   "STS accepts such an ID",
		},
		needs: []*need{needDocument}, judge: judgeMalformedIDs,
	},
}

func isSAML(e xmldoc.Element) bool { return name{space: e.Space()}.saml() }

func judgeDuplicateIDs(f *facts, report func(Fault)) {
	ids := f.survey.ids
	first := map[string]int{}
	again := sparing(report)
	for i, id := range ids {
		value := id.a.Value()
		k, found := first[value]
		if !found {
			first[value] = i
			continue
		}
		again(func() Fault {
			there, here := ids[k].place(), id.place()
			return Fault{Place: here, Message: fmt.Sprintf("every ID is expected once, %s stands at %s (line %d, column %d) and again at %s", quote(value), there.Path, there.Line, there.Column, here.Path)}
		})
	}
}

func (id idBearer) place() Place {
	return placeAt(id.e.Path()+"/@"+id.a.QName(), id.e.Node, id.a.Offset())
}

// misplacedID reports whether an attribute of a SAML element looks like its ID
// and is none.
func misplacedID(a xmldoc.Attr) bool {
	return strings.EqualFold(a.Local(), "ID") && a.QName() != "ID"
}

func judgeMisplacedIDs(f *facts, report func(Fault)) {
	misplaced := sparing(report)
	for _, id := range f.survey.misplaced {
		misplaced(func() Fault {
			return Fault{Place: id.place(), Message: fmt.Sprintf("the attribute ID is expected on the SAML element %s, %s is found with the value %s", id.e.Local(), quote(id.a.QName()), quote(id.a.Value()))}
		})
	}
}

func judgeMalformedIDs(f *facts, report func(Fault)) {
	malformed := sparing(report)
	for _, id := range f.survey.ids {
		if value := id.a.Value(); !xmldoc.IsNCName(value) {
			malformed(func() Fault {
				return Fault{Place: id.place(), Message: fmt.Sprintf("an XML name without a colon is expected as the %s of %s, %s is found: %s", id.a.QName(), id.e.Local(), quote(value), whyNoName(value))}
			})
		}
	}
}

// whyNoName says why a text is no NCName.
func whyNoName(s string) string {
	trimmed := strings.Trim(s, " \t\r\n")
	switch {
	case trimmed == "":
		return "it is empty"
	case xmldoc.IsNCName(trimmed):
		return "white space stands around it"
	case xmldoc.IsNCName("_" + s):
		return "it begins with " + quote(s[:1])
	}
	for i, r := range s {
		if !xmldoc.IsNCName("_" + string(r)) {
			return fmt.Sprintf("character %d is %s", len([]rune(s[:i]))+1, quote(string(r)))
		}
	}
	return "it is no name"
}
