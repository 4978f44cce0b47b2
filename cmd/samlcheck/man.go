package main

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const manHelp = `Writes the manual page of samlcheck, or of one of its verbs, to standard output. To read it: "samlcheck man | man -l -".
The pages stand in docs/man as well.`

func newMan(t *tool) *cobra.Command {
	return &cobra.Command{
		Use:   "man [VERB]",
		Short: "write the manual page of samlcheck or of a verb",
		Long:  manHelp,
		Args:  atMostOne("verb"),

		ValidArgsFunction: choice(verbNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			page := cmd.Root()
			if len(args) == 1 {
				verb, err := verbCalled(cmd.Root(), args[0])
				if err != nil {
					return err
				}
				page = verb
			}
			t.print(manual(page))
			return nil
		},
	}
}

// manual gives the manual page of a command. It is made of what the help is made of.
func manual(cmd *cobra.Command) string {
	if cmd.HasParent() {
		return verbManual(cmd)
	}
	p := roff.NewPage("samlcheck", "tell why a SAML sign-in to AWS fails")
	p.Section("SYNOPSIS")
	p.Synopsis(cmd.UseLine())
	p.Synopsis("samlcheck VERB [flags] ...")
	p.Section("DESCRIPTION")
	p.Paragraph(rootIntro)
	p.Paragraph(namedLikeVerbs)
	p.Section("EXAMPLES")
	for _, c := range firstCommands() {
		p.Example(c.line, c.what)
	}
	p.Section("VERBS")
	for _, v := range verbs(cmd) {
		p.Item(v.Name(), "", v.Short)
	}
	options(p, cmd)
	p.Section("PASTING")
	p.Paragraph(pasting)
	p.Section("EXIT STATUS")
	p.Paragraph(exitStatus)
	p.Section("ENVIRONMENT")
	for _, v := range environment() {
		p.Item(v.name, "", v.what)
	}
	p.Section("SEE ALSO")
	var pages []string
	for _, v := range verbs(cmd) {
		pages = append(pages, "samlcheck-"+v.Name()+"(1)")
	}
	p.Paragraph(strings.Join(pages, ", "))
	return p.String()
}

func verbManual(cmd *cobra.Command) string {
	p := roff.NewPage("samlcheck-"+cmd.Name(), cmd.Short)
	p.Section("SYNOPSIS")
	p.Synopsis(cmd.UseLine())
	p.Section("DESCRIPTION")
	for _, paragraph := range strings.Split(cmd.Long, "\n\n") {
		p.Paragraph(paragraph)
	}
	options(p, cmd)
	p.Section("SEE ALSO")
	p.Paragraph("samlcheck(1)")
	return p.String()
}

func options(p *roff.Page, cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	p.Section("OPTIONS")
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		short, value, usage := flagWords(f)
		p.Item(fmt.Sprintf("%s--%s", short, f.Name), value, usage)
	})
}

const pasting = "Where no file is given and standard input is a terminal, samlcheck asks for a response. What is pasted is not " +
	"shown, and no line of it is cut, however long. The end is noticed; Enter twice or Ctrl-D ends it as well. " +
	"Then the next is asked for, and the report on it ends with what is otherwise than in the one before, until nothing " +
	"is pasted. With another format than text, or an output that is no terminal, one response is asked for."

// A variable is an environment variable that is looked at.
type variable struct{ name, what string }

func environment() []variable {
	return []variable{
		{"NO_COLOR", "nothing is coloured where it is set to anything, unless --color always is given"},
		{"TERM", "a terminal that is called dumb is neither coloured nor asked to mark pastes"},
		{"SAMLCHECK_METADATA", "a file with federation metadata, where --metadata is not given; see samlcheck-config(1)"},
		{"WAYLAND_DISPLAY, DISPLAY", "tell which tool reads the clipboard for --clipboard"},
	}
}
