package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/benchmarks/contenders"
	"github.com/samlcheck/samlcheck/benchmarks/contest"
	"github.com/samlcheck/samlcheck/benchmarks/material"
)

// measured holds what one check takes, for each size and contender; nil stands
// for one that is left out.
type measured struct {
	of    map[int][]*contest.Cost
	clock string
}

// time gives what a contender took of the clock that counts, nil where it was
// left out.
func (m measured) time(roles, contender int) *time.Duration {
	switch cost := m.of[roles][contender]; {
	case cost == nil:
		return nil
	case m.clock == "cpu":
		return &cost.Computed
	default:
		return &cost.Wall
	}
}

// table lets all contenders take turns at every size.
func table(o options) (err error) {
	bench, err := contenders.NewBench(".")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	bench.Install = true
	costs := measured{of: map[int][]*contest.Cost{}, clock: o.clock}
	for _, roles := range material.Sizes() {
		if costs.of[roles], err = compete(bench, roles, o.rounds); err != nil {
			return err
		}
	}
	fmt.Printf("## One check: median of %d interleaved rounds, %s time\n\n", o.rounds, o.clock)
	costs.print()
	fmt.Print("\n## Targets\n\n")
	for _, t := range targets() {
		fmt.Println(t.judge(costs))
	}
	fmt.Println()
	return nil
}

// compete measures all that can be had on this machine.
func compete(bench *contenders.Bench, roles, rounds int) (costs []*contest.Cost, err error) {
	costs = make([]*contest.Cost, len(contenders.All()))
	var programs []*contest.Program
	var at []int
	defer func() {
		for _, p := range programs {
			err = errors.Join(err, p.Close())
		}
	}()
	for i, c := range contenders.All() {
		p, err := bench.Accept(c, roles)
		if errors.Is(err, contenders.ErrMissing) {
			fmt.Fprintf(os.Stderr, "%s: %v\n", c.Title, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		programs, at = append(programs, p), append(at, i)
	}
	medians, err := contest.Rounds(programs, rounds)
	for i, cost := range medians {
		costs[at[i]] = &cost
	}
	return costs, err
}

func (m measured) print() {
	fmt.Print("| |")
	for _, roles := range material.Sizes() {
		fmt.Printf(" %d roles: µs (ratio) |", roles)
	}
	fmt.Printf(" KB allocated |\n|---|%s---|\n", strings.Repeat("---|", len(material.Sizes())))
	for i, c := range contenders.All() {
		fmt.Printf("| %s |", c.Title)
		var allocated []string
		for _, roles := range material.Sizes() {
			taken := m.time(roles, i)
			if taken == nil {
				fmt.Print(" left out |")
				continue
			}
			fmt.Printf(" %s (%.3f) |", micros(*taken), ratio(*taken, *m.time(roles, 0)))
			if bytes := m.of[roles][i].Bytes; bytes > 0 {
				allocated = append(allocated, fmt.Sprintf("%.1f", float64(bytes)/1000))
			}
		}
		fmt.Printf(" %s |\n", strings.Join(allocated, " / "))
	}
}

func micros(d time.Duration) string { return fmt.Sprintf("%.4g", float64(d.Nanoseconds())/1000) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }
