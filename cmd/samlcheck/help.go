package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help writes the help of the whole or of one verb.
func help(cmd *cobra.Command, _ []string) {
	out := cmd.OutOrStdout()
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	if cmd.HasParent() {
		fmt.Fprintf(out, "%s\n\nUsage:\n  %s\n\nFlags:\n%s", strings.Join(render.Wrap(cmd.Long, render.Columns), "\n"), cmd.UseLine(), flagList(cmd.LocalFlags()))
		return
	}
	fmt.Fprintf(out, "%s\n\n%s\nUsage:\n  %s\n  samlcheck VERB [flags] ...\n\nVerbs, each with --help:\n%s\n%s\n\nFlags of a check:\n%s\n%s\n",
		wrapped(rootIntro), commandList(), cmd.UseLine(), verbList(cmd), wrapped(namedLikeVerbs), flagList(cmd.LocalFlags()), wrapped("Exit status: "+exitStatus))
}

func wrapped(text string) string { return strings.Join(render.Wrap(text, render.Columns), "\n") }

// columnGap is the width of the column of commands, with blanks behind the longest.
const columnGap = 46

// commandList writes the commands that people need first.
func commandList() string {
	var b strings.Builder
	for _, c := range firstCommands() {
		b.WriteString(beside(columnGap, c.line, c.what))
	}
	return b.String()
}

// verbGap is the width of the column of verbs.
const verbGap = 14

// verbList writes the verbs, a line each.
func verbList(root *cobra.Command) string {
	var b strings.Builder
	for _, v := range verbs(root) {
		b.WriteString(beside(verbGap, v.Name(), v.Short))
	}
	return b.String()
}

// verbs gives the verbs that people use.
func verbs(root *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range root.Commands() {
		if !c.Hidden && c.Name() != "help" {
			out = append(out, c)
		}
	}
	return out
}

// beside writes a text beside what stands in a column of its own, or below it where
// that is too wide.
func beside(width int, left, text string) string {
	var b strings.Builder
	if len(left) >= width {
		b.WriteString("  " + left + "\n")
		left = ""
	}
	for _, line := range render.Wrap(text, render.Columns-width-2) {
		fmt.Fprintf(&b, "  %-*s%s\n", width, left, line)
		left = ""
	}
	return b.String()
}

// flagGap is the width of the column of flags, with blanks behind the longest.
const flagGap = 42

// flagList writes flags with what they mean.
func flagList(set *pflag.FlagSet) string {
	var b strings.Builder
	set.VisitAll(func(f *pflag.Flag) {
		short, name, usage := flagWords(f)
		if short == "" {
			short = "    "
		}
		b.WriteString(beside(flagGap, short+"--"+f.Name+" "+name, usage))
	})
	return b.String()
}

// flagWords gives what is shown of a flag: its letter, what its value is called, and
// what it means, with its default where that says something.
func flagWords(f *pflag.Flag) (short, value, usage string) {
	value, usage = pflag.UnquoteUsage(f)
	if f.Value.Type() == "bool" {
		value = ""
	}
	if f.Shorthand != "" {
		short = "-" + f.Shorthand + ", "
	}
	if f.DefValue != "" && f.DefValue != "[]" && f.DefValue != "false" && f.DefValue != "0" {
		usage += " (default " + f.DefValue + ")"
	}
	return short, value, usage
}

// newHelp is the verb help, which tells where it does not know a verb.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "tell how samlcheck, or one of its verbs, is used",
		Long:  "Tells how samlcheck, or one of its verbs, is used.",
		Args:  atMostOne("verb"),

		ValidArgsFunction: choice(verbNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Root().Help()
			}
			verb, err := verbCalled(cmd.Root(), args[0])
			if err != nil {
				return err
			}
			return verb.Help()
		},
	}
}

// verbCalled gives the verb of a name. The error tells which may be meant.
func verbCalled(root *cobra.Command, name string) (*cobra.Command, error) {
	for _, v := range root.Commands() {
		if v.Name() == name && !v.Hidden {
			return v, nil
		}
	}
	if near := nearestVerb(root, name); near != "" {
		return nil, fmt.Errorf("there is no verb %s; is %s meant?", render.Quote(name), near)
	}
	if len(name) > longestCode {
		return nil, errors.New("the name of a verb is expected, found a text that is far too long")
	}
	return nil, fmt.Errorf("there is no verb %s; samlcheck --help lists all", render.Quote(name))
}
