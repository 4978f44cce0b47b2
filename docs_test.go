package samlcheck_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

var update = flag.Bool("update", false, "write docs/findings.md anew")

// TestDocsListEveryFinding proves that docs/findings.md is what the rules say.
func TestDocsListEveryFinding(t *testing.T) {
	want := findingsPage(claims.AllRules())
	if *update {
		if err := os.WriteFile("docs/findings.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/findings.md is not what the rules say; write it anew: go test . -run TestDocsListEveryFinding -update")
	}
}

func findingsPage(rules []saml.Rule) string {
	var b strings.Builder
	b.WriteString("# Findings\n\nEvery finding that samlcheck knows, in the order in which they are judged. `samlcheck explain CODE` tells the whole of one:\n" +
		"why it matters, how to mend it, its sources. Codes are never renamed or reused. This page is made from the rules themselves:\n" +
		"`go test . -run TestDocsListEveryFinding -update`.\n")
	stage := saml.Stage("")
	for _, r := range rules {
		if r.Stage != stage {
			stage = r.Stage
			fmt.Fprintf(&b, "\n## %s\n\n| code | severity | what | what AWS answers |\n|---|---|---|---|\n", stage)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.Code, severityCell(r), cell(r.Title), answersCell(r))
	}
	return b.String()
}

func severityCell(r saml.Rule) string {
	out := string(r.Severity)
	if r.Varies != "" {
		out += "; " + cell(r.Varies)
	}
	if len(r.Profiles) == 1 {
		out += " (profile " + string(r.Profiles[0]) + " only)"
	}
	return out
}

func answersCell(r saml.Rule) string {
	var out []string
	for _, a := range r.AWS {
		text := a.By + ": "
		switch {
		case a.Code == claims.Success:
			text += "lets it pass "
		case a.Code != "":
			text += a.Code + " "
		}
		if a.Message != "" {
			text += "“" + cell(a.Message) + "” "
		}
		out = append(out, text+"("+string(a.Basis)+")")
	}
	if r.Unsettled != "" {
		out = append(out, "not known: whether "+cell(r.Unsettled))
	}
	return strings.Join(out, "; ")
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// TestRulesAreComplete holds every rule to what a rule has to say.
func TestRulesAreComplete(t *testing.T) {
	seen := map[string]bool{}
	last := saml.StageCapture
	for _, r := range claims.AllRules() {
		if seen[r.Code] {
			t.Errorf("%s stands twice", r.Code)
		}
		seen[r.Code] = true
		if r.Stage.Before(last) {
			t.Errorf("%s of stage %s stands after stage %s", r.Code, r.Stage, last)
		}
		last = r.Stage
		if r.Title == "" || r.Explanation == "" || r.Fix == "" || r.Severity == "" || len(r.Sources) == 0 {
			t.Errorf("%s lacks a title, an explanation, a fix, a severity or a source", r.Code)
		}
		for _, a := range r.AWS {
			switch a.Basis {
			case saml.Observed, saml.Documented, saml.Inferred:
			default:
				t.Errorf("%s: the answer of %s has the basis %q", r.Code, a.By, a.Basis)
			}
		}
		for _, code := range r.Replaces {
			if code == r.Code {
				t.Errorf("%s replaces itself", r.Code)
			}
		}
	}
	for _, r := range claims.AllRules() {
		for _, code := range r.Replaces {
			if !seen[code] {
				t.Errorf("%s replaces %s, which is no rule", r.Code, code)
			}
		}
	}
}
