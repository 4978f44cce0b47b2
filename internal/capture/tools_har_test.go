package capture

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// pairsOf writes names and values as archives have them.
func pairsOf(fields ...string) string {
	var out []string
	for i := 0; i+1 < len(fields); i += 2 {
		out = append(out, fmt.Sprintf(`{"name": %s, "value": %s}`, quote(fields[i]), quote(fields[i+1])))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// chrome writes an archive as Log.ts of the DevTools does.
func chrome(entries ...string) string {
	return `{
  "log": {
    "version": "1.2",
    "creator": {
      "name": "WebInspector",
      "version": "537.36"
    },
    "pages": [
      {
        "startedDateTime": "2026-09-11T10:59:41.002Z",
        "id": "page_3",
        "title": "` + signIn + `",
        "pageTimings": {
          "onContentLoad": 812.4,
          "onLoad": 1433.07
        }
      }
    ],
    "entries": [` + strings.Join(entries, ",") + `
    ]
  }
}`
}

// chromeEntry writes one entry; what is "" is left out.
func chromeEntry(method, address, started, postData, date, location, content string) string {
	size := 0
	if postData != "" {
		var told struct{ Text string }
		if err := json.Unmarshal([]byte(postData), &told); err != nil {
			panic(err)
		}
		size = len(told.Text)
		postData = ",\n          \"postData\": " + postData
	}
	return `
      {
        "_connectionId": "214",
        "_initiator": {
          "type": "other"
        },
        "_priority": "VeryHigh",
        "_resourceType": "document",
        "cache": {},
        "connection": "443",
        "pageref": "page_3",
        "request": {
          "method": "` + method + `",
          "url": ` + quote(address) + `,
          "httpVersion": "http/2.0",
          "headers": ` + pairsOf(":authority", "login.microsoftonline.com", ":method", method, ":scheme", "https", "accept", "text/html,application/xhtml+xml", "user-agent", agent) + `,
          "queryString": [],
          "cookies": [],
          "headersSize": -1,
          "bodySize": ` + fmt.Sprint(size) + postData + `
        },
        "response": {
          "status": 200,
          "statusText": "",
          "httpVersion": "http/2.0",
          "headers": ` + pairsOf("cache-control", "no-store, no-cache", "content-type", "text/html; charset=utf-8", "date", date) + `,
          "cookies": [],
          "content": ` + content + `,
          "redirectURL": ` + quote(location) + `,
          "headersSize": -1,
          "bodySize": -1,
          "_transferSize": 11201,
          "_error": null,
          "_fetchedViaServiceWorker": false
        },
        "serverIPAddress": "192.0.2.10",
        "startedDateTime": "` + started + `",
        "time": 412.6,
        "timings": {
          "blocked": 2.1,
          "dns": -1,
          "ssl": -1,
          "connect": -1,
          "send": 0.2,
          "wait": 402.1,
          "receive": 8.2
        }
      }`
}

// The dates of the answers of identity provider and service provider.
const (
	idpDate = "Fri, 11 Sep 2026 11:00:00 GMT"
	spDate  = "Fri, 11 Sep 2026 11:00:09 GMT"
	noPage  = `{"size": 0, "mimeType": "text/html"}`
)

// chromePost writes postData as Chrome does: the body, and its fields with their
// percent-encoding.
func chromePost(body string) string {
	var fields []string
	for part := range strings.SplitSeq(body, "&") {
		name, value, _ := strings.Cut(part, "=")
		fields = append(fields, name, value)
	}
	return `{"mimeType": "application/x-www-form-urlencoded", "text": ` + quote(body) + `, "params": ` + pairsOf(fields...) + `}`
}

func chromePage(page string) string {
	return fmt.Sprintf(`{"size": %d, "mimeType": "text/html", "compression": 0, "text": %s}`, len(page), quote(page))
}

// posts is the POST of a response that a page brought.
func posts(of func(scene) string, where string) wantedMessage {
	return wantedMessage{field: Response, octets: of, relay: console, method: "POST", url: signIn, time: "2026-09-11T11:00:01.204Z", date: "2026-09-11T11:00:00Z", where: where}
}

const devtools = "https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/har/Log.ts"

func harTools() []tool {
	const name = "HAR archive of Chrome or Edge"
	return []tool{
		// Chrome, a sign-in that the service provider started, each message once where it was sent.
		{"archive-flow.txt", devtools, func(s scene) string {
			redirect := idp + "?SAMLRequest=" + url.QueryEscape(deflated) + "&RelayState=" + url.QueryEscape(console)
			body := "SAMLResponse=" + url.QueryEscape(s.second) + "&RelayState=" + url.QueryEscape(console)
			return chrome(
				chromeEntry("GET", "https://us-east-1.signin.aws.amazon.com/platform/login", "2026-09-11T10:59:40.100Z", "", "Fri, 11 Sep 2026 10:59:39 GMT", redirect, noPage),
				chromeEntry("GET", redirect, "2026-09-11T10:59:41.002Z", "", idpDate, "", chromePage(entraPage(s.second, console))),
				chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost(body), spDate, "", noPage))
		}, wanted{kind: HAR, name: name, messages: []wantedMessage{
			{field: Request, octets: asked, relay: console, method: "GET", url: idp, time: "2026-09-11T10:59:41.002Z", date: "2026-09-11T10:59:39Z", where: "entry 2 of 3, URL; brought by entry 1, redirect"},
			posts(second, "entry 3 of 3, request body; brought by entry 2, page"),
		}}},
		// Chrome, the page alone: the log was not kept over the POST. Its content is in base64, as of a page that is no valid text.
		{"archive-page-base64.txt", devtools, func(s scene) string {
			content := fmt.Sprintf(`{"size": %d, "mimeType": "text/html", "text": %s, "encoding": "base64"}`, len(s.page), quote(base64.StdEncoding.EncodeToString([]byte(s.page))))
			return chrome(chromeEntry("GET", idp, "2026-09-11T11:00:00.120Z", "", idpDate, "", content))
		}, wanted{kind: HAR, name: name, messages: []wantedMessage{
			{field: Response, octets: response, relay: console, method: "POST", url: signIn, date: "2026-09-11T11:00:00Z", where: "page"}}}},
		// Chrome, two sign-ins in one log, the second posted twice.
		{"archive-several.txt", devtools, func(s scene) string {
			body := "SAMLResponse=" + url.QueryEscape(s.second)
			return chrome(
				chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost(s.body), spDate, "", noPage),
				chromeEntry("GET", "https://signin.aws.amazon.com/static/js/saml.js", "2026-09-11T11:00:02.000Z", "", spDate, "", noPage),
				chromeEntry("POST", signIn, "2026-09-11T11:00:03.000Z", chromePost(body), spDate, "", noPage),
				chromeEntry("POST", signIn, "2026-09-11T11:00:04.000Z", chromePost(body), spDate, "", noPage))
		}, wanted{kind: HAR, name: name, messages: []wantedMessage{
			{field: Response, octets: response, relay: console, method: "POST", url: signIn, time: "2026-09-11T11:00:01.204Z", where: "entry 1 of 4, request body"},
			{field: Response, octets: second, method: "POST", url: signIn, time: "2026-09-11T11:00:03Z", where: "entry 3 of 4, request body"},
			{field: Response, octets: second, method: "POST", url: signIn, time: "2026-09-11T11:00:04Z", where: "entry 4 of 4, request body"}}}},
		// Chrome, exported without the bodies.
		{"archive-no-content.txt", devtools, func(scene) string {
			return chrome(chromeEntry("GET", idp, "2026-09-11T11:00:00.120Z", "", idpDate, "", noPage), chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", "", spDate, "", noPage))
		}, wanted{kind: HAR, name: name, lacks: `has the POST to "https://signin.aws.amazon.com/saml", and not its body`}},
		// Sanitized by the program of Cloudflare, which has SAMLResponse among its words.
		{"archive-sanitized.txt", "https://github.com/cloudflare/har-sanitizer", func(scene) string {
			return chrome(chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost("SAMLResponse=[SAMLResponse redacted]&RelayState=x"), spDate, "", noPage))
		}, wanted{kind: HAR, name: name, lacks: `put "[SAMLResponse redacted]" in its place`}},
		// Chrome, the file cut in the middle of the body.
		{"archive-cut.txt", devtools, func(s scene) string {
			whole := chrome(chromeEntry("GET", idp, "2026-09-11T11:00:00.120Z", "", idpDate, "", noPage), chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost(s.body), spDate, "", noPage))
			return whole[:strings.Index(whole, "SAMLResponse=")+6000]
		}, wanted{kind: HAR, name: name, messages: []wantedMessage{
			{field: Response, octets: response, method: "POST", url: signIn, where: "entry 2, request body", added: "the archive ends inside this entry"}}}},
		// Chrome, the file cut before the POST.
		{"archive-cut-early.txt", devtools, func(scene) string {
			whole := chrome(chromeEntry("GET", idp, "2026-09-11T11:00:00.120Z", "", idpDate, "", noPage))
			return whole[:len(whole)-300]
		}, wanted{kind: HAR, name: name, lacks: "cut off in its entry 1"}},
		// Firefox: har-builder.js, whose params are decoded, with the pretty-printed form of the file.
		{"archive-firefox.txt", "https://github.com/BrowserWorks/Waterfox/blob/current/devtools/client/netmonitor/src/har/har-builder.js", func(s scene) string {
			return firefox(s, quote(s.body))
		}, wanted{kind: HAR, name: "HAR archive of Firefox", messages: []wantedMessage{posts(response, "entry 2 of 2, request body; brought by entry 1, page")}}},
		// An older Firefox puts the headers of the upload before the body.
		{"archive-firefox-upload.txt", "https://github.com/BrowserWorks/Waterfox/blob/current/devtools/client/netmonitor/src/har/har-builder.js", func(s scene) string {
			return firefox(s, quote(fmt.Sprintf("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(s.body), s.body)))
		}, wanted{kind: HAR, name: "HAR archive of Firefox", messages: []wantedMessage{posts(response, "entry 2 of 2, request body; brought by entry 1, page")}}},
		// Fields alone, decoded, as the HAR specification allows it and Charles writes it.
		{"archive-params.txt", "http://www.softwareishard.com/blog/har-12-spec/#params", func(s scene) string {
			post := `{"mimeType": "application/x-www-form-urlencoded", "params": ` + pairsOf("SAMLResponse", s.response, "RelayState", console) + `}`
			return strings.Replace(chrome(chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", post, spDate, "", noPage)), `"WebInspector"`, `"Charles Proxy"`, 1)
		}, wanted{kind: HAR, name: "HAR archive of Charles", messages: []wantedMessage{
			{field: Response, octets: response, relay: console, method: "POST", url: signIn, time: "2026-09-11T11:00:01.204Z", where: "request body"}}}},
		// Fields alone that keep their percent-encoding, as those of Chrome do.
		{"archive-params-encoded.txt", devtools, func(s scene) string {
			post := `{"mimeType": "application/x-www-form-urlencoded", "params": ` + pairsOf("SAMLResponse", url.QueryEscape(s.response), "RelayState", url.QueryEscape(console)) + `}`
			return chrome(chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", post, spDate, "", noPage))
		}, wanted{kind: HAR, name: name, messages: []wantedMessage{
			{field: Response, octets: response, relay: console, method: "POST", url: signIn, time: "2026-09-11T11:00:01.204Z", where: "request body"}}}},
		// Safari: HARBuilder.js of WebKit, on one line.
		{"archive-safari.txt", "https://github.com/WebKit/WebKit/blob/main/Source/WebInspectorUI/UserInterface/Controllers/HARBuilder.js", safari,
			wanted{kind: HAR, name: "HAR archive of Safari", messages: []wantedMessage{
				{field: Response, octets: response, relay: console, method: "POST", url: signIn, time: "2026-09-11T11:00:01.204Z", where: "request body"}}}},
		// WS-Federation.
		{"archive-wsfed.txt", devtools, func(s scene) string {
			body := "wa=wsignin1.0&wresult=" + url.QueryEscape(s.wresult) + "&wctx=x"
			return chrome(chromeEntry("POST", "https://sp.example.com/wsfed", "2026-09-11T11:00:01.204Z", chromePost(body), spDate, "", noPage))
		}, wanted{kind: HAR, name: name, messages: []wantedMessage{
			{field: Result, octets: federated, method: "POST", url: "https://sp.example.com/wsfed", time: "2026-09-11T11:00:01.204Z", where: "request body"}}}},
	}
}

// firefox writes an archive as Firefox does.
func firefox(s scene, text string) string {
	return `{"log":{"version":"1.2","creator":{"name":"Firefox","version":"143.0"},"browser":{"name":"Firefox","version":"143.0"},` +
		`"pages":[{"id":"page_1","pageTimings":{"onContentLoad":-7,"onLoad":512},"startedDateTime":"2026-09-11T13:00:00.001+02:00","title":"` + idp + `"}],"entries":[` +
		`{"startedDateTime":"2026-09-11T13:00:00.001+02:00","request":{"bodySize":0,"method":"GET","url":"` + idp + `","httpVersion":"HTTP/2","headers":[],"cookies":[],"queryString":[],"headersSize":623},` +
		`"response":{"status":200,"statusText":"","httpVersion":"HTTP/2","headers":[{"name":"date","value":"` + idpDate + `"},{"name":"X-Firefox-Spdy","value":"h2"}],"cookies":[],` +
		`"content":{"mimeType":"text/html; charset=utf-8","size":` + fmt.Sprint(len(s.page)) + `,"text":` + quote(s.page) + `},"redirectURL":"","headersSize":1023,"bodySize":9000},"cache":{},"timings":{"wait":5},"time":5,"_securityState":"secure","serverIPAddress":"192.0.2.10","connection":"443","pageref":"page_1"},` +
		`{"startedDateTime":"2026-09-11T13:00:01.204+02:00","request":{"bodySize":` + fmt.Sprint(len(s.body)) + `,"method":"POST","url":"` + signIn + `","httpVersion":"HTTP/2","headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],"cookies":[],"queryString":[],"headersSize":650,` +
		`"postData":{"mimeType":"application/x-www-form-urlencoded","params":` + pairsOf("SAMLResponse", s.response, "RelayState", console) + `,"text":` + text + `}},` +
		`"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/2","headers":[{"name":"date","value":"` + spDate + `"}],"cookies":[],"content":{"mimeType":"text/html;charset=UTF-8","size":0,"text":""},"redirectURL":"","headersSize":700,"bodySize":4000},"cache":{},"timings":{},"time":0,"_securityState":"secure","pageref":"page_1"}]}}`
}

func safari(s scene) string {
	return `{"log":{"version":"1.2","creator":{"name":"WebKit Web Inspector","version":"1.0"},"pages":[{"startedDateTime":"2026-09-11T11:00:01.204Z","id":"page_0","title":"` + signIn + `","pageTimings":{"onContentLoad":301.2}}],"entries":[` +
		`{"pageref":"page_0","startedDateTime":"2026-09-11T11:00:01.204Z","time":290.1,"request":{"method":"POST","url":"` + signIn + `","httpVersion":"HTTP/2","cookies":[],"headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],"queryString":[],"headersSize":512,"bodySize":` + fmt.Sprint(len(s.body)) +
		`,"postData":{"mimeType":"application/x-www-form-urlencoded","text":` + quote(s.body) + `,"params":` + pairsOf("SAMLResponse", s.response, "RelayState", console) + `}},` +
		`"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/2","cookies":[],"headers":[{"name":"Date","value":"` + spDate + `"}],"content":{"size":0,"compression":0,"mimeType":"text/html"},"redirectURL":"","headersSize":400,"bodySize":0,"_transferSize":400},"cache":{},"timings":{"blocked":-1,"dns":-1,"connect":-1,"ssl":-1,"send":0,"wait":0,"receive":0},"_fetchType":"Network Load"}]}}`
}
