package main

import "github.com/spf13/cobra"

const rootHelp = `samlcheck tells whether a captured SAML response is genuine, every way in which it is wrong, and
what it claims to AWS. It works offline: the response, which is a credential, stays on this machine.

  samlcheck -m metadata.xml                    ask for a response, and check what is pasted
  samlcheck -m metadata.xml response.b64       check a file: base64, a form body or XML
  samlcheck -m metadata.xml --at issued FILE   check an older capture as of when it was issued
  samlcheck metadata metadata.xml              show the keys and endpoints of federation metadata
  samlcheck explain CODE                       tell all about a finding, and how to mend it
  samlcheck explain "AWS ERROR MESSAGE"        lead from an error back to what may have caused it
`

const rootUsage = `Usage:
  samlcheck [flags] [FILE | - ...]
  samlcheck decode|metadata|explain|config|schema|version

A file that is named like one of these verbs is given as ./decode.

Flags:
`

const rootStatus = `
Exit status: 0 if every message passes, 1 if one fails or nothing proves it, 2 if something could
not be judged at all. The report goes to standard output, all else to standard error.
`

// newRoot builds the command line.
func newRoot(t *tool) *cobra.Command {
	var flags checkFlags
	root := &cobra.Command{
		Use:               "samlcheck [flags] [FILE | - ...]",
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
	root.AddCommand(newDecode(t), newMetadata(t), newExplain(t), newConfig(t), newFixtures(t), newSchema(t), newVersion(t))
	return root
}
