package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the path that every import of the project begins with.
const module = "github.com/activitydesk/activitydesk"

// listed is what `go list` says of a package.
type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// packages lists the project's own packages, by import path relative to the
// module ("" is main).
func packages(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "./...")
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	found := map[string]listed{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		found[strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")] = p
	}
	for _, name := range []string{"", "ui", "ui/widgets", "ui/cli", "forms", "client", "client/metadata"} {
		if _, ok := found[name]; !ok {
			t.Fatalf("package %q is missing: the rules below would hold of nothing", name)
		}
	}
	return found
}

// within tells whether a package, by its path in the module, is the folder or
// lies below it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// own gives the path in the module of an import of the project's own.
func own(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// TestImportsRunOneWay keeps the direction main → ui → forms → client/metadata
// and main → ui → client.
func TestImportsRunOneWay(t *testing.T) {
	for name, p := range packages(t) {
		for _, path := range p.Imports {
			imported, mine := own(path)
			if !mine {
				continue
			}
			switch {
			case within(name, "client/metadata"):
				t.Errorf("%s imports %s: metadata uses the standard library only", name, imported)
			case within(name, "client") && !within(imported, "client"):
				t.Errorf("%s imports %s: client never reaches up", name, imported)
			case within(name, "forms") && !within(imported, "forms") && imported != "client/metadata":
				t.Errorf("%s imports %s: forms knows client/metadata and nothing else", name, imported)
			case within(name, "ui") && imported == "":
				t.Errorf("%s imports main", name)
			case within(name, "assets"):
				t.Errorf("%s imports %s: assets are pictures and words", name, imported)
			}
		}
	}
}

// TestMetadataUsesTheStandardLibraryOnly also looks at what comes in through
// others.
func TestMetadataUsesTheStandardLibraryOnly(t *testing.T) {
	for _, path := range packages(t)["client/metadata"].Deps {
		first, _, _ := strings.Cut(path, "/")
		if strings.Contains(first, ".") && !strings.HasPrefix(path, "golang.org/x/") {
			t.Errorf("client/metadata depends on %s", path)
		}
	}
}

// TestHeavyLibrariesHaveOneDoor names, for each library, the only packages
// that import it.
func TestHeavyLibrariesHaveOneDoor(t *testing.T) {
	doors := []struct {
		library string
		only    []string
	}{
		{"fyne.io/fyne/v2/app", []string{""}},
		{"github.com/go-gl/glfw", []string{""}},
		{"github.com/junegunn/fzf", []string{"ui/match"}},
		{"github.com/zalando/go-keyring", []string{"client/vault"}},
		{"github.com/AzureAD/microsoft-authentication-library-for-go", []string{"client/auth"}},
		{"modernc.org/sqlite", []string{"client/journal"}},
		{"database/sql", []string{"client/journal"}},
		{"github.com/go-resty/resty/v2", []string{"client"}},
		{module + "/client/auth/idptest", nil},  // tests only
		{module + "/client/withstand", nil},     // tests only
		{module + "/ui/access/accesstest", nil}, // tests only
		{module + "/ui/people/peopletest", nil}, // tests only
		{module + "/ui/tasks/taskstest", nil},   // tests only
	}
	for name, p := range packages(t) {
		for _, door := range doors {
			for _, path := range p.Imports {
				if within(path, door.library) && !slices.Contains(door.only, name) {
					t.Errorf("%q imports %s, which is for %q alone", name, path, door.only)
				}
			}
		}
	}
}

// TestFyneStaysInTheWindow keeps Fyne out of everything that is no window,
// also by way of other packages.
func TestFyneStaysInTheWindow(t *testing.T) {
	windowed := func(name string) bool {
		return name == "" || name == "ui" || within(name, "ui/widgets") || name == "ui/display" || name == "assets"
	}
	for name, p := range packages(t) {
		if windowed(name) {
			continue
		}
		for _, path := range p.Deps {
			if within(path, "fyne.io/fyne/v2") {
				t.Errorf("%s depends on %s", name, path)
				break
			}
		}
	}
}

// TestFormsKnowNoHTTP holds for what forms depends on, not only for what it
// imports.
func TestFormsKnowNoHTTP(t *testing.T) {
	for name, p := range packages(t) {
		if within(name, "forms") && slices.Contains(p.Deps, "net/http") {
			t.Errorf("%s depends on net/http", name)
		}
	}
}

// TestOnlyTheOutboxSends reads the source for calls of the client's posting
// and patching methods.
func TestOnlyTheOutboxSends(t *testing.T) {
	calls := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		ast.Inspect(file, func(node ast.Node) bool {
			selected, ok := node.(*ast.SelectorExpr)
			if !ok || (selected.Sel.Name != "PostActivity" && selected.Sel.Name != "PatchProfile") {
				return true
			}
			calls++
			if folder != "client/outbox" {
				t.Errorf("%s uses %s: only client/outbox sends", path, selected.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls == 0 {
		t.Error("nobody sends: this test looks for the wrong names")
	}
}
