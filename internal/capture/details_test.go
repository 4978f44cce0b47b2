package capture

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// value is base64 of a short response that has an end, with a plus sign and a
// slash in it.
const value = "PHNhbWxwOlJlc3BvbnNlIElEPSJ+Pz8/PiI+PC9zYW1scDpSZXNwb25zZT4="

// TestDetails proves what no capture of testdata shows: each case by the text of
// its messages, a "|" between two of them.
func TestDetails(t *testing.T) {
	har := func(entries string) string {
		return `{"log":{"version":"1.2","creator":{"name":"WebInspector"},"entries":[` + entries + `]}}`
	}
	for _, c := range []struct {
		name, text string
		kind       Kind
		want       string
	}{
		{"JSON escapes in a body", har(`{"request":{"method":"POST","url":"https:\/\/sp.example.com\/acs","postData":{"text":"SAMLResponse=\u0050HN%2B\u0026RelayState=\ud83d\ude00\n"}}}`), HAR, "SAMLResponse=PHN%2B&RelayState=😀\n"},
		{"a response in a redirect", har(`{"request":{"method":"GET","url":"https://sp.example.com/acs?SAMLResponse=abc%3D&SigAlg=x#f"}}`), HAR, "SAMLResponse=abc%3D&SigAlg=x"},
		{"a page that is no page", har(`{"response":{"content":{"mimeType":"application/javascript","text":"<form><input name=SAMLResponse value=x>"}}}`), HAR, ""},
		{"a multipart body", har(`{"request":{"method":"POST","url":"https://sp.example.com/acs","postData":{"text":"--b\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\nPHN+\r\n--b--\r\n"}}}`), HAR, "PHN+"},
		{"an empty field", har(`{"request":{"method":"POST","url":"https://sp.example.com/acs","postData":{"text":"SAMLResponse=&RelayState=x"}}}`), HAR, ""},
		{"a call of STS in an archive", har(`{"request":{"method":"POST","url":"https://sts.amazonaws.com/","postData":{"text":"Action=AssumeRoleWithSAML&SAMLAssertion=PHN%2B"}}}`), HAR, "PHN+"},
		{"an assertion by a weak name", `{"data":{"assertion":"` + value + `"}}`, JSON, value},
		{"another value by a weak name", `{"data":{"assertion":"it holds","token":"eyJhbGciOiJub25lIn0.e30."}}`, None, ""},
		{"JSON in JSON in JSON", `{"a":"{\"b\":\"{\\\"SAMLResponse\\\":\\\"PHN+\\\"}\"}"}`, JSON, "PHN+"},
		{"JSON that is deeper than it is read", strings.Repeat(`[`, 70) + `{"SAMLResponse":"PHN+"}` + strings.Repeat(`]`, 70), None, ""},
		{"two documents on one line", `{"SAMLResponse":"PHN+"} {"SAMLResponse":"PHN/"}`, JSON, "PHN+|PHN/"},
		{"a broken line among JSON Lines", "{\"a\":1}\n{\"SAMLResponse\":PH\n{\"SAMLResponse\":\"PHN+\"}\n", JSON, "PHN+"},
		{"a line of text among JSON Lines", "{\"a\":1}\nstarted.\n{\"SAMLResponse\":\"PHN+\"}\n", JSON, "PHN+"},
		{"brackets that are no JSON", "[EXTERNAL] look at this:\n\n" + value + "\n", Text, value},
		{"a PowerShell text with escapes", "Invoke-WebRequest -Uri \"https://sp.example.com/acs\" -Method POST -Body \"SAMLResponse=PHN%2B&RelayState=`\"`$$([char]8364)\"\"\"", Curl, "SAMLResponse=PHN%2B&RelayState=\"$€\""},
		{"a PowerShell text in single quotes", "irm; Invoke-RestMethod https://sp.example.com/acs -Method Post -Body 'SAMLResponse=PHN%2B&x=''$y'", Curl, "SAMLResponse=PHN%2B&x='$y"},
		{"double quotes of a shell", `curl https://sp.example.com/acs -d "SAMLResponse=PHN%2B&x=\"\$y\z"`, Curl, `SAMLResponse=PHN%2B&x="$y\z`},
		{"octal and hexadecimal escapes", `curl https://sp.example.com/acs -d $'SAMLResponse=PHN%2B\041\x41\u20ac\q'`, Curl, "SAMLResponse=PHN%2B!A€\\q"},
		{"several -d", `curl -dSAMLResponse=PHN%2B --data=RelayState=x https://sp.example.com/acs`, Curl, "SAMLResponse=PHN%2B&RelayState=x"},
		{"-G", `curl -G https://sp.example.com/acs --data-urlencode 'SAMLRequest=a+b='`, Curl, "SAMLRequest=a%2Bb%3D"},
		{"-F", `curl https://sp.example.com/acs -F SAMLResponse=PHN+ -F 'RelayState=a b'`, Curl, "SAMLResponse=PHN%2B&RelayState=a+b"},
		{"wget", `wget --post-data='SAMLResponse=PHN%2B' https://sp.example.com/acs`, Curl, "SAMLResponse=PHN%2B"},
		{"HTTPie with fields", `http --form POST https://sp.example.com/acs SAMLResponse=PHN+ X-A:b`, Curl, "SAMLResponse=PHN%2B"},
		{"fetch in other quotation marks", "const r = await fetch('https://sp.example.com/acs', {\"body\": `SAMLResponse=PHN%2B&x=\\`y`})", Curl, "SAMLResponse=PHN%2B&x=\\`y"},
		{"curl that sends nothing", "curl https://example.com/", Curl, ""},
		{"curl with the message beside it", "curl https://example.com/acs -d \"$BODY\"\n\nThe body is\n" + value, Text, value},
		{"a word about curl", "I tried curl and it failed", None, ""},
		{"an answer alone", "HTTP/1.1 200 OK\nDate: x\n\n<form action=https://sp.example.com/acs><input name=SAMLResponse value=PHN+></form>", HTTP, "PHN+"},
		{"a request of something else", "GET / HTTP/1.1\nHost: example.com\n\n", HTTP, ""},
		{"typographic quotation marks in prose", "they sent “" + value + "” to us", Text, value},
		{"a full stop after it", "they sent " + value + ".\nWhy?", Text, value},
		{"a word of code before it", "response=" + value + ", and nothing else", Text, value},
		{"an address in prose", "see https://sp.example.com/acs?SAMLResponse=PHNhbWxwOlJlc3BvbnNl%2B.", Text, "SAMLResponse=PHNhbWxwOlJlc3BvbnNl%2B"},
		{"base64 that is quoted twice", "here:\n> " + value + "\nand again:\n>> " + value + "\n", Text, value},
		{"base64 with lost plus signs in prose", "we got " + strings.ReplaceAll(value, "+", " ") + " there", Text, strings.ReplaceAll(value, "+", " ")},
		{"a short last line and a word after it", "It is\n" + value[:40] + "\n" + value[40:] + "\nThanks", Text, value[:40] + "\n" + value[40:]},
		{"XML in a line of prose", "it says <samlp:Response> and stops", None, ""},
		{"XML of something else in prose", "this is it:\n<md:EntityDescriptor/>\nright?", None, ""},
		{"XML in a quotation", "Look:\n> <samlp:Response ID=\"a\">\n> </samlp:Response>\nright?", Text, "<samlp:Response ID=\"a\">\n</samlp:Response>"},
		{"a form on the command line of something else", "tool --form SAMLResponse=PHNhbWxwOlJlc3BvbnNl%2B&RelayState=x sends it", Text, "SAMLResponse=PHNhbWxwOlJlc3BvbnNl%2B&RelayState=x"},
		{"a call whose assertion is a variable", "aws sts assume-role-with-saml --saml-assertion \"$SAML\"", None, ""},
		{"an assertion that is percent-encoded", "SAMLAssertion=PHNhbWxwOlJlc3BvbnNlIHhtbG5zPSJ4%2B for AssumeRoleWithSAML", AWS, "PHNhbWxwOlJlc3BvbnNlIHhtbG5zPSJ4+"},
		{"two forms of a page", "<html><form><input name=SAMLResponse value=PHN+></form><form><input name=samlrequest value=PHN/></form>", HTML, "PHN+|PHN/"},
		{"a form in a comment and in a script", "<html><!-- <input name=SAMLResponse value=x> --><script>'<input name=SAMLResponse value=x>'</script></html>", None, ""},
		{"the prompt of a shell after it", "$ base64 -w0 x.xml\n" + value + "dana@host:~$ exit\n", Text, value},
		{"an exclamation mark after it", "it is " + value + "! Why?", Text, value},
		{"a cut message, prose and another message", "first\n" + value[:40] + "\nThanks\nfor all\n" + value + "\nbye\n", Text, value[:40] + "|" + value},
		{"padding in a line of its own", "It is\n" + strings.TrimSuffix(value, "=") + "\n=\nThanks\n", Text, strings.TrimSuffix(value, "=") + "\n="},
		{"a rule in the next line", "It is\n" + strings.TrimSuffix(value, "=") + "\n=======\nThanks\n", Text, strings.TrimSuffix(value, "=")},
		{"a short line among long ones", "It is\n" + value[:36] + "\n" + value[36:39] + "\n" + value[39:] + "\nThanks\n", Text, value[:36] + "\n" + value[36:39] + "\n" + value[39:]},
		{"XML with a namespace in a line, without an end", "it says <samlp:Response xmlns:samlp=\"x\"> and stops", None, ""},
		{"XML after a word", "it says foo<samlp:Response xmlns:samlp=\"x\"></samlp:Response>", None, ""},
		{"XML of something else with base64 in it", "<log><entry>" + value + "</entry></log>", Text, value},
		{"metadata", "<EntityDescriptor><X509Certificate>MIIC8DCCAdigAwIBAgIQ</X509Certificate></EntityDescriptor>", None, ""},
		{"a message with base64 of another in it", "<Response><Attribute>" + value + "</Attribute></Response>", None, ""},
		{"a patch that replaces a message", "@@ -1 +1 @@\n-" + value + "\n+" + strings.ReplaceAll(value, "J+P", "J/P") + "\n", Text, value + "|" + strings.ReplaceAll(value, "J+P", "J/P")},
		{"a bytes literal", "b'SAMLResponse=PHNhbWxwOlJlc3BvbnNl%2B&RelayState=x'", Text, "SAMLResponse=PHNhbWxwOlJlc3BvbnNl%2B&RelayState=x"},
		{"JSON in a string, twice", `"{\"SAMLResponse\":\"` + value + `\"}"`, Text, value},
		{"wget with a file", "wget -O out --method=POST --body-data='SAMLResponse=PHN%2B' https://sp.example.com/acs", Curl, "SAMLResponse=PHN%2B"},
		{"PowerShell in small letters", "iwr -uri https://sp.example.com/acs -method post -body 'SAMLResponse=PHN%2B'", Curl, "SAMLResponse=PHN%2B"},
		{"HTTPie with a raw body", "https --raw 'SAMLResponse=PHN%2B' POST sp.example.com/acs", Curl, "SAMLResponse=PHN%2B"},
		{"JSON that curl sends", `curl --json '{"SAMLResponse":"PHN+"}' https://sp.example.com/acs`, Curl, "PHN+"},
		{"a trace of a shell", "+ sudo /usr/bin/curl -d SAMLResponse=PHN%2B https://sp.example.com/acs\n", Curl, "SAMLResponse=PHN%2B"},
		{"a page that shows a message", "<html><body><pre>" + value[:30] + "<wbr>" + strings.ReplaceAll(value[30:], "=", "&#61;") + "</pre>as said.</body></html>", Text, value},
		{"the first of two fields", "<form><input name=SAMLResponse value=PHN+><input name=SAMLResponse value=x></form>", HTML, "PHN+"},
	} {
		found := Find([]byte(c.text))
		var got []string
		for _, m := range found.Messages {
			got = append(got, string(m.Text))
		}
		if found.Kind != c.kind || strings.Join(got, "|") != c.want {
			t.Errorf("%s: read as %s, %q; want %s, %q", c.name, found.Kind, got, c.kind, c.want)
		}
	}
}

