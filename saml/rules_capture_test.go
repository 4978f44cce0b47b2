package saml

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// wholeResponse is a Response whose base64 ends in a plus sign: its length is a
// multiple of 3.
const wholeResponse = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" ` +
	`IssueInstant="2026-09-11T10:00:00Z" Destination="https://sp.example.com/acs"><saml:Issuer>https://idp.example.com/~~~~~~~~~???</saml:Issuer></samlp:Response>`

// judgeCapture gives what the capture rules find: "severity code: message".
func judgeCapture(m *Message) (codes []string, text string) {
	report := Check(m, nil, Options{Profile: ProfileAWS, Time: time.Date(2026, 9, 11, 10, 0, 0, 0, time.UTC)})
	for _, f := range report.Findings {
		if f.Stage == StageCapture {
			codes = append(codes, string(f.Severity)+" "+f.Code)
			text += f.Message + " | " + f.Fix + "\n"
		}
	}
	return codes, text
}

func TestCaptureRules(t *testing.T) {
	xml := wholeResponse
	for len(xml)%3 != 0 {
		xml = strings.Replace(xml, "?", "??", 1)
	}
	b64 := encode64(xml)
	if b64[len(b64)-1] != '+' || strings.Count(b64, "+") < 3 {
		t.Fatalf("the sample has too few plus signs: %s", b64)
	}
	padded := encode64(xml + " ")
	b64url := strings.NewReplacer("+", "-", "/", "_").Replace(b64)
	squeezed := deflate(t, xml)
	for _, c := range []struct {
		name, in string
		want     []string
		says     []string
	}{
		{"a good response", b64, nil, nil},
		{"nothing", "", []string{"error input-empty"}, []string{"blank"}},
		{"blanks", "\ufeff \r\n\t\n", []string{"error input-empty"}, nil},
		{"a form without a message", "RelayState=x&SigAlg=y", []string{"error message-missing"}, []string{"SAMLResponse"}},
		{"an empty field", "SAMLResponse=&RelayState=x", []string{"error message-missing"}, nil},
		{"a URL without a message", "https://sp.example.com/acs?x=1", []string{"error message-missing"}, nil},
		{"a stray character", b64[:40] + "!" + b64[40:], []string{"error base64-malformed"}, []string{"offset 40", `"!" (U+0021)`}},
		{"a stray character after blanks and a quote", ` "` + b64[:40] + "é" + b64[40:] + `"`, []string{"error base64-malformed"}, []string{"offset 42", "U+00E9"}},
		{"stray bits", padded[:len(padded)-3] + "B==", []string{"error base64-malformed"}, []string{"stray bits"}},
		{"no stray bits", padded, nil, nil},
		{"too much padding", b64 + "==", []string{"error base64-malformed"}, []string{"2 padding characters stand where 0 belong"}},
		{"padding in the middle", padded + padded, []string{"error base64-malformed"}, []string{"two values are joined"}},
		{"both alphabets", b64 + "_" + b64[:3], []string{"error base64-malformed"}, []string{"base64url alphabet"}},
		{"a middle left out", b64[:60] + "..." + b64[70:], []string{"error base64-malformed"}, []string{"left the middle out"}},
		{"lost plus signs", strings.TrimSuffix(strings.ReplaceAll(b64, "+", " "), " ") + " \n", []string{"warning base64-plus-lost"}, []string{"repaired"}},
		{"a last plus sign lost and trimmed", strings.TrimSpace(strings.ReplaceAll(b64, "+", " ")), []string{"warning base64-plus-lost"}, nil},
		{"plus signs lost in a form", "SAMLResponse=" + strings.ReplaceAll(b64, "/", "%2F") + "&RelayState=%20", []string{"warning base64-plus-lost"}, nil},
		{"a form that is right", "SAMLResponse=" + url.QueryEscape(b64) + "&RelayState=%20", nil, nil},
		{"only the last plus sign lost and trimmed", b64[:len(b64)-1], []string{"error capture-truncated"}, []string{"plus sign at the end"}},
		{"base64 twice", encode64(b64), []string{"warning base64-twice"}, []string{": base64"}},
		{"percent-encoding", url.QueryEscape(b64), []string{"warning url-encoding-kept"}, []string{": url-encoded"}},
		{"percent-encoding twice", url.QueryEscape(url.QueryEscape(b64)), []string{"warning url-encoding-kept"}, []string{": url-encoded, url-encoded"}},
		{"HTML references", strings.ReplaceAll(b64, "+", "&#43;"), []string{"warning html-escaped"}, nil},
		{"base64url", b64url, []string{"warning base64url-used"}, nil},
		{"base64 of percent-encoding in HTML", strings.ReplaceAll(encode64(url.QueryEscape(b64)), "M", "&#77;"),
			[]string{"warning base64-twice", "warning url-encoding-kept", "warning html-escaped"}, []string{": html-escaped, url-encoded, base64"}},
		{"XML that stops", xml[:len(xml)-20], []string{"error capture-truncated"}, []string{"stops after"}},
		{"base64 that stops", b64[:201], []string{"error capture-truncated"}, nil},
		{"base64 that stops in a group", b64[:200], []string{"error capture-truncated"}, nil},
		{"DEFLATE", encode64(squeezed), []string{"error deflate-on-post"}, nil},
		{"DEFLATE that stops", encode64(squeezed[:len(squeezed)-20]), []string{"error capture-truncated", "error deflate-on-post"}, []string{"stops early"}},
		{"DEFLATE with more after it", encode64(squeezed + "more"), []string{"error capture-truncated", "error deflate-on-post"}, []string{"4 bytes too many"}},
		{"a request by redirect", "https://idp.example.com/sso?SAMLRequest=" + url.QueryEscape(encode64(deflate(t, `<AuthnRequest xmlns="`+nsProtocol+`"/>`))),
			[]string{"error message-not-response"}, []string{"AuthnRequest"}},
		{"SOAP", `<s:Envelope xmlns:s="` + nsSOAP11 + `"><s:Body>` + xml + `</s:Body></s:Envelope>`, []string{"info envelope-removed"}, []string{"SOAP"}},
		{"an artifact response", `<ArtifactResponse xmlns="` + nsProtocol + `">` + xml + `</ArtifactResponse>`, []string{"info envelope-removed"}, []string{"ArtifactResponse"}},
	} {
		codes, text := judgeCapture(Decode([]byte(c.in)))
		slices.Sort(codes)
		slices.Sort(c.want)
		if !slices.Equal(codes, c.want) {
			t.Errorf("%s: %q, want %q\n%s", c.name, codes, c.want, text)
		}
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%s: the text does not say %q:\n%s", c.name, s, text)
			}
		}
	}
}

