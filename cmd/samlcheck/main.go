// Command samlcheck tells whether a captured SAML response is genuine, every
// way in which it is wrong, and what it claims to AWS. It works offline.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// A reader that closes the pipe is an error of writing, not a signal.
	signal.Ignore(syscall.SIGPIPE)
	os.Exit(newTool(os.Stdin, os.Stdout, os.Stderr).run(os.Args[1:]))
}
