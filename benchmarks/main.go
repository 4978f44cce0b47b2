// Command benchmarks repeats the measurements of samlcheck: go run . table,
// process, batches, folder, exponents, or all. README.md says what each is.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/samlcheck/samlcheck/benchmarks/exponents"
)

const usage = "usage: go run . [-rounds N] [-clock wall|cpu] table|process|batches|folder|exponents [CONSTRUCT ...]|all"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}

// parts are the measurements, in the order in which all are made.
func parts() []part {
	return []part{{"table", table}, {"process", process}, {"batches", batches}, {"folder", folder}, {"exponents", grow}}
}

type part struct {
	name string
	make func(o options) error
}

type options struct {
	rounds int
	clock  string
	names  []string // of constructs
}

func run(args []string) error {
	var o options
	flags := flag.NewFlagSet("benchmarks", flag.ContinueOnError)
	flags.IntVar(&o.rounds, "rounds", 14, "interleaved rounds")
	flags.StringVar(&o.clock, "clock", "wall", "what the table compares: wall, or cpu for a machine that others use too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.clock != "wall" && o.clock != "cpu" {
		return fmt.Errorf("-clock: expected wall or cpu, found %q", o.clock)
	}
	switch args = flags.Args(); {
	case len(args) > 0 && args[0] == "contend":
		return contend(args[1:])
	case len(args) > 0 && args[0] == "measure":
		return exponents.Measure(os.Stdin, os.Stdout)
	case len(args) == 0 || len(args) > 1 && args[0] != "exponents":
		return errors.New(usage)
	}
	o.names = args[1:]
	made := false
	for _, p := range parts() {
		if args[0] != p.name && args[0] != "all" {
			continue
		}
		made = true
		if err := p.make(o); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	if !made {
		return errors.New(usage)
	}
	return nil
}
