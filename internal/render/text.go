package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// Text writes a report for people: the verdict in words, what is wrong, what
// the response says, and what could not be judged.
func Text(report *saml.Object, style Style) string {
	v, p := viewOf(report), &page{style: style}
	first := headline(v)
	p.paragraph(0, verdictColour(v.Verdict), first)
	p.paragraph(0, dim, origin(v))
	p.settings(v.Config)
	if unproved(v) && !strings.Contains(first, nothingProves) {
		p.paragraph(0, dim, "nothing proves its content: the findings on it judge what it merely claims")
	}
	p.predicted(v)
	p.findings(v.Findings, v.Verified)
	p.ignored(v.Ignored)
	p.said(v)
	p.skipped(v)
	p.blank()
	p.paragraph(0, "", strings.ToUpper(string(v.Verdict))+" with "+strings.Join(tally(v.Findings), ", "))
	return p.out.String()
}

func verdictColour(v saml.Verdict) string {
	switch v {
	case saml.Pass:
		return green
	case saml.Fail:
		return red
	}
	return yellow
}

// unproved reports whether findings speak of a content that nothing proves.
func unproved(v *view) bool {
	return !v.Verified && slices.ContainsFunc(v.Findings, func(f saml.Finding) bool { return f.Unverified })
}

// origin says what was judged, and as of when.
func origin(v *view) string {
	words := []string{MessageName(v.Source, v.Index), "judged for " + forWhom(v.Profile)}
	if v.At != nil {
		words[1] += " as of " + instant(v.At)
	}
	if v.CapturedAt != nil {
		words = append(words, "captured "+instant(v.CapturedAt))
	}
	if v.URL != "" {
		words = append(words, "posted to "+Value(v.URL))
	}
	return unmarked(strings.Join(words, ", "))
}

// SourceName names what was read.
func SourceName(source string) string {
	switch source {
	case "-":
		return "standard input"
	case "":
		return "the response"
	}
	return Quote(source)
}

// mostCodes is how many codes a reason for skipping lists: the JSON report
// lists all.
const mostCodes = 3

// skipped says which rules were not judged, and why: in a few words where that
// is little, since a capture seldom tells all.
func (p *page) skipped(v *view) {
	total, items := 0, 0
	for _, s := range v.Skipped {
		total += len(s.Codes)
		if items++; len(s.Codes) <= mostCodes {
			items += len(s.Codes) - 1 // each by its name, else by their number
		}
	}
	switch {
	case total == 0:
		return
	case v.saysNothing():
		p.blank()
		p.paragraph(0, dim, "Not judged: "+count(total, "rule")+", since no response was read")
		return
	case items <= mostCodes:
		p.blank()
		p.paragraph(0, dim, "Not judged: "+strings.Join(notJudged(v.Skipped, " (", ")"), ", "))
		return
	}
	p.title("Not judged")
	for _, line := range notJudged(v.Skipped, ", because ", "") {
		p.labelled(2, "-", 2, "", line)
	}
}

// notJudged gives each reason for skipping behind what was skipped.
func notJudged(skipped []saml.Skip, before, after string) []string {
	var out []string
	for _, s := range skipped {
		what := strings.Join(s.Codes, ", ")
		if len(s.Codes) > mostCodes {
			what = count(len(s.Codes), "rule")
		}
		out = append(out, what+before+s.Reason+after)
	}
	return out
}

// tally counts findings by severity.
func tally(findings []saml.Finding) []string {
	number := map[saml.Severity]int{}
	ignored := 0
	for _, f := range findings {
		number[f.Severity]++
		if f.Ignored {
			ignored++
		}
	}
	words := []string{count(number[saml.Error], "error"), count(number[saml.Warning], "warning"), fmt.Sprintf("%d info", number[saml.Info])}
	if ignored > 0 {
		words[2] += fmt.Sprintf(" (%d ignored)", ignored)
	}
	return words
}
