package capture

import (
	"html"
	"strings"
)

// posted is the message of a page or a form: the first response, with the usual
// RelayState.
func posted(where string) []wantedMessage {
	return []wantedMessage{{field: Response, octets: response, relay: console, method: "POST", url: signIn, where: where}}
}

// entraPage is the page of Entra ID and of AD FS that posts itself.
func entraPage(value, relay string) string {
	return `<html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="` + signIn + `">` +
		`<input type="hidden" name="SAMLResponse" value="` + value + `" />` +
		`<input type="hidden" name="RelayState" value="` + relay + `" />` +
		`<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit" /></noscript></form>` +
		`<script language="javascript">document.forms[0].submit();</script></body></html>`
}

// hexEscaped escapes what is no letter, digit, dot or hyphen, as Okta and
// Shibboleth do.
func hexEscaped(text string) string {
	return strings.NewReplacer("+", "&#x2b;", "=", "&#x3d;", "/", "&#x2f;", ":", "&#x3a;").Replace(text)
}

func pageTools() []tool {
	page := func(where string) wanted { return wanted{kind: HTML, name: "HTML page", messages: posted(where)} }
	return []tool{
		// The page of Entra ID and AD FS: https://learn.microsoft.com/en-us/entra/identity-platform/single-sign-on-saml-protocol,
		// and as tests of https://github.com/venth/aws-adfs keep it.
		{"page-entra.txt", "https://github.com/venth/aws-adfs", func(s scene) string { return s.page }, page("page")},
		// Saved by a browser, which notes the address above the page.
		{"page-adfs-saved.txt", "https://github.com/venth/aws-adfs", func(s scene) string {
			return "<!DOCTYPE html>\n<!-- saved from url=(0057)https://adfs.example.com/adfs/ls/IdpInitiatedSignOn.aspx -->\n" +
				strings.Replace(s.page, "<head>", `<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">`, 1)
		}, page("page")},
		// BaseSAML2BindingBuilder.java of Keycloak writes capitals.
		{"page-keycloak.txt", "https://github.com/keycloak/keycloak", func(s scene) string {
			return `<HTML><HEAD><TITLE>Authentication Redirect</TITLE></HEAD><BODY Onload="document.forms[0].submit()"><FORM METHOD="POST" ACTION="` + signIn + `">` +
				`<INPUT TYPE="HIDDEN" NAME="SAMLResponse" VALUE="` + s.response + `"/><INPUT TYPE="HIDDEN" NAME="RelayState" VALUE="` + console + `"/>` +
				`<NOSCRIPT><P>JavaScript is disabled. We strongly recommend to enable it. Click the button below to continue.</P>` +
				`<INPUT TYPE="SUBMIT" VALUE="CONTINUE" /></NOSCRIPT></FORM></BODY></HTML>`
		}, page("page")},
		// The form of Okta, with character references in its attributes, as Rockstar of https://github.com/gabrielsroka/gabrielsroka.github.io reads it.
		{"page-okta.txt", "https://github.com/gabrielsroka/gabrielsroka.github.io", func(s scene) string {
			return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><script>if (typeof module === 'object') {window.module = module; module = undefined;}</script><title>Signing in</title></head>\n<body>\n" +
				"<form id=\"appForm\" action=\"" + hexEscaped(signIn) + "\" method=\"POST\">\n    <input name=\"SAMLResponse\" type=\"hidden\" value=\"" + hexEscaped(s.response) + "\"/>\n" +
				"    <input name=\"RelayState\" type=\"hidden\" value=\"" + hexEscaped(console) + "\"/>\n</form>\n</body>\n</html>\n"
		}, page("page")},
		// The template of Shibboleth for HTTP-POST (saml2-post-binding.vm of OpenSAML), whose value has lines.
		{"page-shibboleth.txt", "https://shibboleth.atlassian.net/wiki/spaces/IDP5/overview", func(s scene) string {
			return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" \"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">\n" +
				"<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\">\n    <body onload=\"document.forms[0].submit()\">\n        <form action=\"" + hexEscaped(signIn) + "\" method=\"post\">\n            <div>\n" +
				"                <input type=\"hidden\" name=\"RelayState\" value=\"" + hexEscaped(console) + "\"/>\n                <input type=\"hidden\" name=\"SAMLResponse\" value=\"" + hexEscaped(fold(s.response, 76, "&#x0a;")) + "\"/>\n" +
				"            </div>\n        </form>\n    </body>\n</html>\n"
		}, page("page")},
		// A page that shows the form in a text area, with no quotation marks where none are needed.
		{"page-textarea.txt", "https://html.spec.whatwg.org/multipage/syntax.html", func(s scene) string {
			return "<!doctype html><title>Test client</title><form action='" + signIn + "' method=post><textarea name=SAMLResponse>" + html.EscapeString(s.response) +
				"</textarea><input value=" + console + " name=RelayState><button>Send</button></form>"
		}, page("page")},
		// A page that was cut in the middle of the value.
		{"page-cut.txt", "https://html.spec.whatwg.org/multipage/syntax.html", func(s scene) string { return s.page[:4000] },
			wanted{kind: HTML, name: "HTML page", messages: []wantedMessage{{field: Response, octets: response, method: "POST", url: signIn, where: "page", added: "the page ends inside the value"}}}},
	}
}
