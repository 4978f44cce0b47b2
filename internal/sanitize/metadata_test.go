package sanitize

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestJSONKeepsWhatIsJudged holds that of the JSON of AWS times and the mode of
// encryption stay, and what somebody else put there does not.
func TestJSONKeepsWhatIsJudged(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		`{"CreateDate":"2026-09-11T11:00:00+00:00"}`: true,
		`{"ValidUntil":1789124400.5}`:                true,
		`{"AssertionEncryptionMode":"Required"}`:     true,
		`{"CreateDate":{"by":"contoso"}}`:            false,
		`{"ValidUntil":"dana@contoso.com"}`:          false,
		`{"AssertionEncryptionMode":"contoso"}`:      false,
		`{"Tags":[{"Key":"contoso"}]}`:               false,
	} {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(text), &object); err != nil {
			t.Fatal(err)
		}
		out, err := s.jsonFile(object, "<x/>")
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range object {
			if strings.Contains(string(out), string(value)) != want || strings.Contains(string(out), name) != want {
				t.Errorf("%s became %s", text, out)
			}
		}
	}
}
