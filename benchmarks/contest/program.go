// Package contest lets contenders take turns: each is a program that obeys the
// orders of package line.
package contest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A Program is a contender that runs.
type Program struct {
	command *exec.Cmd
	orders  io.WriteCloser
	answers *bufio.Scanner
}

// A Cost is what a number of checks took.
type Cost struct {
	Wall, Computed time.Duration
	Bytes          uint64
}

// Start starts a contender.
func Start(name string, args ...string) (*Program, error) {
	p := &Program{command: exec.Command(name, args...)}
	p.command.Stderr = os.Stderr
	orders, err := p.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.orders, p.answers = orders, bufio.NewScanner(answers)
	return p, p.command.Start()
}

// Load tells whether the message in this file is accepted, and if not, why.
func (p *Program) Load(path string) (accepted bool, why string, err error) {
	answer, err := p.ask("load " + path)
	if err != nil || answer == "accepts" {
		return err == nil, "", err
	}
	why, found := strings.CutPrefix(answer, "refuses: ")
	if !found {
		return false, "", fmt.Errorf("expected accepts or refuses, found %q", answer)
	}
	return false, why, nil
}

// Run checks the loaded message this many times.
func (p *Program) Run(times int) (Cost, error) {
	answer, err := p.ask(fmt.Sprintf("run %d", times))
	if err != nil {
		return Cost{}, err
	}
	var wall, computed int64
	var cost Cost
	if _, err := fmt.Sscan(answer, &wall, &computed, &cost.Bytes); err != nil {
		return Cost{}, fmt.Errorf("expected three numbers, found %q: %w", answer, err)
	}
	cost.Wall, cost.Computed = time.Duration(wall), time.Duration(computed)
	return cost, nil
}

func (p *Program) ask(order string) (string, error) {
	if _, err := fmt.Fprintln(p.orders, order); err != nil {
		return "", err
	}
	if !p.answers.Scan() {
		return "", errors.Join(fmt.Errorf("%s gave no answer to %q", p.command.Path, order), p.answers.Err())
	}
	return p.answers.Text(), nil
}

// Close ends the program: there are no more orders.
func (p *Program) Close() error {
	return errors.Join(p.orders.Close(), p.command.Wait())
}
