package saml

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// Namespaces of what is taken for a response.
const (
	nsSAML11Protocol  = "urn:oasis:names:tc:SAML:1.0:protocol"
	nsSAML11Assertion = "urn:oasis:names:tc:SAML:1.0:assertion"
	nsTrust13         = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
	nsTrust2005       = "http://schemas.xmlsoap.org/ws/2005/02/trust"
)

var kindRules = []*rule{
	{
		Rule: Rule{
			Code: "message-not-response", Stage: StageCapture, Severity: Error,
			Title:       "the message is no SAML 2.0 response",
			Explanation: "a sign-in passes several messages: a request to the identity provider, pages, and at last the SAML 2.0 Response that the browser posts to the service provider. Only the last proves who signed in; something else was captured or configured",
			Fix:         captureAgain,
			Sources:     []Source{core("3.2.2"), bindings("3.5.4"), profiles("4.1.4"), awsRecorded, entraErrorCodes},
			AWS:         answerStructure(Inferred),
		},
		proves: true, judge: judgeKind,
	},
	{
		Rule: Rule{
			Code: "envelope-removed", Stage: StageCapture, Severity: Info,
			Title:       "the Response was taken out of an envelope",
			Explanation: "the Response stands in a SOAP envelope, as in the ECP profile, or in an ArtifactResponse, as in the HTTP-Artifact binding. It was taken out and judged; the service provider has to be given the Response alone, and a signature of the envelope proves nothing to it",
			Fix:         "nothing, if the service provider takes this binding; AWS takes the Response alone, as base64",
			Sources:     []Source{bindings("3.2"), bindings("3.6"), profiles("4.2"), awsOperation},
		},
		needs: []*need{needDocument}, judge: func(f *facts, report func(Fault)) {
			if f.shape.unwrapped != "" && f.shape.response.Present() {
				report(Fault{Place: placeOf(f.shape.response), Message: "a Response at the root is expected, it stands in an envelope (" + f.shape.unwrapped + ") and was judged without it"})
			}
		},
	},
}

// A kind is what a message is in place of a response: in words, and where the
// response is to be found.
type kind struct{ what, where string }

func judgeKind(f *facts, report func(Fault)) {
	switch {
	case f.message.capture.other != "":
		k := kindOfText(&f.message.capture)
		known := explainAADSTS(f.message.capture.text)
		if known.fix == "" {
			known.fix = k.where
		}
		fault := Fault{Message: "expected a SAML 2.0 Response, found " + k.what + known.meaning, Fix: known.fix}
		if f.message.capture.other == otherContainer { // it is no more than a capture: AWS was not sent it
			fault.NoAnswer, fault.Unsettled = true, "AWS was sent a response at all"
		}
		report(fault)
	case f.doc != nil && !f.shape.response.Present():
		k := kindOfRoot(f.shape.root)
		report(Fault{Place: placeOf(f.shape.root), Message: "expected a SAML 2.0 Response, found " + k.what + f.responseInside(), Fix: k.where})
	}
}

// responseInside tells where a Response stands in a document that is none. It
// is not read: only what is at its proper place counts.
func (f *facts) responseInside() string {
	for e := range f.doc.Elements() {
		if e.Is(nsProtocol, "Response") {
			return "; a Response stands inside it at " + quote(e.Path()) + ": give it alone"
		}
	}
	return ""
}

// otherKinds says what a text is and where the response is found instead.
var otherKinds = map[string]kind{
	otherJWT:         {"a JSON Web Token, which belongs to OpenID Connect or OAuth", "configure the application for SAML, not for OpenID Connect, or capture another request: the POST to the service provider with the form field SAMLResponse"},
	otherJSON:        {"JSON", "if a field of it holds the response, give the value of that field alone"},
	otherHAR:         {"a HAR archive of several requests", "give the value of the form field SAMLResponse of the POST to the service provider alone"},
	otherPEM:         {"a text in PEM, such as a certificate or a key", "a certificate is given with --metadata (-m); the response is the value of the form field SAMLResponse"},
	otherCertificate: {"a certificate in base64, such as the value of an X509Certificate element", "the response is the value of the form field SAMLResponse; a certificate in PEM is given with --metadata (-m)"},
	otherArtifact:    {"a SAML artifact, which the service provider exchanges for the response (HTTP-Artifact binding)", "set the response binding of the identity provider to HTTP-POST, or capture the ArtifactResponse on the server"},
	otherHTTP:        {"the head of an HTTP message", "give the body of the POST to the service provider, or the value of its form field SAMLResponse alone"},
	otherCurl:        {"a command that sends a request", "give the value of the form field SAMLResponse out of it alone"},
	otherBinary:      {"binary data", captureAgain},
	otherText:        {"text that is neither XML nor base64 of it", captureAgain},
}

