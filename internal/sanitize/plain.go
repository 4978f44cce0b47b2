package sanitize

import (
	"regexp"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// plainValues are the attributes of SAML, XML Signature and XML Schema that hold
// a word or a number out of a standard, and what of it is left as it is. Anything
// else that stands there somebody put there.
var plainValues = map[string]*regexp.Regexp{
	"Version":                 numberValue,
	"MajorVersion":            numberValue,
	"MinorVersion":            numberValue,
	"index":                   numberValue,
	"use":                     regexp.MustCompile(`^(?i:signing|encryption)$`),
	"isDefault":               truthValue,
	"isRequired":              truthValue,
	"regexp":                  truthValue,
	"contactType":             regexp.MustCompile(`^(technical|support|administrative|billing|other)$`),
	"WantAuthnRequestsSigned": truthValue,
	"WantAssertionsSigned":    truthValue,
	"AuthnRequestsSigned":     truthValue,
	"AllowCreate":             truthValue,
	"IsPassive":               truthValue,
	"ForceAuthn":              truthValue,
	"Optional":                truthValue,
	"Comparison":              regexp.MustCompile(`^(?i:exact|minimum|maximum|better)$`),
	"Decision":                regexp.MustCompile(`^(?i:permit|deny|indeterminate)$`),
}

var (
	numberValue = regexp.MustCompile(`^[0-9]{1,5}(\.[0-9]{1,2}){0,2}$`)
	truthValue  = regexp.MustCompile(`^(?i:true|false|yes|no|0|1)$`)
	language    = regexp.MustCompile(`^[A-Za-z]{2}(-[A-Za-z]{2,4}){0,2}$`)
	spaceValue  = regexp.MustCompile(`^(default|preserve)$`)
)

// schemaTypes are the names of types of XML Schema, SAML and WS-Federation.
var schemaTypes = set(`string normalizedString token anyURI boolean integer int long short byte decimal float double date dateTime time duration base64Binary hexBinary
	QName NCName ID anyType anySimpleType nonNegativeInteger positiveInteger unsignedInt language Name
	AttributeValueType NameIDType AttributeType StatementAbstractType AuthzDecisionStatementType AttributeQueryDescriptorType
	SecurityTokenServiceType ApplicationServiceType PseudonymServiceType SingleSignOutNotificationEndpoint AttributeServiceType ClaimTypesOfferedType`)

// staysPut reports whether the value of an attribute of the document is left as
// it is.
func staysPut(e xmldoc.Element, a xmldoc.Attr) bool {
	value := strings.TrimSpace(a.Value())
	if value == "" {
		return true
	}
	switch a.Space() {
	case schemaInstance:
		return a.Local() == "type" && isSchemaType(e, value) || a.Local() == "nil" && truthValue.MatchString(value)
	case xmldoc.XMLSpace:
		return a.Local() == "lang" && language.MatchString(value) || a.Local() == "space" && spaceValue.MatchString(value)
	}
	if a.Local() == "PrefixList" {
		return arePrefixes(e, value)
	}
	plain := plainValues[a.Local()]
	return plain != nil && plain.MatchString(value)
}

// isSchemaType reports whether a name of a type is one of the known ones, under a
// prefix that is declared: names of prefixes are looked at by themselves.
func isSchemaType(e xmldoc.Element, name string) bool {
	prefix, local, found := strings.Cut(name, ":")
	if !found {
		return schemaTypes[name]
	}
	_, bound := e.Resolve(prefix)
	return schemaTypes[local] && (bound || publicNames[prefix] || prefix == "xs" || prefix == "xsd")
}

// mostPrefixes bounds the prefixes of one list that are looked up.
const mostPrefixes = 64

// arePrefixes reports whether all words of a list are prefixes that are declared
// where it stands, or known ones.
func arePrefixes(e xmldoc.Element, list string) bool {
	all := strings.Fields(list)
	for _, p := range all {
		if knownPrefixes[p] || publicNames[p] {
			continue
		}
		if _, bound := e.Resolve(p); !bound || len(all) > mostPrefixes {
			return false
		}
	}
	return true
}

var knownPrefixes = set("#default xs xsd xsi ds code kind rw typens SOAP-ENV md")

// timeAttributes hold instants and lengths of time, which stay.
var timeAttributes = set("IssueInstant NotBefore NotOnOrAfter AuthnInstant AuthenticationInstant SessionNotOnOrAfter validUntil cacheDuration registrationInstant")

// timeWords are the words that stand in times, also in those of another form.
var timeWords = set("utc gmt cet cest est edt pst pdt am pm jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun")

// isTimeWord reports whether a word may be part of a time.
func isTimeWord(w string) bool {
	lower := strings.ToLower(w)
	return timeWords[lower] || len(w) <= longestTimeWord && strings.Trim(lower, digits+"tzpymdhsw") == ""
}

// longestTimeWord bounds those: 20260911T110000Z and a fraction of nine digits.
const longestTimeWord = 24
