// Command empty links the packages that the samlcheck tool imports, and ends at
// once: what it takes is the start of the process and of those packages alone.
package main

import (
	_ "github.com/samlcheck/samlcheck/claims"
	_ "github.com/samlcheck/samlcheck/internal/batch"
	_ "github.com/samlcheck/samlcheck/internal/capture"
	_ "github.com/samlcheck/samlcheck/internal/clipboard"
	_ "github.com/samlcheck/samlcheck/internal/config"
	_ "github.com/samlcheck/samlcheck/internal/fixture"
	_ "github.com/samlcheck/samlcheck/internal/render"
	_ "github.com/samlcheck/samlcheck/internal/roff"
	_ "github.com/samlcheck/samlcheck/internal/sanitize"
	_ "github.com/samlcheck/samlcheck/internal/words"
	_ "github.com/samlcheck/samlcheck/internal/xmldoc"
	_ "github.com/samlcheck/samlcheck/internal/xmlsig"
	_ "github.com/samlcheck/samlcheck/saml"
	_ "github.com/spf13/cobra"
	_ "github.com/spf13/pflag"
	_ "golang.org/x/term"
)

func main() {}
