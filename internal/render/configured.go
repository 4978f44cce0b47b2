package render

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// settings says which file settings were read from, and which of them hold.
func (p *page) settings(c *saml.ObjectConfig) {
	if c != nil {
		p.paragraph(0, dim, SettingsFrom(c))
	}
}

// SettingsFrom says the same in a sentence.
func SettingsFrom(c *saml.ObjectConfig) string {
	hold := "none that holds"
	if len(c.Settings) > 0 {
		hold = strings.Join(values(c.Settings), ", ")
	}
	return "settings from " + Quote(c.File) + ": " + hold
}

// ignored writes why findings are ignored, where that is told: under a title for
// each file that tells it.
func (p *page) ignored(all []saml.Ignoring) {
	var files []string
	for _, i := range all {
		if i.Reason != "" && !slices.Contains(files, i.From) {
			files = append(files, i.From)
		}
	}
	for _, file := range files {
		p.blank()
		p.paragraph(0, bold, "Ignored by "+Quote(file))
		for _, i := range all {
			if i.From == file && i.Reason != "" {
				p.labelled(2, "-", 2, "", Value(i.Code)+": "+Value(i.Reason))
			}
		}
	}
}

// namedBy tells what named the metadata, where that is no flag.
func namedBy(v *view, m saml.MetadataUse) string {
	switch {
	case m.From == "" || strings.HasPrefix(m.From, "--"):
		return ""
	case v.Config != nil && m.From == v.Config.File:
		return ", named by " + Quote(m.From)
	}
	return ", named by " + Value(m.From)
}

// reasonFor tells which file ignores a finding, and why; empty where it is a flag.
func reasonFor(f saml.Finding, all []saml.Ignoring) string {
	for _, i := range all {
		if i.Code == f.Code && i.Reason != "" {
			return "ignored by " + Quote(i.From) + ": " + Value(i.Reason)
		}
	}
	return ""
}
