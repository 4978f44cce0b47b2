package render

import (
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// TestEveryReportIsSafeAndMeetsSchema renders what the packages say of each
// product's response, sound and with each mutation, with and without metadata.
func TestEveryReportIsSafeAndMeetsSchema(t *testing.T) {
	schema, logSchema := compile(t), sarifSchema(t)
	mutations := [][]string{nil}
	for _, m := range samltest.Mutations() {
		mutations = append(mutations, []string{m.Name})
	}
	reports := 0
	for i, names := range mutations {
		products := samltest.Products()
		product := products[i%len(products)]
		response, err := samltest.Login{Product: product, Mutations: names}.Response()
		if err != nil {
			continue // the product's response has not what the mutation changes
		}
		metadata := parsed(t, product)
		message := saml.Decode([]byte(response.Base64()))
		options := saml.Options{Time: samltest.Instant().Add(time.Minute)}
		for _, o := range []*saml.Object{
			claims.Check(message, metadata, claims.Options{Options: options}).Object(),
			saml.Check(message, nil, options).Object(),
		} {
			reports++
			line, err := JSON(o)
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(t, schema, line); err != nil {
				t.Errorf("%v: %v", names, err)
			}
			mustBeSafe(t, strings.TrimSuffix(line, "\n"))
			mustBeSafeText(t, Text(o, Style{}))
			run := &Run{Version: "v1", Outcomes: []Outcome{NewOutcome(o, o.Verdict != saml.Pass)}}
			mustBeSafeDocuments(t, run, claims.AllRules()[0])
			log, err := SARIF(run, claims.AllRules()[:1])
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(t, logSchema, log); err != nil {
				t.Errorf("%v: %v", names, err)
			}
		}
	}
	if reports < 100 {
		t.Errorf("only %d reports were looked at", reports)
	}
}

func parsed(t *testing.T, product samltest.Product) *saml.Metadata {
	t.Helper()
	data, err := samltest.Login{Product: product}.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	m, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestVerdictInWords holds that no headline calls a response good that is not
// verified, and that each code a headline goes by exists.
func TestVerdictInWords(t *testing.T) {
	for _, verified := range []bool{true, false} {
		for _, verdict := range []saml.Verdict{saml.Pass, saml.Fail, saml.Unverified} {
			words := headline(&view{Object: &saml.Object{Verdict: verdict, Verified: verified, Profile: saml.ProfileAWS}})
			if !verified && verdict != saml.Pass && strings.Contains(words, "genuine") {
				t.Errorf("verified %v, verdict %s: %s", verified, verdict, words)
			}
			if strings.Contains(strings.ToLower(words), "valid") {
				t.Errorf("%s: the word says more than is known", words)
			}
		}
	}
	known := map[string]bool{}
	for _, r := range claims.AllRules() {
		known[r.Code] = true
	}
	for _, r := range append(reasonsToFail(), reasonsForDoubt()...) {
		for code := range strings.FieldsSeq(r.codes) {
			if !known[code] {
				t.Errorf("there is no code %s", code)
			}
		}
	}
}

// TestEveryRuleExplained holds that explain leaves nothing of a rule out, and that
// the text of every rule fits and is safe.
func TestEveryRuleExplained(t *testing.T) {
	for _, r := range claims.AllRules() {
		text := Explain(r, Style{})
		mustBeSafeText(t, text)
		for _, want := range []string{r.Code, string(r.Severity), string(r.Stage)} {
			if !strings.Contains(text, want) {
				t.Errorf("the explanation of %s does not hold %q", r.Code, want)
			}
		}
		flat := strings.Join(strings.Fields(text), " ")
		for _, want := range []string{r.Explanation, r.Fix} {
			if !strings.Contains(flat, strings.Join(strings.Fields(want), " ")) {
				t.Errorf("the explanation of %s does not hold %q", r.Code, want)
			}
		}
	}
}
