package capture

import (
	"html"
	"net/url"
	"strings"
)

// shown is a response that stands in a text.
func shown(relay, where string) wanted {
	return wanted{kind: Text, name: "text with a message in it", messages: []wantedMessage{{field: Response, octets: response, relay: relay, where: where}}}
}

// logTools are logs, tickets and what browsers show, each with escapes of its own.
func logTools() []tool {
	return []tool{
		// What is marked in the form data of the network panel: names and values in lines of their own.
		{"panel-lines.txt", "https://developer.chrome.com/docs/devtools/network/reference#payload", func(s scene) string {
			return "SAMLResponse\n" + s.response + "\nRelayState\n" + console + "\n"
		}, shown("", "line 2")},
		{"log-nginx.txt", "https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format", func(s scene) string {
			return `192.0.2.7 - - [11/Sep/2026:11:00:01 +0000] "POST /saml HTTP/1.1" 400 12 "-" "{\x22SAMLResponse\x22:\x22` + s.response + `\x22}"` + "\n"
		}, shown("", "line 1")},
		// PHP escapes slashes, and Gson the signs of base64.
		{"log-json-escaped.txt", "https://www.php.net/manual/en/json.constants.php", func(s scene) string {
			return `[2026-09-11 11:00:01] local.DEBUG: acs {"SAMLResponse":"` + strings.NewReplacer("/", `\/`, "+", `\u002b`, "=", `\u003d`).Replace(s.response) + `","RelayState":"x"}` + "\n"
		}, shown("", "line 1")},
		{"log-string.txt", "https://pkg.go.dev/log/slog#TextHandler", func(s scene) string {
			return `time=2026-09-11T11:00:01Z level=DEBUG msg=acs body=` + quote(`{"SAMLResponse":`+quote(fold(s.response, 76, "\r\n"))+`}`) + "\n"
		}, shown("", "line 1")},
		// The decoded message in a line, as it stands and as a string.
		{"log-xml.txt", "https://www.keycloak.org/server/logging", func(s scene) string {
			return "2026-09-11 11:00:01,204 DEBUG [org.keycloak.saml] (executor-thread-1) saml document: " + plain(s.response) + "\n"
		}, shown("", "line 1")},
		{"log-xml-string.txt", "https://pkg.go.dev/log/slog#TextHandler", func(s scene) string {
			return "time=2026-09-11T11:00:01Z level=DEBUG msg=acs xml=" + quote(plain(s.response)) + "\n"
		}, shown("", "line 1")},
		{"ticket-escaped-xml.txt", "https://www.w3.org/TR/html401/charset.html#entities", func(s scene) string {
			return "The decoder shows:\n\n" + html.EscapeString(plain(s.response)) + "\n\nThe second role is missing.\n"
		}, shown("", "line 3")},
		{"ticket-escaped-page.txt", "https://www.w3.org/TR/html401/charset.html#entities", func(s scene) string {
			return "The source of the page:\n\n" + strings.ReplaceAll(html.EscapeString(s.page), "&#34;", "&quot;") + "\n\nIt stops there.\n"
		}, shown("", "line 3")},
		// A chat that puts characters without a width between others.
		{"chat-widthless.txt", "https://www.unicode.org/reports/tr14/#ZW", func(s scene) string {
			return "dana: here it is\n" + fold(s.response, 60, "\u200b") + "\nsupport: thanks!\n"
		}, shown("", "line 2")},
		// A form body that the mail program folded, also inside an escape.
		{"mail-folded-form.txt", "https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1", func(s scene) string {
			return "this is what the browser posts:\n\n" + fold("SAMLResponse="+url.QueryEscape(s.response)+"&RelayState=x", 77, "\n") + "\n\nWhy?\n"
		}, shown("", "line 3")},
		// A page that shows the message, whose line breaks belong to it.
		{"page-shown-xml.txt", "https://html.spec.whatwg.org/multipage/form-elements.html#the-textarea-element", func(s scene) string {
			return "<!DOCTYPE html>\n<html><body>\n<textarea readonly>\n<?xml version=\"1.0\"?>\n" + html.EscapeString(plain(s.response)) + "</textarea>\n</body></html>\n"
		}, wanted{kind: Text, name: "text with a message in it", messages: []wantedMessage{{field: Response, octets: func(s scene) string { return "<?xml version=\"1.0\"?>\n" + plain(s.response) }, where: "line 3"}}}},
		{"charles-session.txt", "https://www.charlesproxy.com/documentation/additional/file-formats/", func(s scene) string {
			return `<?xml version="1.0" encoding="UTF-8" ?>` + "\n" + `<charles-session><transaction method="POST" host="signin.aws.amazon.com" path="/saml"><request><body><![CDATA[` + s.body + `]]></body></request></transaction></charles-session>` + "\n"
		}, shown(console, "line 2")},
	}
}

// programTools are files that programs read or write.
func programTools() []tool {
	pieces := func(s, before, between, after string) string { return before + fold(s, 72, between) + after }
	return []tool{
		{"code-python.txt", "https://docs.python.org/3/reference/lexical_analysis.html#string-literal-concatenation", func(s scene) string {
			return pieces(s.response, "RESPONSE = (\n    \"", "\"\n    \"", "\"\n)\n")
		}, shown("", "line 2")},
		{"code-concatenated.txt", "https://docs.oracle.com/javase/specs/jls/se21/html/jls-15.html#jls-15.18.1", func(s scene) string {
			return pieces(s.response, "String response = \"", "\" +\r\n    \"", "\";\r\n")
		}, shown("", "line 1")},
		{"code-dictionary.txt", "https://docs.python.org/3/library/functions.html#repr", func(s scene) string {
			return "{'SAMLResponse': '" + s.response + "', 'RelayState': 'x'}\n"
		}, shown("", "line 1")},
		{"log-django.txt", "https://docs.djangoproject.com/en/stable/ref/request-response/#querydict-objects", func(s scene) string {
			return "<QueryDict: {'SAMLResponse': ['" + s.response + "'], 'RelayState': ['x']}>\n"
		}, shown("", "line 1")},
		{"file-yaml.txt", "https://yaml.org/spec/1.2.2/#812-literal-style", func(s scene) string {
			return "SAMLResponse: |\n  " + fold(s.response, 64, "\n  ") + "\nRelayState: x\n"
		}, shown("", "line 2")},
		{"patch.txt", "https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html", func(s scene) string {
			return "--- a/response.b64\n+++ b/response.b64\n@@ -0,0 +1,99 @@\n+" + fold(s.response, 76, "\n+") + "\n"
		}, shown("", "line 4")},
		// A request whose body is JSON.
		{"archive-json.txt", "http://www.softwareishard.com/blog/har-12-spec/", func(s scene) string {
			return `{"log":{"version":"1.2","creator":{"name":"WebInspector"},"entries":[{"startedDateTime":"2026-09-11T11:00:01Z","request":{"method":"POST","url":"https://sp.example.com/api/login","postData":{"mimeType":"application/json","text":` +
				quote(`{"SAMLResponse":`+quote(s.response)+`,"RelayState":"x"}`) + `}},"response":{}}]}}`
		}, wanted{kind: HAR, name: "HAR archive of Chrome or Edge", messages: []wantedMessage{{field: Response, octets: response, relay: "x", method: "POST", url: "https://sp.example.com/api/login", time: "2026-09-11T11:00:01Z", where: "request body, field SAMLResponse"}}}},
	}
}
