package capture

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"flag"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

var update = flag.Bool("update", false, "write testdata/captures/tools anew")

// tools is the folder of what is made here.
const tools = testdata + "/captures/tools"

// A scene is the sign-in that every tool captures.
type scene struct {
	response, second string // base64 of two responses
	page             string // that brings the first
	body             string // of the POST that the page makes
	wresult          string // the assertion as WS-Federation carries it
}

const (
	signIn  = "https://signin.aws.amazon.com/saml"
	idp     = "https://login.microsoftonline.com/5f0c1e2d-0000-4000-8000-00000000a001/saml2"
	console = "https://console.aws.amazon.com/"
	agent   = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"

	// What the service provider asked, in XML and as a redirect carries it. The
	// second is kept, and not made from the first: no two versions of a
	// compressor have to give the same bytes.
	requestXML = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_request-1" Version="2.0" IssueInstant="2026-09-11T10:59:40Z" Destination="` + idp + `" AssertionConsumerServiceURL="` + signIn + `"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">urn:amazon:webservices</saml:Issuer></samlp:AuthnRequest>`
	deflated   = "fZHBTsMwDIZfpcq9bVJtiFltpYpdJo3LBhy4oBCyLVLjlDhliKcnaUGMy3xwlNj//8lOTdL2A3RjOOFOv4+aQvZpeySYCg0bPYKTZAhQWk0QFOy7+y1UBYfBu+CU61m2WTfsxc/6XLDsSXsyDhsW22KVaNQbpCAxxCde3eR8lQvxIDgsV7DgzyxbR6VBGSbVKYSBoCx7dzRYWKO8I3cIDnuDulDOlssDV0JXbzmPkS9Suk2J/4TkXJRphIplHZH2yfjOIY1W+732H0bpx932D0XmiJElz1RIK78cTpjkwNo6HTBN4S+2c3058pfK2tQ2m8JZv9JMp7q8sG3n2/+faL8B"
)

// A tool is a capture as one tool writes it.
type tool struct {
	file   string
	source string // where the format was looked up
	make   func(s scene) string
	want   wanted
}

// wanted is what Find has to say of it.
type wanted struct {
	kind     Kind
	name     string
	messages []wantedMessage
	lacks    string // a part of it
}

// A wantedMessage is a message that has to be found; octets is the XML that it
// has to decode to, as is known from the scene.
type wantedMessage struct {
	field                    Field
	octets                   func(s scene) string
	relay, method, url       string
	time, date, where, added string // added is a part of Cut
}

func response(s scene) string  { return plain(s.response) }
func second(s scene) string    { return plain(s.second) }
func asked(scene) string       { return requestXML }
func federated(s scene) string { return s.wresult }

func plain(encoded string) string {
	out, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func allTools() []tool {
	return slices.Concat(harTools(), browserTools(), commandTools(), pageTools(), httpTools(), textTools(), logTools(), programTools(), jsonTools(), awsTools())
}

func newScene(t testing.TB) scene {
	t.Helper()
	first, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := samltest.Login{InResponseTo: "_request-1"}.Response()
	if err != nil {
		t.Fatal(err)
	}
	s := scene{response: first.Base64(), second: answer.Base64(), body: first.FormBody(console)}
	s.page = entraPage(s.response, console)
	xml := string(first)
	at, end := strings.Index(xml, "<Assertion "), strings.Index(xml, "</Assertion>")
	if at < 0 || end < 0 {
		t.Fatal("the response has no assertion")
	}
	s.wresult = `<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken>` +
		xml[at:end] + `</Assertion></t:RequestedSecurityToken><t:RequestType>http://schemas.xmlsoap.org/ws/2005/02/trust/Issue</t:RequestType></t:RequestSecurityTokenResponse>`
	return s
}

// quote writes a string as JSON.stringify does.
func quote(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// TestTools proves that the files are what is made here, and that Find finds in
// each what was put into it, octet by octet.
func TestTools(t *testing.T) {
	s := newScene(t)
	var made []string
	for _, tool := range allTools() {
		made = append(made, tool.file)
		data := []byte(tool.make(s))
		golden(t, filepath.Join(tools, tool.file), data)
		tool.want.check(t, tool.file, s, Find(data))
		if tool.source == "" {
			t.Errorf("%s: a source is expected", tool.file)
		}
	}
	entries, err := os.ReadDir(tools)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(made, e.Name()) {
			t.Errorf("%s is made by nothing", e.Name())
		}
	}
	if len(made) < 30 {
		t.Errorf("expected 30 tools or more, found %d", len(made))
	}
}

// golden compares a file with what it should hold, or writes it.
func golden(t *testing.T, name string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is made here; write it anew: go test ./internal/capture -run TestTools -update", name)
	}
}

func (w wanted) check(t *testing.T, file string, s scene, found Found) {
	t.Helper()
	if found.Kind != w.kind || found.Name != w.name {
		t.Errorf("%s: read as %s, %q; want %s, %q", file, found.Kind, found.Name, w.kind, w.name)
	}
	if !strings.Contains(found.Lacks, w.lacks) || (w.lacks == "") != (found.Lacks == "") {
		t.Errorf("%s: lacks %q; want %q", file, found.Lacks, w.lacks)
	}
	if len(found.Messages) != len(w.messages) {
		t.Errorf("%s: %d messages; want %d", file, len(found.Messages), len(w.messages))
		return
	}
	for i, m := range found.Messages {
		w.messages[i].check(t, file, s, m)
	}
}

func (w wantedMessage) check(t *testing.T, file string, s scene, m Message) {
	t.Helper()
	got, err := octets(m)
	if want := w.octets(s); err != nil || (w.added == "" && got != want || !strings.HasPrefix(want, got) || got == "") {
		t.Errorf("%s: the message is not what was put into it: %v, %d octets, want %d", file, err, len(got), len(want))
	}
	for _, c := range []struct{ what, got, want string }{
		{"field", string(m.Field), string(w.field)}, {"RelayState", m.RelayState, w.relay}, {"method", m.Method, w.method}, {"URL", m.URL, w.url},
		{"time", instantText(m.Time), w.time}, {"date", instantText(m.Date), w.date}, {"place", m.Where, w.where},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s %q, want %q", file, c.what, c.got, c.want)
		}
	}
	if !strings.Contains(m.Cut, w.added) || (w.added == "") != (m.Cut == "") {
		t.Errorf("%s: cut %q, want %q", file, m.Cut, w.added)
	}
}

func instantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// octets decodes a message with nothing but the standard library: what it stands
// for is known without package saml.
func octets(m Message) (string, error) {
	text := strings.TrimSpace(string(m.Text))
	if strings.HasPrefix(text, "<") {
		return text, nil
	}
	if strings.Contains(text, string(m.Field)+"=") {
		form, err := url.ParseQuery(text)
		if err != nil {
			return "", err
		}
		text = form.Get(string(m.Field))
	}
	if _, rest, ok := strings.Cut(text, string(m.Field)+": "); ok { // as tools show a form
		text, _, _ = strings.Cut(rest, "\n")
	}
	if strings.HasPrefix(text, "<") {
		return text, nil
	}
	text = strings.Join(strings.Fields(text), "")
	if m.Cut != "" {
		text = text[:len(text)/4*4]
	}
	out, err := base64.StdEncoding.DecodeString(text)
	if err != nil || bytes.HasPrefix(out, []byte("<")) {
		return string(out), err
	}
	out, err = io.ReadAll(flate.NewReader(bytes.NewReader(out)))
	return string(out), err
}