// TestLacks proves that a container without a response says what it lacks.
func TestLacks(t *testing.T) {
	har := func(creator, entries string) string {
		return `{"log":{"version":"1.2","creator":{"name":"` + creator + `"},"entries":[` + entries + `]}}`
	}
	const post = `{"request":{"method":"POST","url":"https://sp.example.com/x"}}`
	const get = `{"request":{"method":"GET","url":"https://sp.example.com/x"}}`
	for _, c := range []struct{ text, name, want string }{
		{har("WebInspector", ""), "HAR archive of Chrome or Edge", "the archive has no entries"},
		{har("WebInspector", get+","+get), "HAR archive of Chrome or Edge", "none of its 2 entries has a SAMLResponse"},
		{har("Firefox", get+","+post), "HAR archive of Firefox", "the archive has 1 request of the method POST without a body, and a response travels in one: sign in again with the network panel open"},
		{har("x\u202e", post+","+post), "HAR archive", "2 requests of the method POST"},
		{har("Firefox", get+",?"), "HAR archive of Firefox", "the archive is damaged: its entry 2 is no JSON"},
		{`{"requests":[{"method":"GET","url":"https://sp.example.com/","requestId":"1"}],"timestamp":"x"}`, "export of SAML-tracer", "none of its 1 request has a SAMLResponse"},
		{`{"requests":[{"method":"GET","requestId":"1","url":"https://sp.ex`, "export of SAML-tracer", "cut off in its request 1"},
		{saz("raw/1_c.txt", "GET / HTTP/1.1\r\n\r\n"), "session archive of Fiddler", "none of its 1 session has a SAMLResponse"},
		{strings.ReplaceAll(saz("raw/1_c.txt", "GET / HTTP/1.1\r\n\r\n"), "GET /", "GET x"), "session archive of Fiddler", "could not be read"},
		{"curl -d 'x", "cURL command", "the text ends inside the command"},
		{"curl -d @" + strings.Repeat("x", 200) + " https://sp.example.com/", "cURL command", strings.Repeat("x", 80) + `…"`},
		{burpItems(burpItemOf("https://sp.example.com/", "GET", "GET / HTTP/1.1\r\n\r\n", "", true)), "items saved by Burp", "none of its 1 item has a SAMLResponse"},
		{`{"eventVersion":"1.08","eventName":"ConsoleLogin","errorCode":"Failed\u202e"}`, "CloudTrail event", `AWS answered "Failed\u202e")`},
		{"<html><form action=https://idp.example.com><input name=SAMLRequest value=PHN+></form></html>", "HTML page", "is in the page that answers it"},
		{"Hello,\n\nit asks https://idp.example.com/sso?SAMLRequest=abc%2Babcabcabcabc and waits\n", "text with a message in it", "holds a SAMLRequest and no SAMLResponse"},
	} {
		found := Find([]byte(c.text))
		if found.Name != c.name || !strings.Contains(found.Lacks, c.want) || answers(found.Messages) {
			t.Errorf("%.80s: %q lacks %q; want %q, %q", c.text, found.Name, found.Lacks, c.name, c.want)
		}
	}
	for _, text := range []string{`{"eventName":"CreateUser","eventVersion":"1.08","x":"ConsoleLogin"}`, `{"eventName":"x"} AssumeRoleWithSAML`} {
		if found := Find([]byte(text)); found.Kind != None {
			t.Errorf("%s: read as %s", text, found.Kind)
		}
	}
	for _, text := range []string{saz("a.txt", "SAMLResponse=PHN%2B"), "PK\x03\x04 that is none"} {
		if found := Find([]byte(text)); found.Kind != None {
			t.Errorf("%q: read as %s", text, found.Kind)
		}
	}
}

