package render

// FixtureJUnit writes what came of fixtures as the XML that test runners read: a
// test case for each, with a failure where something differs and with an error
// where it could not be run.
func FixtureJUnit(run *FixtureRun) string {
	tested, failed := 0, 0
	for _, r := range run.Results {
		switch r.state() {
		case fixtureDiffers:
			failed++
			tested++
		case fixturePasses, fixtureWritten:
			tested++
		}
	}
	return junitDocument(tested, failed, run.allTroubles(), func(x *junitWriter) {
		for _, r := range run.Results {
			x.fixture(r)
		}
	})
}

func (x *junitWriter) fixture(r FixtureResult) {
	open := "<testcase " + attribute("name", Value(r.Fixture.Path)) + " " + attribute("classname", "samlcheck.fixture") + " " + attribute("file", Value(r.Fixture.File))
	switch r.state() {
	case fixturePasses, fixtureWritten:
		x.line(2, open+"/>")
	case fixtureDiffers:
		x.line(2, open+">")
		x.block("failure", " "+attribute("type", fixtureDiffers)+" "+attribute("message", count(len(r.Differences), "difference")+" from "+Quote(r.Fixture.File)), fixtureLines(r))
		x.line(2, "</testcase>")
	}
}

// fixtureLines tells each difference in its lines.
func fixtureLines(r FixtureResult) []string {
	var out []string
	for _, d := range r.Differences {
		out = append(out, d.Title())
		out = append(out, d.Lines()...)
	}
	return out
}
