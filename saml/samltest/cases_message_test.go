package samltest

import (
	"strings"
	"time"
)

func captureCases() []testCase {
	return []testCase{
		{name: "input-empty", why: "Nothing but blanks was pasted.", text: " \t\n"},
		{name: "message-missing", why: "A form body without a SAML message: the wrong request was copied.", text: "RelayState=https%3A%2F%2Fconsole.aws.amazon.com%2F\n"},
		{name: "base64-malformed", why: "A character outside the alphabet that no repair explains.", form: func(r Response) string {
			return strings.Replace(r.Base64(), "c2FtbH", "c2F!bH", 1)
		}},
		{name: "base64-plus-lost", why: "The form body was decoded twice, so + became a blank.", form: func(r Response) string {
			return strings.ReplaceAll(r.Base64(), "+", " ")
		}},
		{name: "base64-plus-lost.near", why: "Blanks at the ends of lines are only that.", form: func(r Response) string {
			return strings.ReplaceAll(fold(r.Base64()), "\n", " \n")
		}},
		{name: "message-multiple", why: "Two fields SAMLResponse: one framework reads the first, another the last.", form: func(r Response) string {
			return r.FormBody("") + "&" + Response(strings.Replace(string(r), "dana.fixture", "admin", 1)).FormBody("")
		}},
		{name: "message-multiple.near", why: "The same field twice says the same.", form: func(r Response) string {
			return r.FormBody("") + "&" + r.FormBody("")
		}},
		{name: "base64-twice", why: "The value was encoded once more.", form: func(r Response) string { return Response(r.Base64()).Base64() }},
		{name: "url-encoding-kept", why: "The value was copied from a form body without decoding it.", form: asURLEncoded},
		{name: "base64url-used", why: "The alphabet of URLs, which the POST binding does not use.", form: func(r Response) string {
			return strings.NewReplacer("+", "-", "/", "_").Replace(r.Base64())
		}},
		{name: "html-escaped", why: "The value was copied from the HTML of the form.", form: func(r Response) string {
			return strings.NewReplacer("+", "&#43;", "=", "&#x3d;").Replace(r.Base64())
		}},
		{name: "capture-truncated", why: "A terminal in line mode cuts a paste at 4,095 characters.", form: func(r Response) string { return r.Base64()[:4095] }},
		{name: "envelope-removed", why: "A Response in a SOAP envelope, as the ECP profile sends it.", form: func(r Response) string {
			return `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>` + string(r) + "</S:Body></S:Envelope>"
		}},
		{name: "posted-elsewhere", why: "The browser sent it to another URL than Destination and Recipient name.", flags: "--posted=https://sp.example.com/acs"},
		{name: "posted-elsewhere.near", why: "Letter case of the host and the port of https tell nothing apart.", flags: "--posted=https://SIGNIN.aws.amazon.com:443/saml"},
		{name: "clock-offset", why: "The HTTP answer that carried it is dated two minutes before the issue.", flags: "--dated=2026-09-11T10:58:00Z"},
		{name: "clock-offset.near", why: "A minute is not worth telling.", flags: "--dated=2026-09-11T10:59:00Z"},
		{name: "request-unanswered", why: "The service provider had asked, and the identity provider started a sign-in of its own.", flags: "--asked=_request-1 --asked-by=https://signin.aws.amazon.com/saml"},
		{name: "request-unanswered.other", why: "The response answers another request than the one in the capture.", login: Login{InResponseTo: "_request-0"},
			flags: "--asked=_request-1 --asked-by=https://signin.aws.amazon.com/saml"},
		{name: "request-unanswered.near", why: "The request in the capture is that of another service provider.", flags: "--asked=_request-1 --asked-by=https://sp.example.com/ --asked-at=https://sp.example.com/acs"},
		{name: "request-endpoint-mismatch", why: "The request asks for the response at another URL than the one that is registered.", login: Login{InResponseTo: "_request-1"},
			flags: "--asked=_request-1 --asked-by=https://signin.aws.amazon.com/saml --asked-at=https://signin.aws.amazon.com/saml/"},
		{name: "request-endpoint-mismatch.near", why: "The response goes where the request asks for it.", login: Login{InResponseTo: "_request-1"},
			flags: "--asked=_request-1 --asked-at=https://SIGNIN.aws.amazon.com/saml"},
		{name: "relay-state-changed", why: "A RelayState that is configured at the identity provider came in place of the one of the request.", login: Login{InResponseTo: "_request-1"},
			form: func(r Response) string { return r.FormBody("https://console.aws.amazon.com/") }, flags: "--asked=_request-1 --asked-with=https://console.aws.amazon.com/ec2/"},
		{name: "relay-state-changed.lost", why: "No RelayState came back.", login: Login{InResponseTo: "_request-1"},
			form: func(r Response) string { return r.FormBody("") }, flags: "--asked=_request-1 --asked-with=state-1"},
		{name: "relay-state-changed.near-alone", why: "The value alone does not tell whether a RelayState came with it.", login: Login{InResponseTo: "_request-1"}, flags: "--asked=_request-1 --asked-with=state-1"},
		{name: "relay-state-changed.near", why: "The RelayState came back as it was.", login: Login{InResponseTo: "_request-1"},
			form: func(r Response) string { return r.FormBody("state 1+2") }, flags: "--asked=_request-1 --asked-with=state%201+2"},
		{name: "deflate-on-post", why: "The response was compressed as for the Redirect binding.", form: func(r Response) string {
			text, err := r.Deflated()
			if err != nil {
				return ""
			}
			return text
		}},
		{name: "message-not-response", why: "The request of the service provider was copied.",
			text: `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_request-1" Version="2.0" IssueInstant="2026-09-11T10:59:00Z"/>` + "\n"},
		{name: "message-not-response.html", why: "The page of an Entra error was copied, no response.",
			text: "<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body>AADSTS50105: Your administrator has configured the application to block users.</body></html>\n"},
	}
}

