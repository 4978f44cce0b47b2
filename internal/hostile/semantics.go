package hostile

import (
	"strings"
	"time"
)

const (
	success = "urn:oasis:names:tc:SAML:2.0:status:Success"
	respond = "urn:oasis:names:tc:SAML:2.0:status:Responder"
)

// statused gives the Status another content.
func statused(markup string) func(*paper) {
	return func(p *paper) {
		p.content("Status", strings.NewReplacer("<S ", "<"+p.tag("", "StatusCode")+" ", "</S>", "</"+p.tag("", "StatusCode")+">").Replace(markup))
	}
}

// envelopes are what an attacker writes on the Response, which nobody signed,
// and what a Response must not say.
func envelopes() []recipe {
	return join(
		of("M1", Holder, assertionSigned(),
			recipe{name: "destination", want: Warned, codes: "destination-mismatch", attack: setting("", "Destination", "https://attacker.example.com/saml")},
			recipe{name: "issuer", want: Warned, codes: "response-issuer-mismatch", attack: containing("Issuer", "https://attacker.example.com/")},
			recipe{name: "in-response-to", want: Warned, codes: "request-unexpected", attack: setting("", "InResponseTo", "_attacker")},
			recipe{name: "status", codes: "status-not-success", attack: setting("Status/StatusCode", "Value", respond)},
			recipe{name: "version", codes: "version-unsupported", attack: setting("", "Version", "1.1")},
			recipe{name: "issue-instant", want: Warned, codes: "issue-instant-future", attack: setting("", "IssueInstant", "2026-09-11T13:00:00Z")},
			recipe{name: "id-dropped", codes: "attribute-required-missing", attack: unsetting("", "ID")},
			recipe{name: "consent-honest", want: Passes, attack: setting("", "Consent", "urn:oasis:names:tc:SAML:2.0:consent:unspecified")}),
		of("M7", Holder, only("entra", "okta"),
			recipe{name: "sent-again-late", codes: "assertion-expired", after: 2 * time.Hour},
			recipe{name: "twice-in-one", codes: "assertion-multiple id-duplicate", attack: repeating("Assertion")},
			recipe{name: "one-time-use-honest", by: Provider, want: Passes, codes: "condition-one-time", issue: func(p *paper) {
				p.append("Assertion/Conditions", "<"+p.tag("Assertion", "OneTimeUse")+"/>")
			}},
			recipe{name: "sent-again-soon-honest", want: Passes, after: time.Minute}),
		of("M8", Holder, only("entra", "okta"),
			recipe{name: "unasked", codes: "request-unexpected", request: "_request-1"},
			recipe{name: "answers-another", by: Provider, codes: "request-unexpected", request: "_request-1", issue: answering("_request-2")},
			recipe{name: "stripped-from-response", codes: "request-unexpected", request: "_request-1", issue: answering("_request-1"), attack: setting("", "InResponseTo", "")},
			recipe{name: "contradiction", codes: "request-unexpected", request: "_request-1", issue: answering("_request-1"), attack: setting("", "InResponseTo", "_attacker")},
			recipe{name: "answer-honest", by: Provider, want: Passes, request: "_request-1", issue: answering("_request-1")}),
		of("M10", Provider, only("entra", "okta"),
			recipe{name: "failed-with-assertion", codes: "status-not-success", issue: setting("Status/StatusCode", "Value", respond)},
			recipe{name: "two-codes", codes: "element-repeated", issue: statused(`<S Value="` + success + `"></S><S Value="` + respond + `"></S>`)},
			recipe{name: "two-codes-failed-first", codes: "element-repeated", issue: statused(`<S Value="` + respond + `"></S><S Value="` + success + `"></S>`)},
			recipe{name: "two-statuses", codes: "element-repeated", issue: repeating("Status")},
			recipe{name: "success-nested", codes: "status-not-success", issue: statused(`<S Value="` + respond + `"><S Value="` + success + `"></S></S>`)},
			recipe{name: "absent", codes: "status-not-success", issue: dropping("Status")},
			recipe{name: "without-value", codes: "status-not-success", issue: unsetting("Status/StatusCode", "Value")},
			recipe{name: "blank-in-value", codes: "status-not-success", issue: setting("Status/StatusCode", "Value", success+" ")},
			recipe{name: "lower-case", codes: "status-not-success", issue: setting("Status/StatusCode", "Value", strings.ToLower(success))},
			recipe{name: "failed-after-capture", by: Holder, codes: "status-not-success", attack: setting("Status/StatusCode", "Value", respond)},
			recipe{name: "message-honest", want: Passes, issue: func(p *paper) { p.append("Status", p.wrapped("", "StatusMessage", "signed in")) }}),
		of("M11", Provider, only("entra", "okta"),
			recipe{name: "version-1.1", codes: "version-unsupported", issue: setting("Assertion", "Version", "1.1")},
			recipe{name: "version-2", codes: "version-unsupported", issue: setting("Assertion", "Version", "2")},
			recipe{name: "version-missing", codes: "attribute-required-missing", issue: unsetting("Assertion", "Version")},
			recipe{name: "instant-missing", codes: "attribute-required-missing", issue: unsetting("Assertion", "IssueInstant")},
			recipe{name: "same-ids", codes: "id-duplicate", by: Holder, attack: func(p *paper) { p.set("", "ID", p.find("Assertion").Get("ID")) }},
			recipe{name: "id-of-digits", want: Warned, codes: "id-malformed", issue: setting("Assertion", "ID", "0123456789")},
			recipe{name: "id-with-blank", want: Warned, codes: "id-malformed", issue: setting("Assertion", "ID", "_a b")},
			recipe{name: "long-id-honest", want: Passes, issue: setting("Assertion", "ID", "_"+strings.Repeat("a", 200))}),
	)
}

