//go:build linux || darwin

package withstand

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func fullAt(t testing.TB, limit uint64) func() {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	// The runtime ignores the signal that comes with it.
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	return once(t, func() error { return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before) })
}

// nobody is a user without rights to anything.
const nobody = 65534

func withoutRights(t testing.TB, folders []string) func() {
	t.Helper()
	if os.Geteuid() != 0 {
		return func() {}
	}
	for _, folder := range folders {
		enterable(t, folder)
		if err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Lchown(path, nobody, -1)
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Seteuid(nobody); err != nil { // of all threads
		t.Fatal(err)
	}
	return once(t, func() error { return syscall.Seteuid(0) })
}

// enterable lets everybody go through to a folder of a test.
func enterable(t testing.TB, folder string) {
	t.Helper()
	top := filepath.Clean(os.TempDir()) + string(filepath.Separator)
	for up := filepath.Dir(folder); strings.HasPrefix(up, top); up = filepath.Dir(up) {
		if err := os.Chmod(up, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// once undoes something by hand or at the test's end.
func once(t testing.TB, undo func() error) func() {
	f := sync.OnceFunc(func() {
		if err := undo(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(f)
	return f
}