func kindOfText(c *captureFacts) kind {
	if c.other == otherContainer {
		return kind{"none in the capture (" + c.container + "): " + c.lacks, captureAgain}
	}
	if c.other != otherHTML {
		return otherKinds[c.other]
	}
	k := kind{"an HTML page", captureAgain}
	switch {
	case holdsFold(c.text, "Your request included an invalid SAML response"):
		k = kind{"the error page of AWS sign-in", "the response is in the request that led to this page: the POST to the sign-in endpoint, form field SAMLResponse"}
	case holdsFold(c.text, "AADSTS"):
		k.what = "an error page of Microsoft Entra ID, which sends no response then"
	case holdsFold(c.text, "SAMLResponse"):
		k = kind{"an HTML page with a form field SAMLResponse", "give the value of that field alone"}
	case holdsFold(c.text, "SAMLRequest"):
		k = kind{"an HTML page that sends a SAMLRequest to the identity provider", "sign in first; the response comes after it, in the POST to the service provider"}
	case holdsFold(c.text, `type="password"`) || holdsFold(c.text, "type=password") || holdsFold(c.text, "type='password'"):
		k = kind{"a login page in HTML: nobody is signed in yet", "sign in first; the response comes after it, in the POST to the service provider"}
	}
	if title := titleOf(c.text); title != "" {
		k.what += ", titled " + quote(title)
	}
	return k
}

// rootKinds says what a document is by its root element.
var rootKinds = []struct {
	space, local string
	kind         kind
}{
	{nsProtocol, "AuthnRequest", kind{"an AuthnRequest, by which a service provider asks for a sign-in", "the response comes after the sign-in, in the POST to the service provider"}},
	{nsProtocol, "LogoutRequest", kind{"a LogoutRequest", "capture a sign-in, not a sign-out"}},
	{nsProtocol, "LogoutResponse", kind{"a LogoutResponse", "capture a sign-in, not a sign-out"}},
	{nsProtocol, "ArtifactResolve", kind{"an ArtifactResolve, by which a service provider asks for a message", "the response stands in the ArtifactResponse that answers it"}},
	{nsProtocol, "ArtifactResponse", kind{"an ArtifactResponse without a Response", "look at its Status: the identity provider did not find the message, or gave it out before"}},
	{nsAssertion, "Assertion", kind{"an Assertion alone, without the Response around it", "give the whole Response: it is the value of the form field SAMLResponse"}},
	{nsAssertion, "EncryptedAssertion", kind{"an EncryptedAssertion alone, without the Response around it", "give the whole Response: it is the value of the form field SAMLResponse"}},
	{nsMetadata, "EntityDescriptor", kind{"federation metadata", "give metadata with --metadata (-m) and the response as the input"}},
	{nsMetadata, "EntitiesDescriptor", kind{"federation metadata of several entities", "give metadata with --metadata (-m) and the response as the input"}},
	{nsSAML11Protocol, "Response", kind{"a response of SAML 1.1", "configure the application for SAML 2.0"}},
	{nsSAML11Assertion, "Assertion", kind{"an assertion of SAML 1.1", "configure the application for SAML 2.0"}},
	{nsTrust13, "RequestSecurityTokenResponse", wsFederation},
	{nsTrust13, "RequestSecurityTokenResponseCollection", wsFederation},
	{nsTrust2005, "RequestSecurityTokenResponse", wsFederation},
	{nsTrust2005, "RequestSecurityTokenResponseCollection", wsFederation},
	{"", "items", kind{"an export of Burp Suite or another list of items", "give the value of the form field SAMLResponse out of it alone"}},
	{"", "html", kind{"an HTML page", captureAgain}},
	{"http://www.w3.org/1999/xhtml", "html", kind{"an HTML page", captureAgain}},
}

var wsFederation = kind{"a RequestSecurityTokenResponse of WS-Federation (form field wresult), even if a SAML assertion stands in it",
	"configure the application, or the relying party in AD FS, for SAML 2.0: AWS takes no WS-Federation"}

func kindOfRoot(root xmldoc.Element) kind {
	for _, r := range rootKinds {
		if root.Is(r.space, r.local) {
			return r.kind
		}
	}
	switch {
	case root.Is(nsSOAP11, "Envelope") || root.Is(nsSOAP12, "Envelope"):
		return kindOfSOAP(root)
	case root.Space() == nsProtocol:
		return kind{"the SAML 2.0 message " + quote(root.Local()), captureAgain}
	case root.Local() == "Response":
		return kind{"a Response of the namespace " + quote(root.Space()) + ", not of " + quote(nsProtocol), "correct the namespace where the response is made"}
	}
	return kind{"XML with the root element " + quote(root.Local()) + " of the namespace " + quote(root.Space()), captureAgain}
}

func kindOfSOAP(envelope xmldoc.Element) kind {
	fault := envelope.Child(envelope.Space(), "Body").Child(envelope.Space(), "Fault")
	if !fault.Present() {
		return kind{"a SOAP envelope whose body is not a single SAML 2.0 Response", "give the Response alone"}
	}
	text := fault.Child("", "faultstring").Text() + fault.Child(envelope.Space(), "Reason").Child(envelope.Space(), "Text").Text()
	known := explainAADSTS(text)
	k := kind{"a SOAP fault " + quote(strings.TrimSpace(text)) + known.meaning, "look up the fault at the identity provider: it sent no response"}
	if known.fix != "" {
		k.where = known.fix
	}
	return k
}

// holdsFold reports whether a text holds another, letter case aside.
func holdsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
