package main

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The scripts are our own: those that come with cobra evaluate the line at each
// press of Tab, and so run what is written on it in $(…).
//
//go:embed completion
var completionScripts embed.FS

func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

const completionHelp = `Writes a script that lets a shell complete verbs, flags, codes of findings and other words that samlcheck
knows. The first lines of the script tell where it is put. It runs samlcheck alone, and evaluates nothing of
what is written on the line.`

func newCompletion(t *tool) *cobra.Command {
	return &cobra.Command{
		Use:       "completion " + strings.Join(shells(), "|"),
		Short:     "write the script that lets a shell complete what is typed",
		Long:      completionHelp,
		ValidArgs: shells(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("the name of one shell is expected (%s), found %d arguments", strings.Join(shells(), ", "), len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(shells(), args[0]) {
				return fmt.Errorf("a script for one of %s is expected, found %s", strings.Join(shells(), ", "), render.Quote(args[0]))
			}
			script, err := completionScripts.ReadFile("completion/" + args[0])
			if err != nil {
				return errors.New("the script is missing in this build")
			}
			t.print(string(script))
			return nil
		},
	}
}

// A completion gives what a word may become.
type completion = func(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective)

// asksForCompletion reports whether a shell asks what a word may become.
func asksForCompletion(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// completeAll lets every flag of every verb be completed, by what its help says of
// its value: one of several words, or a file. It is for a run that is asked for it:
// cobra keeps what it is given as long as the program runs.
func completeAll(root *cobra.Command) {
	for _, cmd := range append(root.Commands(), root) {
		if cmd.ValidArgsFunction == nil && cmd.ValidArgs == nil {
			cmd.ValidArgsFunction = argumentOf(cmd)
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, completionOf(f)) // it fails for a flag that cmd does not have
		})
	}
}

// argumentOf gives how the arguments of a verb are completed, by what its usage line
// says of them.
func argumentOf(cmd *cobra.Command) completion {
	for _, name := range []string{"FILE", "FOLDER", "CAPTURE"} {
		if strings.Contains(cmd.Use, name) {
			return files
		}
	}
	return fixed()
}

// completionOf gives how the value of a flag is completed.
func completionOf(f *pflag.Flag) completion {
	switch f.Name {
	case "ignore":
		return choice(codesToIgnore)
	case "limit":
		return choice(limitNames)
	}
	name, usage := pflag.UnquoteUsage(f)
	switch {
	case name == "TIME":
		return fixed(timesIn(usage)...)
	case strings.Contains(name, "|"):
		return fixed(strings.Split(name, "|")...)
	case strings.Contains(name, "FILE"):
		return files
	case strings.Contains(name, "FOLDER"):
		return folders
	}
	return fixed()
}

// timesIn gives the words that stand for a time which a flag takes.
func timesIn(usage string) []string {
	var out []string
	for _, word := range []string{"now", "issued", "captured"} {
		if strings.Contains(usage, word) {
			out = append(out, word)
		}
	}
	return out
}

func files(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func folders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// fixed completes to some words, and to no file.
func fixed(values ...string) completion { return choice(func() []string { return values }) }

// choice completes to the words that a function gives, each with what it means
// behind a tab. Behind one that ends with = stands no blank.
func choice(all func() []string) completion {
	return func(_ *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		directive := cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
		var out []cobra.Completion
		for _, w := range all() {
			value, _, _ := strings.Cut(w, "\t")
			if strings.HasPrefix(value, word) {
				out = append(out, w)
			}
			if strings.HasSuffix(value, "=") {
				directive |= cobra.ShellCompDirectiveNoSpace
			}
		}
		return out, directive
	}
}

// codes gives the codes of findings that suit, with their titles.
func codes(suit func(r saml.Rule) bool) []string {
	var out []string
	for _, r := range claims.AllRules() {
		if suit(r) {
			out = append(out, r.Code+"\t"+r.Title)
		}
	}
	return out
}

func allCodes() []string { return codes(func(saml.Rule) bool { return true }) }

func codesToIgnore() []string {
	return codes(func(r saml.Rule) bool { return checkIgnored([]string{r.Code}) == nil })
}

// limitNames gives the limits that --limit changes, with what they are now.
func limitNames() []string {
	limits := saml.MessageLimits()
	var out []string
	for _, name := range saml.LimitNames() {
		out = append(out, fmt.Sprintf("%s=\tdefault %d, at most %d", name, limits.Value(name), saml.MostOf(name)))
	}
	return out
}