// TestCutElsewhere proves that a message that is whole is not said to be cut
// where its container ends after it.
func TestCutElsewhere(t *testing.T) {
	whole := chrome(chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost("SAMLResponse="+value), spDate, "", noPage))
	found := Find([]byte(whole[:strings.Index(whole, `"statusText"`)]))
	if len(found.Messages) != 1 || found.Messages[0].Cut != "" || found.Messages[0].Where != "request body" {
		t.Errorf("found %+v", found.Messages)
	}
	items := burpItems(burpItemOf(signIn, "POST", "POST /saml HTTP/1.1\r\n\r\nSAMLResponse=PHN%2B", "HTTP/1.1 200 OK\r\n\r\n", true))
	found = Find([]byte(items[:strings.Index(items, "<status>")]))
	if len(found.Messages) != 1 || found.Messages[0].Cut != "" {
		t.Errorf("found %+v", found.Messages)
	}
}

// TestAddresses proves where a form and a redirect point to when they say so in
// relation to their page.
func TestAddresses(t *testing.T) {
	for _, c := range []struct{ page, action, want string }{
		{"https://idp.example.com/sso/login?x", "/acs", "https://idp.example.com/acs"},
		{"https://idp.example.com/sso/login", "post", "https://idp.example.com/sso/post"},
		{"https://idp.example.com/sso/login", "https://sp.example.com/acs", "https://sp.example.com/acs"},
		{"", "/acs", "/acs"},
		{"https://idp.example.com/", "%zz", "%zz"},
		{":", "/acs", "/acs"},
	} {
		if got := resolve(c.page, c.action); got != c.want {
			t.Errorf("%q at %q: %q, want %q", c.action, c.page, got, c.want)
		}
	}
}

