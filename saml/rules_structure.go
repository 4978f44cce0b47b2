package saml

import "fmt"

// The rules on the shape of the elements.
var structureRules = []*rule{
	{
		Rule: Rule{
			Code: "element-repeated", Stage: StageMessage, Severity: Error,
			Title:       "an element stands twice that may stand once",
			Explanation: "readers differ on whether the first or the last of two elements counts, so that one program sees another user or another condition than the next",
			Fix:         "send the element once; if the identity provider does, the response was tampered with",
			Sources:     []Source{{"SAML 2.0 schemas for protocol and assertion", "https://docs.oasis-open.org/security/saml/v2.0/"}},
			Unsettled:   "STS accepts an element that is repeated, and which of them it reads",
		},
		proves: true, needs: []*need{needDocument, needMessage}, judge: judgeDepartures(repeatedChild, "one %[1]s is expected in %[2]s, a second one stands here"),
	},
	{
		Rule: Rule{
			Code: "element-foreign", Stage: StageMessage, Severity: Warning,
			Title:       "a SAML name in a namespace that is not SAML's",
			Explanation: "an element with the right local name in a wrong namespace, or a SAML attribute with a prefix, is none to a reader who knows namespaces and is one to a reader who does not; attacks live on that difference",
			Fix:         "correct the namespace, or leave the element out",
			Sources:     []Source{{"Namespaces in XML 1.0, section 6", "https://www.w3.org/TR/xml-names/"}, core("1.1")},
			Unsettled:   "STS passes over such a name",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeForeign,
	},
	{
		Rule: Rule{
			Code: "attribute-required-missing", Stage: StageMessage, Severity: Error,
			Title:       "a required attribute is absent",
			Explanation: "the schema requires this attribute; without ID nothing can be signed, without Version and IssueInstant nothing can be judged",
			Fix:         "configure the identity provider to send the attribute",
			Sources:     []Source{core("2.3.3"), core("3.2.2"), awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		proves: true, needs: []*need{needDocument, needMessage}, judge: judgeMissingAttributes,
	},
	{
		Rule: Rule{
			Code: "schema-violation", Stage: StageMessage, Severity: Warning,
			Title:       "the message departs from the schema",
			Explanation: "the SAML schema does not allow this child or attribute, or asks for one that is absent; lenient receivers take it, those that validate against the schema refuse the message",
			Fix:         "configure the identity provider to send what the schema allows",
			Sources:     []Source{{"SAML 2.0 schemas for protocol and assertion", "https://docs.oasis-open.org/security/saml/v2.0/"}, core("2.7.2"), core("2.7.3")},
			Unsettled:   "STS accepts what the schema does not allow here",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeSchema,
	},
	{
		Rule: Rule{
			Code: "order-nonstandard", Stage: StageMessage, Severity: Warning,
			Title:       "elements stand in another order than the schema's",
			Explanation: "the schema gives the children an order; lenient receivers do not mind another one, those that validate against the schema refuse the message",
			Fix:         "send the children in the order of the schema",
			Sources:     []Source{core("2.3.3"), core("3.2.2")},
			Unsettled:   "STS accepts elements in this order",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeDepartures(wrongOrder, "%[1]s stands in %[2]s after an element that the schema puts behind it"),
	},
}

// judgeDepartures reports the departures of one kind; the format gets the name
// of the child and that of the parent.
func judgeDepartures(kind departureKind, format string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		departed := sparing(report)
		for _, d := range f.survey.departures {
			if d.kind == kind {
				departed(func() Fault {
					return Fault{Place: placeOf(d.at), Message: fmt.Sprintf(format, d.name, d.parent.Local())}
				})
			}
		}
	}
}

// judgeMissingAttributes leaves the Name of an Attribute to schema-violation.
func judgeMissingAttributes(f *facts, report func(Fault)) {
	missing := sparing(report)
	for _, d := range f.survey.departures {
		if d.kind == missingAttr && !d.at.Is(nsAssertion, "Attribute") {
			missing(func() Fault {
				return Fault{Place: placeOf(d.at), Message: fmt.Sprintf("the attribute %s is required on %s, it is absent", d.name, d.at.Local())}
			})
		}
	}
}

func judgeForeign(f *facts, report func(Fault)) {
	foreign := sparing(report)
	for _, d := range f.survey.departures {
		switch d.kind {
		case foreignChild:
			foreign(func() Fault {
				return Fault{Place: placeOf(d.at), Message: fmt.Sprintf("%s in %s is expected in a namespace of SAML, it is in %s", d.name, d.parent.Local(), namespaceWords(d.at.Space()))}
			})
		case foreignAttr:
			foreign(func() Fault {
				return Fault{Place: placeOfAttr(d.at, d.name), Message: fmt.Sprintf("the attributes of SAML have no prefix, %s on %s has one", quote(d.name), d.at.Local())}
			})
		}
	}
}

func namespaceWords(space string) string {
	if space == "" {
		return "no namespace"
	}
	return quote(space)
}

func judgeSchema(f *facts, report func(Fault)) {
	violated := sparing(report)
	for _, d := range f.survey.departures {
		if d.hasOwnRule() {
			continue
		}
		violated(func() Fault {
			if d.kind == unknownAttr {
				return Fault{Place: placeOfAttr(d.at, d.name), Message: d.violation()}
			}
			return Fault{Place: placeOf(d.at), Message: d.violation()}
		})
	}
}

// hasOwnRule reports whether another rule than schema-violation speaks of it.
func (d departure) hasOwnRule() bool {
	switch d.kind {
	case unknownChild, unknownAttr, missingChild:
		return false
	case missingAttr:
		return !d.at.Is(nsAssertion, "Attribute")
	}
	return true
}

// violation says what the schema asks for.
func (d departure) violation() string {
	switch d.kind {
	case unknownChild:
		return fmt.Sprintf("the schema knows no element %s in %s", quote(d.name), d.parent.Local())
	case unknownAttr:
		return fmt.Sprintf("the schema knows no attribute %s on %s", quote(d.name), d.at.Local())
	case missingChild:
		return fmt.Sprintf("the schema asks for an element %s in %s, there is none", d.name, d.at.Local())
	}
	return "the schema asks for a Name on Attribute, there is none"
}
