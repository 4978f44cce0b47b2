package saml

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/samlcheck/samlcheck/internal/capture"
)

// capturedWith gives the messages of a file of testdata/captures/tools.
func capturedWith(t *testing.T, file string) []*Message {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "captures", "tools", file))
	if err != nil {
		t.Fatal(err)
	}
	return DecodeAll(data)
}

// Every kind of container has its form, and tells where the message stood.
func TestFormsOfContainers(t *testing.T) {
	for file, want := range map[string]Form{
		"archive-firefox.txt": FormHAR, "trace.txt": FormTracer, "command-bash.txt": FormCurl, "command-fetch.txt": FormCurl, "page-entra.txt": FormHTML,
		"http-request.txt": FormHTTP, "burp-items.txt": FormHTTP, "json-field.txt": FormJSON, "mail-quoted.txt": FormText, "call-cli.txt": FormAWS,
		"trail-event.txt": FormJSON, "archive-no-content.txt": FormHAR, "command-file.txt": FormCurl,
	} {
		m := capturedWith(t, file)[0]
		if m.Form() != want || len(m.Steps()) == 0 || !strings.HasPrefix(m.Steps()[0], "taken out of ") {
			t.Errorf("%s: %s, %q", file, m.Form(), m.Steps())
		}
	}
	if m := DecodeAll([]byte(encode64(wholeResponse))); len(m) != 1 || m[0].Form() != FormBase64 || string(m[0].XML()) != wholeResponse {
		t.Errorf("%d messages, %s", len(m), m[0].Form())
	}
}

// What the traffic around a response tells reaches the message.
func TestTraffic(t *testing.T) {
	m := capturedWith(t, "archive-flow.txt")[0]
	request := Request{ID: "_request-1", Issuer: "urn:amazon:webservices", Destination: "https://login.microsoftonline.com/5f0c1e2d-0000-4000-8000-00000000a001/saml2",
		AssertionConsumerServiceURL: "https://signin.aws.amazon.com/saml", IssueInstant: time.Date(2026, 9, 11, 10, 59, 40, 0, time.UTC)}
	if len(m.Requests) != 1 {
		t.Fatalf("%d requests", len(m.Requests))
	}
	request.RelayState, request.URL = m.Requests[0].RelayState, m.Requests[0].URL
	if diff := cmp.Diff(request, m.Requests[0]); diff != "" || request.URL != request.Destination {
		t.Errorf("%s %s", diff, request.URL)
	}
	if m.URL != "https://signin.aws.amazon.com/saml" || m.RelayState() != request.RelayState || !m.Captured.Equal(time.Date(2026, 9, 11, 11, 0, 1, 204_000_000, time.UTC)) || m.Captured.Location() != time.UTC {
		t.Errorf("%s, %q, %s", m.URL, m.RelayState(), m.Captured)
	}
}

// httpRequest writes a POST of a response, after others.
func httpRequest(before, body string) string {
	return before + fmt.Sprintf("POST /acs HTTP/1.1\r\nHost: sp.example.com\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s\r\n", len(body), body)
}

func redirect(t *testing.T, xml, relay string) string {
	t.Helper()
	return "GET /sso?SAMLRequest=" + url.QueryEscape(encode64(deflate(t, xml))) + "&RelayState=" + url.QueryEscape(relay) + " HTTP/1.1\r\nHost: idp.example.com\r\n\r\n"
}

