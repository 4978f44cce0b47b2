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
	p.paragraph(0, verdictColour(v.Verdict), headline(v))
	p.paragraph(0, dim, origin(v))
	if unproved(v) {
		p.paragraph(0, dim, "the findings on its content are on claims that nothing proves")
	}
	p.findings(v.Findings, v.Verified)
	p.said(v)
	p.skipped(v.Skipped)
	p.blank()
	p.paragraph(0, "", tallies(v))
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
	name := sourceName(v.Source)
	if v.Index > 0 {
		name += fmt.Sprintf(", message %d", v.Index+1)
	}
	words := []string{name, "judged for " + forWhom(v.Profile)}
	if v.At != nil {
		words[1] += " as of " + instant(v.At)
	}
	if v.CapturedAt != nil {
		words = append(words, "captured "+instant(v.CapturedAt))
	}
	if v.URL != "" {
		words = append(words, "posted to "+Value(v.URL))
	}
	return strings.Join(words, ", ")
}

func sourceName(source string) string {
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
const mostCodes = 6

func (p *page) skipped(all []saml.Skip) {
	if len(all) == 0 {
		return
	}
	p.title("Not judged")
	for _, s := range all {
		codes := s.Codes
		more := ""
		if len(codes) > mostCodes {
			codes, more = codes[:mostCodes-1], fmt.Sprintf(" and %d more", len(codes)-mostCodes+1)
		}
		p.paragraph(2, "", "because "+s.Reason+":")
		p.paragraph(4, dim, strings.Join(codes, ", ")+more)
	}
}

// tallies counts what the report holds.
func tallies(v *view) string {
	words := tally(v.Findings)
	skipped := 0
	for _, s := range v.Skipped {
		skipped += len(s.Codes)
	}
	if skipped > 0 {
		words = append(words, count(skipped, "rule")+" not judged")
	}
	return strings.Join(words, ", ")
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