// A cut inside the end tag of an inner element misses more than one character.
func TestCutInsideAnInnerEndTag(t *testing.T) {
	cut := strings.Index(wholeResponse, "</saml:Issuer>") + len("</saml:Issuer")
	for in, want := range map[string]bool{wholeResponse[:cut]: false, wholeResponse[:len(wholeResponse)-1]: true} {
		codes, text := judgeCapture(Decode([]byte(encode64(in))))
		if !slices.Equal(codes, []string{"error capture-truncated"}) || strings.Contains(text, "plus sign") != want {
			t.Errorf("%q %s, want the plus sign named: %v", codes, text, want)
		}
	}
}

// A cut at a length that a tool is known for names the tool.
func TestTruncationNamesTheTool(t *testing.T) {
	b64 := encode64(strings.Replace(wholeResponse, "???", strings.Repeat("?", 40_000), 1))
	for _, c := range []struct {
		length int
		says   string
	}{{1024, "macOS"}, {1023, "macOS"}, {4095, "Linux"}, {4096, "Linux"}, {32768, "browser"}, {2000, ""}} {
		codes, text := judgeCapture(Decode([]byte(b64[:c.length])))
		if !slices.Equal(codes, []string{"error capture-truncated"}) || !strings.Contains(text, c.says) {
			t.Errorf("%d: %q %s", c.length, codes, text)
		}
		if c.says == "" && strings.Contains(text, "about where") {
			t.Errorf("%d: a tool is named without reason: %s", c.length, text)
		}
	}
}

