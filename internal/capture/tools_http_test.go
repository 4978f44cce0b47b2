package capture

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// rawPost is the POST of the page as it goes over the wire.
func rawPost(s scene) string {
	return "POST /saml HTTP/1.1\r\nHost: signin.aws.amazon.com\r\nContent-Length: " + fmt.Sprint(len(s.body)) + "\r\nOrigin: https://login.microsoftonline.com\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nUser-Agent: " + agent + "\r\nConnection: keep-alive\r\n\r\n" + s.body
}

func rawAnswer(date, body string) string {
	return "HTTP/1.1 200 OK\r\nCache-Control: no-store, no-cache\r\nContent-Type: text/html; charset=utf-8\r\nDate: " + date + "\r\nContent-Length: " + fmt.Sprint(len(body)) + "\r\n\r\n" + body
}

func rawGet(address string) string {
	return "GET " + strings.TrimPrefix(address, "https://login.microsoftonline.com") + " HTTP/1.1\r\nHost: login.microsoftonline.com\r\nUser-Agent: " + agent + "\r\nAccept: text/html\r\n\r\n"
}

// burpItemOf writes an item as Burp saves it.
func burpItemOf(address, method, request, answer string, encoded bool) string {
	mark := fmt.Sprint(encoded)
	if encoded {
		request, answer = encode64(request), encode64(answer)
	}
	return "  <item>\n    <time>Fri Sep 11 11:00:01 UTC 2026</time>\n    <url><![CDATA[" + address + "]]></url>\n    <host ip=\"192.0.2.10\">signin.aws.amazon.com</host>\n    <port>443</port>\n    <protocol>https</protocol>\n" +
		"    <method><![CDATA[" + method + "]]></method>\n    <path><![CDATA[/saml]]></path>\n    <extension>null</extension>\n    <request base64=\"" + mark + "\"><![CDATA[" + request + "]]></request>\n    <status>200</status>\n    <responselength>" + fmt.Sprint(len(answer)) +
		"</responselength>\n    <mimetype>HTML</mimetype>\n    <response base64=\"" + mark + "\"><![CDATA[" + answer + "]]></response>\n    <comment></comment>\n  </item>\n"
}

func burpItems(items ...string) string {
	return "<?xml version=\"1.0\"?>\n<!DOCTYPE items [\n<!ELEMENT items (item*)>\n<!ATTLIST items burpVersion CDATA \"\">\n<!ATTLIST items exportTime CDATA \"\">\n<!ELEMENT item (time, url, host, port, protocol, method, path, extension, request, status, responselength, mimetype, response, comment)>\n" +
		"<!ELEMENT time (#PCDATA)>\n<!ELEMENT url (#PCDATA)>\n<!ELEMENT request (#PCDATA)>\n<!ATTLIST request base64 (true|false) \"false\">\n<!ELEMENT response (#PCDATA)>\n<!ATTLIST response base64 (true|false) \"false\">\n]>\n" +
		"<items burpVersion=\"2026.7.1\" exportTime=\"Fri Sep 11 11:05:00 UTC 2026\">\n" + strings.Join(items, "") + "</items>\n"
}

func indented(text string) string {
	return "    " + strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\n    ")
}

// mitmdump writes the flow as mitmdump --flow-detail 4 prints it.
func mitmdump(s scene) string {
	return "127.0.0.1:52344: GET " + idp + " HTTP/2.0\n    user-agent: Mozilla/5.0\n    accept: text/html\n << HTTP/2.0 200 OK 9.3k\n    content-type: text/html; charset=utf-8\n    date: " + idpDate + "\n\n" + indented(s.page) + "\n\n" +
		"127.0.0.1:52350: POST " + signIn + " HTTP/2.0\n    content-type: application/x-www-form-urlencoded\n    content-length: " + fmt.Sprint(len(s.body)) + "\n\n    SAMLResponse: " + s.response + "\n    RelayState:   " + console + "\n\n << HTTP/2.0 302 Found 0b\n    date: " + spDate + "\n    location: " + console + "\n\n"
}

