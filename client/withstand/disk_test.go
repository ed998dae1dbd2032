package withstand

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestADiskLooksFullUntilThereIsRoom(t *testing.T) {
	if here, _ := Apart(t); !here {
		return
	}
	path := filepath.Join(t.TempDir(), "file")
	room := FullAt(t, 100)
	if err := os.WriteFile(path, bytes.Repeat([]byte("x"), 101), 0o600); err == nil {
		t.Error("there was room for 101 bytes")
	}
	room()
	if err := os.WriteFile(path, bytes.Repeat([]byte("x"), 101), 0o600); err != nil {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeWrittenRefusesEverybody(t *testing.T) {
	folder := t.TempDir()
	back := WithoutRights(t, folder)
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "file"), nil, 0o600); !os.IsPermission(err) {
		t.Errorf("written: %v", err)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "file"), nil, 0o600); err != nil {
		t.Error(err)
	}
	back()
}
