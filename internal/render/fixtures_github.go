package render

import (
	"errors"
	"strings"

	"github.com/samlcheck/samlcheck/internal/fixture"
)

// FixtureGitHub writes what came of fixtures as annotations of GitHub Actions, at
// the lines of the expectations that do not hold, and behind them a line for the
// log.
func FixtureGitHub(run *FixtureRun) string {
	var b strings.Builder
	for _, r := range run.Results {
		for _, a := range r.annotations() {
			b.WriteString(a.String())
		}
	}
	for _, t := range run.Troubles {
		b.WriteString(troubleAnnotation(t).String())
	}
	b.WriteString(FixtureSummary(run) + "\n")
	return b.String()
}

func (r FixtureResult) annotations() []annotation {
	switch r.state() {
	case fixtureFails:
		a := annotation{level: "error", file: r.Fixture.Path, title: "fixture not run", lines: []string{Quote(r.Fixture.Path) + ": " + r.trouble()}}
		var f *fixture.Fault
		if errors.As(r.Fault, &f) && f.Line > 0 {
			a.file, a.line, a.column = r.Fixture.File, f.Line, f.Column
		}
		return []annotation{a}
	case fixtureDiffers:
		var out []annotation
		for _, d := range r.Differences {
			out = append(out, annotation{level: "error", file: r.Fixture.File, line: d.Line, column: d.Column, title: d.Key + " differs",
				lines: append([]string{Quote(r.Fixture.Path) + ": " + d.Title()}, d.Lines()...)})
		}
		return out
	}
	return nil
}