func httpTools() []tool {
	const name = "HTTP messages"
	const burp = "https://portswigger.net/burp/documentation/desktop/tools/proxy/http-history"
	one := wanted{kind: HTTP, name: name, messages: posted("request body")}
	brought := func(where, sent string) wanted {
		m := posted(where)
		m[0].date, m[0].time = "2026-09-11T11:00:00Z", sent
		return wanted{kind: HTTP, name: name, messages: m}
	}
	sessionArchive := func(w wanted) wanted { w.name = "session archive of Fiddler"; return w }
	items := func(w wanted) wanted { w.name = "items saved by Burp"; return w }
	return []tool{
		{"http-request.txt", "https://www.rfc-editor.org/rfc/rfc9112", rawPost, one},
		// The page and what it posts.
		{"http-both.txt", "https://www.rfc-editor.org/rfc/rfc9112", func(s scene) string {
			return rawGet(idp) + "\r\n" + rawAnswer(idpDate, s.page) + "\r\n\r\n" + rawPost(s) + "\r\n\r\n" + rawAnswer(spDate, "")
		}, brought("request 2 of 2, request body; brought by request 1, page", "")},
		// HTTP/2 as Burp shows it.
		{"http-two.txt", burp, func(s scene) string {
			return strings.Replace(strings.Replace(rawPost(s), "HTTP/1.1", "HTTP/2", 1), "Connection: keep-alive\r\n", "", 1)
		}, one},
		// The headers as Chrome shows them, each value on a line of its own, and the form data below.
		{"http-panel.txt", "https://developer.chrome.com/docs/devtools/network/reference#headers", func(s scene) string {
			return ":authority\nsignin.aws.amazon.com\n:method\nPOST\n:path\n/saml\n:scheme\nhttps\ncontent-type\napplication/x-www-form-urlencoded\n\nSAMLResponse: " + s.response + "\nRelayState: " + console + "\n"
		}, one},
		// A redirect of the service provider.
		{"http-redirect.txt", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.3", func(scene) string {
			return "HTTP/1.1 302 Found\r\nDate: " + idpDate + "\r\nLocation: " + idp + "?SAMLRequest=" + url.QueryEscape(deflated) + "&RelayState=" + url.QueryEscape(console) + "\r\nContent-Length: 0\r\n\r\n"
		}, wanted{kind: HTTP, name: name, lacks: "no SAMLResponse in it", messages: []wantedMessage{{field: Request, octets: asked, relay: console, method: "GET", url: idp, date: "2026-09-11T11:00:00Z", where: "redirect"}}}},
		{"http-cut.txt", "https://www.rfc-editor.org/rfc/rfc9112", func(s scene) string { return rawPost(s)[:4000] },
			wanted{kind: HTTP, name: name, messages: []wantedMessage{{field: Response, octets: response, method: "POST", url: signIn, where: "request body", added: "Content-Length tells of"}}}},
		{"burp-items.txt", burp, func(s scene) string {
			return burpItems(burpItemOf(idp, "GET", rawGet(idp), rawAnswer(idpDate, s.page), true), burpItemOf(signIn, "POST", rawPost(s), rawAnswer(spDate, ""), true))
		}, items(brought("item 2 of 2, request body; brought by item 1, page", "2026-09-11T11:00:01Z"))},
		{"burp-items-plain.txt", burp, func(s scene) string {
			return burpItems(burpItemOf(signIn, "POST", rawPost(s), rawAnswer(spDate, ""), false))
		}, items(func() wanted {
			w := brought("request body", "2026-09-11T11:00:01Z")
			w.messages[0].date = ""
			return w
		}())},
		// Burp's log to a file.
		{"burp-log.txt", "https://portswigger.net/burp/documentation/desktop/settings/project/logging", func(s scene) string {
			const rule = "======================================================\r\n"
			return rule + "11:00:00 AM  https://login.microsoftonline.com:443  [192.0.2.10]\r\n" + rule + rawGet(idp) + "\r\n" + rule + rawAnswer(idpDate, s.page) + "\r\n" + rule + "\r\n\r\n\r\n" +
				rule + "11:00:01 AM  https://signin.aws.amazon.com:443  [192.0.2.11]\r\n" + rule + rawPost(s) + "\r\n" + rule + rawAnswer(spDate, "") + "\r\n" + rule
		}, brought("request 2 of 2, request body; brought by request 1, page", "")},
		// ZAP, “Export Messages to File”.
		{"zap-messages.txt", "https://www.zaproxy.org/docs/desktop/ui/tlmenu/report/", func(s scene) string {
			return "==== 1 ==========\n" + strings.Replace(rawPost(s), "POST /saml", "POST "+signIn, 1) + "\n" + rawAnswer(spDate, "") + "\n\n"
		}, one},
		{"mitm-dump.txt", "https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/addons/dumper.py", mitmdump, brought("request 2 of 2, request body; brought by request 1, page", "")},
		{"mitm-curl.txt", "https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/addons/export.py", func(s scene) string {
			return "curl -H 'content-type: application/x-www-form-urlencoded' -X POST " + signIn + " -d '" + s.body + "'"
		}, wanted{kind: Curl, name: "cURL command", messages: posted("request body")}},
		{"mitm-httpie.txt", "https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/addons/export.py", func(s scene) string {
			return "http POST " + signIn + " 'content-type: application/x-www-form-urlencoded' <<< '" + s.body + "'"
		}, wanted{kind: Curl, name: "HTTPie command", messages: posted("request body")}},
		// Fiddler, “Save, Selected Sessions, as Text”.
		{"fiddler-text.txt", "https://docs.telerik.com/fiddler/save-and-load-traffic/tasks/savetraffic", func(s scene) string {
			const rule = "\r\n\r\n------------------------------------------------------------------\r\n\r\n"
			return strings.Replace(rawGet(idp), "GET /", "GET https://login.microsoftonline.com/", 1) + "\r\n" + rawAnswer(idpDate, s.page) + rule +
				strings.Replace(rawPost(s), "POST /saml", "POST "+signIn, 1) + "\r\n" + rawAnswer(spDate, "") + rule
		}, brought("request 2 of 2, request body; brought by request 1, page", "")},
		// Fiddler, “Save, All Sessions”.
		{"fiddler-sessions.txt", "https://docs.telerik.com/fiddler/KnowledgeBase/ImportExportFormats", func(s scene) string {
			post := strings.Replace(rawPost(s), "POST /saml", "POST "+signIn, 1)
			return saz("[Content_Types].xml", "<?xml version=\"1.0\" encoding=\"utf-8\" ?>", "raw/01_c.txt", rawGet(idp), "raw/01_m.xml", "<Session SID=\"1\"/>", "raw/01_s.txt", rawAnswer(idpDate, s.page),
				"raw/02_c.txt", post, "raw/02_m.xml", "<Session SID=\"2\"/>", "raw/02_s.txt", rawAnswer(spDate, ""), "_index.htm", "<html></html>")
		}, sessionArchive(brought("session 2 of 2, request body; brought by session 1, page", ""))},
		{"fiddler-cut.txt", "https://docs.telerik.com/fiddler/knowledge-base/rawdisplay", func(s scene) string {
			return strings.Replace(rawPost(s), "POST /saml", "POST "+signIn, 1)[:4000] + "\r\n\r\n*** FIDDLER: RawDisplay truncated at 4000 characters. Right-click to disable truncation. ***"
		}, wanted{kind: HTTP, name: name, messages: []wantedMessage{{field: Response, octets: response, method: "POST", url: signIn, where: "request body", added: "Fiddler shows a part"}}}},
		{"http-multipart.txt", "https://www.rfc-editor.org/rfc/rfc7578", func(s scene) string {
			return "POST /saml HTTP/1.1\r\nHost: signin.aws.amazon.com\r\nContent-Type: multipart/form-data; boundary=----x7f\r\n\r\n------x7f\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\n" + s.response +
				"\r\n------x7f\r\nContent-Disposition: form-data; name=\"RelayState\"\r\n\r\n" + console + "\r\n------x7f--\r\n"
		}, one},
	}
}

// saz writes a session archive of Fiddler, without compressing its files: no two
// versions of a compressor have to give the same bytes.
func saz(files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Store})
		if err != nil {
			panic(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// base64Lines folds base64 as MIME does.
func base64Lines(text string) string {
	return fold(base64.StdEncoding.EncodeToString([]byte(text)), 76, "\r\n") + "\r\n"
}
