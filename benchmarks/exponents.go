package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/samlcheck/samlcheck/benchmarks/exponents"
)

// grow counts what checks cost as messages have more of something. Arguments
// name the constructs; without any it counts all.
func grow(o options) (err error) {
	folder, err := os.MkdirTemp("", "samlcheck-exponents-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	program := filepath.Join(folder, "benchmarks")
	if err := build(".", program, "."); err != nil {
		return err
	}
	works, err := exponents.Works(o.names)
	if err != nil {
		return err
	}
	costs, err := exponents.Count(works, folder, program, "measure")
	if err != nil {
		return err
	}
	printGrowth(exponents.Rows(costs))
	return nil
}

func printGrowth(rows []exponents.Row) {
	fmt.Print("## Exponents: the cost grows as n to the power of …\n\nOf the whole check; in brackets, of what the construct adds to it.\n\n" +
		"| construct | n | witness | instructions | million | octets allocated | MB |\n|---|---|---|---|---|---|---|\n")
	superlinear, unexplained := 0, 0
	for _, r := range rows {
		instructions, bytes := r.Growths()
		counted := "not counted | "
		if r.Counted() {
			counted = fmt.Sprintf("%s | %.1f", shown(instructions), float64(r.Instructions[2])/1e6)
		}
		mark := ""
		if !r.Linear() {
			superlinear++
			mark = " **superlinear**"
			if why := exponents.Theirs(r.Construct); why != "" && r.Witness {
				mark += " (" + why + ")"
			} else {
				unexplained++
			}
		}
		witness := map[bool]string{true: "with", false: "without"}[r.Witness]
		fmt.Printf("| %s%s | %d | %s | %s | %s | %.2f |\n", r.Construct, mark, r.N, witness, counted, shown(bytes), float64(r.Bytes[2])/1e6)
	}
	fmt.Printf("\n- %d of %d rows are over %.2f, where twice as much costs more than 2.2 times as much: %s\n",
		superlinear, len(rows), exponents.Most(), verdict(superlinear == 0))
	fmt.Printf("- %d of them by what samlcheck itself does: %s\n\n", unexplained, verdict(unexplained == 0))
}

func shown(g exponents.Growth) string {
	if g.Own == 0 {
		return fmt.Sprintf("%.2f (–)", g.Whole)
	}
	return fmt.Sprintf("%.2f (%.2f)", g.Whole, g.Own)
}