func TestWhatIsNoResponseIsNamed(t *testing.T) {
	element := func(name, space string) string { return `<x:` + name + ` xmlns:x="` + space + `"/>` }
	jwt := "eyJhbGciOiJSUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"x"}`)) + ".c2lnbmF0dXJl"
	for _, c := range []struct{ name, in, says string }{
		{"AuthnRequest", element("AuthnRequest", nsProtocol), "AuthnRequest"},
		{"AuthnRequest in base64", encode64(element("AuthnRequest", nsProtocol)), "AuthnRequest"},
		{"LogoutRequest", element("LogoutRequest", nsProtocol), "sign-out"},
		{"LogoutResponse", element("LogoutResponse", nsProtocol), "sign-out"},
		{"ArtifactResolve", element("ArtifactResolve", nsProtocol), "ArtifactResponse"},
		{"ArtifactResponse", element("ArtifactResponse", nsProtocol), "without a Response"},
		{"AttributeQuery", element("AttributeQuery", nsProtocol), `"AttributeQuery"`},
		{"Assertion", element("Assertion", nsAssertion), "without the Response around it"},
		{"metadata", element("EntityDescriptor", nsMetadata), "--metadata"},
		{"metadata of several", element("EntitiesDescriptor", nsMetadata), "--metadata"},
		{"SAML 1.1", element("Response", nsSAML11Protocol), "SAML 1.1"},
		{"WS-Federation", "wa=wsignin1.0&wresult=" + url.QueryEscape(element("RequestSecurityTokenResponse", nsTrust2005)), "WS-Federation"},
		{"WS-Trust 1.3", element("RequestSecurityTokenResponseCollection", nsTrust13), "WS-Federation"},
		{"a Response of no namespace", "<Response/>", "correct the namespace"},
		{"a SOAP fault", `<s:Envelope xmlns:s="` + nsSOAP11 + `"><s:Body><s:Fault><faultstring>AADSTS50105: no</faultstring></s:Fault></s:Body></s:Envelope>`, "not assigned"},
		{"a Response inside", `<wrapper><x:Response xmlns:x="` + nsProtocol + `"/></wrapper>`, `"/wrapper/Response"`},
		{"Burp", `<items burpVersion="2024.1"><item/></items>`, "Burp"},
		{"JWT", jwt, "JSON Web Token"},
		{"bearer token", "Bearer " + jwt, "JSON Web Token"},
		{"id_token", "id_token=" + jwt + "&state=x", "JSON Web Token"},
		{"login page", "<!DOCTYPE html>\n<html><title>Sign in to\n your account</title><input type=\"password\"></html>", `titled "Sign in to your account"`},
		{"error page", "<html><body>AADSTS50011: the reply URL does not match</body></html>", "AADSTS50011 means"},
		{"error page of AWS", "<html><body>Your request included an invalid SAML response. To logout, click here.</body></html>", "error page of AWS sign-in"},
		{"XHTML page", `<?xml version="1.0"?><!-- x --><!DOCTYPE html PUBLIC "a" "b"><html xmlns="http://www.w3.org/1999/xhtml"/>`, "HTML page"},
		{"page with the form", `<form method="post"><input name="SAMLResponse" value="x"></form>`, "value of that field"},
		{"page in base64", encode64("<html><title>x</title></html>"), "HTML page"},
		{"JSON", `{"a": 1}`, "JSON"},
		{"HAR", `{ "log": {"entries": []}}`, "HAR"},
		{"PEM", "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----", "PEM"},
		{"certificate", "MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "certificate in base64"},
		{"artifact", "SAMLart=AAQAAMh48%2F1oXIM&RelayState=x", "HTTP-Artifact"},
		{"HTTP", "POST /saml HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP message"},
		{"curl", "curl 'https://sp.example.com/acs' --data-raw 'SAMLResponse=x'", "command"},
		{"prose", "hello, this is no response at all", "neither XML nor base64"},
		{"one word", "response", "neither XML nor base64"},
		{"bytes", "\x7fELF\x02\x01\x01\x00\x00\x00", "binary"},
	} {
		m := Decode([]byte(c.in))
		codes, text := judgeCapture(m)
		if !slices.Equal(codes, []string{"error message-not-response"}) || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q %s; want it to say %q", c.name, codes, text, c.says)
		}
		report := Check(m, nil, Options{})
		if report.Verdict != Fail || report.Verified {
			t.Errorf("%s: verdict %s", c.name, report.Verdict)
		}
	}
}

