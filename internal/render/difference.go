package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// Difference writes what is otherwise in a report than in the one before it: the
// verdict, the findings by their codes, and what the response says. What differs
// between any two responses, such as the time of issue, is left out.
func Difference(before, after *saml.Object, style Style) string {
	d := &difference{page: &page{style: style}, before: viewOf(before), after: viewOf(after)}
	d.write(0, style.paint(bold, "Compared with the response before"))
	d.verdict()
	d.findings()
	d.facts()
	d.same()
	return d.out.String()
}

// A difference is a page that compares two reports.
type difference struct {
	*page
	before, after *view
	found         int // how many differences were written
	told          int // how many of them are in what the responses say
}

// field writes one difference.
func (d *difference) field(name, text string) {
	d.found++
	d.page.field(name, text)
}

func (d *difference) verdict() {
	was, is := strings.ToUpper(string(d.before.Verdict)), strings.ToUpper(string(d.after.Verdict))
	if was != is {
		d.found++
		d.labelled(2, "verdict", fieldGap, verdictColour(d.after.Verdict), "was "+was+", is "+is)
	}
}

// findings tells by their codes which findings are gone and which are new, and of
// which there are more or fewer.
func (d *difference) findings() {
	was, is := countCodes(d.before.Findings), countCodes(d.after.Findings)
	var gone, added, number []string
	for _, code := range codesOf(d.before.Findings) {
		if is[code] == 0 {
			gone = append(gone, code)
		} else if was[code] != is[code] {
			number = append(number, fmt.Sprintf("%s (was %d, is %d)", code, was[code], is[code]))
		}
	}
	for _, code := range codesOf(d.after.Findings) {
		if was[code] == 0 {
			added = append(added, code)
		}
	}
	d.codes("gone", gone)
	d.codes("new", added)
	d.codes("number of", number)
}

func (d *difference) codes(name string, codes []string) {
	if len(codes) > 0 {
		d.field(name, strings.Join(codes, ", "))
	}
}

// codesOf gives the codes of findings once each, in their order.
func codesOf(findings []saml.Finding) []string {
	var out []string
	seen := map[string]bool{}
	for _, f := range findings {
		if !seen[f.Code] {
			seen[f.Code] = true
			out = append(out, f.Code)
		}
	}
	return out
}

func countCodes(findings []saml.Finding) map[string]int {
	out := map[string]int{}
	for _, f := range findings {
		out[f.Code]++
	}
	return out
}

// facts compares what the responses say, where both were read.
func (d *difference) facts() {
	if d.before.saysNothing() || d.after.saysNothing() {
		return
	}
	d.changed("STS", stsCode(d.before), stsCode(d.after))
	d.changed("console", consoleCode(d.before), consoleCode(d.after))
	judged := d.found
	for _, f := range comparedFacts() {
		d.changed(f.name, f.of(d.before), f.of(d.after))
	}
	for _, l := range comparedLists() {
		d.list(l.name, l.of(d.before), l.of(d.after))
	}
	d.told = d.found - judged
}

// A fact is what a report says on one thing, safe to be shown; empty for nothing.
type fact struct {
	name string
	of   func(v *view) string
}

// comparedFacts are those that tell something about how a sign-in is set up.
func comparedFacts() []fact {
	return []fact{
		{"issuer", func(v *view) string { return Value(v.Issuer) }},
		{"subject", func(v *view) string { return subject(v.Subject) }},
		{"recipient", func(v *view) string { return Value(v.Recipient) }},
		{"session name", func(v *view) string { return Value(v.RoleSessionName) }},
		{"source identity", func(v *view) string { return Value(v.SourceIdentity) }},
		{"duration", askedFor},
		{"lifetime", func(v *view) string { return apart(v.IssueInstant, v.NotOnOrAfter) }},
		{"session until", func(v *view) string { return apart(v.IssueInstant, v.SessionNotOnOrAfter) }},
	}
}

// stsCode gives in few words what AssumeRoleWithSAML answers.
func stsCode(v *view) string {
	if v.predictions == nil {
		return ""
	}
	return answerCode(v.predictions.STS.Code, v.predictions.STS.Message, v.predictions.STS.SessionSeconds)
}

// consoleCode gives in few words what the sign-in page answers.
func consoleCode(v *view) string {
	if v.predictions == nil {
		return ""
	}
	return answerCode(v.predictions.Console.Code, v.predictions.Console.Message, v.predictions.Console.SessionSeconds)
}

func answerCode(code, message string, length int) string {
	switch code {
	case claims.Success:
		return "a session of " + seconds(length)
	case claims.Undetermined:
		return "not foretold"
	case "":
		return Quote(message)
	}
	return refusal(code, message)
}

func askedFor(v *view) string {
	if v.SessionDuration == nil {
		return ""
	}
	return count(*v.SessionDuration, "second")
}

// apart gives the time between the issue and an end; empty where one is missing.
func apart(from, to *time.Time) string {
	if from == nil || to == nil {
		return ""
	}
	words := span(to.Sub(*from))
	if to.Before(*from) {
		return words + " before the issue"
	}
	return words + " from the issue"
}

// changed writes a fact that is another than before.
func (d *difference) changed(name, was, is string) {
	if was == is {
		return
	}
	d.field(name, "was "+orNothing(was))
	d.page.field(under, "is "+orNothing(is))
}

func orNothing(text string) string {
	if text == "" {
		return "not given"
	}
	return text
}
