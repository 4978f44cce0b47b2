package main

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
)

const explainHelp = `Tells all about a finding: what is wrong, why it matters, what to do, what AWS answers and how that is
known, and the sources. Without a code it lists all of them.`

func newExplain(t *tool) *cobra.Command {
	var colour string
	cmd := &cobra.Command{
		Use:   "explain [flags] [CODE]",
		Short: "tell all about a finding",
		Long:  explainHelp,
		Args:  atMostOne("code"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("color", colour, "auto", "always", "never"); err != nil {
				return err
			}
			return t.explain(args, t.textStyle(colour))
		},
	}
	cmd.Flags().StringVar(&colour, "color", "auto", "colour: `auto|always|never`; NO_COLOR is honoured")
	return cmd
}

func (t *tool) explain(codes []string, style render.Style) error {
	rules := claims.AllRules()
	if len(codes) == 0 {
		t.print(render.RuleList(rules, style))
		return nil
	}
	code := strings.ToLower(codes[0])
	i := slices.IndexFunc(rules, func(r saml.Rule) bool { return r.Code == code })
	if i < 0 {
		return unknownCode(codes[0], rules)
	}
	t.print(render.Explain(rules[i], style))
	return nil
}
