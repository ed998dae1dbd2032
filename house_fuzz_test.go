// What is fuzzed is told where people look for what the desk withstands.

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/withstand"
)

// TestTheDocumentNamesEveryFuzzTarget: the table of what is fuzzed has each
// target once, and none that is not there.
func TestTheDocumentNamesEveryFuzzTarget(t *testing.T) {
	text, err := os.ReadFile(withstand.Document)
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## Fuzzing\n")
	if !found {
		t.Fatalf("%s has no section on fuzzing", withstand.Document)
	}
	named := map[string]int{}
	for _, line := range strings.Split(section, "\n") {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		for _, name := range regexp.MustCompile("`(Fuzz\\w+)`").FindAllStringSubmatch(line, -1) {
			named[name[1]]++
		}
	}
	declared := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, name := range declared.FindAllStringSubmatch(string(code), -1) {
			if named[name[1]] != 1 {
				t.Errorf("%s of %s is named %d times", name[1], path, named[name[1]])
			}
			delete(named, name[1])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range named {
		t.Errorf("%s is named and is not there", name)
	}
}
