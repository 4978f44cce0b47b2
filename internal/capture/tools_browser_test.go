package capture

import (
	"fmt"
	"net/url"
)

const tracerSource = "https://github.com/simplesamlphp/SAML-tracer/blob/master/src/SAMLTraceIO.js"

// traced writes an export of SAML-tracer; post is what it shows of the POST.
func traced(post, saml string) string {
	return `{
  "requests": [
    {
      "method": "GET",
      "url": "` + idp + "?SAMLRequest=" + url.QueryEscape(deflated) + "&RelayState=" + url.QueryEscape(console) + `",
      "requestId": "request-2207-GET-0b5ac1",
      "requestHeaders": [
        {
          "name": "Upgrade-Insecure-Requests",
          "value": "1"
        }
      ],
      "get": [
        [
          "SAMLRequest",
          "` + deflated + `"
        ],
        [
          "RelayState",
          "` + console + `"
        ]
      ],
      "protocol": "SAML-P",
      "saml": ` + quote(requestXML) + `,
      "responseStatus": 200,
      "responseStatusText": "HTTP/1.1 200",
      "responseHeaders": [
        {
          "name": "Date",
          "value": "` + idpDate + `"
        }
      ]
    },
    {
      "method": "POST",
      "url": "` + signIn + `",
      "requestId": "request-2231-POST-91d0f2",
      "requestHeaders": [
        {
          "name": "content-type",
          "value": "application/x-www-form-urlencoded"
        }
      ],
      "postData": {
        "SAMLResponse": "{overwritten}"
      },
      "post": ` + post + `,
      "protocol": "SAML-P"` + saml + `,
      "responseStatus": 302,
      "responseStatusText": "HTTP/1.1 302",
      "responseHeaders": [
        {
          "name": "Location",
          "value": "` + console + `"
        }
      ]
    }
  ],
  "timestamp": "2026-09-11T11:05:00.000Z"
}`
}

func browserTools() []tool {
	const name = "export of SAML-tracer"
	asks := wantedMessage{field: Request, octets: asked, relay: console, method: "GET", url: idp, where: "request 1 of 2, URL"}
	decoded := func(s scene) string { return ",\n      \"saml\": " + quote(plain(s.second)) }
	return []tool{
		{"trace.txt", tracerSource, func(s scene) string {
			return traced(`[["SAMLResponse", `+quote(s.second)+`], ["RelayState", "`+console+`"]]`, decoded(s))
		}, wanted{kind: Tracer, name: name, messages: []wantedMessage{asks,
			{field: Response, octets: second, relay: console, method: "POST", url: signIn, where: "request 2 of 2, request body"}}}},
		// With the filter that hashes what was posted: the decoded XML is left.
		{"trace-hashed.txt", tracerSource, func(s scene) string {
			return traced(`[["SAMLResponse", "{hash:5feceb66ffc86f38d952786c6d696c79}"], ["RelayState", "{hash:6b86b273ff34fce19d6b804eff5a3f57}"]]`, decoded(s))
		}, wanted{kind: Tracer, name: name, messages: []wantedMessage{asks,
			{field: Response, octets: second, method: "POST", url: signIn, where: "request 2 of 2, XML as decoded by the tracer, the posted value being masked"}}}},
		// Masked, and without the XML.
		{"trace-masked.txt", tracerSource, func(scene) string {
			return traced(`[["SAMLResponse", "{obf:alternative_0}"], ["RelayState", "{obf:alternative_1}"]]`, "")
		}, wanted{kind: Tracer, name: name, messages: []wantedMessage{asks}, lacks: `masks what was posted, such as "{obf:alternative_0}"`}},
		// Of the versions before 1.0: headers are pairs.
		{"trace-legacy.txt", tracerSource, func(s scene) string {
			return fmt.Sprintf(`{"requests":[{"id":"14","method":"POST","url":%q,"requestHeaders":[["Host","signin.aws.amazon.com"]],"get":[],"post":[["SAMLResponse",%s]],"protocol":"SAML-P","saml":%s,"responseStatus":200,"responseHeaders":[["Date",%q]]}],"timestamp":"2026-09-11T11:05:00.000Z"}`,
				signIn, quote(s.response), quote(plain(s.response)), spDate)
		}, wanted{kind: Tracer, name: name, messages: []wantedMessage{{field: Response, octets: response, method: "POST", url: signIn, where: "request body"}}}},
	}
}
