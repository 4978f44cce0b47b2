package capture

import (
	"encoding/base64"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

const testdata = "../../testdata"

// sampleXML has every kind of byte that an encoding changes, and no end that
// would show where the message is over.
const sampleXML = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" ` +
	`Destination='https://signin.aws.amazon.com/saml'><a>1+1 &lt; 3 &amp;amp; é ≥ 100%41 \n ???>>></a></samlp:Response>` + "\r\n<!-- a+b/c=> -->"

func encode64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func fold(s string, width int, lineEnd string) string {
	var b strings.Builder
	for ; len(s) > width; s = s[width:] {
		b.WriteString(s[:width] + lineEnd)
	}
	return b.String() + s
}

// encodings are the forms in which a message stands alone: package saml decodes
// them as they are.
func encodings(xml string) map[string]string {
	s := encode64(xml)
	return map[string]string{
		"raw XML":                          xml,
		"XML with a declaration":           `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + xml,
		"base64":                           s,
		"base64 with a byte order mark":    "\ufeff" + s + "\n",
		"base64 in lines of 76":            fold(s, 76, "\r\n"),
		"base64 in lines of 7":             fold(s, 7, "\n"),
		"base64 in indented lines":         "   " + fold(s, 64, "\n   "),
		"base64 with trailing blanks":      fold(s, 64, " \n"),
		"base64 with tabs":                 fold(s, 9, "\t"),
		"base64 with blanks":               fold(s, 76, " "),
		"base64 whose plus signs are lost": strings.ReplaceAll(s, "+", " "),
		"base64 without padding":           strings.TrimRight(s, "="),
		"base64 in double quotes":          `"` + s + `"`,
		"base64 in single quotes":          " '" + s + "',\n",
		"base64 in typographic quotes":     "“" + s + "”",
		"base64 in backticks":              "`" + s + "`",
		"base64 cut":                       s[:200],
		"base64 with a foreign character":  s[:100] + "!" + s[100:],
		"base64 with an ellipsis":          s[:100] + "…" + s[150:],
		"base64 with dots":                 s[:100] + "..." + s[150:],
		"base64 twice":                     encode64(s),
		"base64url":                        base64.RawURLEncoding.EncodeToString([]byte(xml)),
		"percent-encoded":                  url.QueryEscape(s),
		"percent-encoded twice":            url.QueryEscape(url.QueryEscape(s)),
		"form":                             "SAMLResponse=" + url.QueryEscape(s) + "&RelayState=x%26y",
		"form, RelayState first":           "RelayState=a+b%3D&SAMLResponse=" + url.QueryEscape(s),
		"form in lines":                    "RelayState=&SAMLResponse=" + url.QueryEscape(fold(s, 76, "\r\n")),
		"form whose escapes were undone":   "SAMLResponse=" + s + "&RelayState=",
		"form encoded as a whole":          url.QueryEscape("SAMLResponse=" + url.QueryEscape(s)),
		"form fields in lines":             "RelayState=x\nSAMLResponse=" + s + "\nRelayState=y",
		"name and colon":                   "SAMLResponse: " + s,
		"names and colons":                 "RelayState: https://console.aws.amazon.com/\nSAMLResponse: " + s + "\nSigAlg: x",
		"name and tab":                     "SAMLResponse\t" + s + "\n",
		"name on its own line":             "SAMLResponse:\n" + s + "\nRelayState:\nhttps://console.aws.amazon.com/",
		"a piece of JSON":                  `"SAMLResponse": "` + s + `",`,
		"form of XML":                      "SAMLResponse=" + url.QueryEscape(xml),
		"XML percent-encoded":              url.QueryEscape(xml),
		"XML escaped":                      html.EscapeString(xml),
		"base64 escaped":                   strings.NewReplacer("+", "&#43;", "=", "&#61;", "/", "&#47;").Replace(s),
		"form escaped":                     html.EscapeString("RelayState=a&SAMLResponse=" + url.QueryEscape(s)),
		"base64 as a JSON string":          strconv.Quote(fold(s, 76, "\r\n")),
		"base64 with escaped slashes":      strings.ReplaceAll(s, "/", `\/`),
		"XML as a JSON string":             strconv.Quote(xml),
		"data URL":                         "data:text/xml;base64," + s,
		"redirect":                         "https://sp.example.com/acs?SAMLResponse=" + url.QueryEscape(s) + "&RelayState=r&SigAlg=x#top",
		"query":                            "?RelayState=r&SAMLResponse=" + url.QueryEscape(s),
		"text before the root":             "foo" + xml,
		"text after the root":              xml + "foo",
		"a word about it":                  "a Response is expected",
		"nothing":                          " \n",
		"a certificate":                    "-----BEGIN CERTIFICATE-----\nMIIC8DCCAdigAwIBAgIQc/a1\n-----END CERTIFICATE-----\n",
		"JSON of something else":           `{"name":"x","saml":{"enabled":true}}`,
		"a page of something else":         "<!DOCTYPE html><html><body><form action=/login><input name=user></form></body></html>",
		"other base64 in a mail":           "Hello,\n\nthis is the picture:\n\n" + fold(encode64(strings.Repeat("\x89PNG data ", 60)), 76, "\n") + "\n\nBye\n",
		"a certificate in a mail":          "Hello,\n\nour certificate is MIIC8DCCAdigAwIBAgIQcIa1s9xmKpBGrJ3mbcTLzANBgkqhkiG9w0BAQsFADA0MTIwMAYDVQQD for the Response\n",
	}
}

// TestMessagesAloneAreNoContainers holds what stands alone against being taken
// for a container: package saml decodes it, and finds faults that are lost where
// anything is undone before.
func TestMessagesAloneAreNoContainers(t *testing.T) {
	for _, padding := range []string{"", " ", "  "} {
		for name, text := range encodings(sampleXML + "<!--" + padding + "-->") {
			if found := Find([]byte(text)); found.Kind != None || len(found.Messages) > 0 {
				t.Errorf("%s: read as %s, %q", name, found.Kind, found.Name)
			}
		}
	}
	for name, text := range encodings(strings.TrimSuffix(sampleXML, "\r\n<!-- a+b/c=> -->")) {
		if found := Find([]byte(text)); found.Kind != None || len(found.Messages) > 0 {
			t.Errorf("%s, with the end of a message: read as %s, %q", name, found.Kind, found.Name)
		}
	}
}

// TestTestdataIsNoContainer holds the captures and the cases of this project,
// which all are messages alone, against the same.
func TestTestdataIsNoContainer(t *testing.T) {
	seen := 0
	check := func(name string, text []byte) {
		seen++
		if found := Find(text); found.Kind != None || len(found.Messages) > 0 {
			t.Errorf("%s: read as %s, %q", name, found.Kind, found.Name)
		}
	}
	files, err := filepath.Glob(filepath.Join(testdata, "captures", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		check(file, data)
	}
	archives, err := filepath.Glob(filepath.Join(testdata, "cases", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.Files {
			if strings.HasPrefix(part.Name, "response.") {
				check(file, part.Data)
			}
		}
	}
	if seen < 270 {
		t.Errorf("expected 270 messages or more, found %d", seen)
	}
}
