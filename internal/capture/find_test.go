package capture

import "testing"

// TestFindFirst proves the containers that people send most.
func TestFindFirst(t *testing.T) {
	const value = "PHNhbWxwOlJlc3BvbnNlPg+/="
	for _, c := range []struct {
		text string
		kind Kind
		want string
		url  string
	}{
		{`{"log":{"version":"1.2","creator":{"name":"WebInspector"},"entries":[{"startedDateTime":"2026-09-11T11:00:01.123Z","request":{"method":"POST","url":"https://signin.aws.amazon.com/saml","postData":{"mimeType":"x","text":"SAMLResponse=PHN%2B&RelayState=a"}},"response":{}}]}}`, HAR, "SAMLResponse=PHN%2B&RelayState=a", "https://signin.aws.amazon.com/saml"},
		{`<html><form method="post" action="https://signin.aws.amazon.com/saml"><input type=hidden name=SAMLResponse value="PHN&#x2B;"></form>`, HTML, "PHN+", "https://signin.aws.amazon.com/saml"},
		{"curl 'https://signin.aws.amazon.com/saml' \\\n  -H 'a: b' \\\n  --data-raw 'SAMLResponse=PHN%2B'", Curl, "SAMLResponse=PHN%2B", "https://signin.aws.amazon.com/saml"},
		{"curl ^\"https://signin.aws.amazon.com/saml^\" ^\r\n  -H ^\"a: b^\" ^\r\n  --data-raw ^\"SAMLResponse=PHN^%^2B^&RelayState=^\"", Curl, "SAMLResponse=PHN%2B&RelayState=", "https://signin.aws.amazon.com/saml"},
	} {
		found := Find([]byte(c.text))
		if found.Kind != c.kind || len(found.Messages) != 1 {
			t.Errorf("%s: %+v", c.text, found)
			continue
		}
		if m := found.Messages[0]; string(m.Text) != c.want || m.URL != c.url || m.Method != "POST" || m.Field != Response {
			t.Errorf("%s: %+v, text %s", c.text, m, m.Text)
		}
	}
	if found := Find([]byte(value)); found.Kind != None {
		t.Errorf("plain base64 is read as %s", found.Kind)
	}
}
