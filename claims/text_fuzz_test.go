package claims_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/seeds"
)

// FuzzExplainMessage: whatever text a user pastes, the messages that are found
// are messages of the table, none twice, and what stands behind the first 8 KiB
// does not change what is known.
func FuzzExplainMessage(f *testing.F) {
	all := claims.Messages()
	for _, m := range all {
		f.Add(m.Text, m.Code)
	}
	f.Fuzz(func(t *testing.T, text, around string) {
		found, known := claims.ExplainMessage(text)
		if known && len(found) == 0 {
			t.Errorf("%q is known, and nothing is said of it", text)
		}
		var texts []string
		for _, m := range found {
			if !slices.ContainsFunc(all, func(a claims.Message) bool { return a.Text == m.Text && a.Code == m.Code && a.By == m.By }) {
				t.Errorf("%q is explained by no message of the table: %+v", text, m)
			}
			texts = append(texts, m.By+m.Code+m.Text)
		}
		if slices.Sort(texts); len(slices.Compact(texts)) < len(found) {
			t.Errorf("%q is explained twice by the same: %q", text, texts)
		}
		if long := text + strings.Repeat(" ", 8<<10); known && len(text) < 8<<10 {
			again, knownAgain := claims.ExplainMessage(long + around)
			if knownAgain != known || len(again) != len(found) {
				t.Errorf("%q: what is not read changes the answer from %d to %d", text, len(found), len(again))
			}
		}
	})
}

// FuzzParseIAMProvider: whatever the ARN and the file, what is taken is
// of a provider by its ARN, and an error is a bounded line of plain
// text.
func FuzzParseIAMProvider(f *testing.F) {
	const arn = "arn:aws:iam::111122223333:saml-provider/Entra"
	for _, account := range seeds.Accounts(f) {
		f.Add(arn, account)
	}
	f.Add(arn, []byte(`{"SAMLMetadataDocument":"<x/>","CreateDate":"2026-01-01T00:00:00Z","ValidUntil":"2027-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, arn string, data []byte) {
		m, err := claims.ParseIAMProvider(arn, data)
		if (m == nil) == (err == nil) {
			t.Fatalf("account %v, error %v", m, err)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) || len(err.Error()) > 2000 {
				t.Errorf("an error of %d bytes: %q", len(err.Error()), err)
			}
			return
		}
		if parsed, err := claims.ParseARN(arn); err != nil || parsed.Kind != claims.KindProvider {
			t.Errorf("%q is taken for the ARN of a provider: %v", arn, err)
		}
	})
}
