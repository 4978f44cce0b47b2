package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// causeGap is the width of the numbers of causes, and underGap that of the names
// of what stands below each.
const (
	causeGap = 4
	underGap = 10
)

// mostInFull is how many messages are written in full.
const mostInFull = 2

// Messages writes what error messages of AWS mean and what may have led to
// them. Many are written in short: what they mean, and the findings.
func Messages(all []claims.Message, style Style) string {
	p := &page{style: style}
	if len(all) > mostInFull {
		for _, m := range all {
			p.blank()
			p.brief(m)
		}
		p.blank()
		p.paragraph(0, "", `samlcheck explain "MESSAGE" tells what may have led to one of them`)
		return p.out.String()
	}
	for _, m := range all {
		p.blank()
		p.message(m)
	}
	if !slices.ContainsFunc(all, func(m claims.Message) bool { return m.By != "iam" }) {
		return p.out.String() // no response is involved
	}
	p.blank()
	p.paragraph(0, "", "samlcheck -m METADATA "+accountFlag(all)+"RESPONSE tells which of them it is; samlcheck explain CODE tells more of a finding")
	return p.out.String()
}

// accountFlag gives the flag without which a cause cannot be told: that where
// only rules on the account find it.
func accountFlag(all []claims.Message) string {
	ofAccount := map[string]bool{}
	for _, r := range claims.AllRules() {
		ofAccount[r.Code] = r.Stage == saml.StageTrust
	}
	for _, m := range all {
		for _, c := range m.Causes {
			if len(c.Codes) > 0 && !slices.ContainsFunc(c.Codes, func(code string) bool { return !ofAccount[code] }) {
				return "--iam FILE "
			}
		}
	}
	return ""
}

func (p *page) message(m claims.Message) {
	p.paragraph(0, bold, messageTitle(m))
	p.paragraph(0, dim, spokenBy(m))
	for _, also := range m.Also {
		p.paragraph(0, dim, "also worded: "+also)
	}
	p.blank()
	p.paragraph(0, "", ended(m.Meaning))
	p.blank()
	p.labelled(0, "when", 6, "", m.When)
	p.title(causesTitle(m))
	for i, c := range m.Causes {
		p.cause(i+1, c)
	}
	p.sources(m.Sources)
}

func (p *page) brief(m claims.Message) {
	p.paragraph(0, bold, messageTitle(m))
	p.paragraph(0, dim, spokenBy(m))
	p.paragraph(2, "", ended(m.Meaning))
	var codes []string
	for _, c := range m.Causes {
		codes = append(codes, c.Codes...)
	}
	if len(codes) > 0 {
		p.labelled(2, "finding", underGap, "", strings.Join(codes, ", "))
	}
}

// messageTitle is the message, or its code where nothing else is known.
func messageTitle(m claims.Message) string {
	if m.Text == "" {
		return m.Code + " (the words that come with it are not known)"
	}
	return m.Text
}

func spokenBy(m claims.Message) string {
	who := map[string]string{"sts": "an answer of AWS STS", "console": "the AWS sign-in page says so", "iam": "an answer of AWS IAM"}[m.By]
	if who == "" {
		who = "it is not known which service of AWS says so"
	}
	if m.Code != "" {
		who += ", code " + m.Code
	}
	if m.Detail != "" {
		who += ", in brackets " + m.Detail
	}
	return who + " (" + string(m.Basis) + ")"
}

func causesTitle(m claims.Message) string {
	if len(m.Causes) == 1 {
		return "What may have led to it"
	}
	return "What may have led to it, the likely first"
}

func (p *page) cause(n int, c claims.Cause) {
	p.labelled(2, strconv.Itoa(n)+".", causeGap, "", c.What+" ("+string(c.Basis)+")")
	p.labelled(2+causeGap, "do", underGap, "", c.Look)
	if len(c.Codes) > 0 {
		p.labelled(2+causeGap, "finding", underGap, "", strings.Join(c.Codes, ", "))
	}
}

// EntraErrors writes what codes of Microsoft Entra ID mean.
func EntraErrors(all []saml.EntraError, style Style) string {
	p := &page{style: style}
	for _, e := range all {
		p.blank()
		p.paragraph(0, bold, e.Code)
		p.paragraph(0, dim, "an error of Microsoft Entra ID: the sign-in failed there, before AWS was reached")
		p.blank()
		p.paragraph(0, "", e.Meaning)
		p.list("What to do", e.Fix)
		p.sources([]saml.Source{e.Source})
	}
	return p.out.String()
}
