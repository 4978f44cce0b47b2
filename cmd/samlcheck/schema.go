package main

import (
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/spf13/cobra"
)

func newSchema(t *tool) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "write the JSON Schema of the report",
		Long:  "Writes the JSON Schema of the object that --format json gives for each message.",
		Args:  noArgument,
		RunE: func(*cobra.Command, []string) error {
			t.print(render.Schema())
			return nil
		},
	}
}