// TestManyMessages proves that no more messages are given than may be, and that
// the rest is counted.
func TestManyMessages(t *testing.T) {
	var b strings.Builder
	for i := range mostMessages + 7 {
		fmt.Fprintf(&b, "{\"SAMLResponse\":\"PHN%d\"}\n", i)
	}
	found := Find([]byte(b.String()))
	if len(found.Messages) != mostMessages || !strings.HasSuffix(found.Name, "of which the first 10000 messages are read and 7 are not") {
		t.Errorf("%d messages, %q", len(found.Messages), found.Name)
	}
}

// TestTimes proves that a time whose zone is not known is none.
func TestTimes(t *testing.T) {
	for text, want := range map[string]string{"Fri Sep 11 13:00:01 CEST 2026": "", "Fri Sep 11 11:00:01 GMT 2026": "2026-09-11T11:00:01Z", "x": ""} {
		if got := instantText(burpTime(text)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestMayBeLarge proves which texts are worth reading whole by how they begin.
func TestMayBeLarge(t *testing.T) {
	s := newScene(t)
	small := []string{"notes-two.txt", "call-body.txt", "code-java.txt", "panel-lines.txt", "log-django.txt", "file-yaml.txt"}
	for _, tool := range allTools() {
		large := MayBeLarge([]byte(tool.make(s)))
		if large == slices.Contains(small, tool.file) {
			t.Errorf("%s: %t", tool.file, large)
		}
	}
	for name, text := range encodings(strings.Repeat(sampleXML, 20)) {
		if !strings.Contains(name, "base64") && !strings.Contains(name, "form") || strings.Contains(name, "mail") {
			continue
		}
		if MayBeLarge([]byte(text)) {
			t.Errorf("%s: a message alone is said to be a container", name)
		}
	}
	if MayBeLarge(nil) || MayBeLarge([]byte("\x7fELF a b c\n d e f\n\x00")) {
		t.Error("bytes are said to be a container")
	}
}

// TestTooLarge proves that what is larger than a container may be is not looked
// into.
func TestTooLarge(t *testing.T) {
	if found := Find(make([]byte, Most+1)); found.Kind != None {
		t.Errorf("read as %s", found.Kind)
	}
}

// TestWhereSent holds where a message was sent: not to a file that a command
// writes, and not to a path alone.
func TestWhereSent(t *testing.T) {
	for text, want := range map[string]string{
		"wget -O out --post-data='SAMLResponse=PHN%2B' https://sp.example.com/acs": "https://sp.example.com/acs",
		"curl -O https://sp.example.com/acs -d SAMLResponse=PHN%2B":                "https://sp.example.com/acs",
		`curl --json '{"SAMLResponse":"PHN+"}' https://sp.example.com/acs`:         "https://sp.example.com/acs",
		`{"url":"/saml","SAMLResponse":"PHN+"}`:                                    "",
		`{"url":"https://sp.example.com/acs","SAMLResponse":"PHN+"}`:               "https://sp.example.com/acs",
	} {
		if found := Find([]byte(text)); len(found.Messages) != 1 || found.Messages[0].URL != want {
			t.Errorf("%s: %+v, want %q", text, found.Messages, want)
		}
	}
}

// TestBroughtBefore proves that the answer to a message, where it holds the
// message again, is not taken for the one that brought it.
func TestBroughtBefore(t *testing.T) {
	page := func(date string) string {
		return `"response":{"headers":[{"name":"Date","value":"` + date + `"}],"content":{"mimeType":"text/html","text":"<form action='https://sp.example.com/next'><input name='SAMLResponse' value='PHN+'></form>"}}`
	}
	post := func(address, rest string) string {
		return `{"request":{"method":"POST","url":"` + address + `","postData":{"text":"SAMLResponse=PHN%2B"}}` + rest + `}`
	}
	found := Find([]byte(`{"log":{"version":"1.2","entries":[` + post("https://sp.example.com/acs", ","+page("Fri, 11 Sep 2026 11:20:00 GMT")) + "," + post("https://sp.example.com/next", "") + `]}}`))
	if len(found.Messages) != 2 || !found.Messages[0].Date.IsZero() || instantText(found.Messages[1].Date) != "2026-09-11T11:20:00Z" {
		t.Errorf("%+v", found.Messages)
	}
}
