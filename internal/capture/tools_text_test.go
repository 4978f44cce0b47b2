package capture

import (
	"net/url"
	"strings"
)

// quotedPrintable writes a text as RFC 2045, 6.7 has it.
func quotedPrintable(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(text, "=", "=3D")) {
		for line = strings.TrimSuffix(line, "\n"); len(line) > 72; {
			at := 72
			for line[at-1] == '=' || line[at-2] == '=' { // an escape is not divided
				at--
			}
			b.WriteString(line[:at] + "=\r\n")
			line = line[at:]
		}
		b.WriteString(line + "\r\n")
	}
	return b.String()
}

const mailHead = "Received: from mail.example.com (192.0.2.25) by mx.example.org; Fri, 11 Sep 2026 11:10:00 +0000\r\nFrom: Dana Fixture <dana@example.com>\r\nTo: support@example.org\r\nSubject: sign-in to AWS fails\r\n" +
	"Date: Fri, 11 Sep 2026 11:10:00 +0000\r\nMIME-Version: 1.0\r\n"

const letter = "Hello,\n\nsince this morning nobody of us can sign in. This is what the browser sends:\n\n"

func textTools() []tool {
	const name = "text with a message in it"
	at := func(name, where string) wanted {
		return wanted{kind: Text, name: name, messages: []wantedMessage{{field: Response, octets: response, where: where}}}
	}
	return []tool{
		{"mail-printable.txt", "https://www.rfc-editor.org/rfc/rfc2045#section-6.7", func(s scene) string {
			return mailHead + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedPrintable(letter+s.response+"\n\nBest regards\nDana\n")
		}, at("mail", "part 2, line 5")},
		// The body alone was copied, with its soft line breaks.
		{"mail-printable-body.txt", "https://www.rfc-editor.org/rfc/rfc2045#section-6.7", func(s scene) string {
			return quotedPrintable(letter + s.response + "\n\nBest regards\nDana\n")
		}, at(name, "line 5")},
		// An answer that quotes the mail, whose lines were folded.
		{"mail-quoted.txt", "https://www.rfc-editor.org/rfc/rfc3676#section-4.5", func(s scene) string {
			return "Thank you, we will look at it.\n\nOn Fri, 11 Sep 2026, Dana Fixture wrote:\n> Hello,\n>\n> this is what the browser sends:\n>\n> " + fold(s.response, 72, "\n> ") + "\n>\n> Dana\n"
		}, at(name, "line 8")},
		// A mail in two versions, the plain one in base64; the attachment is an archive of a browser.
		{"mail-parts.txt", "https://www.rfc-editor.org/rfc/rfc2045#section-6.8", func(s scene) string {
			return mailHead + "Content-Type: multipart/mixed; boundary=\"=_b1\"\r\n\r\n--=_b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines(letter+"(see the attachment)\n") +
				"--=_b1\r\nContent-Type: application/json; name=\"x.har\"\r\nContent-Disposition: attachment; filename=\"x.har\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				base64Lines(chrome(chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost(s.body), spDate, "", noPage))) + "--=_b1--\r\n"
		}, wanted{kind: Text, name: "mail", messages: []wantedMessage{{field: Response, octets: response, relay: console, method: "POST", url: signIn, time: "2026-09-11T11:00:01.204Z", where: "part 3, request body"}}}},
		// The response as an attachment, in base64 of base64.
		{"mail-attached.txt", "https://www.rfc-editor.org/rfc/rfc2045#section-6.8", func(s scene) string {
			return mailHead + "Content-Type: multipart/mixed; boundary=\"=_b2\"\r\n\r\n--=_b2\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--=_b2\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines(s.response+"\n") + "--=_b2--\r\n"
		}, at("mail", "part 2, line 1")},
		// A mail in HTML alone, whose program broke the lines of the base64 by elements.
		{"mail-html.txt", "https://www.rfc-editor.org/rfc/rfc2854", func(s scene) string {
			page := "<html><head><style>p{margin:0}</style></head><body><p>Hello,</p><p>this is <b>what</b> the browser sends:</p>\n<p class=\"x\">" +
				strings.ReplaceAll(fold(s.response, 70, "<br>\n"), "+", "&#43;") + "</p><p>Dana</p></body></html>\n"
			return mailHead + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedPrintable(page)
		}, at("mail", "part 2, line 3")},
		{"ticket-jira.txt", "https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=advanced", func(s scene) string {
			return "h2. Sign-in to AWS fails\n\nSteps:\n# open the portal\n# choose the account\n\nThe console says _Response signature invalid_. The form:\n{code:title=SAMLResponse}\n" + s.response + "\n{code}\nand the page before: {noformat}nothing{noformat}\n"
		}, at(name, "line 9")},
		{"notes-markdown.txt", "https://spec.commonmark.org/0.31.2/#fenced-code-blocks", func(s scene) string {
			return "# Incident\n\n- user: dana\n- response:\n\n  ```\n  " + fold(s.response, 64, "\n  ") + "\n  ```\n\nIt worked yesterday.\n"
		}, at(name, "line 7")},
		// A chat, with the form body and the address of the request.
		{"chat.txt", "https://slack.com/help/articles/202288908-Format-your-messages", func(s scene) string {
			return "dana  1:10 PM\nit asks " + idp + "?SAMLRequest=" + url.QueryEscape(deflated) + "&RelayState=" + url.QueryEscape(console) + "\nand posts\nRelayState=" + url.QueryEscape(console) + "&SAMLResponse=" + url.QueryEscape(s.second) + "\nsupport  1:12 PM\nthanks!\n"
		}, wanted{kind: Text, name: name, messages: []wantedMessage{
			{field: Request, octets: asked, relay: console, method: "GET", url: idp, where: "line 2"},
			{field: Response, octets: second, relay: console, where: "line 4"}}}},
		// Two responses, one after the other, and nothing else.
		{"notes-two.txt", "https://www.rfc-editor.org/rfc/rfc4648", func(s scene) string { return s.response + "\n\n" + s.second + "\n" },
			wanted{kind: Text, name: name, messages: []wantedMessage{{field: Response, octets: response, where: "line 1"}, {field: Response, octets: second, where: "line 3"}}}},
		// The decoded message in prose.
		{"notes-xml.txt", "https://www.w3.org/TR/xml/", func(s scene) string {
			return "This is what the decoder shows:\n\n<?xml version=\"1.0\"?>\n" + plain(s.response) + "\n\nThe second role is missing in it.\n"
		}, wanted{kind: Text, name: name, messages: []wantedMessage{{field: Response, octets: func(s scene) string { return "<?xml version=\"1.0\"?>\n" + plain(s.response) }, where: "line 3"}}}},
		// A line of a log of a service provider.
		{"log-line.txt", "https://httpd.apache.org/docs/2.4/logs.html", func(s scene) string {
			return "2026-09-11 11:00:01,204 DEBUG [saml] decoding message\n2026-09-11 11:00:01,207 DEBUG [saml] SAMLResponse=[" + s.response + "] RelayState=[x]\n2026-09-11 11:00:01,230 ERROR [saml] signature invalid\n"
		}, at(name, "line 2")},
		// Program text that nothing else recognises.
		{"code-java.txt", "https://rest-assured.io/", func(s scene) string {
			return "given()\n    .formParam(\"SAMLResponse\", \"" + s.response + "\")\n    .post(\"/saml\");\n"
		}, at(name, "line 2")},
	}
}
