package main

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// limitList lists the limits that --limit changes, to stand behind what explains
// the code of a limit that is reached; empty for another code.
func limitList(code string) string {
	if code != "limit-exceeded" {
		return ""
	}
	defaults := saml.MessageLimits()
	var b strings.Builder
	fmt.Fprintf(&b, "\nWhat --limit NAME=VALUE changes\n  %-26s%10s%12s\n", "name", "default", "at most")
	for _, name := range saml.LimitNames() {
		fmt.Fprintf(&b, "  %-26s%10d%12d\n", name, defaults.Value(name), saml.MostOf(name))
	}
	b.WriteString("declarations-in-document is what a message may have beyond four for each of its elements.\n")
	return b.String()
}
