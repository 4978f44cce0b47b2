package saml

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
)

// Bounds on the search for a like name: an aggregate has thousands.
const (
	mostNearest  = 3
	mostMeasured = 20_000 // entities that are looked at
	mostName     = 160    // longer names are not measured
)

// nearest gives the IDs that are most like the issuer, most alike first, at
// most three: those that differ from it in a few characters only.
func (m *Metadata) nearest(issuer string) []string {
	if len(issuer) > mostName {
		return nil
	}
	type candidate struct {
		id       string
		distance int
	}
	var found []candidate
	want := plainName(issuer)
	for _, e := range m.entities[:min(len(m.entities), mostMeasured)] {
		if len(e.ID) > mostName || e.ID == "" || slices.ContainsFunc(found, func(c candidate) bool { return c.id == e.ID }) {
			continue
		}
		most := max(len(want)/3, 2)
		if d := distance(want, plainName(e.ID), most); d <= most {
			found = append(found, candidate{e.ID, d})
			slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
			found = found[:min(len(found), mostNearest)]
		}
	}
	var out []string
	for _, c := range found {
		out = append(out, c.id)
	}
	return out
}

// plainName leaves out what people get wrong most: case, scheme, the slash at
// the end and blanks.
func plainName(id string) string {
	id = strings.ToLower(strings.TrimSpace(id))
	id = strings.TrimPrefix(strings.TrimPrefix(id, "http://"), "https://")
	return strings.TrimRight(id, "/")
}

func distance(a, b string, most int) int { return words.Distance(a, b, most) }
