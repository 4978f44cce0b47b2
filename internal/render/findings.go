package render

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// Where the columns of a finding begin.
const (
	findingIndent = 2
	severityGap   = 9
	labelGap      = 5
	bodyIndent    = findingIndent + severityGap
)

func severities() []saml.Severity { return []saml.Severity{saml.Error, saml.Warning, saml.Info} }

// findings writes all findings, the gravest first, those of one severity in
// stage order. Where the report proves something, findings that speak of what
// it does not prove are marked.
func (p *page) findings(all []saml.Finding, proves bool) {
	fixes := map[string]string{} // the code under which a fix was written
	for _, s := range severities() {
		for _, group := range alike(all, s) {
			p.blank()
			p.write(findingIndent, p.findingTitle(group[0], proves))
			p.group(group, fixes)
		}
	}
}

// alike gives the findings of a severity, those together that differ in
// nothing but message and place.
func alike(all []saml.Finding, s saml.Severity) [][]saml.Finding {
	var groups [][]saml.Finding
	for _, f := range all {
		if f.Severity != s {
			continue
		}
		if n := len(groups); n > 0 && sameKind(groups[n-1][0], f) {
			groups[n-1] = append(groups[n-1], f)
			continue
		}
		groups = append(groups, []saml.Finding{f})
	}
	return groups
}

func sameKind(a, b saml.Finding) bool {
	return a.Code == b.Code && a.Fix == b.Fix && a.Unverified == b.Unverified && a.Ignored == b.Ignored &&
		reflect.DeepEqual(a.AWS, b.AWS)
}

func (p *page) group(group []saml.Finding, fixes map[string]string) {
	f := group[0]
	for _, g := range group {
		p.paragraph(bodyIndent, "", g.Message)
		if at := place(g); at != "" {
			p.labelled(bodyIndent, "at", labelGap, dim, at)
		}
	}
	p.fix(f, fixes)
	for _, a := range f.AWS {
		p.labelled(bodyIndent, "AWS", labelGap, "", answer(a))
	}
}

// fix writes the fix, or under which finding it stands already.
func (p *page) fix(f saml.Finding, fixes map[string]string) {
	switch code, written := fixes[f.Fix]; {
	case f.Fix == "":
	case written && code != f.Code:
		p.labelled(bodyIndent, "fix", labelGap, "", "as for "+code)
	case !written:
		fixes[f.Fix] = f.Code
		p.labelled(bodyIndent, "fix", labelGap, "", f.Fix)
	}
}

func (p *page) findingTitle(f saml.Finding, proves bool) string {
	word := fmt.Sprintf("%-*s", severityGap, Value(string(f.Severity)))
	title := p.style.paint(severityColour(f.Severity), word) + p.style.paint(bold, Value(f.Code))
	if f.Unverified && proves {
		title += p.style.paint(dim, " (of a value that nothing proves)")
	}
	if f.Ignored {
		title += p.style.paint(dim, " (ignored)")
	}
	return title
}

func severityColour(s saml.Severity) string {
	switch s {
	case saml.Error:
		return red
	case saml.Warning:
		return yellow
	}
	return blue
}

// place says where in the decoded XML a finding stands.
func place(f saml.Finding) string {
	var words []string
	if f.Line > 0 {
		words = append(words, fmt.Sprintf("line %d, column %d", f.Line, f.Column))
	}
	if f.Path != "" {
		words = append(words, Value(f.Path))
	}
	return strings.Join(words, ", ")
}
