package main

import (
	"io"

	"github.com/spf13/cobra"
)

const rootIntro = "samlcheck tells whether a captured SAML response is genuine, every way in which it is wrong, and " +
	"what it claims to AWS. It works offline: the response, which is a credential, stays on this machine."

// A firstCommand is a command that people need first.
type firstCommand struct{ line, what string }

func firstCommands() []firstCommand {
	return []firstCommand{
		{"samlcheck -m metadata.xml", "ask for a response, check it, then ask for the next"},
		{"samlcheck -m metadata.xml FILE", "check a file: base64, a form, XML, HAR, cURL, mail"},
		{"samlcheck -m metadata.xml --at issued FOLDER", "check older captures, each as of when it was issued"},
		{`samlcheck explain CODE | "AWS ERROR MESSAGE"`, "tell all about a finding, or what causes an error"},
		{"samlcheck sanitize FILE", "make a fixture of a capture that is safe to share"},
	}
}

const namedLikeVerbs = "A file that is named like one of these verbs is given as ./decode."

const exitStatus = "0 if every message passes, 1 if one fails or nothing proves it, 2 if something could not be judged " +
	"at all; of several pastes the worst counts. The report goes to standard output, all else to standard error."

// newRoot builds the command line.
func newRoot(t *tool) *cobra.Command {
	var flags checkFlags
	root := &cobra.Command{
		Use:               "samlcheck [flags] [FILE | FOLDER | @LIST | - ...]",
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.check(&flags, cmd.Flags(), args)
		},
	}
	flags.add(root.Flags())
	root.Version = version()
	root.SetVersionTemplate("{{.Version}}")
	root.SetOut(t)
	root.SetErr(t.err)
	root.SetHelpFunc(help)
	root.SetHelpCommand(newHelp())
	root.AddCommand(newDecode(t), newMetadata(t), newExplain(t), newFixtures(t), newSanitize(t), newConfig(t), newSchema(t), newVersion(t),
		newCompletion(t), newMan(t))
	for _, v := range root.Commands() {
		v.DisableFlagsInUseLine = true // a verb with flags of its own names them where they stand
	}
	return root
}

// verbNames gives the names of the verbs, each with what it does behind a tab.
func verbNames() []string {
	var out []string
	for _, v := range verbs(newRoot(newTool(nil, io.Discard, io.Discard))) {
		out = append(out, v.Name()+"\t"+v.Short)
	}
	return out
}
