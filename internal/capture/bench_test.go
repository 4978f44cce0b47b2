package capture

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// largeHAR gives an archive of 300 entries and 5 MB, as a sign-in with the page
// that it leads to has it: the script and the style of each entry in full.
func largeHAR(tb testing.TB) []byte {
	tb.Helper()
	s := newScene(tb)
	script := strings.Repeat("function f(a,b){return a<b?\"x\\\\\":'y'}\n", 390)
	var entries []string
	for i := range 299 {
		content := fmt.Sprintf(`{"size": %d, "mimeType": "text/javascript", "text": %s}`, len(script), quote(script))
		entries = append(entries, chromeEntry("GET", fmt.Sprintf("https://signin.aws.amazon.com/static/js/%d.js", i), "2026-09-11T11:00:00.120Z", "", idpDate, "", content))
	}
	entries = append(entries, chromeEntry("POST", signIn, "2026-09-11T11:00:01.204Z", chromePost(s.body), spDate, "", noPage))
	data := []byte(chrome(entries...))
	if len(data) < 5_000_000 || len(data) > 6_500_000 {
		tb.Fatalf("expected about 5 MB, made %d bytes", len(data))
	}
	return data
}

func BenchmarkFindHAR(b *testing.B) {
	data := largeHAR(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if found := Find(data); len(found.Messages) != 1 {
			b.Fatalf("%d messages", len(found.Messages))
		}
	}
}

// TestLargeHAR holds an archive of 5 MB to a second, which is ten times what it
// takes.
func TestLargeHAR(t *testing.T) {
	data := largeHAR(t)
	began := time.Now()
	found := Find(data)
	if took := time.Since(began); took > time.Second && !testing.Short() {
		t.Errorf("an archive of %d bytes took %s", len(data), took)
	}
	if len(found.Messages) != 1 || found.Messages[0].Where != "entry 300 of 300, request body" {
		t.Errorf("found %+v", found.Messages)
	}
}

// TestFindIsLinear holds hostile texts to time in proportion to their size: a
// loop within a loop would take minutes.
func TestFindIsLinear(t *testing.T) {
	const size = 256 << 10
	for _, unit := range []string{"{", "[", "{\"a\":", "{\"log\":{\"entries\":[", "\"", "\\", "\"SAMLResponse\":\"", "<", "<a ", "<form>", "<input name=SAMLResponse value=x>", "<a b=\"", "<!--", "<script>", "<textarea>",
		"curl ", "curl 'x' ;\n", "curl ^\n", "\nfetch(", "\nInvoke-WebRequest -Body \"x\n", "$(", "`\n", "aws sts assume-role-with-saml --saml-assertion ", "SAMLAssertion=PHNhbWxwOlJlc3BvbnNl ",
		"GET / HTTP/1.1\n", "GET / HTTP/1.1\n\n", "HTTP/1.1 200\n", ":path: x\n", "1.1.1.1:1: GET http://x\n", " << 200 OK\n", "=====\n", "<item>", "<items burpVersion", "</item><item><request>",
		"PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2Fz ", "PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2Fz\n", "PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2Fz a a a a a a ", "PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2Fz&",
		"a.", "a=b&", "SAMLResponse=", "https://a?SAMLResponse=%2B ", "<samlp:Response>\n", "\n<Response ", "> ", "=\n", "=3D=\n", "Content-Transfer-Encoding: base64\n\nAAAA\n", "Content-Transfer-Encoding: quoted-printable\n\n=3D\n--b\n", "--\n", "é", "\x00", "\xff\xfe", "%", "%2", "eventName AssumeRoleWithSAML {"} {
		for _, start := range []string{"", "Hello there,\n", "{\"a\":\"SAML", "<html>SAML"} {
			text := start + strings.Repeat(unit, size/len(unit))
			began := time.Now()
			Find([]byte(text))
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("%q and many of %q took %s", start, unit, took)
			}
		}
	}
}
