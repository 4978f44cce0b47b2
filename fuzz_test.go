package samlcheck_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryFuzzTargetHasSeeds holds every target to saying in a comment which
// property it checks, and to seeds that are written in it or come from package
// seeds, which fails where there are none.
func TestEveryFuzzTargetHasSeeds(t *testing.T) {
	targets := fuzzTargets(t)
	for name, target := range targets {
		if strings.TrimSpace(target.Doc.Text()) == "" {
			t.Errorf("%s: a comment is expected that says the property", name)
		}
		if !calls(target, "f", "Add") && !calls(target, "seeds", "Add") {
			t.Errorf("%s: a call of f.Add or seeds.Add is expected", name)
		}
		if !calls(target, "f", "Fuzz") {
			t.Errorf("%s fuzzes nothing", name)
		}
	}
	if len(targets) < 26 {
		t.Errorf("expected 26 targets or more, found %d", len(targets))
	}
}

// fuzzTargets gives the fuzz targets of the module, by folder and name.
func fuzzTargets(t *testing.T) map[string]*ast.FuncDecl {
	t.Helper()
	out := map[string]*ast.FuncDecl{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || path != "." && strings.HasPrefix(entry.Name(), ".")):
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				out[filepath.Dir(path)+" "+f.Name.Name] = f
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// calls reports whether a function calls a method or function of this name.
func calls(in *ast.FuncDecl, on, name string) bool {
	found := false
	ast.Inspect(in, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == name {
			id, ok := s.X.(*ast.Ident)
			found = found || ok && id.Name == on
		}
		return !found
	})
	return found
}
