package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// noArgument refuses what a verb has no use for.
func noArgument(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("no argument is expected, found %d", len(args))
}

func atMostOne(thing string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) <= 1 {
			return nil
		}
		return fmt.Errorf("one %s at most is expected, found %d", thing, len(args))
	}
}

// oneFile says what a file is wanted of, since metadata is also given by -m.
func oneFile(_ *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return fmt.Errorf("one file with federation metadata is expected (or - for standard input), found %d", len(args))
}