// answering makes the response answer a request.
func answering(id string) func(*paper) {
	return doing(setting("", "InResponseTo", id), setting(bearerData, "InResponseTo", id))
}

// subjects are Subjects without one plain NameID.
func subjects() []recipe {
	return of("M2", Provider, only("entra", "okta"),
		recipe{name: "no-subject", codes: "subject-missing", issue: dropping("Assertion/Subject")},
		recipe{name: "two-subjects", codes: "element-repeated", issue: repeating("Assertion/Subject")},
		recipe{name: "no-nameid", codes: "nameid-missing", issue: dropping(nameID)},
		recipe{name: "two-nameids", codes: "element-repeated", issue: repeating(nameID)},
		recipe{name: "foreign-nameid", want: Warned, codes: "element-foreign", issue: beforeThat(nameID, `<NameID xmlns="`+elsewhere+`">attacker@example.com</NameID>`)},
		recipe{name: "foreign-nameid-alone", codes: "nameid-missing element-foreign", issue: func(p *paper) {
			p.replace(nameID, `<NameID xmlns="`+elsewhere+`">attacker@example.com</NameID>`)
		}},
		recipe{name: "empty-nameid", codes: "nameid-empty", issue: containing(nameID, "")},
		recipe{name: "blank-nameid", codes: "nameid-empty", issue: containing(nameID, " \n ")},
		recipe{name: "element-in-nameid", codes: "element-in-value", issue: appending(nameID, `<x xmlns="`+elsewhere+`">.attacker</x>`)},
		recipe{name: "no-format", codes: "nameid-format-missing", issue: unsetting(nameID, "Format")},
		recipe{name: "base-id", codes: "nameid-missing", issue: func(p *paper) {
			p.replace(nameID, "<"+p.tag("Assertion", "BaseID")+` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="`+elsewhere+`" xsi:type="x:ID"/>`)
		}},
		recipe{name: "subject-added-after-capture", by: Holder, codes: "element-repeated", attack: func(p *paper) {
			f := &paper{text: p.forged("")}
			p.before("Assertion/Subject", f.raw("Subject"))
		}},
		recipe{name: "qualifiers-honest", want: Passes, issue: setting(nameID, "SPNameQualifier", "urn:amazon:webservices")},
		recipe{name: "transient-honest", want: Passes, issue: doing(setting(nameID, "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"), containing(nameID, "_0a1b2c"))},
	)
}

// confirmations are SubjectConfirmations that do not confirm.
func confirmations() []recipe {
	second := func(method string) func(*paper) {
		return func(p *paper) {
			c := &paper{text: p.text, err: p.err}
			c.set(bearer, "Method", method)
			p.after(bearer, c.raw(bearer))
		}
	}
	return of("M3", Provider, only("entra", "okta"),
		recipe{name: "none", codes: "confirmation-missing", issue: dropping(bearer)},
		recipe{name: "holder-of-key", codes: "confirmation-method-unsupported", issue: setting(bearer, "Method", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")},
		recipe{name: "sender-vouches", codes: "confirmation-method-unsupported", issue: setting(bearer, "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")},
		recipe{name: "no-data", codes: "confirmation-data-missing", issue: dropping(bearerData)},
		recipe{name: "no-recipient", codes: "recipient-missing", issue: unsetting(bearerData, "Recipient")},
		recipe{name: "no-expiry", codes: "confirmation-expiry-missing", issue: unsetting(bearerData, "NotOnOrAfter")},
		recipe{name: "expired", codes: "assertion-expired", issue: setting(bearerData, "NotOnOrAfter", "2026-09-11T10:59:59Z")},
		recipe{name: "not-before", want: Warned, codes: "confirmation-notbefore", issue: setting(bearerData, "NotBefore", "2026-09-11T10:55:00Z")},
		recipe{name: "recipient-other", codes: "recipient-mismatch", issue: setting(bearerData, "Recipient", "https://example.com/saml/acs")},
		recipe{name: "recipient-case", codes: "recipient-mismatch", issue: setting(bearerData, "Recipient", "https://signin.aws.amazon.com/SAML")},
		recipe{name: "recipient-suffix", codes: "recipient-mismatch", issue: setting(bearerData, "Recipient", "https://signin.aws.amazon.com/saml.evil.example.com")},
		recipe{name: "recipient-userinfo", codes: "recipient-mismatch", issue: setting(bearerData, "Recipient", "https://signin.aws.amazon.com/saml@evil.example.com/")},
		recipe{name: "in-response-to-other", codes: "request-unexpected", request: "_request-1", issue: setting(bearerData, "InResponseTo", "_request-2")},
		recipe{name: "two", codes: "confirmation-multiple", issue: repeating(bearer)},
		recipe{name: "halves", codes: "confirmation-multiple", issue: doing(second("urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"), unsetting(bearerData, "Recipient"))},
		recipe{name: "data-twice", codes: "element-repeated", issue: repeating(bearerData)},
		recipe{name: "data-added-after-capture", by: Holder, codes: "element-repeated", attack: repeating(bearerData)},
		recipe{name: "address-honest", want: Passes, issue: setting(bearerData, "Address", "192.0.2.7")},
	)
}
