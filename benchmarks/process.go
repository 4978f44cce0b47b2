package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/benchmarks/contest"
	"github.com/samlcheck/samlcheck/benchmarks/material"
)

// The bounds on the whole process.
const (
	mostStarts = 2.0 // times an empty program that links the same packages
	mostMemory = 25  // MB at its peak
	runsARound = 5
)

// process compares the tool, which checks a response of 10 roles, with a
// program that links the same packages and ends at once.
func process(o options) (err error) {
	folder, err := os.MkdirTemp("", "samlcheck-process-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	checks, err := checking(folder)
	if err != nil {
		return err
	}
	commands, err := compared(folder, checks)
	if err != nil {
		return err
	}
	runs := make([][]execution, len(commands))
	for range o.rounds * runsARound {
		for i, c := range commands {
			one, err := execute(c.line)
			if err != nil {
				return err
			}
			runs[i] = append(runs[i], one)
		}
	}
	return reportProcess(filepath.Join(folder, "peak"), commands, runs)
}

// command is a command line and what it does.
type command struct {
	title string
	line  []string
}

// compared builds what is compared beside the tool, the empty program first.
func compared(folder string, checks []string) ([]command, error) {
	for _, name := range []string{"empty", "peak"} {
		if err := build(".", filepath.Join(folder, name), "./"+name); err != nil {
			return nil, err
		}
	}
	with := func(flags ...string) []string { return slices.Concat(checks, flags) }
	return []command{
		{"empty, the same packages", []string{filepath.Join(folder, "empty")}},
		{"samlcheck, as text", checks},
		{"samlcheck, as JSON", with("--format", "json")},
		{"samlcheck, as JSON, `--skip-witness`", with("--format", "json", "--skip-witness")},
	}, nil
}

// checking builds the tool and gives the command line that checks a response.
func checking(folder string) ([]string, error) {
	if err := material.Write(folder); err != nil {
		return nil, err
	}
	xml, err := os.ReadFile(filepath.Join(folder, material.Genuine(10)))
	if err != nil {
		return nil, err
	}
	response := filepath.Join(folder, "response.b64")
	if err := os.WriteFile(response, []byte(base64.StdEncoding.EncodeToString(xml)), 0o600); err != nil {
		return nil, err
	}
	tool := filepath.Join(folder, "samlcheck")
	return []string{tool, "-m", filepath.Join(folder, "metadata.xml"), "--at", "issued", response}, build("..", tool, "./cmd/samlcheck")
}

// build builds a program as a release is built.
func build(folder, target, path string) error {
	c := exec.Command("go", "build", "-trimpath", "-o", target, path)
	c.Dir, c.Env = folder, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// execution is what one run of a program took.
type execution struct{ wall, computed time.Duration }

// execute runs a program, which has to succeed: the response is genuine.
func execute(line []string) (execution, error) {
	c := exec.Command(line[0], line[1:]...)
	c.Stderr = os.Stderr
	start := time.Now()
	if _, err := c.Output(); err != nil {
		return execution{}, fmt.Errorf("%q: %w", line, err)
	}
	return execution{time.Since(start), c.ProcessState.UserTime() + c.ProcessState.SystemTime()}, nil
}

// memory gives the MB that a command holds at its peak: the most of three runs.
func memory(peak string, line []string) (float64, error) {
	most := 0
	for range 3 {
		out, err := exec.Command(peak, line...).Output()
		if err != nil {
			return 0, err
		}
		kilobytes, err := strconv.Atoi(strings.TrimSpace(string(out)))
		if err != nil {
			return 0, err
		}
		most = max(most, kilobytes)
	}
	return float64(most) / 1000, nil
}

func reportProcess(peak string, commands []command, runs [][]execution) error {
	fmt.Printf("## The whole process: median of %d interleaved runs\n\n| | ms (ratio) | cpu ms (ratio) | peak MB |\n|---|---|---|---|\n", len(runs[0]))
	var base execution
	holds := true
	for i, c := range commands {
		m := execution{
			contest.Median(runs[i], func(e execution) time.Duration { return e.wall }),
			contest.Median(runs[i], func(e execution) time.Duration { return e.computed }),
		}
		if i == 0 {
			base = m
		}
		held, err := memory(peak, c.line)
		if err != nil {
			return err
		}
		holds = holds && ratio(m.wall, base.wall) <= mostStarts && held < mostMemory
		fmt.Printf("| %s | %.2f (%.2f) | %.2f (%.2f) | %.1f |\n", c.title, ms(m.wall), ratio(m.wall, base.wall),
			ms(m.computed), ratio(m.computed, base.computed), held)
	}
	fmt.Printf("\n- at most %.1f times the empty one, under %d MB: %s\n\n", mostStarts, mostMemory, verdict(holds))
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