func xmlCases() []testCase {
	return []testCase{
		{name: "xml-malformed", why: "Text follows the document.", login: mutation("text-outside")},
		{name: "capture-truncated.xml", why: "The XML ends early.", login: mutation("xml-cut"), form: asXML},
		{name: "doctype-present", why: "A document type declaration, which SAML never needs and attacks do.", login: mutation("doctype-added")},
		{name: "encoding-unsupported", why: "The declaration says ISO-8859-1: readers would disagree about the text.", login: mutation("declaration-latin1")},
		{name: "limit-exceeded", why: "Over 64 comments: unverified, for it may be sound.", login: mutation("comments-many")},
		{name: "byte-order-mark", why: "Harmless in a response.", login: mutation("byte-order-mark")},
		{name: "namespace-relative", why: "A relative namespace name: canonicalisation fails on it, which attacks have used (W21).", login: mutation("namespace-relative")},
		{name: "id-misplaced", why: "An xml:id beside ID: readers could take either.", login: mutation("id-xml")},
		{name: "element-in-value", why: "An element inside NameID splits its text for careless readers.", login: mutation("nameid-element")},
		{name: "comment-signed", why: "The comment is digested: WithComments.", login: mutation("style-transform-comments")},
		{name: "id-duplicate", why: "A forged Assertion of the same ID hides in Extensions (XSW7).", login: mutation("wrapping-7")},
		{name: "id-malformed", why: "An ID may not begin with a digit; real products have done it.", login: mutation("id-digit")},
		{name: "comment-in-value", why: "The digest does not cover comments, so one can be added to a signed NameID; careless readers stop at it.", login: mutation("comment-inserted")},
		{name: "comment-in-value.signed", why: "The identity provider signed NameID with a comment inside.", login: mutation("nameid-comment")},
		{name: "comment-in-value.near", why: "A comment between elements is in no value.", login: mutation("comment-signed")},
		{name: "instruction-in-value", why: "A processing instruction in NameID is digested, so adding one breaks the digest too.", login: mutation("instruction-inserted")},
		{name: "cdata-in-value", why: "CDATA is text, but some readers see only what stands before it.", login: mutation("nameid-cdata")},
		{name: "text-confusable", why: "A Cyrillic letter among Latin ones.", login: mutation("nameid-cyrillic")},
		{name: "text-confusable.blank", why: "A blank at the end of NameID.", login: mutation("nameid-blank")},
	}
}

