// Package samlcheck_test holds what is true of the module as a whole.
package samlcheck_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/samlcheck/samlcheck"

// arrows tells what each package may import of the module. A package that is
// not named here fails the test: whoever adds one decides where it stands.
func arrows() map[string][]string {
	return map[string][]string{
		"internal/words":        {},
		"internal/policy":       {"internal/words"},
		"internal/xmldoc":       {"internal/words"},
		"internal/xmlsig":       {"internal/words", "internal/xmldoc"},
		"internal/xmlenc":       {"internal/words", "internal/xmldoc"},
		"internal/capture":      {},
		"internal/seeds":        {},
		"internal/differential": {"internal/xmldoc", "internal/xmlsig"},
		"saml":                  {"internal/capture", "internal/words", "internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
		"saml/samltest":         {"internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
		"internal/hostile":      {"saml/samltest", "internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
		"claims":                {"saml", "internal/policy", "internal/words", "internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
		"internal/render":       {"claims", "saml", "internal/fixture", "internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
		"internal/batch":        {},
		"internal/clipboard":    {"internal/words"},
		"internal/roff":         {},
		"internal/config":       {"internal/words", "claims", "saml"},
		"internal/sanitize":     {"claims", "saml", "internal/words", "internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
		"internal/fixture":      {"claims", "saml", "internal/words"},
		"claims/claimstest":     {"claims", "saml", "internal/fixture"},
		"cmd/samlcheck":         {"internal/words", "internal/render", "internal/capture", "internal/batch", "internal/clipboard", "internal/roff", "internal/config", "internal/fixture", "internal/sanitize", "claims", "saml", "internal/xmldoc", "internal/xmlsig", "internal/xmlenc"},
	}
}

// onlyTests are imported by tests, and by what makes fixtures, alone.
func onlyTests() []string {
	return []string{"saml/samltest", "internal/seeds", "internal/hostile", "internal/differential"}
}

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// ours gives the imports that are of the module, without its name.
func ours(imports []string) []string {
	var out []string
	for _, path := range imports {
		if rest, ok := strings.CutPrefix(path, module+"/"); ok {
			out = append(out, rest)
		}
	}
	return out
}

func TestLayering(t *testing.T) {
	seen := 0
	for _, p := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if name == "" {
			continue // this package, which holds tests alone
		}
		allowed, known := arrows()[name]
		if !known {
			t.Errorf("%s has no place in the layers: give it one in arrows", name)
			continue
		}
		seen++
		for _, path := range ours(p.Imports) {
			if !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s, which no arrow of the design allows", name, path)
			}
		}
		testsMayImport(t, name, allowed, ours(slices.Concat(p.TestImports, p.XTestImports)))
	}
	if seen < 5 {
		t.Errorf("only %d packages were looked at", seen)
	}
}

// testsMayImport holds tests against the same arrows; they may import what is
// made for tests, and their own package.
func testsMayImport(t *testing.T, name string, allowed, imports []string) {
	t.Helper()
	for _, path := range imports {
		if path != name && !slices.Contains(allowed, path) && !slices.Contains(onlyTests(), path) && !slices.Contains(onlyTests(), name) {
			t.Errorf("a test of %s imports %s, which no arrow of the design allows", name, path)
		}
	}
}

// TestArrowsPointOneWay holds the table itself against the design: no arrow goes
// both ways.
func TestArrowsPointOneWay(t *testing.T) {
	all := arrows()
	for name, allowed := range all {
		for _, other := range allowed {
			if slices.Contains(all[other], name) {
				t.Errorf("%s and %s may import each other", name, other)
			}
		}
	}
}
