package claims_test

import (
	"slices"
	"testing"

	"github.com/samlcheck/samlcheck/internal/hostile"
)

// hostileSeeds gives a hostile document of each class of which there is one that
// suits: made without the key from messages that are genuine for the tribunal
// then, and no longer than what is fuzzed.
func (j *tribunal) hostileSeeds(tb testing.TB) [][]byte {
	tb.Helper()
	all, err := hostile.Documents()
	if err != nil {
		tb.Fatal(err)
	}
	captured := j.admit(tb)
	var out [][]byte
	class := ""
	for _, d := range all {
		suits := d.Class != class && d.Want == hostile.Refused && d.By != hostile.Provider && !d.Encrypted && len(d.Text) <= mostFuzzed
		if suits && !slices.ContainsFunc(d.Caught, func(v string) bool { return captured[v] == "" }) {
			out, class = append(out, d.Text), d.Class
		}
	}
	if len(out) < 90 {
		tb.Fatalf("90 hostile documents or more are expected, found %d", len(out))
	}
	return out
}

// admit takes what hostile documents are made of for genuine, where the metadata
// proves it.
func (j *tribunal) admit(tb testing.TB) (captured map[string]string) {
	tb.Helper()
	captured, err := hostile.Captured()
	if err != nil {
		tb.Fatal(err)
	}
	admitted := 0
	for _, text := range captured {
		if r := j.check([]byte(text)); r.SAML.Verified {
			admitted++
			assertion, response := believed(tb, r)
			j.assertions[assertion], j.responses[response] = true, true
		}
	}
	if admitted == 0 {
		tb.Fatal("the metadata proves none of what hostile documents are made of")
	}
	return captured
}