func messageCases() []testCase {
	return []testCase{
		{name: "version-unsupported", why: "An Assertion of SAML 1.1 inside SAML 2.0.", login: mutation("version-old")},
		{name: "status-not-success", why: "Entra says that the user has no role in the application.", login: mutation("status-denied")},
		{name: "status-not-success.missing", why: "No Status at all.", login: mutation("status-missing")},
		{name: "assertion-missing", why: "Success, but nothing that says who.", login: mutation("assertion-missing")},
		{name: "assertion-missing.near", why: "A refusal has no Assertion, and that is right.", login: mutation("status-denied")},
		{name: "assertion-multiple", why: "A forged Assertion before the genuine one (XSW3).", login: mutation("wrapping-3")},
		{name: "element-repeated", why: "Two NameIDs: who signs in?", login: mutation("nameid-twice")},
		{name: "element-foreign", why: "A NameID of another namespace is none, but careless readers take it.", login: mutation("nameid-foreign")},
		{name: "schema-violation", why: "An AttributeStatement without attributes.", login: mutation("attribute-statement-empty")},
		{name: "order-nonstandard", why: "The Subject stands behind the Conditions.", login: mutation("subject-last")},
		{name: "order-nonstandard.near", why: "Okta puts AuthnStatement before AttributeStatement, Entra the reverse: both are right.", login: Login{Product: Okta}, metadata: "idp/okta.xml"},
		{name: "assertion-misplaced", why: "The forged Assertion contains the genuine one (XSW4).", login: mutation("wrapping-4")},
		{name: "attribute-required-missing", why: "The schema requires IssueInstant.", login: mutation("issue-instant-missing")},
		{name: "time-malformed", why: "A date without a time.", login: mutation("time-malformed")},
		{name: "time-nonstandard", why: "Core 1.3.3 wants UTC; this zone is east of it.", login: mutation("time-offset")},
		{name: "time-nonstandard.fraction", why: "Seven fraction digits are legal, and some readers refuse them.", login: mutation("time-fraction")},
		{name: "issue-instant-future", why: "Judged ten minutes before it was issued: a clock is wrong.", flags: "--at=2026-09-11T10:50:00Z"},
		{name: "issue-instant-future.near", why: "Three minutes are within what clocks differ by.", flags: "--at=2026-09-11T10:57:00Z"},
		{name: "redemption-late", why: "Six minutes after the issue STS refuses, although the window is open for an hour.", flags: "--at=2026-09-11T11:06:00Z"},
		{name: "redemption-late.near", why: "Four minutes after the issue all is well.", flags: "--at=2026-09-11T11:04:00Z"},
		{name: "issuer-missing", why: "The Assertion does not say who speaks.", login: mutation("issuer-missing")},
		{name: "issuer-mismatch", why: "The Assertion is of another tenant than the metadata.", login: Login{Issuer: "https://sts.windows.net/99999999-0000-4000-8000-00000000a009/"}},
		{name: "issuer-mismatch.slash", why: "Only the slash at the end is missing.", login: Login{Issuer: "https://sts.windows.net/" + tenant}},
		{name: "issuer-mismatch.case", why: "Only letter case differs, and Issuers are compared byte by byte.", login: Login{Issuer: "https://STS.windows.net/" + tenant + "/"}},
		{name: "issuer-format", why: "An Issuer is an entity, no e-mail address.", login: mutation("issuer-format")},
		{name: "issuer-format.near", why: "Okta says entity, which is what SAML expects.", login: Login{Product: Okta}, metadata: "idp/okta.xml"},
		{name: "response-issuer-missing", why: "A signed Response must say whose it is.", login: Login{Sign: SignBoth, Mutations: []string{"response-issuer-missing"}}},
		{name: "response-issuer-missing.near", why: "Where only the Assertion is signed the Response need not.", login: mutation("response-issuer-missing")},
		{name: "response-issuer-mismatch", why: "Response and Assertion disagree about who speaks.", login: mutation("response-issuer-other")},
		{name: "destination-mismatch", why: "Destination and Recipient are different services.", login: mutation("destination-other")},
		{name: "destination-missing", why: "A signed Response must say where it goes (Bindings 3.5.5.2); AWS was seen to accept it.", login: Login{Sign: SignBoth, Mutations: []string{"destination-missing"}}},
		{name: "destination-missing.near", why: "Where the Response is not signed it need not.", login: mutation("destination-missing")},
		{name: "request-unexpected", why: "Started at the service provider: worth knowing, no fault.", login: Login{InResponseTo: "_request-1"}},
		{name: "request-unexpected.near", why: "It answers the request that is given.", login: Login{InResponseTo: "_request-1"}, flags: "--request-id=_request-1"},
		{name: "request-unexpected.other", why: "It answers another request than the given one.", login: Login{InResponseTo: "_request-1"}, flags: "--request-id=_request-9"},
		{name: "request-unexpected.contradicting", why: "Response and SubjectConfirmationData answer different requests.", login: mutation("in-response-to-contradicting")},
		{name: "request-unexpected.one-sided", why: "Only the Response names the request, which no signature covers.", login: mutation("in-response-to-one-sided")},
		{name: "service-other", why: "The response is for a Cognito user pool: one finding says so.", login: Login{
			Audience: "urn:amazon:cognito:sp:eu-central-1_EXAMPLE00", Recipient: "https://example.auth.eu-central-1.amazoncognito.com/saml2/idpresponse"}},
	}
}

