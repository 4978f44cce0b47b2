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
		var r claims.RoleObject
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
		mustBeSafeDocuments(t, &Run{Version: s, Outcomes: []Outcome{NewOutcome(&o, true), NewOutcome(&o, false)}, Troubles: []Trouble{{s, s}}}, rule)
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
		mustCommandNothing(t, line)
	}
	mustCommandNothing(t, log)
	if all := readJUnit(t, suites); all.Tests != len(run.Outcomes)+len(run.Troubles) {
		t.Errorf("%d tests", all.Tests)
	}
}

func mustBeSafeText(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		mustBeSafe(t, line)
		mustCommandNothing(t, line)
		if displayWidth(line) > Columns {
			t.Errorf("%d columns: %s", displayWidth(line), line)
		}
	}
}

// mustCommandNothing holds that no line is a command to a system that runs jobs.
func mustCommandNothing(t *testing.T, line string) {
	t.Helper()
	if strings.HasPrefix(strings.TrimLeft(line, " "), "::") || strings.Contains(line, "##") {
		t.Errorf("a command to a job: %q", line)
	}
}

// TestForeignTextBeginsNoLine puts markup and commands into every value of a
// report that comes from a message or a file, alone, between words, and as words
// that are longer than a line: no line of text begins with them.
func TestForeignTextBeginsNoLine(t *testing.T) {
	for _, mark := range []string{"<script>", "# heading", "> quote", "```sh", "| a | b |", "::error::x", "##[group]x", "##vso[x]y"} {
		for _, s := range []string{mark, strings.Repeat("word "+mark+" ", 30), mark + strings.Repeat("x", 95), strings.Repeat("a/"+mark, 60)} {
			o := failReport()
			for _, v := range []*string{&o.Source, &o.URL, &o.Issuer, &o.Subject.NameID, &o.Subject.Format, &o.Audiences[0], &o.Recipient, &o.RoleSessionName,
				&o.SourceIdentity, &o.InResponseTo, &o.Signatures[0].Certificate.Subject, &o.Metadata[0].Source, &o.Metadata[0].EntityID, &o.PrincipalTags[0].Key} {
				*v = s
			}
			for i := range o.Findings {
				o.Findings[i].Message, o.Findings[i].Path = "found "+Quote(s), s
			}
			for _, width := range []int{0, 40, 73} {
				for line := range strings.Lines(Text(o, Style{Width: width})) {
					if mustCommandNothing(t, line); strings.HasPrefix(line, "# ") || line[0] != '#' && strings.ContainsRune(marks, rune(line[0])) {
						t.Errorf("%q begins the line %q", s, line)
					}
				}
			}
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
