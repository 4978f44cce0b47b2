package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestRecoverStandsAtBorders: a panic is caught at the program's border, which is
// around the work on an input too, and around the verifiers of others, and nowhere else: elsewhere it would hide a fault.
func TestRecoverStandsAtBorders(t *testing.T) {
	allowed := map[string]bool{"cmd/samlcheck/tool.go": true, "cmd/samlcheck/deadline.go": true, "internal/xmlsig/witness.go": true, "saml/schema_crewjam.go": true}
	root, files := "../..", 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "benchmarks" || d.Name() == ".git"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files++
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(path), root+"/")
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "recover" {
				if strings.HasPrefix(name, "internal/differential/") { // it asks the verifiers of others, for tests
					return true
				}
				if !allowed[name] {
					t.Errorf("recover in %s", name)
				}
				allowed[name] = false // once in a file
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, unseen := range allowed {
		if unseen {
			t.Errorf("no recover in %s", name)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}
