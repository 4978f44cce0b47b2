package render

import "github.com/samlcheck/samlcheck/internal/fixture"

// A fixtureObject is the JSON form of what came of a fixture: a contract, which
// only grows. Lists are never null.
type fixtureObject struct {
	Version     int                 `json:"version"`
	Fixture     string              `json:"fixture"` // path of the capture or the archive
	File        string              `json:"file"`    // path of the file of expectations
	State       string              `json:"state"`   // pass, differs, written or error
	Differences []fixtureDifference `json:"differences"`
	Error       string              `json:"error"` // why it was not run; else empty
}

type fixtureDifference struct {
	Message int              `json:"message"` // index within the capture
	Key     string           `json:"key"`     // below want
	Line    int              `json:"line"`    // in the file of expectations; 0 where there is none yet
	Column  int              `json:"column"`
	Missing []string         `json:"missing"` // wanted and not found
	Surplus []fixtureSurplus `json:"surplus"` // found and not wanted
}

type fixtureSurplus struct {
	Text string `json:"text"`
	Note string `json:"note"`
}

// fixtureVersion is the version of the JSON form.
const fixtureVersion = 1

// FixtureJSON gives what came of a fixture as one line of JSON.
func FixtureJSON(r FixtureResult) (string, error) {
	o := fixtureObject{Version: fixtureVersion, Fixture: r.Fixture.Path, File: r.Fixture.File, State: r.state(), Differences: []fixtureDifference{}}
	if o.State == fixtureFails {
		o.Error = r.trouble()
	}
	for _, d := range r.Differences {
		o.Differences = append(o.Differences, fixtureDifferenceOf(d))
	}
	return JSON(o)
}

func fixtureDifferenceOf(d fixture.Difference) fixtureDifference {
	out := fixtureDifference{Message: d.Message, Key: d.Key, Line: d.Line, Column: d.Column, Missing: orEmpty(d.Missing), Surplus: []fixtureSurplus{}}
	for _, s := range d.Surplus {
		out.Surplus = append(out.Surplus, fixtureSurplus{s.Text, s.Note})
	}
	return out
}
