package samltest

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"io"
	"net/url"
	"strings"
	"testing"
)

// Every form decodes to the document with the standard library.
func TestForms(t *testing.T) {
	r := issue(t, Login{})
	form, err := url.ParseQuery(r.FormBody("https://console.aws.amazon.com/?a=b&c"))
	if err != nil || form.Get("RelayState") != "https://console.aws.amazon.com/?a=b&c" {
		t.Errorf("the form body does not parse: %v, %q", err, form.Get("RelayState"))
	}
	plain, err := url.QueryUnescape(r.URLEncoded())
	if err != nil {
		t.Error(err)
	}
	for name, text := range map[string]string{"Base64": r.Base64(), "FormBody": form.Get("SAMLResponse"), "URLEncoded": plain} {
		if got, err := base64.StdEncoding.DecodeString(text); err != nil || !bytes.Equal(got, r.XML()) {
			t.Errorf("%s does not decode to the document (%v)", name, err)
		}
	}
	if strings.Contains(r.FormBody(""), "RelayState") {
		t.Error("an empty RelayState is sent")
	}
}

func TestDeflated(t *testing.T) {
	r := issue(t, Login{})
	text, err := r.Deflated()
	if err != nil {
		t.Fatal(err)
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(flate.NewReader(bytes.NewReader(data))); err != nil || !bytes.Equal(got, r) {
		t.Errorf("it does not inflate to the document (%v)", err)
	}
}

// A caller cannot change a Response through what XML gives.
func TestXMLIsACopy(t *testing.T) {
	r := issue(t, Login{})
	r.XML()[0] = 'x'
	if r[0] != '<' {
		t.Error("the Response has changed")
	}
}

func TestResponseErrors(t *testing.T) {
	for name, row := range map[string]struct {
		login Login
		want  string
	}{
		"product":       {Login{Product: "shibboleth"}, `found "shibboleth"`},
		"placement":     {Login{Sign: "nothing"}, `found "nothing"`},
		"algorithm":     {Login{Algorithm: "md5"}, `found "md5"`},
		"key":           {Login{Key: "lost"}, "there is no such key"},
		"mutation":      {Login{Mutations: []string{"all-wrong"}}, `no mutation "all-wrong"`},
		"nothing there": {Login{Mutations: []string{"role-missing", "role-missing"}}, `mutation "role-missing": there is no "Attribute(Role)"`},
		"no change":     {Login{Mutations: []string{"nameid-empty", "nameid-empty"}}, `mutation "nameid-empty" changes nothing`},
		"not signed":    {Login{Mutations: []string{"wrapping-1"}}, `there is no "Signature"`},
	} {
		if _, err := row.login.Response(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: expected an error with %q, found %v", name, row.want, err)
		}
	}
	if _, err := (Metadata{Product: "shibboleth"}).XML(); err == nil {
		t.Error("metadata of an unknown product: expected an error")
	}
	if _, err := (Metadata{Keys: []Key{"lost"}}).XML(); err == nil {
		t.Error("metadata with an unknown key: expected an error")
	}
}

// Text of a Login stands escaped in the XML.
func TestEscapes(t *testing.T) {
	d := &draft{text: string(issue(t, Login{NameID: `a<b>&"c"`, Recipient: `https://sp.example.com/acs?a="b"&c`}))}
	if got := d.find("Assertion/Subject/NameID").Text(); got != `a<b>&"c"` {
		t.Errorf("NameID is %q", got)
	}
	if got := d.find("").Get("Destination"); got != `https://sp.example.com/acs?a="b"&c` {
		t.Errorf("Destination is %q", got)
	}
}
