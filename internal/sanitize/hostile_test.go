package sanitize_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/sanitize"
	"github.com/samlcheck/samlcheck/saml"
)

// TestHostileTime holds that no message within the limits takes long: texts that
// every reader of a form begins at each character, and as many words, values and
// certificates as there is room for.
func TestHostileTime(t *testing.T) {
	if racing {
		t.Skip("the race detector makes everything many times as slow")
	}
	const patience = 20 * time.Second
	const room = 900_000
	fill := func(part string) string { return strings.Repeat(part, room/len(part)) }
	values := func(part string) string {
		const most = 200_000
		return fill("<v>" + strings.Repeat(part, most/len(part)) + "</v>")
	}
	var words, certificates strings.Builder
	for i := range 110_000 {
		fmt.Fprintf(&words, "w%x ", i*7919)
	}
	for i := range 40_000 {
		fmt.Fprintf(&certificates, "<X509Certificate>MII%d</X509Certificate>", i)
	}
	for name, inside := range map[string]string{
		"labels":       values("a."),
		"colons":       values("a:"),
		"two colons":   values("::"),
		"addresses":    values("1.1.1."),
		"at signs":     values("@a.b"),
		"schemes":      values("https://"),
		"names":        values("urn:oasis:names:"),
		"half GUIDs":   values("5f0c1e2d-1234-4abc-8def-00112233a00-"),
		"no ASCII":     values("\u0436\u5c71"),
		"marks":        values("e\u0301"),
		"references":   values("&#x41;"),
		"words":        "<v>" + words.String()[:250_000] + "</v><v>" + words.String()[250_000:500_000] + "</v>",
		"elements":     strings.Repeat("<v>x</v>", 49_000),
		"certificates": certificates.String()[:strings.LastIndex(certificates.String()[:room], "<X")],
	} {
		m := saml.Decode([]byte(`<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol">` + inside + `</Response>`))
		begin := time.Now()
		s, err := sanitize.New(sanitize.Options{Check: claims.Options{Options: saml.Options{SkipWitness: true}}})
		if err != nil {
			t.Fatal(err)
		}
		if err = s.Learn(m); err == nil {
			_, err = s.Message(m, issued)
		}
		took := time.Since(begin)
		if took > patience {
			t.Errorf("%s: %s", name, took)
		}
		t.Logf("%s: %s (%v)", name, took.Round(time.Millisecond), err)
	}
}
