package journal_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
)

// linkTo makes a symbolic link, where the system lets this user.
func linkTo(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skip("this user may make no links here")
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNoFileOfOursIsRefusedAndLeftAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, path string)
		want    error
	}{
		"a folder": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.MkdirAll(filepath.Join(path, "inside"), 0o755); err != nil {
				t.Fatal(err)
			}
		}, journal.ErrDamaged},
		"a link to nowhere": {func(t *testing.T, path string) {
			t.Helper()
			linkTo(t, filepath.Join(filepath.Dir(path), "nowhere"), path)
		}, journal.ErrAway},
		"a file that its user protects": {func(t *testing.T, path string) {
			t.Helper()
			write(t, path, read(t, written(t)))
			if err := os.Chmod(path, 0o400); err != nil {
				t.Fatal(err)
			}
		}, journal.ErrReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			c.prepare(t, path)
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := journal.Open(t.Context(), path, journal.Options{}); !errors.Is(err, c.want) {
				t.Errorf("error is %v, want %v", err, c.want)
			}
			after, err := os.Lstat(path)
			if err != nil || after.Mode() != before.Mode() {
				t.Errorf("it was %v, is %v (%v)", before.Mode(), after.Mode(), err)
			}
		})
	}
}

func TestAFolderInTheJournalsPlaceIsSetAsideWhole(t *testing.T) {
	path := newPath(t)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, "inside"), []byte("kept"))
	kept, err := journal.SetAside(t.Context(), path, noon)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(kept, "inside")); string(got) != "kept" {
		t.Errorf("inside is %q", got)
	}
	add(t, open(t, path, journal.Options{}), purchase("a"))
}

func TestAFolderThatIsNotThereOrNoneSaysWhich(t *testing.T) {
	folder := t.TempDir()
	linkTo(t, filepath.Join(folder, "nowhere"), filepath.Join(folder, "data"))
	if _, err := journal.Open(t.Context(), filepath.Join(folder, "data", "journal.db"), journal.Options{}); !errors.Is(err, journal.ErrAway) {
		t.Errorf("a link to nowhere: %v", err)
	}
	write(t, filepath.Join(folder, "file"), nil)
	if _, err := journal.Open(t.Context(), filepath.Join(folder, "file", "journal.db"), journal.Options{}); !errors.Is(err, journal.ErrDisk) {
		t.Errorf("a file: %v", err)
	}
}

