package render

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/saml"
)

// TestJUnitGolden compares with a document that was read before it was committed.
func TestJUnitGolden(t *testing.T) { golden(t, "junit.xml", JUnit(exampleRun())) }

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	Failure   *junitProblem `xml:"failure"`
	Error     *junitProblem `xml:"error"`
	Out       *string       `xml:"system-out"`
}

type junitProblem struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// readJUnit reads a document with encoding/xml, and holds it well-formed by our
// strict scanner too.
func readJUnit(t *testing.T, text string) junitSuites {
	t.Helper()
	if _, err := xmldoc.Parse([]byte(text), xmldoc.MetadataLimits()); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	var out junitSuites
	if err := xml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestJUnitCounts(t *testing.T) {
	all := readJUnit(t, JUnit(exampleRun()))
	if all.Tests != 8 || all.Failures != 5 || all.Errors != 2 || len(all.Suites) != 1 || len(all.Suites[0].Cases) != 8 {
		t.Errorf("%+v", all)
	}
	failures, errors := 0, 0
	for _, c := range all.Suites[0].Cases {
		if c.Failure != nil {
			failures++
		}
		if c.Error != nil {
			errors++
		}
	}
	if failures != 5 || errors != 2 {
		t.Errorf("%d failures, %d errors", failures, errors)
	}
	if c := all.Suites[0].Cases[1]; c.Failure.Type != "fail" || !strings.Contains(c.Failure.Text, "error assertion-expired: NotOnOrAfter") ||
		!strings.Contains(c.Failure.Text, "audience-mismatch (ignored)") {
		t.Errorf("%+v", c.Failure)
	}
	// A warning counts where --fail-on says so; else it stands with the test that passes.
	o := passReport()
	o.Findings = []saml.Finding{{Code: "clock-skew", Severity: saml.Warning, Message: "late & <later>"}}
	for _, failed := range []bool{true, false} {
		c := readJUnit(t, JUnit(&Run{Outcomes: []Outcome{NewOutcome(o, failed)}})).Suites[0].Cases[0]
		if (c.Failure != nil) != failed || (c.Out != nil) == failed {
			t.Errorf("failed %v: %+v", failed, c)
		}
		if c.Out != nil && !strings.Contains(*c.Out, "late & <later>") {
			t.Errorf("%q", *c.Out)
		}
	}
}
