package hostile_test

import (
	"crypto/rsa"
	"encoding/json"
	"encoding/xml"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/hostile"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// What one document may cost.
const (
	longest = 500 * time.Millisecond
	largest = 64 << 20
)

func documents(tb testing.TB) []hostile.Document {
	tb.Helper()
	all, err := hostile.Documents()
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// A judge checks documents as the tool does. It reads each metadata once.
type judge struct {
	key      *rsa.PrivateKey
	metadata map[string]*saml.Metadata
}

func newJudge(t *testing.T) *judge {
	t.Helper()
	signer, err := samltest.EncryptionKey.Signer("")
	if err != nil {
		t.Fatal(err)
	}
	key, ok := signer.(*rsa.PrivateKey)
	if !ok {
		t.Fatal("the key to decrypt with is not of RSA")
	}
	return &judge{key, map[string]*saml.Metadata{}}
}

func (j *judge) read(t *testing.T, d hostile.Document) *saml.Metadata {
	t.Helper()
	if d.Metadata == nil {
		return nil
	}
	m, ok := j.metadata[string(d.Metadata)]
	if !ok {
		var err error
		if m, err = saml.ParseMetadata(d.Metadata); err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		j.metadata[string(d.Metadata)] = m
	}
	return m
}

func (j *judge) check(t *testing.T, d hostile.Document) *claims.Report {
	t.Helper()
	o := claims.Options{Options: saml.Options{Time: samltest.Instant().Add(d.After), RequestID: d.Request}}
	if d.Decrypt {
		o.DecryptionKeys = []*rsa.PrivateKey{j.key}
	}
	return claims.Check(saml.Decode(d.Text), j.read(t, d), o)
}

func TestDocuments(t *testing.T) {
	j := newJudge(t)
	for _, d := range documents(t) {
		j.read(t, d)
		began, before := spent(), allocated()
		r := j.check(t, d)
		took, bytes := spent()-began, allocated()-before
		mustBeJudged(t, d, r)
		mustNotBelieve(t, d, r)
		mustPrintSafely(t, d, r)
		for try := 0; took > longest && try < 2; try++ {
			began = spent()
			j.check(t, d)
			took = min(took, spent()-began)
		}
		if took > longest && !racing {
			t.Errorf("%s took %s", d.Name, took)
		}
		if bytes > largest {
			t.Errorf("%s allocated %d MiB", d.Name, bytes>>20)
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// mustBeJudged wants the verdict, and the codes that name the shape.
func mustBeJudged(t *testing.T, d hostile.Document, r *claims.Report) {
	t.Helper()
	passed := r.Verdict == saml.Pass
	grave := slices.ContainsFunc(r.Findings, func(f saml.Finding) bool {
		return f.Severity.AtLeast(saml.Warning) && f.Code != "lifetime-short" // Keycloak's habit
	})
	switch {
	case passed && !r.SAML.Verified:
		t.Errorf("%s passes without being verified", d.Name)
	case d.Want == hostile.Refused && passed, d.Want != hostile.Refused && !passed:
		t.Errorf("%s: expected that it is %s, found the verdict %s: %s", d.Name, d.Want, r.Verdict, found(r))
	case d.Want == hostile.Passes && grave, d.Want == hostile.Warned && !grave:
		t.Errorf("%s: expected that it %s, found %s", d.Name, d.Want, found(r))
	}
	for _, code := range d.Codes {
		if !slices.ContainsFunc(r.Findings, func(f saml.Finding) bool { return f.Code == code }) {
			t.Errorf("%s: expected %s, found %s", d.Name, code, found(r))
		}
	}
}

func found(r *claims.Report) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, string(f.Severity)+" "+f.Code+" ("+f.Message+")")
	}
	return strings.Join(out, "; ")
}

// mustNotBelieve looks for what is forged in every value of a verified report.
func mustNotBelieve(t *testing.T, d hostile.Document, r *claims.Report) {
	t.Helper()
	if !r.SAML.Verified {
		return
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	// These tell what was found, forged or not; all else is told as a fact.
	for _, said := range []string{"findings", "signatures", "decode", "skipped"} {
		delete(fields, said)
	}
	text, err = json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToLower(string(text)), hostile.Mark) {
		t.Errorf("%s: what is forged is told as verified: %s", d.Name, text)
	}
}

// mustPrintSafely wants no character of a document to act where a report is shown.
func mustPrintSafely(t *testing.T, d hostile.Document, r *claims.Report) {
	t.Helper()
	object := r.Object()
	line, err := render.JSON(object)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(line, "\n") != 1 {
		t.Errorf("%s: the report is not one line of JSON", d.Name)
	}
	// The rules of a log, which are ours, are those of every document.
	run := &render.Run{Outcomes: []render.Outcome{render.NewOutcome(object, r.Verdict != saml.Pass)}, Troubles: []render.Trouble{{Source: d.Name, Text: found(r)}}}
	log, err := render.SARIF(run, nil)
	if err != nil {
		t.Fatal(err)
	}
	for form, text := range map[string]string{"JSON": line, "text": render.Text(object, render.Style{}), "SARIF": log, "JUnit": render.JUnit(run)} {
		for _, c := range text {
			if acts(c) {
				t.Errorf("%s: U+%04X is printed as %s", d.Name, c, form)
				break
			}
		}
		mustCommandNothing(t, d.Name+" as "+form, text)
	}
	mustBeWhole(t, d, log, render.JUnit(run))
}

// mustCommandNothing wants no line that is a command to a system that runs jobs.
func mustCommandNothing(t *testing.T, name, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimLeft(line, " "), "::") || strings.Contains(line, "##[") || strings.Contains(line, "##vso") {
			t.Errorf("%s: a command to a job: %q", name, line)
		}
	}
}

// mustBeWhole wants one result for each finding, and one failure where a document
// does not pass, whatever markup is in it.
func mustBeWhole(t *testing.T, d hostile.Document, log, suites string) {
	t.Helper()
	var sarif struct {
		Runs []struct {
			Results []struct{ RuleID string }
		}
	}
	if err := json.Unmarshal([]byte(log), &sarif); err != nil || len(sarif.Runs) != 1 {
		t.Fatalf("%s: the log is not whole: %v", d.Name, err)
	}
	for _, code := range d.Codes {
		if !slices.ContainsFunc(sarif.Runs[0].Results, func(r struct{ RuleID string }) bool { return r.RuleID == code }) {
			t.Errorf("%s: SARIF does not tell of %s", d.Name, code)
		}
	}
	var junit struct {
		Suite struct {
			Cases []struct {
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(suites), &junit); err != nil {
		t.Fatalf("%s: JUnit is not XML: %v", d.Name, err)
	}
	cases := junit.Suite.Cases
	if len(cases) != 2 || (cases[0].Failure != nil) != (d.Want == hostile.Refused) || cases[1].Error == nil {
		t.Errorf("%s: expected two cases, and a failure where it is %s, found %+v", d.Name, hostile.Refused, cases)
	}
}

// acts reports whether a character acts on a terminal, hides, or turns text.
func acts(c rune) bool {
	if c == '\n' {
		return false
	}
	return c == utf8.RuneError || unicode.In(c, unicode.C, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Join_Control, unicode.Variation_Selector) ||
		unicode.IsSpace(c) && c != ' '
}
