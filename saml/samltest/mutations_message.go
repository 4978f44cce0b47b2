package samltest

import (
	"strings"
	"time"
)

// messageFaults are faults of an identity provider in the envelope, the
// conditions and the issuer.
func messageFaults() []Mutation {
	const confirm = "Assertion/Subject/SubjectConfirmation/SubjectConfirmationData"
	return []Mutation{
		{Name: "version-old", Doc: "Version of the Assertion is 1.1", edit: setting("Assertion", "Version", "1.1")},
		{Name: "id-digit", Doc: "the ID of the Assertion begins with a digit", edit: idWithDigit},
		{Name: "issue-instant-missing", Doc: "the Assertion has no IssueInstant", edit: unsetting("Assertion", "IssueInstant")},
		{Name: "time-malformed", Doc: "Conditions@NotBefore is a date without a time", edit: setting("Assertion/Conditions", "NotBefore", "2026-09-11")},
		{Name: "time-offset", Doc: "Conditions@NotBefore is in a zone two hours east of UTC", edit: timeWithOffset},
		{Name: "time-fraction", Doc: "IssueInstant of the Assertion has seven fraction digits", edit: func(d *draft) {
			d.set("Assertion", "IssueInstant", d.login.Issued.Format("2006-01-02T15:04:05.0000000Z"))
		}},
		{Name: "status-denied", Doc: "Entra refuses: a status of Requester with AADSTS50105, no Assertion", edit: statusDenied},
		{Name: "status-missing", Doc: "there is no Status", edit: dropping("Status")},
		{Name: "assertion-missing", Doc: "Success, but no Assertion", edit: dropping("Assertion")},
		{Name: "issuer-other", Doc: "the Assertion's Issuer is another tenant", edit: containing("Assertion/Issuer", "https://sts.windows.net/99999999-0000-4000-8000-00000000a009/")},
		{Name: "issuer-missing", Doc: "the Assertion has no Issuer", edit: dropping("Assertion/Issuer")},
		{Name: "issuer-format", Doc: "the Assertion's Issuer has the Format of an e-mail address", edit: setting("Assertion/Issuer", "Format", emailFormat)},
		{Name: "response-issuer-missing", Doc: "the Response has no Issuer", edit: dropping("Issuer")},
		{Name: "response-issuer-other", Doc: "the Response's Issuer is another than the Assertion's", edit: containing("Issuer", "https://other.example.com/")},
		{Name: "destination-missing", Doc: "the Response has no Destination", edit: unsetting("", "Destination")},
		{Name: "destination-other", Doc: "Destination is another service than Recipient", edit: setting("", "Destination", "https://sp.example.com/acs")},
		{Name: "in-response-to-one-sided", Doc: "InResponseTo stands on the Response only", edit: setting("", "InResponseTo", "_request-1")},
		{Name: "in-response-to-contradicting", Doc: "InResponseTo differs between Response and SubjectConfirmationData", edit: func(d *draft) {
			d.set("", "InResponseTo", "_request-1")
			d.set(confirm, "InResponseTo", "_request-2")
		}},
		{Name: "conditions-missing", Doc: "there are no Conditions", edit: dropping("Assertion/Conditions")},
		{Name: "window-short", Doc: "every limit lies three and a half minutes after the issue", edit: func(d *draft) { d.until(210 * time.Second) }},
		{Name: "window-minute", Doc: "every limit lies 50 seconds after the issue", edit: func(d *draft) { d.until(50 * time.Second) }},
		{Name: "window-early", Doc: "Conditions@NotBefore lies ten minutes after the issue", edit: func(d *draft) {
			d.set("Assertion/Conditions", "NotBefore", d.at(10*time.Minute))
		}},
		{Name: "window-inverted", Doc: "NotBefore and NotOnOrAfter of Conditions are exchanged", edit: windowInverted},
		{Name: "audience-other", Doc: "the Audience is another service", edit: containing("Assertion/Conditions/AudienceRestriction/Audience", "https://sp.example.com/")},
		{Name: "audience-slash", Doc: "the Audience has a slash at its end", edit: containing("Assertion/Conditions/AudienceRestriction/Audience", signIn+"/")},
		{Name: "audience-missing", Doc: "Conditions hold no AudienceRestriction", edit: dropping("Assertion/Conditions/AudienceRestriction")},
		{Name: "condition-unknown", Doc: "Conditions hold a Condition that no standard defines", edit: conditionUnknown},
		{Name: "condition-one-time", Doc: "Conditions hold OneTimeUse", edit: func(d *draft) {
			d.append("Assertion/Conditions", "<"+tag(d.find("Assertion/Conditions"), "OneTimeUse")+"/>")
		}},
		{Name: "authn-statement-missing", Doc: "there is no AuthnStatement", edit: dropping("Assertion/AuthnStatement")},
		{Name: "session-capped", Doc: "SessionNotOnOrAfter lies 20 minutes after the issue", edit: func(d *draft) {
			d.set("Assertion/AuthnStatement", "SessionNotOnOrAfter", d.at(20*time.Minute))
		}},
		{Name: "comment-signed", Doc: "the identity provider put a comment between elements", edit: func(d *draft) { d.before("Assertion/Conditions", "<!-- made by hand -->") }},
	}
}

// at gives an instant counted from the issue.
func (d *draft) at(after time.Duration) string {
	return d.login.Issued.Add(after).Format("2006-01-02T15:04:05.000Z")
}

// until moves every limit.
func (d *draft) until(after time.Duration) {
	d.set("Assertion/Conditions", "NotOnOrAfter", d.at(after))
	d.set("Assertion/Subject/SubjectConfirmation/SubjectConfirmationData", "NotOnOrAfter", d.at(after))
}

func idWithDigit(d *draft) {
	d.set("Assertion", "ID", "0"+strings.TrimLeft(d.find("Assertion").Get("ID"), "_idID"))
}

func timeWithOffset(d *draft) {
	zone := time.FixedZone("", 2*60*60)
	d.set("Assertion/Conditions", "NotBefore", d.login.Issued.Add(-5*time.Minute).In(zone).Format(time.RFC3339))
}

func windowInverted(d *draft) {
	e := d.find("Assertion/Conditions")
	from, until := e.Get("NotBefore"), e.Get("NotOnOrAfter")
	d.set("Assertion/Conditions", "NotBefore", until)
	d.set("Assertion/Conditions", "NotOnOrAfter", from)
}

func conditionUnknown(d *draft) {
	name := tag(d.find("Assertion/Conditions"), "Condition")
	d.append("Assertion/Conditions", "<"+name+` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ex="https://example.com/conditions" xsi:type="ex:Weekday"/>`)
}

func statusDenied(d *draft) {
	const status = "urn:oasis:names:tc:SAML:2.0:status:"
	code, message := tag(d.find("Status"), "StatusCode"), tag(d.find("Status"), "StatusMessage")
	d.drop("Assertion")
	d.setContent("Status", "<"+code+` Value="`+status+`Requester"><`+code+` Value="`+status+`RequestDenied"/></`+code+">"+
		"<"+message+">AADSTS50105: The signed in user is not assigned to a role for the application.</"+message+">")
}