func metadataCases() []testCase {
	at := func(year int, month time.Month, day int) Login {
		return Login{Issued: time.Date(year, month, day, 11, 0, 0, 0, time.UTC)}
	}
	return []testCase{
		{name: "metadata-missing", why: "Without metadata nothing is proved; all else is judged.", metadata: "-"},
		{name: "metadata-missing.expired", why: "The expiry is an error, but without metadata the verdict stays unverified.", metadata: "-", flags: "--at=2026-09-11T13:00:00Z"},
		{name: "metadata-missing.near", why: "A lone certificate is a key for any Issuer.", metadata: "idp/entra.pem"},
		{name: "metadata-missing.edited", why: "Without metadata an edit is still proved: the digest tells.", login: mutation("nameid-edited"), metadata: "-"},
		{name: "metadata-entity-missing", why: "An aggregate that does not hold the Issuer.", metadata: "idp/aggregate.xml"},
		{name: "metadata-entity-missing.near", why: "The same aggregate holds this Issuer.", login: Login{Product: Okta}, metadata: "idp/aggregate.xml"},
		{name: "issuer-mismatch.product", why: "The metadata is another product's; it lists no key of this one.", metadata: "idp/keycloak.xml"},
		{name: "metadata-tenant-wide", why: "The metadata of the tenant does not hold the key of the application.", metadata: "idp/tenant.xml"},
		{name: "key-weak", why: "RSA with 1024 bits verifies, with a warning.", login: Login{Key: WeakKey}, metadata: "idp/weak.xml"},
		{name: "certificate-expired", why: "The certificate of the key that signed is out of date; AWS does not look at it.", login: at(2028, 3, 1), flags: "--at=2028-03-01T11:02:00Z"},
		{name: "certificate-not-yet-valid", why: "Signed before the certificate begins.", login: at(2025, 1, 20), flags: "--at=2025-01-20T11:02:00Z"},
		{name: "certificate-expiring", why: "Two weeks are left.", login: at(2028, 1, 20), flags: "--at=2028-01-20T11:02:00Z"},
		{name: "certificate-expiring.near", why: "Ninety days are left.", login: at(2027, 11, 5), flags: "--at=2027-11-05T11:02:00Z"},
	}
}
