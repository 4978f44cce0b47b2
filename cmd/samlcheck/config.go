package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/internal/config"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const configHelp = `Shows what a check is held against with these flags, and where each setting comes from: a flag, else the environment
variable SAMLCHECK_METADATA, else samlcheck.yaml, else the default. It takes the flags of a check, and judges nothing.
The file is looked for in the working folder and, where there is none, in the root of the repository around it.`

func newConfig(t *tool) *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "config [flags]",
		Short: "show what settings hold, and where each comes from",
		Long:  configHelp,
		Args:  noArgument,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.showConfig(&flags, cmd.Flags())
		},
	}
	flags.add(cmd.Flags())
	return cmd
}

// showConfig shows the settings, or why there are none.
func (t *tool) showConfig(f *checkFlags, set *pflag.FlagSet) error {
	if err := cmp.Or(oneOf("format", f.format, eachFormats()...), oneOf("color", f.colour, "auto", "always", "never")); err != nil {
		return err
	}
	err := f.configure(t, set)
	if err == nil {
		_, err = f.read(t, set)
	}
	s := f.held.shown()
	if err != nil {
		s.Error = brief(err.Error())
	} else {
		s.Settings = f.settings(set)
	}
	if f.format == "json" {
		t.printJSON(s)
	} else {
		t.print(render.SettingsText(s, t.textStyle(f.colour)))
	}
	return err
}

// shown gives where the file was looked for, as it is shown.
func (c *configured) shown() *render.Settings {
	s := render.NewSettings()
	if c.file != nil {
		s.Config = c.file.Path
	}
	for _, p := range c.places {
		s.Places = append(s.Places, render.Place{Path: p.Path, Which: p.Which, State: string(p.State)})
	}
	return s
}

// settings gives what holds, with where it comes from: all that the file may say,
// and what else a flag says.
func (f *checkFlags) settings(set *pflag.FlagSet) []render.Setting {
	file := f.held.file
	if file == nil {
		file = &config.File{}
	}
	out := []render.Setting{
		f.setting(set, "metadata", file.Metadata, "none"),
		f.setting(set, "audience", file.Audiences, f.expected()),
		f.setting(set, "recipient", file.Recipients, f.expected()),
		f.setting(set, "profile", []config.Text{file.Profile}, ""),
		f.setting(set, "fail-on", []config.Text{file.FailOn}, ""),
		f.ignoredSetting(set, file),
	}
	set.Visit(func(g *pflag.Flag) {
		if !slices.Contains(append(config.Settings(), "format", "color", "config", "no-config"), g.Name) {
			out = append(out, render.Setting{Name: g.Name, From: "--" + g.Name, Values: given(g)})
		}
	})
	return out
}

// expected says what is expected where nothing else is.
func (f *checkFlags) expected() string {
	if f.profile == string(saml.ProfileSAML) {
		return "none, so that the rules on it are skipped"
	}
	return "those of AWS"
}

// setting gives one setting: from the flag, the environment or the file, in this
// order, or the default.
func (f *checkFlags) setting(set *pflag.FlagSet, name string, said []config.Text, words string) render.Setting {
	s := render.Setting{Name: name, From: "default", Values: []render.SettingValue{}, Words: words}
	switch flag := set.Lookup(name); {
	case flag.Changed:
		s.From, s.Values = "--"+name, given(flag)
	case name == "metadata" && len(f.held.variable) > 0:
		s.From = config.Variable
		for _, v := range f.held.variable {
			s.Values = append(s.Values, render.SettingValue{Value: notSecret(v)})
		}
	case slices.Contains(f.held.settings, name):
		s.From = f.held.file.Path
		for _, v := range said {
			s.Values = append(s.Values, render.SettingValue{Value: notSecret(v.Value), Line: v.Line})
		}
	case words == "":
		s.Values = given(flag)
	}
	return s
}

func (f *checkFlags) ignoredSetting(set *pflag.FlagSet, file *config.File) render.Setting {
	s := f.setting(set, "ignore", nil, "none")
	if set.Changed("ignore") || len(file.Ignore) == 0 {
		return s
	}
	s.From = file.Path
	for _, i := range file.Ignore {
		s.Values = append(s.Values, render.SettingValue{Value: i.Code, Line: i.Line, Reason: i.Reason, Until: lastDay(i), Over: i.Over(now())})
	}
	return s
}

func lastDay(i config.Ignoring) string {
	if i.Until.IsZero() {
		return ""
	}
	return i.Until.Format(time.DateOnly)
}

// given gives the values of a flag.
func given(flag *pflag.Flag) []render.SettingValue {
	values := []string{flag.Value.String()}
	if list, ok := flag.Value.(pflag.SliceValue); ok {
		values = list.GetSlice()
	}
	out := []render.SettingValue{}
	for _, v := range values {
		out = append(out, render.SettingValue{Value: notSecret(v)})
	}
	return out
}

// notSecret gives a value, unless it may be a response or a key that was given in
// place of its file.
func notSecret(value string) string {
	if isKeyItself(value) {
		return fmt.Sprintf("an argument of %d characters, which is not shown", len(value))
	}
	return value
}
