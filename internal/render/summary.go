package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// A Summary groups what was found in many messages by the code of the finding.
// What it holds grows with the codes, not with the messages.
type Summary struct {
	Version  int            `json:"version"`
	Messages int            `json:"messages"`
	Failed   int            `json:"failed"` // they keep the exit status from being 0
	Verdicts map[string]int `json:"verdicts"`
	Findings []*SummaryLine `json:"findings"`

	// What the messages were held against: the same for all.
	Config  *saml.ObjectConfig `json:"config"`  // as in a report
	Ignored []saml.Ignoring    `json:"ignored"` // each code of which a finding is ignored

	lines map[lineKey]*SummaryLine
}

// A SummaryLine is one code with one severity.
type SummaryLine struct {
	Code     string         `json:"code"`
	Severity saml.Severity  `json:"severity"`
	Messages int            `json:"messages"` // that have it
	Findings int            `json:"findings"`
	Ignored  int            `json:"ignored"` // of the findings
	Example  SummaryExample `json:"example"`
}

// A SummaryExample is the first finding of a line.
type SummaryExample struct {
	Source  string `json:"source"`
	Index   int    `json:"index"`
	Path    string `json:"path"`
	Message string `json:"message"`
}

type lineKey struct {
	code     string
	severity saml.Severity
}

// NewSummary gives a summary of no messages.
func NewSummary() *Summary {
	return &Summary{Version: saml.ContractVersion, Findings: []*SummaryLine{}, Ignored: []saml.Ignoring{}, lines: map[lineKey]*SummaryLine{},
		Verdicts: map[string]int{string(saml.Pass): 0, string(saml.Fail): 0, string(saml.Unverified): 0}}
}

// Add counts a report. A message that failed keeps the exit status from being 0.
func (s *Summary) Add(o *saml.Object, failed bool) {
	s.Messages++
	s.Verdicts[string(o.Verdict)]++
	if failed {
		s.Failed++
	}
	s.Config = o.Config
	for _, i := range o.Ignored {
		if !slices.Contains(s.Ignored, i) {
			s.Ignored = append(s.Ignored, i)
		}
	}
	seen := map[lineKey]bool{}
	for _, f := range o.Findings {
		key := lineKey{f.Code, f.Severity}
		l := s.line(key, o, f)
		l.Findings++
		if f.Ignored {
			l.Ignored++
		}
		if !seen[key] {
			seen[key] = true
			l.Messages++
		}
	}
}

func (s *Summary) line(key lineKey, o *saml.Object, f saml.Finding) *SummaryLine {
	l := s.lines[key]
	if l == nil {
		// Cloned, so that a line does not keep a whole report in memory.
		l = &SummaryLine{Code: f.Code, Severity: f.Severity, Example: SummaryExample{Source: strings.Clone(o.Source), Index: o.Index, Path: strings.Clone(f.Path), Message: strings.Clone(f.Message)}}
		s.lines[key] = l
	}
	return l
}

// Object gives the JSON form: the gravest findings first, of those the most
// frequent.
func (s *Summary) Object() *Summary {
	s.Findings = slices.SortedFunc(maps.Values(s.lines), func(a, b *SummaryLine) int {
		return cmp.Or(cmp.Compare(rank(a.Severity), rank(b.Severity)), cmp.Compare(b.Messages, a.Messages), strings.Compare(a.Code, b.Code))
	})
	return s
}

func rank(s saml.Severity) int {
	return slices.Index([]saml.Severity{saml.Error, saml.Warning, saml.Info}, s)
}

// summaryGap is the column in which the words of an example begin.
const summaryGap = 9

// Text writes the summary for people.
func (s *Summary) Text(style Style) string {
	p := &page{style: style}
	p.paragraph(0, bold, fmt.Sprintf("%s: %d pass, %d fail, %d unverified", count(s.Messages, "message"), s.Verdicts[string(saml.Pass)], s.Verdicts[string(saml.Fail)], s.Verdicts[string(saml.Unverified)]))
	p.settings(s.Config)
	for _, l := range s.Object().Findings {
		p.blank()
		p.labelled(2, string(l.Severity), summaryGap, severityColour(l.Severity), l.Code+": "+l.often())
		p.paragraph(2+summaryGap, dim, "as in "+MessageName(l.Example.Source, l.Example.Index)+":")
		p.paragraph(2+summaryGap, "", l.Example.Message)
	}
	p.ignored(s.Ignored)
	return p.out.String()
}

// often says in words how often a finding occurs.
func (l *SummaryLine) often() string {
	text := count(l.Messages, "message")
	if l.Findings > l.Messages {
		text += ", " + count(l.Findings, "finding")
	}
	if l.Ignored > 0 {
		text += fmt.Sprintf(", %d ignored", l.Ignored)
	}
	return text
}

// MessageName names a message among those of a source.
func MessageName(source string, index int) string {
	name := SourceName(source)
	if index > 0 {
		name += fmt.Sprintf(", message %d", index+1)
	}
	return name
}

// Count writes a number of things in words, such as "1 message".
func Count(n int, thing string) string { return count(n, thing) }
