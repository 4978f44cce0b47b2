package contenders

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/samlcheck/samlcheck/benchmarks/contest"
	"github.com/samlcheck/samlcheck/benchmarks/material"
)

// A Bench is where contenders are built, each once, and find the messages.
type Bench struct {
	Source  string // the folder of the module benchmarks
	Folder  string // holds all that is made
	Install bool   // what a package registry has may be installed
	built   map[string]error
}

// NewBench makes a bench in a new folder, which Close removes.
func NewBench(source string) (*Bench, error) {
	folder, err := os.MkdirTemp("", "samlcheck-benchmarks-")
	if err != nil {
		return nil, err
	}
	return &Bench{Source: source, Folder: folder, built: map[string]error{}}, material.Write(folder)
}

// Close removes what was made.
func (b *Bench) Close() error { return os.RemoveAll(b.Folder) }

// Start starts a contender for messages with this many roles. The error is an
// ErrMissing where this machine lacks what it is made of.
func (b *Bench) Start(c Contender, roles int) (*contest.Program, error) {
	command, err := c.command(b, c.Key, roles)
	if err != nil {
		return nil, err
	}
	return contest.Start(command[0], append(command[1:], b.Folder)...)
}

// Accept starts a contender and loads the genuine message of this many roles,
// which it has to accept.
func (b *Bench) Accept(c Contender, roles int) (*contest.Program, error) {
	p, err := b.Start(c, roles)
	if err != nil {
		return nil, err
	}
	accepted, why, err := p.Load(b.Path(material.Genuine(roles)))
	if err == nil && !accepted {
		err = fmt.Errorf("%s refuses the message with %d roles: %s", c.Title, roles, why)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Path gives the path of a file on the bench.
func (b *Bench) Path(name string) string { return filepath.Join(b.Folder, name) }

// ErrMissing is why a contender is left out.
var ErrMissing = errors.New("left out")

func missing(what string) error { return fmt.Errorf("%w: there is no %s here", ErrMissing, what) }

// once builds a program, unless it was built before or could not be.
func (b *Bench) once(name string, build func(target string) error) (string, error) {
	target := b.Path(name)
	if err, done := b.built[name]; done {
		return target, err
	}
	b.built[name] = build(target)
	return target, b.built[name]
}
