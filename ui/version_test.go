package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheVersionIsTheOneThatPackagersSee(t *testing.T) {
	toml, err := os.ReadFile(filepath.Join("..", "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Version = \"" + Version + "\"\n"; !strings.Contains(strings.ReplaceAll(string(toml), "\r\n", "\n"), want) {
		t.Errorf("FyneApp.toml has no line %q", want)
	}
}