func TestPostedElsewhere(t *testing.T) {
	for _, c := range []struct {
		url  string
		want []string
		says string
	}{
		{"", nil, ""},
		{"https://sp.example.com/acs", nil, ""},
		{"HTTPS://SP.example.com:443/acs#x", nil, ""},
		{"https://sp.example.com/acs/", []string{"warning posted-elsewhere"}, "character 27"},
		{"https://sp.example.com:8443/acs", []string{"warning posted-elsewhere"}, "Destination"},
		{"http://sp.example.com/acs", []string{"warning posted-elsewhere"}, "character 5"},
	} {
		m := Decode([]byte(wholeResponse))
		m.URL = c.url
		codes, text := judgeCapture(m)
		if !slices.Equal(codes, c.want) || !strings.Contains(text, c.says) {
			t.Errorf("%q: %q %s", c.url, codes, text)
		}
	}
}

func TestClockOffset(t *testing.T) {
	issued := time.Date(2026, 9, 11, 10, 0, 0, 0, time.UTC)
	for offset, want := range map[time.Duration]string{0: "", time.Minute: "", -time.Minute: "",
		-61 * time.Second: "1 min 1 s ahead of", 2 * time.Hour: "2 h behind"} {
		m := Decode([]byte(wholeResponse))
		m.HTTPDate = issued.Add(offset)
		codes, text := judgeCapture(m)
		if want == "" && codes != nil || want != "" && (!slices.Equal(codes, []string{"info clock-offset"}) || !strings.Contains(text, want)) {
			t.Errorf("%s: %q %s", offset, codes, text)
		}
	}
}

func TestDecodeIsBounded(t *testing.T) {
	nested := wholeResponse
	for range mostLayers + 1 {
		nested = encode64(nested)
	}
	bomb := encode64(deflate(t, wholeResponse+strings.Repeat(" ", 40<<20)))
	for _, c := range []struct{ limit, in string }{
		{"input", strings.Repeat("A", mostInput+1)}, {"layers", nested}, {"inflated", bomb},
	} {
		m := Decode([]byte(c.in))
		if f := m.capture.tooLarge; f == nil || f.limit != c.limit || m.XML() != nil {
			t.Errorf("%s: %+v", c.limit, f)
			continue
		}
		report := Check(m, nil, Options{})
		if report.Verdict != Unverified || !slices.ContainsFunc(report.Findings, func(f Finding) bool { return f.Code == "limit-exceeded" }) {
			t.Errorf("%s: verdict %s, %+v", c.limit, report.Verdict, report.Findings)
		}
	}
	if m := Decode([]byte(strings.Repeat(" ", mostInput-len(wholeResponse)) + wholeResponse)); m.XML() == nil {
		t.Errorf("a capture of exactly the limit is refused: %+v", m.capture.tooLarge)
	}
}

func TestRelayState(t *testing.T) {
	m := Decode([]byte("RelayState=a%20b%2Bc+d&SAMLResponse=" + url.QueryEscape(encode64(wholeResponse))))
	if m.RelayState() != "a b+c d" || string(m.XML()) != wholeResponse {
		t.Errorf("%q", m.RelayState())
	}
	m = Decode([]byte("https://sp.example.com/acs?SAMLResponse=" + url.QueryEscape(encode64(deflate(t, wholeResponse)))))
	if m.URL != "https://sp.example.com/acs" {
		t.Errorf("%q", m.URL)
	}
}
