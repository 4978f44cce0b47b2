package render

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// Every message fits the width, in full and in short, and says of each cause
// what to do.
func TestMessagesFit(t *testing.T) {
	all := claims.Messages()
	texts := []string{Messages(all, Style{}), EntraErrors(saml.EntraErrors("AADSTS50105 AADSTS700016"), Style{})}
	for _, m := range all {
		full := Messages([]claims.Message{m}, Style{})
		texts = append(texts, full)
		if n := strings.Count(full, "\n      do        "); n != len(m.Causes) {
			t.Errorf("%q: %d of %d causes say what to do", m.Text, n, len(m.Causes))
		}
		if coloured := Messages([]claims.Message{m}, Style{Colour: true}); without(coloured) != full {
			t.Errorf("%q differs in colour", m.Text)
		}
	}
	for _, text := range texts {
		for line := range strings.Lines(text) {
			if w := displayWidth(strings.TrimSuffix(line, "\n")); w > Columns {
				t.Errorf("%d columns: %s", w, line)
			}
		}
	}
}

// without takes the decorations off a text.
func without(text string) string {
	for _, d := range []string{bold, dim, red, green, yellow, blue, ""} {
		text = strings.ReplaceAll(text, "\x1b["+d+"m", "")
	}
	return strings.ReplaceAll(text, "\x1b[0m", "")
}

func TestMessageWithoutWords(t *testing.T) {
	m := claims.Message{Code: "IDPRejectedClaim", By: "sts", When: "early", Meaning: "the provider says no", Basis: saml.Documented,
		Causes: []claims.Cause{{What: "it failed there", Look: "its log", Basis: saml.Inferred}}}
	want := `IDPRejectedClaim (the words that come with it are not known)
an answer of AWS STS, code IDPRejectedClaim (documented)

the provider says no

when  early

What may have led to it
  1.  it failed there (inferred)
      do        its log

samlcheck -m METADATA RESPONSE tells which of them it is; samlcheck explain CODE tells more of a
finding
`
	if got := Messages([]claims.Message{m}, Style{}); got != want {
		t.Errorf("got\n%s\nwanted\n%s", got, want)
	}
}
