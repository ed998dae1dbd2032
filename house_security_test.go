package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// testCell is a test as docs/security.md names it: its name and, in brackets, the
// folder of its package.
var testCell = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)` \\(([a-z0-9_/]+|main)\\)")

// TestEachTestThatTheSecurityTableNamesExists keeps the table of docs/security.md
// true: a claim whose test was renamed or removed is found.
func TestEachTestThatTheSecurityTableNamesExists(t *testing.T) {
	text, err := os.ReadFile("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| threat | what stops it | the test that shows it |\n")
	if !found {
		t.Fatal("docs/security.md has no table of threats")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	tests := map[string]map[string]bool{} // by folder
	named := 0
	for row := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		if strings.HasPrefix(row, "| ---") {
			continue
		}
		cells := testCell.FindAllStringSubmatch(row, -1)
		if strings.Count(row, "|") != 4 || len(cells) == 0 || len(cells) != strings.Count(row, "`Test")+strings.Count(row, "`Fuzz") {
			t.Errorf("this row names no test, or not as `TestX` (folder): %s", row)
		}
		for _, cell := range cells {
			name, folder := cell[1], cell[2]
			if tests[folder] == nil {
				tests[folder] = testsIn(t, folder)
			}
			if !tests[folder][name] {
				t.Errorf("%s has no test %s", folder, name)
			}
			named++
		}
	}
	if named < 30 {
		t.Errorf("the table names %d tests: this one looks for the wrong thing", named)
	}
}

// testsIn are the tests and fuzz targets in a folder.
func testsIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	if folder == "main" {
		folder = "."
	}
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil {
				found[f.Name.Name] = true
			}
		}
	}
	return found
}
