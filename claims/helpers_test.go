package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// judgedAt is the instant as of which the tests judge; the messages are issued
// one minute before.
var judgedAt = time.Date(2026, 9, 11, 11, 1, 0, 0, time.UTC)

const (
	goodRole  = "arn:aws:iam::111122223333:role/Admin"
	goodIdP   = "arn:aws:iam::111122223333:saml-provider/Example"
	goodPair  = goodRole + "," + goodIdP
	otherPair = "arn:aws:iam::444455556666:role/Audit,arn:aws:iam::444455556666:saml-provider/Example"
	signIn    = "https://signin.aws.amazon.com/saml"
)

// said is a response in the making: what differs from the good one.
type said struct {
	issuer     string
	status     string
	recipient  string
	audience   string
	end        string   // SessionNotOnOrAfter
	attributes []string // XML; nil is the good ones
	noContent  bool     // no Assertion
}

// attr makes an Attribute with a Name as it stands.
func attr(name string, values ...string) string {
	return friendly(name, "", values...)
}

func friendly(name, friendlyName string, values ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<saml:Attribute Name="%s"`, name)
	if friendlyName != "" {
		fmt.Fprintf(&b, ` FriendlyName="%s"`, friendlyName)
	}
	b.WriteString(">")
	for _, v := range values {
		b.WriteString("<saml:AttributeValue>" + v + "</saml:AttributeValue>")
	}
	b.WriteString("</saml:Attribute>")
	return b.String()
}

func roles(values ...string) string { return attr(prefix+"Role", values...) }

func session(values ...string) string { return attr(prefix+"RoleSessionName", values...) }

func duration(values ...string) string { return attr(prefix+"SessionDuration", values...) }

func tagged(key string, values ...string) string { return attr(prefix+"PrincipalTag:"+key, values...) }

// with gives the good attributes and more.
func with(more ...string) said {
	return said{attributes: append([]string{roles(goodPair), session("jane@example.com")}, more...)}
}

// withRoles gives a response whose Role attribute has these values.
func withRoles(values ...string) said {
	return said{attributes: []string{roles(values...), session("jane@example.com")}}
}

func or(s, usual string) string {
	if s == "" {
		return usual
	}
	return s
}

func (s said) xml() string {
	attributes := s.attributes
	if attributes == nil {
		attributes = with().attributes
	}
	end := ""
	if s.end != "" {
		end = ` SessionNotOnOrAfter="` + s.end + `"`
	}
	recipient := or(s.recipient, signIn)
	response := `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="2026-09-11T11:00:00Z" Destination="` + recipient + `">` +
		`<samlp:Status><samlp:StatusCode Value="` + or(s.status, statusSuccess) + `"/></samlp:Status>`
	if !s.noContent {
		response += `<saml:Assertion ID="_a" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"><saml:Issuer>` + or(s.issuer, "https://idp.example.com/") + `</saml:Issuer>` +
			`<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">jane</saml:NameID>` +
			`<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-09-11T11:05:00Z" Recipient="` + recipient + `"/></saml:SubjectConfirmation></saml:Subject>` +
			`<saml:Conditions NotBefore="2026-09-11T10:55:00Z" NotOnOrAfter="2026-09-11T11:05:00Z"><saml:AudienceRestriction><saml:Audience>` + or(s.audience, signIn) + `</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
			`<saml:AuthnStatement AuthnInstant="2026-09-11T11:00:00Z"` + end + `><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
			`<saml:AttributeStatement>` + strings.Join(attributes, "") + `</saml:AttributeStatement></saml:Assertion>`
	}
	return response + `</samlp:Response>`
}

func check(t *testing.T, s said) *Report {
	t.Helper()
	return checkWith(t, s, Options{})
}

func checkWith(t *testing.T, s said, options Options) *Report {
	t.Helper()
	options.Time = judgedAt
	r := Check(saml.Decode([]byte(s.xml())), nil, options)
	if r.SAML.Content() == nil && !s.noContent {
		t.Fatalf("the assertion was not read: %v", codes(r))
	}
	return r
}

func codes(r *Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	return out
}

// ownCodes are the codes of this package among the findings.
func ownCodes(r *Report) []string {
	own := map[string]bool{}
	for _, rule := range Rules() {
		own[rule.Code] = true
	}
	var out []string
	for _, c := range codes(r) {
		if own[c] {
			out = append(out, c)
		}
	}
	return out
}

func find(r *Report, code string) (saml.Finding, bool) {
	i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == code })
	if i < 0 {
		return saml.Finding{}, false
	}
	return r.Findings[i], true
}
