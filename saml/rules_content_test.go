package saml

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

const (
	goodFormat       = ` Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"`
	goodConfirmation = `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-09-11T10:05:00Z" Recipient="https://sp.example.com/acs"/></saml:SubjectConfirmation>`
	goodData         = `<saml:SubjectConfirmationData NotOnOrAfter="2026-09-11T10:05:00Z" Recipient="https://sp.example.com/acs"/>`
	goodDataEnd      = `NotOnOrAfter="2026-09-11T10:05:00Z"`
	goodRecipient    = ` Recipient="https://sp.example.com/acs"`
	goodConditions   = `<saml:Conditions NotBefore="2026-09-11T09:55:00Z" NotOnOrAfter="2026-09-11T11:00:00Z"><saml:AudienceRestriction><saml:Audience>https://sp.example.com/metadata</saml:Audience></saml:AudienceRestriction></saml:Conditions>`
	goodRestriction  = `<saml:AudienceRestriction><saml:Audience>https://sp.example.com/metadata</saml:Audience></saml:AudienceRestriction>`
	goodFrom         = `NotBefore="2026-09-11T09:55:00Z"`
	goodUntil        = `NotOnOrAfter="2026-09-11T11:00:00Z"`
	goodIssued       = `IssueInstant="2026-09-11T10:00:00.000Z"`
	goodSession      = `SessionNotOnOrAfter="2026-09-11T18:00:00Z"`
	otherBearer      = `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotBefore="2026-09-11T09:00:00Z"/></saml:SubjectConfirmation>`
)

// asAWS judges under the profile aws.
func asAWS(o *Options) { o.Profile = ProfileAWS }

