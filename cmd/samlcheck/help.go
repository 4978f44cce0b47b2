package main

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help writes the help of the whole or of one verb.
func help(cmd *cobra.Command, _ []string) {
	out := cmd.OutOrStdout()
	if cmd.HasParent() {
		fmt.Fprintf(out, "%s\n\nUsage:\n  %s\n\nFlags:\n%s", strings.Join(render.Wrap(cmd.Long, render.Columns), "\n"), cmd.UseLine(), flagList(cmd.LocalFlags()))
		return
	}
	fmt.Fprintf(out, "%s\n%s%s%s", rootHelp, rootUsage, flagList(cmd.LocalFlags()), rootStatus)
}

// flagGap is the width of the column of flags, with blanks behind the longest.
const flagGap = 36

// flagList writes flags with what they mean.
func flagList(set *pflag.FlagSet) string {
	var b strings.Builder
	set.VisitAll(func(f *pflag.Flag) {
		name, usage := pflag.UnquoteUsage(f)
		if f.Value.Type() == "bool" {
			name = ""
		}
		left := "    --" + f.Name + " " + name
		if f.Shorthand != "" {
			left = "-" + f.Shorthand + ", --" + f.Name + " " + name
		}
		if f.DefValue != "" && f.DefValue != "[]" && f.DefValue != "false" && f.DefValue != "0" {
			usage += " (default " + f.DefValue + ")"
		}
		for _, line := range render.Wrap(usage, render.Columns-flagGap-2) {
			fmt.Fprintf(&b, "  %-*s%s\n", flagGap, left, line)
			left = ""
		}
	})
	return b.String()
}