// Requests are those that were sent before a response; what is none, is too long or
// has no ID is no request.
func TestRequests(t *testing.T) {
	const space = `xmlns="` + nsProtocol + `"`
	response := httpRequest("", "SAMLResponse="+url.QueryEscape(encode64(wholeResponse))+"&RelayState=a+b")
	first, second := redirect(t, `<AuthnRequest `+space+` ID="_1" IssueInstant="yesterday"/>`, "a b"), redirect(t, `<AuthnRequest `+space+` ID="_2"/>`, "")
	for _, c := range []struct {
		name, in string
		want     []string // the IDs of the requests of each response
	}{
		{"none", response, []string{""}},
		{"one", first + response, []string{"_1"}},
		{"after it", response + first, []string{""}},
		{"between", first + response + second + response, []string{"_1", "_1 _2"}},
		{"a LogoutRequest", redirect(t, `<LogoutRequest `+space+` ID="_1"/>`, "") + response, []string{""}},
		{"no XML", redirect(t, `<AuthnRequest `+space+` ID="_1">`, "") + response, []string{""}},
		{"no ID", redirect(t, `<AuthnRequest `+space+`/>`, "") + response, []string{""}},
		{"another namespace", redirect(t, `<AuthnRequest ID="_1"/>`, "") + response, []string{""}},
		{"too long", httpRequest("", "SAMLRequest="+url.QueryEscape(encode64(`<AuthnRequest `+space+` ID="_1">`+strings.Repeat(" ", 60_000)+`</AuthnRequest>`))) + response, []string{""}},
		{"not too long", httpRequest("", "SAMLRequest="+url.QueryEscape(encode64(`<AuthnRequest `+space+` ID="_1">`+strings.Repeat(" ", 40_000)+`</AuthnRequest>`))) + response, []string{"_1"}},
		{"too long once it is inflated", redirect(t, `<AuthnRequest `+space+` ID="_1">`+strings.Repeat(" ", 70_000)+`</AuthnRequest>`, "") + response, []string{""}},
		{"not too long once it is inflated", redirect(t, `<AuthnRequest `+space+` ID="_1">`+strings.Repeat(" ", 60_000)+`</AuthnRequest>`, "") + response, []string{"_1"}},
	} {
		var got []string
		for _, m := range DecodeAll([]byte(c.in)) {
			var ids []string
			for _, r := range m.Requests {
				ids = append(ids, r.ID)
			}
			got = append(got, strings.Join(ids, " "))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	r := DecodeAll([]byte(first + response))[0].Requests[0]
	if r.RelayState != "a b" || !r.IssueInstant.IsZero() || r.URL != "https://idp.example.com/sso" {
		t.Errorf("%+v", r)
	}
}

// Of many requests the last count: those just before the response.
func TestManyRequests(t *testing.T) {
	var b strings.Builder
	for i := range mostRequests + 5 {
		b.WriteString(redirect(t, fmt.Sprintf(`<AuthnRequest xmlns="%s" ID="_%d"/>`, nsProtocol, i), ""))
	}
	m := DecodeAll([]byte(httpRequest(b.String(), "SAMLResponse="+url.QueryEscape(encode64(wholeResponse)))))
	if len(m) != 1 || len(m[0].Requests) != mostRequests || m[0].Requests[mostRequests-1].ID != fmt.Sprintf("_%d", mostRequests+4) {
		t.Errorf("%d messages, %d requests", len(m), len(m[0].Requests))
	}
}

// What messages and requests are unpacked to is bounded together: what comes after
// that is told to be too much, or is no request.
func TestUnpackingIsBounded(t *testing.T) {
	response := &capture.Message{Field: capture.Response, Text: []byte(encode64(wholeResponse))}
	request := &capture.Message{Field: capture.Request, Text: []byte(encode64(`<AuthnRequest xmlns="` + nsProtocol + `" ID="_1"/>`))}
	for _, c := range []struct {
		name      string
		before    int // bytes that were unpacked before
		requests  int
		judgeable bool
	}{
		{"nothing before", 0, 1, true},
		{"room for both", mostUnpacked - len(wholeResponse) - 1, 1, true},
		{"room for the response", mostUnpacked - 1, 0, true},
		{"no room", mostUnpacked, 0, false},
	} {
		u := &unpacking{found: &capture.Found{Kind: capture.HAR}, unpacked: c.before}
		u.take(request)
		u.take(response)
		m := u.messages[0]
		if len(m.Requests) != c.requests || (m.XML() != nil) != c.judgeable || (m.capture.tooLarge == nil) != c.judgeable {
			t.Errorf("%s: %d requests, %d bytes, %+v", c.name, len(m.Requests), len(m.XML()), m.capture.tooLarge)
		}
	}
	u := &unpacking{found: &capture.Found{Kind: capture.HAR}}
	u.take(request)
	u.take(response)
	if want := len(wholeResponse) + len(`<AuthnRequest xmlns="`+nsProtocol+`" ID="_1"/>`); u.unpacked != want {
		t.Errorf("%d bytes are counted, want %d", u.unpacked, want)
	}
}

// What is longer than any container is told to be so, by the limit of containers.
func TestContainerThatIsTooLarge(t *testing.T) {
	data := make([]byte, capture.Most+1)
	copy(data, `{"log":{"entries":[`)
	m := DecodeAll(data)
	if want := (sizeFault{"container", len(data), capture.Most}); len(m) != 1 || m[0].capture.tooLarge == nil || *m[0].capture.tooLarge != want {
		t.Errorf("%d messages, %+v", len(m), m[0].capture.tooLarge)
	}
	m = DecodeAll(make([]byte, mostInput+1))
	if want := (sizeFault{"input", mostInput + 1, mostInput}); len(m) != 1 || *m[0].capture.tooLarge != want {
		t.Errorf("%d messages, %+v", len(m), m[0].capture.tooLarge)
	}
}

// A container that says that it cut a message is named beside where it stops; one
// without a response is named with what it lacks.
func TestContainersThatLack(t *testing.T) {
	for file, says := range map[string]string{
		"archive-cut.txt":        "error capture-truncated",
		"http-cut.txt":           "error capture-truncated",
		"archive-no-content.txt": "error message-not-response",
		"trail-event.txt":        "error message-not-response",
	} {
		m := capturedWith(t, file)[0]
		codes, text := judgeCapture(m)
		if len(codes) != 1 || codes[0] != says {
			t.Errorf("%s: %q, want %q", file, codes, says)
		}
		if m.capture.cut != "" && !strings.Contains(text, m.capture.cut) || m.capture.lacks != "" && !strings.Contains(text, "none in the capture ("+m.capture.container+"): "+m.capture.lacks) {
			t.Errorf("%s: %s", file, text)
		}
		if (m.capture.cut == "") == (m.capture.lacks == "") {
			t.Errorf("%s: cut %q, lacks %q", file, m.capture.cut, m.capture.lacks)
		}
	}
}

// An address without a host does not tell where a response was sent: it is shown,
// and held against nothing.
func TestAddressWithoutHost(t *testing.T) {
	page := `<html><form method="post" action="%s"><input name="SAMLResponse" value="` + encode64(wholeResponse) + `"></form></html>`
	for action, told := range map[string]bool{"/saml/acs": false, "https://sp.example.com/saml/acs": true} {
		m := DecodeAll([]byte(fmt.Sprintf(page, action)))[0]
		if m.URL != action || needURL.met(&facts{message: m}) != told {
			t.Errorf("%s: sent to %q", action, m.URL)
		}
	}
}
