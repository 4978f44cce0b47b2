package render

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// FuzzReportIsSafe puts a string into every field of a report, a rule and
// metadata: neither text nor JSON holds a character that acts on a terminal or
// hides, and no line of text is too wide.
func FuzzReportIsSafe(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var o saml.Object
		fill(reflect.ValueOf(&o).Elem(), s)
		var r claims.Role
		fill(reflect.ValueOf(&r).Elem(), s)
		o.Roles, o.Opinions, o.AWS = []any{r}, []any{}, nil
		var rule saml.Rule
		fill(reflect.ValueOf(&rule).Elem(), s)
		var m Metadata
		fill(reflect.ValueOf(&m).Elem(), s)
		o.Findings[0].Code, m.Findings[0].Code = "digest-mismatch", "digest-mismatch" // ours, never foreign
		for _, severity := range severities() {                                       // others are not shown
			o.Findings[0].Severity, m.Findings[0].Severity = severity, severity
			mustBeSafeText(t, Text(&o, Style{}))
		}
		mustBeSafeText(t, Explain(rule, Style{}))
		mustBeSafeText(t, MetadataText(&m, Style{}))
		rule.Stage = saml.StageXML
		mustBeSafeText(t, RuleList([]saml.Rule{rule}, Style{}))
		line, err := JSON(&o)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(line, "}\n") || strings.Count(line, "\n") != 1 {
			t.Errorf("not one line: %q", line)
		}
		mustBeSafe(t, strings.TrimSuffix(line, "\n"))
		mustMeanTheSame(t, &o, line)
		mustBeSafeDocuments(t, &Run{Version: s, Outcomes: []Outcome{{&o, true}, {&o, false}}, Troubles: []Trouble{{s, s}}}, rule)
	})
}

// mustBeSafeDocuments looks at the formats that are one document.
func mustBeSafeDocuments(t *testing.T, run *Run, rule saml.Rule) {
	t.Helper()
	log, err := SARIF(run, []saml.Rule{rule})
	if err != nil {
		t.Fatal(err)
	}
	mustBeSafe(t, strings.TrimSuffix(log, "\n"))
	suites := JUnit(run)
	for line := range strings.Lines(suites) {
		mustBeSafe(t, strings.TrimSuffix(line, "\n"))
	}
	if all := readJUnit(t, suites); all.Tests != len(run.Outcomes)+len(run.Troubles) {
		t.Errorf("%d tests", all.Tests)
	}
}

func mustBeSafeText(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		mustBeSafe(t, line)
		if displayWidth(line) > Columns {
			t.Errorf("%d columns: %s", displayWidth(line), line)
		}
	}
}

// mustMeanTheSame compares a line with what encoding/json writes by itself.
func mustMeanTheSame(t *testing.T, v any, line string) {
	t.Helper()
	plain, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	if err := json.Unmarshal(plain, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// fill sets every string below v to s, every list to one element, every
// pointer to a value.
func fill(v reflect.Value, s string) {
	if t, ok := v.Addr().Interface().(*time.Time); ok {
		*t = time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Int:
		v.SetInt(3)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), s)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), s)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), s)
	}
}

// TestTextNamesEveryField holds that each claim of a response is shown.
func TestTextNamesEveryField(t *testing.T) {
	o := passReport()
	text := Text(o, Style{})
	for _, want := range []string{o.Issuer, o.Subject.NameID, o.Audiences[0], o.Recipient, o.RoleSessionName, o.SourceIdentity,
		"role/Admin", "role/ReadOnly", "saml-provider/Entra", "3600 seconds", `"Department" = "R&D"`, "2026-09-11T12:00:00Z", "CN=Test signing key 1"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text does not hold %q", want)
		}
	}
}