// atClock judges as of a time of 2026-09-11.
func atClock(clock string) func(*Options) {
	return func(o *Options) {
		t, err := time.Parse("15:04:05", clock)
		if err != nil {
			panic(err)
		}
		o.Time = time.Date(2026, 9, 11, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	}
}

func goodSubject() string {
	start, end := strings.Index(goodResponse, "<saml:Subject>"), strings.Index(goodResponse, "</saml:Subject>")
	return goodResponse[start : end+len("</saml:Subject>")]
}

func goodAuthn() string {
	start, end := strings.Index(goodResponse, "<saml:AuthnStatement"), strings.Index(goodResponse, "</saml:AuthnStatement>")
	return goodResponse[start : end+len("</saml:AuthnStatement>")]
}

// contentCases yield a rule on times, conditions or subject, or nearly.
var contentCases = []ruleCase{
	// Times.
	{name: "Conditions@NotBefore without a T", edits: []string{goodFrom, `NotBefore="2026-09-11 09:55:00Z"`}, want: []string{"error time-malformed"}, says: []string{"Conditions@NotBefore", "letter T is missing"}},
	{name: "SessionNotOnOrAfter that is a number", edits: []string{goodSession, `SessionNotOnOrAfter="1789120800"`}, want: []string{"error time-malformed"}, says: []string{"AuthnStatement@SessionNotOnOrAfter"}},
	{name: "a year of five digits", edits: []string{goodUntil, `NotOnOrAfter="12026-09-11T11:00:00Z"`}, want: []string{"error time-malformed"}, says: []string{"more than 4 digits"}},
	{name: "a time of the Response without a zone", edits: []string{`IssueInstant="2026-09-11T10:00:00Z"`, `IssueInstant="2026-09-11T10:00:00"`}, want: []string{"warning time-nonstandard"}, says: []string{"no time zone"}},
	{name: "a time with an offset", edits: []string{goodUntil, `NotOnOrAfter="2026-09-11T13:00:00+02:00"`}, want: []string{"warning time-nonstandard"}, says: []string{"2026-09-11T11:00:00Z"}},
	{name: "four digits of fraction", edits: []string{goodIssued, `IssueInstant="2026-09-11T10:00:00.0000Z"`}, want: []string{"info time-nonstandard"}, says: []string{"4 digits"}},
	{name: "the end of a day", edits: []string{goodSession, `SessionNotOnOrAfter="2026-09-11T24:00:00Z"`}, want: []string{"info time-nonstandard"}, says: []string{"24:00:00"}},
	{name: "blanks around a time", edits: []string{goodFrom, `NotBefore=" 2026-09-11T09:55:00Z"`}, want: []string{"info time-nonstandard"}, says: []string{"white space"}},
	{name: "issued 5 min ahead", edits: []string{goodFrom, `NotBefore="2026-09-11T09:50:00Z"`}, set: atClock("09:55:00")},
	{name: "issued 5 min and 1 s ahead", edits: []string{goodFrom, `NotBefore="2026-09-11T09:50:00Z"`}, set: atClock("09:54:59"), want: []string{"warning issue-instant-future"}, says: []string{"5 min 1 s later"}},
	{name: "5 min after the issue, under aws", edits: []string{goodDataEnd, `NotOnOrAfter="2026-09-11T10:30:00Z"`}, set: func(o *Options) { asAWS(o); atClock("10:05:00")(o) }},
	{name: "5 min and 1 s after the issue, under aws", edits: []string{goodDataEnd, `NotOnOrAfter="2026-09-11T10:30:00Z"`}, set: func(o *Options) { asAWS(o); atClock("10:05:01")(o) }, want: []string{"warning redemption-late"}, says: []string{"5 min 1 s before"}},
	{name: "5 min and 1 s after the issue, under saml", edits: []string{goodDataEnd, `NotOnOrAfter="2026-09-11T10:30:00Z"`}, set: atClock("10:05:01")},
	{name: "it lives for 3 min", edits: []string{goodDataEnd, `NotOnOrAfter="2026-09-11T10:03:00Z"`}},
	{name: "it lives for 2 min 59 s", edits: []string{goodDataEnd, `NotOnOrAfter="2026-09-11T10:02:59Z"`}, want: []string{"info lifetime-short"}, says: []string{"2 min 59 s"}},
	{name: "it lives for 60 s", edits: []string{goodUntil, `NotOnOrAfter="2026-09-11T10:01:00Z"`}, set: atClock("10:00:30"), want: []string{"info lifetime-short"}},
	{name: "it lives for 59 s", edits: []string{goodUntil, `NotOnOrAfter="2026-09-11T10:00:59Z"`}, set: atClock("10:00:30"), want: []string{"warning lifetime-short"}},
	{name: "it ends at its issue", edits: []string{goodUntil, `NotOnOrAfter="2026-09-11T10:00:00Z"`}, set: atClock("09:59:00"), want: []string{"warning lifetime-short"}},
	{name: "Conditions without NotOnOrAfter", edits: []string{goodUntil, ``}},
	{name: "NotBefore at NotOnOrAfter", edits: []string{goodFrom, `NotBefore="2026-09-11T10:00:00Z"`, goodUntil, `NotOnOrAfter="2026-09-11T10:00:00Z"`}, set: atClock("09:59:59"),
		want: []string{"warning lifetime-short", "error lifetime-inverted", "warning assertion-early"}},
	{name: "NotBefore a millisecond before NotOnOrAfter", edits: []string{goodFrom, `NotBefore="2026-09-11T10:59:59.999Z"`}, set: atClock("11:00:00"), want: []string{"error assertion-expired"}},

	// Conditions.
	{name: "no Conditions", edits: []string{goodConditions, ``}, want: []string{"error conditions-missing"}},
	{name: "no Conditions, and no success", edits: []string{goodConditions, ``, `status:Success`, `status:Responder`}},
	{name: "a second before the end", set: atClock("10:04:59")},
	{name: "at the end of the confirmation", set: atClock("10:05:00"), want: []string{"error assertion-expired"},
		says: []string{"SubjectConfirmationData@NotOnOrAfter 2026-09-11T10:05:00Z is reached, and the limit itself is too late", "Conditions@NotOnOrAfter 2026-09-11T11:00:00Z still holds"}},
	{name: "all three limits have passed", set: atClock("18:00:01"), want: []string{"error assertion-expired"}, says: []string{"7 h ago", "AuthnStatement@SessionNotOnOrAfter 2026-09-11T18:00:00Z passed 1 s ago", "capture is old"}},
	{name: "the session alone has ended", edits: []string{goodSession, `SessionNotOnOrAfter="2026-09-11T10:01:00Z"`}, want: []string{"error assertion-expired"}, says: []string{"issued only 1 min before"}},
	{name: "valid from now", edits: []string{goodFrom, `NotBefore="2026-09-11T10:01:00Z"`}},
	{name: "valid from a second ahead", edits: []string{goodFrom, `NotBefore="2026-09-11T10:01:01Z"`}, want: []string{"warning assertion-early"}, says: []string{"1 s ahead"}},
	{name: "valid from 5 min ahead", edits: []string{goodFrom, `NotBefore="2026-09-11T10:06:00Z"`}, want: []string{"warning assertion-early"}},
	{name: "valid from 5 min and 1 s ahead", edits: []string{goodFrom, `NotBefore="2026-09-11T10:06:01Z"`}, want: []string{"error assertion-early"}},
	{name: "confirmed from ahead", edits: []string{goodDataEnd, goodDataEnd + ` NotBefore="2026-09-11T10:02:00Z"`}, want: []string{"warning assertion-early", "warning confirmation-notbefore"}},
	{name: "no audience", edits: []string{goodRestriction, ``}, want: []string{"error audience-missing"}},
	{name: "an AudienceRestriction without Audience", edits: []string{goodRestriction, goodRestriction + `<saml:AudienceRestriction/>`}, want: []string{"error audience-missing"}},
	{name: "another audience", edits: []string{goodAudience, `>https://other.example/x</saml:Audience>`}, want: []string{"error audience-mismatch"}, says: []string{`"https://sp.example.com/metadata" is expected`, `"https://other.example/x" is found`}},
	{name: "a slash too much", edits: []string{goodAudience, `>https://sp.example.com/metadata/</saml:Audience>`}, want: []string{"error audience-mismatch"}, says: []string{"slash"}},
	{name: "one of two audiences", edits: []string{`<saml:Audience>`, `<saml:Audience>https://other.example</saml:Audience><saml:Audience>`}},
	{name: "one of two restrictions", edits: []string{goodRestriction, goodRestriction + `<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>`}, want: []string{"error audience-mismatch"}, says: []string{"number 2"}},
	{name: "the audience by a pattern", set: func(o *Options) { o.Audiences = []string{"urn:x", "https://*.example.com/meta*"} }},
	{name: "no expectation of an audience", edits: []string{goodAudience, `>urn:x</saml:Audience>`}, set: func(o *Options) { o.Audiences = nil }},
	{name: "an unknown condition", edits: []string{goodRestriction, goodRestriction + `<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x"/>`}, want: []string{"error condition-unknown"}, says: []string{`"Condition"`, `type "x"`}},
	{name: "ProxyRestriction", edits: []string{goodRestriction, goodRestriction + `<saml:ProxyRestriction Count="0"/>`}},
	{name: "OneTimeUse", edits: []string{goodRestriction, goodRestriction + `<saml:OneTimeUse/>`}, want: []string{"info condition-one-time"}},

	// Subject.
	{name: "no Subject", edits: []string{goodSubject(), ``}, want: []string{"error subject-missing"}},
	{name: "no NameID", edits: []string{`<saml:NameID` + goodFormat + `>` + goodNameID, ``}, want: []string{"warning nameid-missing"}},
	{name: "no NameID, under aws", edits: []string{`<saml:NameID` + goodFormat + `>` + goodNameID, ``}, set: asAWS, want: []string{"error nameid-missing"}},
	{name: "an encrypted NameID", edits: []string{`<saml:NameID` + goodFormat + `>` + goodNameID, `<saml:EncryptedID/>`}, set: asAWS},
	{name: "no Format", edits: []string{goodFormat, ``}},
	{name: "no Format, under aws", edits: []string{goodFormat, ``}, set: asAWS, want: []string{"error nameid-format-missing"}},
	{name: "an empty NameID", edits: []string{goodNameID, ` </saml:NameID>`}, want: []string{"error nameid-empty"}},
	{name: "a format that SAML does not know", edits: []string{goodFormat, ` Format="urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress"`}, want: []string{"info nameid-format-unknown"}, says: []string{`"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" may be meant`}},
	{name: "a format of SAML 1.1", edits: []string{goodFormat, ` Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"`}},
	{name: "no SubjectConfirmation", edits: []string{goodConfirmation, ``}, want: []string{"error confirmation-missing"}},
	{name: "two SubjectConfirmations, of which one is enough", edits: []string{goodConfirmation, otherBearer + goodConfirmation}, want: []string{"info confirmation-expiry-missing", "info confirmation-notbefore", "info recipient-missing"}, says: []string{"another bearer confirmation is enough"}},
	{name: "two SubjectConfirmations, under aws", edits: []string{goodConfirmation, goodConfirmation + goodConfirmation}, set: asAWS, want: []string{"error confirmation-multiple"}},
	{name: "two halves of a confirmation", edits: []string{goodConfirmation, strings.Replace(goodConfirmation, goodRecipient, "", 1) + strings.Replace(goodConfirmation, goodDataEnd, "", 1)}, want: []string{"error confirmation-expiry-missing", "error recipient-missing"}},
	{name: "holder-of-key", edits: []string{`cm:bearer`, `cm:holder-of-key`}, want: []string{"error confirmation-method-unsupported"}, says: []string{"holder-of-key"}},
	{name: "holder-of-key and bearer", edits: []string{goodConfirmation, strings.ReplaceAll(goodConfirmation, "bearer", "holder-of-key") + goodConfirmation}},
	{name: "no data", edits: []string{goodData, ``}, want: []string{"error confirmation-data-missing"}},
	{name: "no end of the confirmation", edits: []string{goodDataEnd, ``}, want: []string{"error confirmation-expiry-missing"}},
	{name: "a confirmation with a NotBefore", edits: []string{goodDataEnd, goodDataEnd + ` NotBefore="2026-09-11T09:55:00Z"`}, want: []string{"warning confirmation-notbefore"}},
	{name: "a confirmation with an Address", edits: []string{goodDataEnd, goodDataEnd + ` Address="192.0.2.1"`}},
	{name: "no Recipient", edits: []string{goodRecipient, ``}, want: []string{"error recipient-missing"}},
	{name: "an empty Recipient", edits: []string{goodRecipient, ` Recipient=" "`}, want: []string{"error recipient-missing"}},
	{name: "another Recipient", edits: []string{goodRecipient, ` Recipient="http://sp.example.com/acs"`}, want: []string{"error recipient-mismatch"}, says: []string{"the scheme is http in place of https"}},
	{name: "a doubtful Recipient", edits: []string{goodRecipient, ` Recipient="https://sp.example.com/static/acs"`}, set: func(o *Options) { o.DoubtfulRecipients = []string{"https://sp.example.com/static/*"} }, want: []string{"info recipient-mismatch"}},
	{name: "another Recipient beside the right one", edits: []string{goodConfirmation, goodConfirmation + strings.Replace(goodConfirmation, "sp.example.com", "sp.example.net", 1)}, want: []string{"info recipient-mismatch"}, says: []string{"is enough"}},
	{name: "the Recipient by a pattern", set: func(o *Options) { o.Recipients = []string{"https://*/acs"} }},
	{name: "no AuthnStatement", edits: []string{goodAuthn(), ``}, want: []string{"error authn-statement-missing"}},
}

func TestContentRules(t *testing.T) {
	for _, c := range contentCases {
		t.Run(c.name, c.run)
	}
}

// TestAnswersOfAWS holds the answers against the recorded and reported ones.
func TestAnswersOfAWS(t *testing.T) {
	for _, c := range []struct {
		code  string
		edits []string
		set   func(*Options)
		want  string // message, or the code of one without, and basis; empty for no answer
	}{
		{"conditions-missing", []string{goodConditions, ``}, nil, "Invalid base64 SAMLResponse observed"},
		{"time-malformed", []string{goodFrom, `NotBefore="x"`}, nil, "Invalid base64 SAMLResponse observed"},
		{"time-malformed", []string{goodUntil, `NotOnOrAfter="x"`}, nil, "Invalid base64 SAMLResponse inferred"},
		{"assertion-expired", nil, atClock("10:05:00"), "Response has expired observed"},
		{"assertion-expired", nil, atClock("10:05:01"), "Token must be redeemed within 5 minutes of issuance inferred"},
		{"assertion-expired", []string{goodIssued, ``}, atClock("10:05:00"), ""},
		{"assertion-early", []string{goodFrom, `NotBefore="2026-09-11T10:02:00Z"`}, nil, "Success observed"},
		{"audience-missing", []string{goodRestriction, ``}, nil, "Success observed"},
		{"audience-mismatch", []string{goodAudience, `>urn:x</saml:Audience>`}, nil, "Success observed"},
		{"redemption-late", nil, atClock("10:06:00"), "Token must be redeemed within 5 minutes of issuance inferred"},
		{"nameid-missing", []string{`<saml:NameID` + goodFormat + `>` + goodNameID, ``}, nil, "Not authorized to perform sts:AssumeRoleWithSAML documented"},
		{"nameid-format-missing", []string{goodFormat, ``}, nil, "Invalid base64 SAMLResponse observed"},
		{"confirmation-missing", []string{goodConfirmation, ``}, nil, "Invalid base64 SAMLResponse inferred"},
		{"confirmation-multiple", []string{goodConfirmation, goodConfirmation + goodConfirmation}, nil, "Invalid base64 SAMLResponse observed"},
		{"confirmation-data-missing", []string{goodData, ``}, nil, "Invalid base64 SAMLResponse inferred"},
		{"confirmation-expiry-missing", []string{goodDataEnd, ``}, nil, "Invalid base64 SAMLResponse observed"},
		{"confirmation-notbefore", []string{goodDataEnd, goodDataEnd + ` ` + goodFrom}, nil, "Success observed"},
		{"recipient-missing", []string{goodRecipient, ``}, nil, "Invalid base64 SAMLResponse observed"},
		{"recipient-mismatch", []string{goodRecipient, ` Recipient="urn:x"`}, nil, "Success observed"},
		{"authn-statement-missing", []string{goodAuthn(), ``}, nil, "Invalid base64 SAMLResponse observed"},
		{"xml-malformed", []string{`</samlp:Response>`, `</x>`}, nil, "Invalid base64 SAMLResponse inferred"},
		{"doctype-present", []string{goodStart, `<!DOCTYPE r>` + goodStart}, nil, ""},
	} {
		o := goodOptions()
		asAWS(&o)
		if c.set != nil {
			c.set(&o)
		}
		got := ""
		for _, a := range findingOf(t, judgedXML(t, editedResponse(t, c.edits...), o), c.code).AWS {
			got += cmp.Or(a.Message, a.Code) + " " + string(a.Basis)
		}
		if got != c.want {
			t.Errorf("%s: AWS answers %q, want %q", c.code, got, c.want)
		}
	}
}

// TestExpiryByTheCapture: the time of capture tells a stale capture from a
// response that was used too late.
func TestExpiryByTheCapture(t *testing.T) {
	for minute, want := range map[int]string{4: "the capture is old", 6: "used too late"} {
		m := &Message{Captured: time.Date(2026, 9, 11, 10, minute, 0, 0, time.UTC), capture: captureFacts{xml: goodResponse}}
		o := goodOptions()
		atClock("10:30:00")(&o)
		if got := findingOf(t, Check(m, nil, o), "assertion-expired").Message; !strings.Contains(got, want) {
			t.Errorf("captured in minute %d: %s", minute, got)
		}
	}
}

// TestProductsAreSilent: what the products send is right, judged at once, but
// for the short life that Keycloak gives its assertions.
func TestProductsAreSilent(t *testing.T) {
	for _, p := range samltest.Products() {
		for _, profile := range []Profile{ProfileAWS, ProfileSAML} {
			o := Options{Profile: profile, Time: samltest.Instant(), SkipWitness: true,
				Audiences: []string{"urn:amazon:webservices", "https://signin.aws.amazon.com/saml"}, Recipients: []string{"https://signin.aws.amazon.com/saml"}}
			want := map[samltest.Product]string{samltest.Keycloak: "warning lifetime-short"}[p]
			if got := strings.Join(codesOf(Check(response(t, samltest.Login{Product: p}), nil, o)), ", "); got != want {
				t.Errorf("%v under %s: %s, want %q", p, profile, got, want)
			}
		}
	}
}

// TestExpectedNames: a long list of expectations does not flood a message.
func TestExpectedNames(t *testing.T) {
	for want, patterns := range map[string][]string{
		"(none)":                   {},
		`"a" or "b"`:               {"a", "b"},
		`"a" (or one of 3 others)`: {"a", "b", "c", "d"},
	} {
		if got := expected(patterns); got != want {
			t.Errorf("expected(%q) = %s, want %s", patterns, got, want)
		}
	}
}

// TestPlaces: a finding stands where the fault is.
func TestPlaces(t *testing.T) {
	r := judgedXML(t, editedResponse(t, goodAudience, `>urn:x</saml:Audience>`, goodRecipient, ` Recipient="urn:x"`), goodOptions())
	for code, want := range map[string]string{
		"audience-mismatch":  "/Response/Assertion/Conditions/AudienceRestriction/Audience",
		"recipient-mismatch": "/Response/Assertion/Subject/SubjectConfirmation/SubjectConfirmationData/@Recipient",
	} {
		f := findingOf(t, r, code)
		if f.Path != want || f.Line != 1 || f.Column != f.Offset+1 || !f.Unverified {
			t.Errorf("%s stands at %s, line %d, column %d, offset %d, unverified %v", code, f.Path, f.Line, f.Column, f.Offset, f.Unverified)
		}
	}
}
