package render

import "github.com/samlcheck/samlcheck/internal/fixture"

// FixtureSARIF writes what came of fixtures as a log of SARIF 2.1.0: one result for
// each difference, whose region is that of the wanted value in the file of
// expectations. Fixtures that could not be run are notifications.
func FixtureSARIF(run *FixtureRun) (string, error) {
	w := sarifWriter{artifacts: map[artifactKey]int{}}
	out := sarifRun{
		Tool:        sarifToolOf(run.Version, []sarifRule{fixtureRule()}),
		Invocations: []sarifInvocation{sarifInvocationOf(&Run{Status: run.Status, Troubles: run.allTroubles()})},
		Results:     []sarifResult{},
	}
	for _, r := range run.Results {
		if r.state() != fixtureDiffers {
			continue
		}
		for _, d := range r.Differences {
			out.Results = append(out.Results, w.difference(r, d))
		}
	}
	out.Artifacts = orEmpty(w.listed)
	return sarifDocument(out)
}

// fixtureRule is the rule of the one kind of result that fixtures give.
func fixtureRule() sarifRule {
	return sarifRule{ID: "fixture-differs", Short: sarifText("What is found in a fixture is not what is wanted of it"),
		Full:          sarifText("A capture was judged, and something that its file of expectations wants is not found, or something is found that it does not want."),
		Help:          sarifText("What to do: mend what changed, or, if what is found is right, write it with samlcheck test --update and commit the file."),
		Configuration: sarifConfiguration{Level: "error"}, Properties: sarifRuleProperties{Tags: []string{"saml", "fixture"}}}
}

// difference gives the result for one difference, at the wanted value. The capture
// stands beside it.
func (w *sarifWriter) difference(r FixtureResult, d fixture.Difference) sarifResult {
	rule := 0
	lines := append([]string{Quote(r.Fixture.Path) + ": " + d.Title()}, d.Lines()...)
	at := w.file(r.Fixture.File)
	if d.Line > 0 {
		at.Region = &sarifRegion{StartLine: d.Line, StartColumn: d.Column}
	}
	out := sarifResult{RuleID: fixtureRule().ID, RuleIndex: &rule, Level: "error", Message: sarifLines(lines), Locations: []sarifLocation{{Physical: at}}}
	if r.Fixture.Path != r.Fixture.File {
		said := sarifText("the capture")
		out.Related = []sarifLocation{{Physical: w.file(r.Fixture.Path), Message: &said}}
	}
	return out
}

// file gives the place of a whole file, which is listed.
func (w *sarifWriter) file(name string) *sarifPhysical {
	i := w.list(artifactKey{source: name}, sarifArtifact{Location: locationOf(name), Roles: []string{"analysisTarget"}})
	at := w.listed[i].Location
	at.Index = &i
	return &sarifPhysical{Artifact: at}
}
