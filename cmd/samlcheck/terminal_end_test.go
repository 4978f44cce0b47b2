package main

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// captures gives a sound response in several forms, each with how a paste of it
// ends.
func captures(t testing.TB) map[string]struct {
	text string
	want ending
} {
	t.Helper()
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	b64 := response.Base64()
	quoted, err := json.Marshal(map[string]string{"SAMLResponse": b64})
	if err != nil {
		t.Fatal(err)
	}
	har, err := json.Marshal(map[string]any{"log": map[string]any{"version": "1.2", "entries": []any{map[string]any{
		"request": map[string]any{"method": "POST", "url": "https://signin.aws.amazon.com/saml",
			"postData": map[string]any{"mimeType": "application/x-www-form-urlencoded", "text": response.FormBody("")}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]struct {
		text string
		want ending
	}{
		"base64":             {b64, closed},
		"base64 in lines":    {folded(b64), closed},
		"base64, break":      {b64 + "\n", closed},
		"XML":                {string(response), closed},
		"XML, break":         {string(response) + "\n", closed},
		"form":               {response.FormBody("relay"), whole},
		"form, first field":  {"SAMLResponse=" + url.QueryEscape(b64), whole},
		"JSON":               {string(quoted), closed},
		"JSON cut":           {string(quoted[:len(quoted)-1]), open},
		"HAR":                {string(har), closed},
		"HAR cut":            {string(har[:len(har)-1]), open},
		"cURL":               {"curl 'https://signin.aws.amazon.com/saml' \\\n  --data-raw 'SAMLResponse=" + url.QueryEscape(b64) + "'", whole},
		"base64 cut":         {b64[:len(b64)-8], open},
		"base64 cut in half": {b64[:len(b64)/2], open},
		"base64 in a group":  {b64[:len(b64)/2/4*4+1], open},
		"XML cut":            {string(response[:len(response)-1]), open},
		"XML and text":       {string(response) + "x", open},
		"form cut":           {"SAMLResponse=" + url.QueryEscape(b64)[:len(b64)/2], open},
		"words":              {"this is nothing at all", open},
		"a key":              {"a", open},
		"no XML":             {base64.StdEncoding.EncodeToString([]byte("no XML at all")), open},
	}
}

func folded(text string) string {
	var lines []string
	for ; len(text) > 76; text = text[76:] {
		lines = append(lines, text[:76])
	}
	return strings.Join(append(lines, text), "\n")
}

func TestEndingOfPastes(t *testing.T) {
	for name, c := range captures(t) {
		if got := endingOf([]byte(c.text)); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// TestNoEndWithinBase64 cuts the base64 of every product's response at each place:
// nowhere but at the end does it look whole.
func TestNoEndWithinBase64(t *testing.T) {
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	b64 := response.Base64()
	for n := 1; n < len(b64)-4; n += 1 + n%7*13 {
		if got := endingOf([]byte(b64[:n])); got != open {
			t.Errorf("%d of %d characters look whole", n, len(b64))
		}
	}
}

func TestWhatLooksCutOff(t *testing.T) {
	all := captures(t)
	for name, want := range map[string]string{
		"base64": "", "XML": "", "form": "", "HAR": "", "words": "", "cURL": "", "a key": "",
		"base64 cut":         "; the end looks cut off: the base64 stops inside the document",
		"base64 cut in half": "; the end looks cut off: the base64 stops inside the document",
		"base64 in a group":  "; the end looks cut off: the base64 stops inside the document",
		"XML cut":            "; the end looks cut off: the XML stops inside the document",
		"form cut":           "; the end looks cut off: the message stops inside the document",
	} {
		if got := cutOff([]byte(all[name].text)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestArrived(t *testing.T) {
	for text, want := range map[string]string{
		"": "0 characters arrived", "a\n": "1 character arrived", "äb": "2 characters arrived",
		strings.Repeat("x", 999): "999 characters arrived", strings.Repeat("x\n", 1000): "1,000 characters arrived",
		strings.Repeat("x", 1_234_567):     "1,234,567 characters arrived",
		strings.Repeat("x", mostMessage+1): "more than 2,097,152 bytes arrived, and the rest is left out: give a capture of this size as a file",
	} {
		p := &paste{text: []byte(text)}
		if got := p.arrived(); got != want {
			t.Errorf("%d bytes: %q, want %q", len(text), got, want)
		}
	}
}

// FuzzPaste holds for all that a terminal may send: what is kept is bounded, holds
// no key that means something and no marker, and no piece changes what arrives,
// wherever it is cut.
func FuzzPaste(f *testing.F) {
	for _, c := range captures(f) {
		f.Add([]byte(c.text+"\r\r"), uint16(7))
	}
	f.Add([]byte("\x1b[200~PHNh\r\n\r\n\x1b[201~\x1b[20xb\x7f\x1b"), uint16(3))
	f.Fuzz(func(t *testing.T, keys []byte, cut uint16) {
		at := min(int(cut), len(keys))
		one, two := &paste{}, &paste{}
		one.take(keys)
		two.take(keys[:at])
		two.take(keys[at:])
		if string(one.text) != string(two.text) || one.over != two.over || one.inside != two.inside || one.marked != two.marked || one.emptyLine != two.emptyLine {
			t.Errorf("in one piece %q, in two %q", one.text, two.text)
		}
		if len(one.text) > len(keys) || strings.ContainsAny(string(one.text), "\x03\x04\x1c\x1a\x7f\b\r") || strings.Contains(string(one.text), bracketEnd) {
			t.Errorf("%q is kept of %q", one.text, keys)
		}
		_ = endingOf(one.text)
	})
}

const bracketEnd = "\x1b[201~"

// TestTerminalsThatAreNotAsked holds that nothing but a terminal that understands
// it is asked to mark pastes.
func TestTerminalsThatAreNotAsked(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	t.Setenv("TERM", "xterm")
	bracketed(file)()
	bracketed(&strings.Builder{})()
	if info, err := file.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("something was written into a file: %v, %v", info, err)
	}
}
