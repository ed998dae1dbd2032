// No goroutine of ours ends in a panic that nobody masks.

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unguarded are the files whose goroutines hold nothing but a post to the window, the
// end of a context or a wait.
var unguarded = []string{"main.go", "ui/desk.go", "ui/desk_end.go", "ui/desk_pages.go", "ui/sign_in_keep.go", "ui/tasks/tasks.go", "ui/widgets/state.go"}

// TestEveryGoroutineOfOursIsGuarded holds that what is begun beside ui/tasks begins
// with a Guard, which masks a panic before it is written.
func TestEveryGoroutineOfOursIsGuarded(t *testing.T) {
	found := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		slashed := filepath.ToSlash(path)
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") ||
			strings.Contains(slashed, "test/") || slices.Contains(unguarded, slashed) {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if f, begins := begun(n); begins {
				found++
				if !guarded(f) {
					t.Errorf("%s begins a goroutine without a Guard", fset.Position(n.Pos()))
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 8 {
		t.Errorf("only %d goroutines were found: the test no longer sees them", found)
	}
}

// begun gives the function that a statement has run on another goroutine.
func begun(n ast.Node) (f ast.Expr, begins bool) {
	switch n := n.(type) {
	case *ast.GoStmt:
		return n.Call.Fun, true
	case *ast.CallExpr:
		method, ok := n.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil, false
		}
		switch {
		case method.Sel.Name == "AfterFunc" && len(n.Args) == 2:
			return n.Args[1], true
		case method.Sel.Name == "Go" && len(n.Args) == 1 && !ofTasks(method.X):
			return n.Args[0], true
		}
	}
	return nil, false
}

// ofTasks says whether something is the tasks of a desk, which guard their own.
func ofTasks(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return strings.EqualFold(x.Name, "tasks")
	case *ast.SelectorExpr:
		return strings.EqualFold(x.Sel.Name, "tasks")
	}
	return false
}

// guarded says whether the first statement of a function defers a Guard.
func guarded(f ast.Expr) bool {
	literal, ok := f.(*ast.FuncLit)
	if !ok || len(literal.Body.List) == 0 {
		return false
	}
	first, ok := literal.Body.List[0].(*ast.DeferStmt)
	if !ok {
		return false
	}
	method, ok := first.Call.Fun.(*ast.SelectorExpr)
	return ok && method.Sel.Name == "Guard"
}
