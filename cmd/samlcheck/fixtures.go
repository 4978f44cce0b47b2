package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"

	"github.com/samlcheck/samlcheck/internal/batch"
	"github.com/samlcheck/samlcheck/internal/fixture"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const fixturesHelp = `Runs captured responses as regression tests. A fixture is a capture with a YAML beside it that says
what is wanted of it, or a txtar archive that holds both; docs/fixtures.md tells the keys. The exit
status is 0 if everything holds, 1 if something differs, 2 if a fixture could not be run.`

// fixtureFlags are the flags of the verb test as they are given.
type fixtureFlags struct {
	metadata []string
	pattern  string
	update   bool
	format   string
	colour   string
}

func newFixtures(t *tool) *cobra.Command {
	var flags fixtureFlags
	cmd := &cobra.Command{
		Use:   "test [flags] FOLDER | FILE ...",
		Short: "run captures as regression tests",
		Long:  fixturesHelp,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("a folder of fixtures is expected, found none")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return t.test(&flags, cmd.Flags(), args) },
	}
	set := cmd.Flags()
	set.SortFlags = false
	set.StringArrayVarP(&flags.metadata, "metadata", "m", nil, "`FILE` with metadata for fixtures that name none; repeatable")
	set.StringVar(&flags.pattern, "run", "", "run only fixtures whose name in the folder matches the regular expression `PATTERN`")
	set.BoolVar(&flags.update, "update", false, "show what differs, and write what is found into the files of expectations")
	set.StringVar(&flags.format, "format", "text", "the form of the report: `text|json|sarif|junit|github`")
	set.StringVar(&flags.colour, "color", "auto", "whether to colour: `auto|always|never`; NO_COLOR is honoured")
	return cmd
}

// A tester runs fixtures on all processors, and reports them in the order of their
// names.
type tester struct {
	*tool
	format  string
	style   render.Style
	pattern *regexp.Regexp // nil for all
	update  bool
	options fixture.Options
	report  render.FixtureRun
}

// test runs the fixtures of all folders. The error is one of usage.
func (t *tool) test(flags *fixtureFlags, set *pflag.FlagSet, names []string) error {
	tester, err := flags.read(t, set)
	if err != nil {
		return err
	}
	if err := onceStandardInput(flags.metadata); err != nil {
		return err
	}
	metadata, ok := t.readMetadata(flags.metadata)
	if ok {
		tester.options.Metadata = metadata
		tester.folders(names)
	}
	tester.finish()
	return nil
}

func (f *fixtureFlags) read(t *tool, set *pflag.FlagSet) (*tester, error) {
	if err := refuseEmpty(set); err != nil {
		return nil, err
	}
	for _, err := range []error{
		oneOf("format", f.format, slices.Concat(eachFormats(), wholeFormats())...),
		oneOf("color", f.colour, "auto", "always", "never"),
	} {
		if err != nil {
			return nil, err
		}
	}
	if f.update && inCI() {
		return nil, fmt.Errorf("--update: the environment variable CI is set, and a test that writes what it wants always passes: write it elsewhere, and commit it once it was read")
	}
	out := &tester{tool: t, format: f.format, style: t.textStyle(f.colour), update: f.update}
	if f.pattern != "" {
		var err error
		if out.pattern, err = regexp.Compile(f.pattern); err != nil {
			return nil, fmt.Errorf("--run: a regular expression is expected, found %s", render.Quote(f.pattern))
		}
	}
	return out, nil
}

// inCI reports whether this runs in continuous integration, as its systems tell.
func inCI() bool {
	ci := os.Getenv("CI")
	return ci != "" && ci != "false" && ci != "0"
}

// folders runs the fixtures of each folder. One that cannot be read does not stop
// the others.
func (t *tester) folders(names []string) {
	found := 0
	for _, name := range names {
		n, err := t.folder(name)
		if err != nil {
			t.complainOf(name, "%s", err)
		}
		found += n
		if t.outDead || t.late {
			return
		}
	}
	if found > 0 && len(t.report.Results) == 0 && t.pattern != nil {
		t.complain("--run: none of the %d fixtures has a name that matches %s", found, render.Quote(t.pattern.String()))
	}
}

// folder runs the fixtures of a folder, and gives how many there are.
func (t *tester) folder(name string) (int, error) {
	folder, err := fixture.Open(name)
	if err != nil {
		return 0, err
	}
	defer folder.Close()
	fixtures, err := within(t.tool, name, folder.Find)
	if err != nil {
		return 0, err
	}
	wanted := slices.Clone(fixtures)
	if t.pattern != nil {
		wanted = slices.DeleteFunc(wanted, func(x *fixture.Fixture) bool { return !t.pattern.MatchString(x.Name) })
	}
	for r := range batch.Ordered(runtime.GOMAXPROCS(0), slices.Values(wanted), t.one) {
		t.take(r)
		if t.outDead || t.late {
			break
		}
	}
	return len(fixtures), nil
}

// one runs a fixture. It runs beside others, and changes nothing.
func (t *tester) one(x *fixture.Fixture) *fixture.Result {
	r, err := inPatience(t.patience, x.Path, func() (*fixture.Result, error) { return x.Run(t.options), nil })
	if err != nil {
		return &fixture.Result{Fixture: x, Fault: err}
	}
	return r
}

// take reports what came of a fixture, and writes it where that is asked for.
func (t *tester) take(result *fixture.Result) {
	r := render.FixtureResult{Result: result, Update: t.update}
	t.show(render.FixtureText(r, t.style))
	if t.update && r.Fault == nil && !r.Passes() && !t.outDead {
		if r.Fault = result.Update(); r.Fault == nil {
			r.Written = true
			t.show(render.FixtureWritten(r, t.style))
		} else {
			t.show(render.FixtureText(r, t.style))
		}
	}
	switch {
	case r.Fault != nil || r.New && !r.Written:
		t.atLeast(statusError)
	case !r.Passes() && !r.Written:
		t.atLeast(statusFail)
	}
	if t.format == "json" {
		t.line(r)
	}
	t.report.Results = append(t.report.Results, r)
}

// show writes a part of the report for people.
func (t *tester) show(text string) {
	if t.format == "text" {
		t.print(text)
	}
}

func (t *tester) line(r render.FixtureResult) {
	line, err := render.FixtureJSON(r)
	if err != nil {
		t.complain("cannot write the report as JSON: %s", err)
		return
	}
	t.print(line)
}

// finish writes what is one document for the whole run, and the summary.
func (t *tester) finish() {
	t.report.Version, t.report.Status, t.report.Troubles = shortVersion(), t.status, t.troubles
	switch t.format {
	case "sarif":
		text, err := render.FixtureSARIF(&t.report)
		if err != nil {
			t.complain("cannot write the report as SARIF: %s", err)
			return
		}
		t.print(text)
	case "junit":
		t.print(render.FixtureJUnit(&t.report))
	case "github":
		t.print(render.FixtureGitHub(&t.report))
	}
	if len(t.report.Results) == 0 {
		return
	}
	if t.format == "text" {
		t.print("\n" + render.FixtureSummary(&t.report) + "\n")
	} else {
		t.remark("%s", render.FixtureSummary(&t.report))
	}
}
