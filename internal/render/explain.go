package render

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// Explain writes everything that is known of one rule.
func Explain(r saml.Rule, style Style) string {
	p := &page{style: style}
	p.paragraph(0, bold, r.Code+": "+r.Title)
	p.paragraph(0, dim, strings.Join(nonEmpty("stage "+string(r.Stage), severityWords(r), profileWords(r)), ", "))
	p.blank()
	p.paragraph(0, "", ended(r.Explanation))
	var answers []string
	for _, a := range r.AWS {
		answers = append(answers, answer(a))
	}
	p.list("What to do", r.Fix)
	p.list("What AWS answers", answers...)
	if r.Unsettled != "" {
		p.list("What is not known", "whether "+r.Unsettled)
	}
	p.list("Instead of", r.Replaces...)
	p.sources(r.Sources)
	return p.out.String()
}

// ended puts a full stop behind a text of several sentences, which has none at
// its end by the style of single ones.
func ended(text string) string {
	if strings.Contains(text, ". ") && !strings.HasSuffix(text, ".") {
		return text + "."
	}
	return text
}

// list writes a title and each text below it; nothing where there is no text.
func (p *page) list(title string, texts ...string) {
	texts = nonEmpty(texts...)
	if len(texts) == 0 {
		return
	}
	p.title(title)
	for _, text := range texts {
		p.labelled(2, "-", 2, "", text)
	}
}

func (p *page) sources(all []saml.Source) {
	if len(all) == 0 {
		return
	}
	p.title("Sources")
	for _, s := range all {
		p.labelled(2, "-", 2, "", s.Text)
		if s.URL != "" {
			p.paragraph(4, dim, s.URL)
		}
	}
}

func (p *page) title(text string) {
	p.blank()
	p.write(0, p.style.paint(bold, text))
}

func severityWords(r saml.Rule) string {
	if r.Varies == "" {
		return "severity " + string(r.Severity)
	}
	return "severity " + string(r.Severity) + " (" + r.Varies + ")"
}

func profileWords(r saml.Rule) string {
	var names []string
	for _, p := range r.Profiles {
		names = append(names, string(p))
	}
	if len(names) == 0 {
		return ""
	}
	return "only under the profile " + strings.Join(names, " and ")
}

// codeGap is the width of the column of codes.
const codeGap = 36

// RuleList writes the codes of all rules by stage.
func RuleList(rules []saml.Rule, style Style) string {
	p := &page{style: style}
	for _, stage := range saml.Stages() {
		of := slices.DeleteFunc(slices.Clone(rules), func(r saml.Rule) bool { return r.Stage != stage })
		if len(of) == 0 {
			continue
		}
		p.blank()
		p.write(0, p.style.paint(bold, string(stage)))
		for _, r := range of {
			p.labelled(2, r.Code, codeGap, "", string(r.Severity)+": "+r.Title)
		}
	}
	p.blank()
	p.paragraph(0, "", count(len(rules), "code")+"; samlcheck explain CODE tells more")
	return p.out.String()
}
