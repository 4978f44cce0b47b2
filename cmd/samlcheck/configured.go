package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/samlcheck/samlcheck/internal/config"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/pflag"
)

// configFlags are the flags on the configuration file.
type configFlags struct {
	config   string
	noConfig bool
}

func (f *configFlags) add(set *pflag.FlagSet) {
	set.StringVar(&f.config, "config", "", "`FILE` with settings, instead of samlcheck.yaml in the working folder or the repository's root")
	set.BoolVar(&f.noConfig, "no-config", false, "read no file with settings")
}

// configured is what the environment and the configuration file say beside the
// flags, and what of it holds.
type configured struct {
	places   []config.Place     // where the file was looked for; nil where it is named
	file     *config.File       // nil where none was read
	variable []string           // metadata files of the environment
	settings []string           // of the file, that hold
	object   *saml.ObjectConfig // file and settings as reports tell them; nil where none was read
	metadata string             // what named the metadata
	ignored  map[string]saml.Ignoring
}

// configure lets the environment and the configuration file say what no flag
// says: flags come first, then the environment, then the file. A list is replaced
// as a whole. It has to come before the flags are read.
func (f *checkFlags) configure(t *tool, set *pflag.FlagSet) error {
	c := &configured{metadata: "--metadata", ignored: map[string]saml.Ignoring{}}
	f.held = c
	var err error
	if c.variable, err = config.SplitVariable(os.Getenv(config.Variable)); err != nil {
		return err
	}
	if err := c.read(t, &f.configFlags, set); err != nil {
		return err
	}
	for _, code := range f.ignore {
		c.ignored[code] = saml.Ignoring{Code: code, From: "--ignore"}
	}
	f.fill(t, c, set)
	if c.file != nil {
		c.object = &saml.ObjectConfig{File: c.file.Path, Settings: append([]string{}, c.settings...)}
		if f.format == "junit" || f.format == "github" { // which have no place for it
			t.remark("%s", render.SettingsFrom(c.object))
		}
	}
	return nil
}

// read finds and reads the configuration file, if there is one.
func (c *configured) read(t *tool, f *configFlags, set *pflag.FlagSet) (err error) {
	path := f.config
	switch {
	case f.noConfig && set.Changed("config"):
		return errors.New("--config and --no-config: one of them is expected, found both")
	case f.noConfig:
		return nil
	case path == "-":
		return errors.New("--config: a file is expected, found -: standard input is for the response")
	case path == "":
		if path, err = c.find(t); path == "" {
			return err
		}
	}
	data, err := readInput(path, t.in, config.MostBytes)
	if err != nil {
		return fmt.Errorf("the settings cannot be read: %w", err)
	}
	c.file, err = within(t, path, func() (*config.File, error) { return config.Parse(path, data, mayIgnore) })
	return err
}

// find gives the path of the configuration file; empty where there is none that
// is to be read.
func (c *configured) find(t *tool) (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("the working folder cannot be found: %w; --no-config does without it", reason(err))
	}
	if c.places, err = config.Look(folder); err != nil {
		return "", fmt.Errorf("%w; --no-config does without it", err)
	}
	for _, p := range c.places {
		switch p.State {
		case config.Read:
			return p.Path, nil
		case config.Shared:
			t.remark("%s is not read, since anybody may put a file into its folder: name it with --config if it is yours", render.Quote(p.Path))
		}
	}
	return "", nil
}

// fill sets what no flag sets, and keeps in mind where it came from.
func (f *checkFlags) fill(t *tool, c *configured, set *pflag.FlagSet) {
	if len(c.variable) > 0 && !set.Changed("metadata") {
		f.metadata, c.metadata = c.variable, config.Variable
	}
	if c.file == nil {
		return
	}
	for _, list := range []struct {
		flag  string
		said  []config.Text
		value *[]string
	}{{"metadata", c.file.Metadata, &f.metadata}, {"audience", c.file.Audiences, &f.audiences}, {"recipient", c.file.Recipients, &f.recipients}} {
		if len(list.said) > 0 && !set.Changed(list.flag) && (list.flag != "metadata" || c.variable == nil) {
			*list.value = valuesOf(list.said)
			c.settings = append(c.settings, list.flag)
		}
	}
	for _, one := range []struct {
		flag  string
		said  config.Text
		value *string
	}{{"profile", c.file.Profile, &f.profile}, {"fail-on", c.file.FailOn, &f.failOn}} {
		if one.said.Value != "" && !set.Changed(one.flag) {
			*one.value = one.said.Value
			c.settings = append(c.settings, one.flag)
		}
	}
	if slices.Contains(c.settings, "metadata") {
		c.metadata = c.file.Path
	}
	if !set.Changed("ignore") {
		f.fillIgnored(t, c)
	}
}

// fillIgnored ignores what the file says, as long as it says.
func (f *checkFlags) fillIgnored(t *tool, c *configured) {
	for _, i := range c.file.Ignore {
		if i.Over(now()) {
			t.remark("%s, line %d: %s is no longer ignored since %s has passed", render.Quote(c.file.Path), i.Line, i.Code, lastDay(i))
			continue
		}
		f.ignore = append(f.ignore, i.Code)
		c.ignored[i.Code] = saml.Ignoring{Code: i.Code, Reason: i.Reason, From: c.file.Path}
	}
	if len(f.ignore) > 0 {
		c.settings = append(c.settings, "ignore")
	}
}

func valuesOf(texts []config.Text) []string {
	var out []string
	for _, t := range texts {
		out = append(out, t.Value)
	}
	return out
}

// sayWhoNamed says what named metadata that cannot be used, where it is no flag.
func (c *configured) sayWhoNamed(t *tool) {
	switch {
	case c.metadata == config.Variable:
		t.remark("the metadata is named by %s", config.Variable)
	case c.file != nil && c.metadata == c.file.Path:
		t.remark("the metadata is named by %s", render.Quote(c.metadata))
	}
}

// note says in a report what was configured. It changes nothing else, so that
// reports on several messages can be made at once.
func (c *configured) note(report *saml.Object) {
	if c == nil {
		return
	}
	report.Config = c.object
	for i := range report.Metadata {
		report.Metadata[i].From = c.metadata
	}
	for i, ignored := range report.Ignored {
		if why, found := c.ignored[ignored.Code]; found {
			report.Ignored[i] = why
		}
	}
}
