package seeds

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
)

// The seeds are what their names say: documents that are read as XML responses
// and are signed, metadata of identity providers, JSON of accounts.
func TestSeedsAreWhatTheySay(t *testing.T) {
	signed, responses := 0, 0
	for _, d := range Documents(t) {
		if strings.Contains(d, "SignatureValue>") {
			signed++
		}
		var root struct{ XMLName xml.Name }
		if xml.Unmarshal([]byte(d), &root) == nil && root.XMLName.Local == "Response" {
			responses++
		}
	}
	if least := len(Documents(t)) * 8 / 10; signed < least || responses < least {
		t.Errorf("of %d documents, %d are signed and %d are responses; expected %d or more", len(Documents(t)), signed, responses, least)
	}
	for _, m := range Metadata(t) {
		if !strings.Contains(string(m), "IDPSSODescriptor") {
			t.Errorf("no metadata of an identity provider: %.80s", m)
		}
	}
	for _, a := range Accounts(t) {
		if text := strings.TrimPrefix(string(a), "\ufeff"); !json.Valid([]byte(text)) && !strings.HasPrefix(text, "{") {
			t.Errorf("no JSON: %.80s", a)
		}
	}
}

// Every case has a capture, and no capture is lost.
func TestEveryCaseIsASeed(t *testing.T) {
	cases, empty := Cases(t), 0
	for _, c := range cases {
		if len(c.Capture) == 0 {
			empty++
			t.Logf("%s has an empty capture", c.Name)
		}
	}
	if empty > 2 {
		t.Errorf("%d cases have no capture", empty)
	}
	if got := len(Captures(t)); got < len(cases)+leastCaptures {
		t.Errorf("%d captures are fewer than those of %d cases and of the folder", got, len(cases))
	}
}
