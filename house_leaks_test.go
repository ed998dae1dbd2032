// Each package of tests looks for goroutines that outlive it.

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEachPackageOfTestsCountsTheGoroutinesItLeaves reads the source: a folder
// with tests has a TestMain that gives goleak the last word, and what it lets
// goleak pass has its reason in a comment on the line above.
func TestEachPackageOfTestsCountsTheGoroutinesItLeaves(t *testing.T) {
	checked := map[string]bool{} // by folder: its TestMain looks for goroutines
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		checked[folder] = checked[folder] || verifiesGoroutines(file)
		for _, line := range unexplainedLeaks(set, file) {
			t.Errorf("%s:%d lets a goroutine pass and does not say why", path, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range slices.Sorted(maps.Keys(checked)) {
		if !checked[folder] {
			t.Errorf("%s has tests, and no TestMain that calls goleak.VerifyTestMain", folder)
		}
	}
	if len(checked) < 20 {
		t.Errorf("%d folders have tests: this one looks in the wrong place", len(checked))
	}
}

// verifiesGoroutines tells whether a file has the TestMain that calls goleak.
func verifiesGoroutines(file *ast.File) (verifies bool) {
	for _, declared := range file.Decls {
		f, ok := declared.(*ast.FuncDecl)
		if !ok || f.Name.Name != "TestMain" || f.Body == nil {
			continue
		}
		ast.Inspect(f.Body, func(node ast.Node) bool {
			if name := goleaks(node); name == "VerifyTestMain" {
				verifies = true
			}
			return true
		})
	}
	return verifies
}

// unexplainedLeaks are the lines of a file on which goleak is told to ignore a
// goroutine, without a comment before.
func unexplainedLeaks(set *token.FileSet, file *ast.File) (lines []int) {
	explained := map[int]bool{} // the lines below a comment, or below one that is explained
	for _, group := range file.Comments {
		explained[set.Position(group.End()).Line+1] = true
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if name := goleaks(node); strings.HasPrefix(name, "Ignore") {
			line := set.Position(node.Pos()).Line
			if explained[line] {
				explained[line+1] = true
			} else {
				lines = append(lines, line)
			}
		}
		return true
	})
	return lines
}

// goleaks is the name of what a node takes of package goleak; empty: nothing.
func goleaks(node ast.Node) string {
	selected, ok := node.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if from, ok := selected.X.(*ast.Ident); !ok || from.Name != "goleak" {
		return ""
	}
	return selected.Sel.Name
}
