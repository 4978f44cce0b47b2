package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
)

const explainHelp = `Tells all about a finding: what is wrong, why it matters, what to do, what AWS answers and how that is
known, and the sources. An error message of AWS, as a program or the sign-in page shows it, leads back to what may
have caused it; so does an error code of AWS, or of Microsoft Entra ID (AADSTS...). Without an argument it lists all
findings.`

func newExplain(t *tool) *cobra.Command {
	var colour string
	cmd := &cobra.Command{
		Use:   "explain [flags] [CODE | MESSAGE]",
		Short: "tell all about a finding, or lead from an AWS error message to its causes",
		Long:  explainHelp,
		Args:  cobra.ArbitraryArgs,

		ValidArgsFunction: choice(allCodes),
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

// slug is the form of codes of findings.
var slug = regexp.MustCompile(`^[A-Za-z]+(-[A-Za-z]+)*$`)

// explain explains a code, or a message whose words may have come as several
// arguments.
func (t *tool) explain(args []string, style render.Style) error {
	rules := claims.AllRules()
	if len(args) == 0 {
		t.print(render.RuleList(rules, style))
		return nil
	}
	what := strings.TrimSpace(strings.Join(args, " "))
	if what == "" {
		return errors.New("a code or an error message is expected, found an empty one")
	}
	code := strings.ToLower(what)
	if i := slices.IndexFunc(rules, func(r saml.Rule) bool { return r.Code == code }); i >= 0 {
		t.print(render.Explain(rules[i], style) + limitList(code))
		return nil
	}
	if entra := saml.EntraErrors(what); len(entra) > 0 {
		return t.explainEntra(entra, style)
	}
	messages, known := claims.ExplainMessage(what)
	switch {
	case known:
		t.print(render.Messages(messages, style))
		return nil
	case slug.MatchString(what):
		return unknownCode(what, rules)
	}
	return unknownMessage(what, messages)
}

func (t *tool) explainEntra(all []saml.EntraError, style render.Style) error {
	known := slices.DeleteFunc(slices.Clone(all), func(e saml.EntraError) bool { return e.Meaning == "" })
	if len(known) == 0 {
		return fmt.Errorf("nothing is known of %s; see Microsoft's list of authentication and authorization error codes", all[0].Code)
	}
	t.print(render.EntraErrors(known, style))
	return nil
}

// secret is what a response, a token or a secret access key, which has 40
// characters, looks like: it is never shown. The ID of a request has 36.
var secret = regexp.MustCompile(`[A-Za-z0-9+/=_%-]{40}|(?i:(<|&lt;)[\w.-]*:?(response|assertion)\b|samlresponse)`)

// unfolded puts together what was broken into lines.
var unfolded = strings.NewReplacer("\r", "", "\n", "")

// longestShown bounds what is shown of a message that nobody knows.
const longestShown = 160

// unknownMessage is the error for a text that holds no message of AWS, with
// those that may be meant.
func unknownMessage(text string, nearest []claims.Message) error {
	said := "this text, which is not shown because it holds what looks like a response or a token; a response is checked by samlcheck FILE"
	if !secret.MatchString(unfolded.Replace(text)) {
		said = begun(text)
	}
	if len(nearest) == 0 {
		return fmt.Errorf("no error message of AWS is known in %s", said)
	}
	var near []string
	for _, m := range nearest {
		near = append(near, render.Quote(m.Text))
	}
	return fmt.Errorf("no error message of AWS is known in %s; is %s meant?", said, strings.Join(near, " or "))
}

func begun(text string) string {
	if n := []rune(text); len(n) > longestShown {
		return render.Quote(string(n[:longestShown])) + "…"
	}
	return render.Quote(text)
}
