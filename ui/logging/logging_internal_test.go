package logging

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/redact"
)

const secret = "recognisable-secret-4711"

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWhatIsLoggedIsInTheFileWithoutSecrets(t *testing.T) {
	folder := t.TempDir()
	logger, closer, err := Setup(folder, redact.New(secret))
	if err != nil {
		t.Fatal(err)
	}
	logger.Warn("read "+secret, "error", errors.New("bad "+secret), "status", 401)
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	got := content(t, filepath.Join(folder, FileName))
	if strings.Contains(got, secret) || strings.Count(got, redact.Mask) != 2 || !strings.Contains(got, "status=401") {
		t.Errorf("got %s", got)
	}
	info, err := os.Stat(filepath.Join(folder, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
	logger.Info("after closing") // is discarded, and is no panic
	if content(t, filepath.Join(folder, FileName)) != got {
		t.Error("something was written after closing")
	}
}

func TestWithoutAFolderTheLoggerDiscards(t *testing.T) {
	logger, closer, err := Setup(filepath.Join(t.TempDir(), "missing"), nil)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("got %v", err)
	}
	logger.Info("nothing happens")
	if err := closer.Close(); err != nil {
		t.Error(err)
	}
}

func TestAFullLogBeginsAnewAndOldOnesGo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	r, err := openRotating(path, 25, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if _, err := fmt.Fprintf(r, "record %02d\n", i); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		path:        "record 08\nrecord 09\n",
		path + ".1": "record 06\nrecord 07\n",
		path + ".2": "record 04\nrecord 05\n",
		path + ".3": "record 02\nrecord 03\n",
	} {
		if got := content(t, name); got != want {
			t.Errorf("%s: got %q, want %q", filepath.Base(name), got, want)
		}
	}
	if _, err := os.Stat(path + ".4"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a fifth file: %v", err)
	}
}

func TestARecordLargerThanTheLimitIsWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	r, err := openRotating(path, 5, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for _, s := range []string{"longer than five\n", "also longer\n"} {
		if _, err := r.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if got := content(t, path) + content(t, path+".1"); got != "also longer\nlonger than five\n" {
		t.Errorf("got %q", got)
	}
}

func TestTwoDesksShareALogAndLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	var wg sync.WaitGroup
	for desk := range 2 {
		r, err := openRotating(path, 400, 20)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Close() }()
		wg.Go(func() {
			for i := range 100 {
				if _, err := fmt.Fprintf(r, "desk %d record %03d\n", desk, i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, file := range files {
		lines += strings.Count(content(t, file), "\n")
	}
	if lines != 200 || len(files) < 3 {
		t.Errorf("%d of 200 records in %d files", lines, len(files))
	}
}

func TestADeskFollowsTheRotationOfAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	var desks [2]*rotating
	for i := range desks {
		var err error
		if desks[i], err = openRotating(path, 30, 3); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = desks[i].Close() }()
	}
	for _, step := range []struct {
		desk int
		text string
	}{{0, "first of a, which is long\n"}, {0, "second of a\n"}, {1, "first of b\n"}} {
		if _, err := desks[step.desk].Write([]byte(step.text)); err != nil {
			t.Fatal(err)
		}
	}
	if runtime.GOOS == "windows" {
		t.Skip("a file that another desk has open cannot be renamed here")
	}
	// The second desk still had the file open that the first one renamed, and went
	// on in the new one: it neither wrote to the old one nor renamed the new one away.
	if got, want := content(t, path), "second of a\nfirst of b\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALogThatIsDeletedOrReplacedIsGoneOnWithInItsPlace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open can neither be deleted nor renamed here")
	}
	for name, c := range map[string]struct {
		away func(path string) error
		want string
	}{
		"deleted": {os.Remove, "after\n"},
		"renamed": {func(path string) error { return os.Rename(path, path+".mine") }, "after\n"},
		"replaced": {func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, []byte("other\n"), 0o600))
		}, "other\nafter\n"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log")
			r, err := openRotating(path, 1000, 3)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.Close() }()
			for _, step := range []func() error{
				func() error { _, err := r.Write([]byte("before\n")); return err },
				func() error { return c.away(path) },
				func() error { _, err := r.Write([]byte("after\n")); return err },
			} {
				if err := step(); err != nil {
					t.Fatal(err)
				}
			}
			if got := content(t, path); got != c.want {
				t.Errorf("in its place stands %q, want %q", got, c.want)
			}
		})
	}
}

func TestALogWhoseFolderIsGoneIsWrittenToWhereItIs(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder with a file that is open cannot be renamed here")
	}
	folder := filepath.Join(t.TempDir(), "state")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := openRotating(filepath.Join(folder, "log"), 1000, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if err := os.Rename(folder, folder+" moved"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Write([]byte("after\n")); err != nil {
		t.Error(err)
	}
	if got := content(t, filepath.Join(folder+" moved", "log")); got != "after\n" {
		t.Errorf("got %q", got)
	}
}

func TestAFailedRotationGoesOnInTheSameFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log")
	r, err := openRotating(path, 10, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	// A folder that is not empty stands where the old file is to go.
	if err := os.MkdirAll(filepath.Join(path+".1", "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"one two\n", "three four\n", "five\n"} {
		if _, err := r.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if got := content(t, path); got != "one two\nthree four\nfive\n" {
		t.Errorf("got %q", got)
	}
}
