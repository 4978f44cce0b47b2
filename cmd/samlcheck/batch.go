package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// batchFlags are the flags on many inputs.
type batchFlags struct {
	patterns []string
	null     bool
	lines    bool
	summary  bool
}

func (f *batchFlags) add(set *pflag.FlagSet) {
	set.StringArrayVar(&f.patterns, "pattern", nil, "`GLOB` of the files that are judged in a folder, such as *.b64; repeatable; default: all that are not hidden")
	set.BoolVar(&f.lines, "jsonl", false, "the input is JSON Lines: {\"id\":..., \"response\":...}, and the id is what reports name as the source")
	set.BoolVarP(&f.null, "null", "0", false, "names in @LIST and @-, and messages on standard input, are separated by NUL")
	set.BoolVar(&f.summary, "summary", false, "instead of the reports show how often each finding occurs, with an example")
}

// source gives where the inputs are found. Every error is one of usage.
func (f *checkFlags) source(t *tool, set *pflag.FlagSet, names []string) (*batch.Source, error) {
	if f.clipboard {
		return clipboardSource(set, names)
	}
	if len(names) == 0 {
		names = []string{"-"}
	}
	for _, p := range f.patterns {
		if err := batch.CheckPattern(p); err != nil {
			return nil, fmt.Errorf("--pattern: %w", err)
		}
	}
	s := &batch.Source{Names: names, Patterns: f.patterns, Null: f.null, Lines: f.lines, Stdin: t.in, Quote: render.Quote}
	many := f.null || f.lines || slices.Contains(names, "@-")
	switch {
	case many && slices.ContainsFunc(names, isStandardInput) && term.IsTerminal(int(t.in.Fd())):
		return nil, errors.New("many inputs are expected through a pipe, standard input is a terminal")
	case f.null && !slices.ContainsFunc(names, func(n string) bool { return n == "-" || strings.HasPrefix(n, "@") }):
		return nil, errors.New("--null: it speaks of lists and standard input, and neither is given")
	case f.null && f.lines && !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "@") }):
		return nil, errors.New("--null and --jsonl: JSON Lines are separated by line ends")
	case f.summary && slices.Contains(wholeFormats(), f.format):
		return nil, fmt.Errorf("--summary: text or json is expected as the format, found %s", f.format)
	}
	return s, nil
}

func isStandardInput(name string) bool { return name == "-" || name == "@-" }

// begin prepares what is shown of many inputs.
func (c *checker) begin(source *batch.Source, f *batchFlags) {
	if len(source.Names) > 0 {
		c.first = source.Names[0]
	}
	if f.summary {
		c.summary = render.NewSummary()
	}
	c.tally.many = f.summary || f.null || f.lines || slices.ContainsFunc(source.Names, isMany)
	if !c.tally.many && len(source.Names) <= seenAtOnce {
		return
	}
	collectSeldom()
	if c.showsProgress() {
		c.progress = batch.NewProgress(c.err, source)
	}
}

// How the garbage of a batch is collected: much is made, and little is kept. The
// bound keeps a few large containers from taking five times their size.
const (
	batchGarbage = 400       // percent of what is in use
	batchMemory  = 512 << 20 // bytes from which it is collected as soon as it is made
)

// collectSeldom lets garbage pile up while little is in use, unless the
// environment says how it is to be collected.
func collectSeldom() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(batchGarbage)
		debug.SetMemoryLimit(batchMemory)
	}
}

// isMany reports whether an argument stands for many inputs.
func isMany(name string) bool {
	info, err := os.Stat(name)
	return strings.HasPrefix(name, "@") || err == nil && info.IsDir()
}

// showsProgress reports whether standard error is a terminal on which nothing
// else appears meanwhile.
func (c *checker) showsProgress() bool {
	file, ok := c.err.(*os.File)
	_, shown := c.terminal()
	return ok && term.IsTerminal(int(file.Fd())) && (!shown || c.summary != nil || slices.Contains(wholeFormats(), c.format))
}

// A tally counts what came of the messages.
type tally struct {
	many                       bool // it is told at the end
	passed, failed, unverified int
	refused                    int // of those that pass: they have findings that --fail-on names
	unjudged                   int // inputs, or messages in them
}

func (n *tally) count(w written) {
	switch w.report.Verdict {
	case saml.Pass:
		n.passed++
		if w.failed {
			n.refused++
		}
	case saml.Fail:
		n.failed++
	default:
		n.unverified++
	}
}

// seenAtOnce is how many messages need not be counted for whoever named each of
// them.
const seenAtOnce = 10

// sayTally says on the last line of standard error how many messages there
// were, of what kinds.
func (c *checker) sayTally() {
	n := &c.tally
	messages := n.passed + n.failed + n.unverified
	if c.outDead || !n.many && messages+n.unjudged <= seenAtOnce {
		return
	}
	text := fmt.Sprintf("%s: %d pass, %d fail, %d unverified", render.Count(messages, "message"), n.passed, n.failed, n.unverified)
	if n.refused > 0 {
		text += fmt.Sprintf("; of those that pass %d with findings from --fail-on %s on", n.refused, c.failOn)
	}
	if n.unjudged > 0 {
		text += "; " + render.Count(n.unjudged, "input") + " could not be judged"
	}
	if c.late {
		text += "; broken off"
	}
	c.remark("%s", text)
}

// finishSummary writes the summary.
func (c *checker) finishSummary() {
	if c.format == "json" {
		c.printJSON(c.summary.Object())
		return
	}
	c.print(c.summary.Text(c.style))
}
