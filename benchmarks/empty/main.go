// Command empty links the packages that the samlcheck tool imports, and ends at
// once: what it takes is the start of the process and of those packages alone.
package main

import (
	_ "github.com/samlcheck/samlcheck/claims"
	_ "github.com/samlcheck/samlcheck/internal/render"
	_ "github.com/samlcheck/samlcheck/internal/words"
	_ "github.com/samlcheck/samlcheck/saml"
	_ "github.com/spf13/cobra"
	_ "github.com/spf13/pflag"
	_ "golang.org/x/term"
)

func main() {}
