package render

import (
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/fixture"
)

// A FixtureRun is what came of the fixtures of one run.
type FixtureRun struct {
	Version  string // of the tool
	Status   int    // the exit status
	Results  []FixtureResult
	Troubles []Trouble // about no single fixture
}

// A FixtureResult is what came of one fixture.
type FixtureResult struct {
	*fixture.Result
	Update  bool // what is found is to be expected from now on
	Written bool // and has been written
}

// The states of a fixture.
const (
	fixturePasses  = "pass"
	fixtureDiffers = "differs"
	fixtureWritten = "written"
	fixtureFails   = "error"
)

// state gives the state; a fixture of which nothing is expected was not run.
func (r FixtureResult) state() string {
	switch {
	case r.Written:
		return fixtureWritten
	case r.Fault != nil, r.New && !r.Update:
		return fixtureFails
	case r.New, len(r.Differences) > 0:
		return fixtureDiffers
	}
	return fixturePasses
}

// trouble says why a fixture was not run: with the file where it tells a line, which
// else would be looked for in the capture.
func (r FixtureResult) trouble() string {
	var f *fixture.Fault
	switch {
	case errors.As(r.Fault, &f) && f.Line > 0 && r.Fixture.File != r.Fixture.Path:
		return Quote(r.Fixture.File) + ", " + f.Error()
	case r.Fault != nil:
		return r.Fault.Error()
	}
	return "nothing is expected of it yet: --update writes what is found into " + Quote(r.Fixture.File)
}

// allTroubles gives the troubles of a run with those of its fixtures.
func (run *FixtureRun) allTroubles() []Trouble {
	var all []Trouble
	for _, r := range run.Results {
		if r.state() == fixtureFails {
			all = append(all, Trouble{Source: r.Fixture.Path, Text: r.trouble()})
		}
	}
	return append(all, run.Troubles...)
}

// stateGap is the width of the column of states.
const stateGap = len("ERROR ")

// FixtureText writes what came of a fixture for people: a line, and each
// difference below it.
func FixtureText(r FixtureResult, style Style) string {
	p := &page{style: style}
	name := Value(r.Fixture.Path)
	switch {
	case r.state() == fixturePasses:
		p.labelled(0, "pass", stateGap, "", name)
	case r.state() == fixtureFails:
		p.labelled(0, "ERROR", stateGap, yellow, name+": "+r.trouble())
	case r.New:
		p.labelled(0, "NEW", stateGap, yellow, name+": nothing was expected of it, and this is found")
		p.differences(r)
	default:
		p.labelled(0, "FAIL", stateGap, red, name+": "+count(len(r.Differences), "difference")+" from "+Quote(r.Fixture.File))
		p.differences(r)
	}
	return p.out.String()
}

// FixtureWritten says that a file of expectations was written.
func FixtureWritten(r FixtureResult, style Style) string {
	p := &page{style: style}
	p.paragraph(2, "", "wrote "+Quote(r.Fixture.File))
	return p.out.String()
}

func (p *page) differences(r FixtureResult) {
	for _, d := range r.Differences {
		p.paragraph(2, dim, d.Title())
		for _, line := range d.Lines() {
			sign, colour := line[:1], green
			if sign == "-" {
				colour = red
			}
			p.labelled(4, sign, 2, colour, line[2:])
		}
	}
}

// FixtureSummary says in one line how many fixtures came to what.
func FixtureSummary(run *FixtureRun) string {
	number := map[string]int{}
	for _, r := range run.Results {
		number[r.state()]++
	}
	said := []string{fmt.Sprintf("%d pass", number[fixturePasses])}
	for _, s := range []struct{ state, words string }{
		{fixtureDiffers, "with differences"}, {fixtureWritten, "written"}, {fixtureFails, "not run"},
	} {
		if n := number[s.state]; n > 0 {
			said = append(said, fmt.Sprintf("%d %s", n, s.words))
		}
	}
	return count(len(run.Results), "fixture") + ": " + strings.Join(said, ", ")
}
