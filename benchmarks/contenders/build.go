package contenders

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// largest is the number of roles up to which the pinned goxmldsig is asked by
// crewjam/saml: beyond 1,000 elements it gives an error that crewjam does not
// survive, and v1.6.0, which has no such limit, stands in.
const largest = 900

// peer builds the module peers, for crewjam/saml with many roles out of large.mod.
func peer(b *Bench, key string, roles int) ([]string, error) {
	name, file := "peers", "go.mod"
	if key == Crewjam && roles > largest {
		name, file = "peers-large", "large.mod"
	}
	program, err := b.once(name, func(target string) error {
		return command(filepath.Join(b.Source, "peers"), "go", "build", "-modfile="+file, "-o", target, ".")
	})
	return []string{program, key}, err
}

// native builds the loop in C.
func native(b *Bench, _ string, _ int) ([]string, error) {
	program, err := b.once("libxmlsec1", func(target string) error {
		if _, err := exec.LookPath("gcc"); err != nil {
			return missing("gcc")
		}
		flags, err := exec.Command("pkg-config", "--cflags", "--libs", "xmlsec1").Output()
		if err != nil {
			return missing("libxmlsec1 to compile with (Debian: pkg-config, libxmlsec1-dev)")
		}
		args := append([]string{"-O2", "-Wall", "-o", target, "verify.c"}, strings.Fields(string(flags))...)
		return command(filepath.Join(b.Source, "peers", "c"), "gcc", args...)
	})
	return []string{program}, err
}

// node installs what package-lock.json names, into the folder peers/node.
func node(b *Bench, _ string, _ int) ([]string, error) {
	folder := filepath.Join(b.Source, "peers", "node")
	_, err := b.once("node", func(string) error {
		for _, program := range []string{"node", "npm"} {
			if _, err := exec.LookPath(program); err != nil {
				return missing(program)
			}
		}
		if _, err := os.Stat(filepath.Join(folder, "node_modules", "xml-crypto")); err == nil {
			return nil
		}
		if !b.Install {
			return missing("xml-crypto")
		}
		if err := command(folder, "npm", "ci", "--no-audit", "--no-fund", "--silent"); err != nil {
			return missing("xml-crypto, and it cannot be installed")
		}
		return nil
	})
	return []string{"node", filepath.Join(folder, "verify.mjs")}, err
}

// ourselves is this module again, asked to contend.
func ourselves(b *Bench, key string, _ int) ([]string, error) {
	program, err := b.once("ourselves", func(target string) error {
		return command(b.Source, "go", "build", "-o", target, ".")
	})
	return []string{program, "contend", key}, err
}

func command(folder, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
