package main

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/internal/sanitize"
)

// sanitizedObject is what the verb tells of a fixture as JSON.
type sanitizedObject struct {
	Source   string                 `json:"source"`
	Index    int                    `json:"index"`
	Fixture  string                 `json:"fixture"`
	Beside   []string               `json:"beside"`
	Replaced []sanitize.Replacement `json:"replaced"`
	Lost     []sanitize.Difference  `json:"lost"`
	Left     []string               `json:"left"`
	Names    []string               `json:"names"`
}

// list tells what was written, and what was replaced in it.
func (r *sanitizing) list(files []newFile) {
	beside := []string{}
	for _, f := range files[len(r.fixtures):] {
		beside = append(beside, f.name)
	}
	for i, f := range r.fixtures {
		if r.format == "json" {
			r.printJSON(sanitizedObject{f.source, f.index, f.name, beside, append([]sanitize.Replacement{}, f.made.Replaced...),
				append([]sanitize.Difference{}, f.made.Lost...), append([]string{}, f.made.Left...), append([]string{}, f.made.Names...)})
			continue
		}
		gap := ""
		if i > 0 {
			gap = "\n"
		}
		r.print(gap + sanitizedText(f))
	}
	if r.format == "text" {
		for _, name := range beside {
			r.print("beside: " + render.Escape(name) + "\n")
		}
	}
}

// mostShown is how many new values of one kind the text shows.
const mostShown = 3

// sanitizedText lists the replacements of a fixture by kind.
func sanitizedText(f *fixtureFile) string {
	counts, shown := map[string]int{}, map[string][]string{}
	var kinds []string
	for _, one := range f.made.Replaced {
		if counts[one.Kind]++; counts[one.Kind] == 1 {
			kinds = append(kinds, one.Kind)
		}
		if one.Value != "" && len(shown[one.Kind]) < mostShown {
			shown[one.Kind] = append(shown[one.Kind], one.Path+" is now "+render.Quote(one.Value))
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %d things replaced\n", render.MessageName(f.source, f.index), render.Escape(f.name), len(f.made.Replaced))
	for _, kind := range kinds {
		fmt.Fprintf(&b, "  %s: %d\n", kind, counts[kind])
		for _, line := range shown[kind] {
			b.WriteString("    " + render.Escape(line) + "\n")
		}
		if more := counts[kind] - len(shown[kind]); more > 0 && len(shown[kind]) > 0 {
			fmt.Fprintf(&b, "    and %d more\n", more)
		}
	}
	return b.String()
}
