// Command peers checks messages with other Go libraries, for comparison. It is
// a module of its own, so that large.mod can build it with goxmldsig v1.6.0:
// later releases stop at 1,000 elements, and samlcheck needs a later one.
package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/crewjam/saml"
	"github.com/samlcheck/samlcheck/benchmarks/peers/line"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// run takes the name of a contender and the folder that holds what it is to
// know beforehand: metadata.xml and instant.txt.
func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("expected a contender and a folder, found %q", args)
	}
	known, err := read(args[1])
	if err != nil {
		return err
	}
	load, err := known.contender(args[0])
	if err != nil {
		return err
	}
	return line.Serve(os.Stdin, os.Stdout, load)
}

// known is what is parsed once.
type known struct {
	entity *saml.EntityDescriptor
	now    time.Time
}

func read(folder string) (known, error) {
	metadata, err := os.ReadFile(filepath.Join(folder, "metadata.xml"))
	if err != nil {
		return known{}, err
	}
	var entity saml.EntityDescriptor
	if err := xml.Unmarshal(metadata, &entity); err != nil {
		return known{}, err
	}
	instant, err := os.ReadFile(filepath.Join(folder, "instant.txt"))
	if err != nil {
		return known{}, err
	}
	now, err := time.Parse(time.RFC3339, string(instant))
	return known{&entity, now}, err
}

func (k known) contender(name string) (line.Load, error) {
	switch name {
	case "crewjam":
		return k.crewjam()
	case "goxmldsig":
		return k.goxmldsig()
	}
	return nil, fmt.Errorf("expected crewjam or goxmldsig, found %q", name)
}