func TestWithoutTheRightToWriteAJournalIsReadOnly(t *testing.T) {
	path := written(t)
	before := read(t, path)
	withstand.WithoutRights(t, filepath.Dir(path))
	if err := os.Chmod(filepath.Dir(path), 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
	for _, p := range []string{path, filepath.Join(filepath.Dir(path), "other.db"), filepath.Join(filepath.Dir(path), "sub", "journal.db")} {
		if _, err := journal.Open(t.Context(), p, journal.Options{}); !errors.Is(err, journal.ErrReadOnly) {
			t.Errorf("%s: error is %v, want ErrReadOnly", filepath.Base(p), err)
		}
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}
	if err := os.Chmod(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	add(t, open(t, path, journal.Options{}), purchase("afterwards"))
}

// gone takes a journal's files away while a desk has them open.
func gone(t *testing.T, path string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be deleted here")
	}
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func TestWhatIsUnderWayOutlivesTheFile(t *testing.T) {
	for name, take := range map[string]func(t *testing.T, path string){
		"the file": gone,
		"its folder": func(t *testing.T, path string) {
			t.Helper()
			gone(t, path)
			if err := os.RemoveAll(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		},
		"the file, and another journal put there": func(t *testing.T, path string) {
			t.Helper()
			gone(t, path)
			write(t, path, read(t, written(t)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, replaced := newPath(t), 0
			j := open(t, path, journal.Options{Replaced: func() { replaced++ }})
			update(t, j, add(t, j, purchase("ended")).ID, journal.Accepted)
			sending := add(t, j, purchase("under way"))
			if err := j.SaveDraft(t.Context(), typed("half of it", noon)); err != nil {
				t.Fatal(err)
			}
			take(t, path)

			next := add(t, j, purchase("after"))
			if replaced != 1 {
				t.Errorf("it was said %d times", replaced)
			}
			update(t, j, sending.ID, journal.Accepted)
			if got := get(t, j, sending.ID); string(got.Body) != string(sending.Body) || got.CreatedAt != sending.CreatedAt {
				t.Errorf("it became %+v", got)
			}
			seenByOthers(t, j, path, next)
		})
	}
}

// seenByOthers checks that other desks find in the file that is in place what a
// desk has under way, and whether that desk lives.
func seenByOthers(t *testing.T, j *journal.Journal, path string, sending journal.Entry) {
	t.Helper()
	other := open(t, path, journal.Options{})
	if r := other.Recovered(); len(r.Uncertain)+len(r.NeverSent) != 0 {
		t.Errorf("a living desk's sends were taken for a dead one's: %+v", r)
	}
	if got := get(t, other, sending.ID); got.State != journal.Sending {
		t.Errorf("the other desk sees it %s", got.State)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	after := open(t, path, journal.Options{})
	drafts, err := after.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || string(drafts[0].Body) != "half of it" {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	if r := after.Recovered(); len(r.Uncertain) != 1 || r.Uncertain[0].ID != sending.ID {
		t.Errorf("recovered %+v", r)
	}
	if marks, err := filepath.Glob(path + "-owner-*"); err != nil || len(marks) != 2 {
		t.Errorf("marks of two living desks: %v, %v", marks, err)
	}
}

func TestNothingIsWrittenWhereAnotherFileHasTakenTheJournalsPlace(t *testing.T) {
	newer := written(t)
	db := raw(t, newer)
	mustExec(t, db, `PRAGMA user_version = 99`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		put  func(t *testing.T, path string)
		want error
	}{
		"a newer version's": {func(t *testing.T, path string) { t.Helper(); write(t, path, read(t, newer)) }, journal.ErrNewer},
		"garbage":           {func(t *testing.T, path string) { t.Helper(); write(t, path, bytes.Repeat([]byte("x"), 9000)) }, journal.ErrDamaged},
		"a folder": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, journal.ErrDamaged},
		"a link to nowhere": {func(t *testing.T, path string) { t.Helper(); linkTo(t, path+"-nowhere", path) }, journal.ErrAway},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			j := open(t, path, journal.Options{})
			first := add(t, j, purchase("first"))
			aside := filepath.Join(t.TempDir(), "journal.db")
			if runtime.GOOS == "windows" {
				t.Skip("a file that is open cannot be moved here")
			}
			if err := os.Rename(path, aside); err != nil {
				t.Fatal(err)
			}
			c.put(t, path)
			for what, err := range writes(t, j, first) {
				if !errors.Is(err, c.want) {
					t.Errorf("%s: error is %v, want %v", what, err, c.want)
				}
			}
			if got := get(t, j, first.ID); got.State != journal.Sending {
				t.Errorf("it cannot be read any more: %+v", got)
			}
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(aside, path); err != nil {
				t.Fatal(err)
			}
			add(t, j, purchase("second"))
			if all, err := j.List(t.Context(), journal.Filter{}); err != nil || len(all) != 2 {
				t.Errorf("%d entries, %v", len(all), err)
			}
		})
	}
}

func TestAWriterThatComesAfterTheEndIsToldSo(t *testing.T) {
	for name, before := range map[string]func(t *testing.T, j *journal.Journal, path string, e journal.Entry){
		"the file in its place": func(*testing.T, *journal.Journal, string, journal.Entry) {},
		"the file gone":         func(t *testing.T, _ *journal.Journal, path string, _ journal.Entry) { t.Helper(); gone(t, path) },
		"another one in its place, which is of no use": func(t *testing.T, j *journal.Journal, path string, e journal.Entry) {
			t.Helper()
			gone(t, path)
			write(t, path, bytes.Repeat([]byte("x"), 9000))
			writes(t, j, e) // takes what is under way from the old one, and cannot open this one
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			j := open(t, path, journal.Options{})
			e := add(t, j, purchase("first"))
			before(t, j, path, e)
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			for what, err := range writes(t, j, e) {
				if err == nil {
					t.Errorf("%s: nothing was said", what)
				}
			}
		})
	}
}

// writes tries every way to write, and gives what came of each.
func writes(t *testing.T, j *journal.Journal, e journal.Entry) map[string]error {
	t.Helper()
	ctx, came := t.Context(), map[string]error{}
	_, came["add"] = j.Add(ctx, purchase("x"))
	_, _, came["add if new"] = j.AddIfNew(ctx, purchase("y"))
	_, came["update"] = j.Update(ctx, e.ID, nil, func(e *journal.Entry) { e.State = journal.Accepted })
	_, came["purge"] = j.Purge(ctx, noon.Add(time.Hour))
	came["drop bodies"] = j.SetKeepBodies(ctx, false)
	came["save draft"] = j.SaveDraft(ctx, typed("z", noon))
	came["delete draft"] = j.DeleteDraft(ctx, "c", "i", "e")
	came["release draft"] = j.ReleaseDraft(ctx, 1)
	came["exchange draft"] = j.ExchangeDraft(ctx, typed("z", noon), typed("w", noon))
	came["drop draft"] = j.DropDraft(ctx, typed("z", noon))
	came["save viewed"] = j.SaveViewed(ctx, journal.Viewed{CustomerID: "c", At: noon})
	came["drop viewed"] = j.DropViewed(ctx, "c", "i", "")
	_, came["forget"] = j.Forget(ctx, journal.Person{InstanceID: "inst", CustomerID: "CNTID_1000"})
	return came
}

func TestManyWritersMeetAFileThatGoesAwayAndLoseNothing(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	const writers, each = 4, 12
	var all sync.WaitGroup
	ids := make(chan string, writers*each)
	for range writers {
		all.Go(func() {
			for range each {
				e, err := j.Add(t.Context(), purchase("k"))
				if err != nil {
					t.Error(err)
					return
				}
				ids <- e.ID
			}
		})
	}
	for range 3 {
		gone(t, path)
		add(t, j, purchase("between"))
	}
	all.Wait()
	close(ids)
	// All are under way, so all of them are in the file that is in place.
	in := open(t, path, journal.Options{})
	for id := range ids {
		get(t, in, id)
	}
}
