package hostile_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/hostile"
)

var update = flag.Bool("update", false, "write docs/hostile.md anew")

const page = "../../docs/hostile.md"

// TestDocsListHostile proves that docs/hostile.md tells what the documents are;
// TestDocuments proves that they yield the codes that it names.
func TestDocsListHostile(t *testing.T) {
	want := hostilePage(documents(t))
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/hostile.md is not what the documents are; write it anew: go test ./internal/hostile -run TestDocsListHostile -update")
	}
}

// A row is what the page tells of a class.
type row struct {
	refused, warned, passed, honest int
	makers, codes                   map[string]bool
}

func rows(all []hostile.Document) map[string]*row {
	out := map[string]*row{}
	for _, d := range all {
		r := out[d.Class]
		if r == nil {
			r = &row{makers: map[string]bool{}, codes: map[string]bool{}}
			out[d.Class] = r
		}
		if lookalike(d) {
			r.honest++
			continue
		}
		switch d.Want {
		case hostile.Refused:
			r.refused++
		case hostile.Warned:
			r.warned++
		default:
			r.passed++
		}
		r.makers[strings.Fields(string(d.By))[0]] = true
		for _, code := range d.Codes {
			r.codes[code] = true
		}
	}
	return out
}

func hostilePage(all []hostile.Document) string {
	var b strings.Builder
	byClass := rows(all)
	sum := row{}
	for _, r := range byClass {
		sum.refused, sum.warned, sum.passed, sum.honest = sum.refused+r.refused, sum.warned+r.warned, sum.passed+r.passed, sum.honest+r.honest
	}
	fmt.Fprintf(&b, preamble, len(all), len(byClass), sum.refused, sum.warned, sum.passed, sum.honest)
	for _, s := range hostile.Sections() {
		fmt.Fprintf(&b, "\n## %s\n\n| class | what | who | refused | warned | passes | look-alikes | found |\n|---|---|---|---|---|---|---|---|\n", s.Title)
		for _, c := range s.Classes {
			r := byClass[c.ID]
			if r == nil {
				continue
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", c.ID, c.Title, listed(r.makers),
				number(r.refused), number(r.warned), number(r.passed), number(r.honest), listed(r.codes))
		}
	}
	return b.String()
}

func listed(set map[string]bool) string { return strings.Join(slices.Sorted(maps.Keys(set)), ", ") }

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

const preamble = `# Hostile documents

The package internal/hostile makes %d responses of %d classes of attack, and its tests hold every one of them to this: nothing that is
forged is ever told as verified; what is hostile is named by the finding that speaks of its shape; honest look-alikes
pass; none takes half a second or allocates 64 MiB; and nothing that acts on a terminal is printed.

Of what is hostile %d are refused, %d pass with a warning, and %d pass, as they change nothing that is read: the values are the
genuine ones. %d honest look-alikes pass, some with a warning that is their due.

Who: **anybody** needs nothing that the identity provider made; the **holder** of a captured response edits around genuine
signatures, without the key; what the **identity** provider alone can make is signed with its key and is odd all the same.
Found: the codes that are among the findings, as ` + "`samlcheck explain`" + ` tells of them.

This page is made from the documents: ` + "`go test ./internal/hostile -run TestDocsListHostile -update`" + `.
`
