package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/forms"
)

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// left lists what is in a folder beside locks.
func left(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".lock" {
			names = append(names, e.Name())
		}
	}
	return names
}

// kept is a store that holds a connection, in a folder of its own.
func kept(t *testing.T) *Store {
	t.Helper()
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	s.patience = 50 * time.Millisecond
	connect(t, s, "a")
	return s
}

func connect(t *testing.T, s *Store, id string) {
	t.Helper()
	if err := s.Update(func(to *Settings) { to.Connections = append(to.Connections, contoso(id)) }); err != nil {
		t.Fatal(err)
	}
}

func dark(to *Settings) { to.Theme = "dark" }

func TestADiskThatFailsAtAnyStepLeavesTheOldFileAndNothingElse(t *testing.T) {
	odd := errors.New("odd")
	for at := stepMade; at <= stepClosed; at++ {
		path := filepath.Join(t.TempDir(), "file")
		put(t, path, "old")
		err := replace(path, []byte("new"), func(s step) error {
			if s == at {
				return odd
			}
			return nil
		})
		if !errors.Is(err, odd) || text(t, path) != "old" {
			t.Errorf("after step %d: %v, it holds %q", at, err, text(t, path))
		}
		if names := left(t, filepath.Dir(path)); len(names) != 1 {
			t.Errorf("after step %d there is %v", at, names)
		}
	}
}

func TestAFolderInTheFilesPlaceIsKeptAsideWhole(t *testing.T) {
	s := kept(t)
	if err := os.Remove(s.Path()); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(s.Path(), 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(s.Path(), "inside"), "whole")
	if err := ReplaceFile(s.Path(), []byte("x")); !errors.Is(err, ErrNoFile) {
		t.Errorf("a folder is replaced: %v", err)
	}
	err := s.Update(dark)
	var damaged *DamagedError
	if !errors.As(err, &damaged) || errors.Is(err, ErrNotKept) {
		t.Fatalf("got %v", err)
	}
	if text(t, filepath.Join(damaged.KeptAs, "inside")) != "whole" {
		t.Error("it is not whole")
	}
	if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestAFileThatItsUserProtectsIsNotReplaced(t *testing.T) {
	s := kept(t)
	before := text(t, s.Path())
	if err := os.Chmod(s.Path(), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(dark); !errors.Is(err, ErrNotKept) || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
	if text(t, s.Path()) != before || s.Get().Theme != "dark" {
		t.Error("it was written, or the change does not hold for the session")
	}
	if err := os.Chmod(s.Path(), 0o600); err != nil {
		t.Fatal(err)
	}
	connect(t, s, "b")
	if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 2 {
		t.Errorf("what waited was not written: %+v", got)
	}
}

func TestAFileThatIsDeletedWhileTheDeskRunsLosesNothing(t *testing.T) {
	s := kept(t)
	if err := os.Remove(s.Path()); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Reload(); err != nil || len(got.Connections) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := s.Update(dark); err != nil {
		t.Fatal(err)
	}
	if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestAFolderThatIsDeletedWhileTheDeskRunsLosesNothing(t *testing.T) {
	s := kept(t)
	folder := filepath.Dir(s.Path())
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"b", "c"} {
		if err := s.Update(func(to *Settings) { to.Connections = append(to.Connections, contoso(id)) }); !errors.Is(err, ErrNotKept) {
			t.Errorf("got %v", err)
		}
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(dark); err != nil {
		t.Fatal(err)
	}
	if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 3 {
		t.Errorf("got %+v", got)
	}
}

func linkTo(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skip("this user may make no links here")
	}
}

func TestALinkToADiskThatIsAwayIsLeftUntilItIsBack(t *testing.T) {
	folder := t.TempDir()
	disk, path := filepath.Join(folder, "disk"), filepath.Join(folder, "settings.json")
	linkTo(t, filepath.Join(disk, "settings.json"), path)
	s, err := open(path, at, 0)
	if !errors.Is(err, ErrUnread) || !errors.Is(err, ErrAway) {
		t.Fatalf("got %v", err)
	}
	if err := s.Update(dark); !errors.Is(err, ErrNotKept) || !errors.Is(err, ErrAway) {
		t.Errorf("got %v", err)
	}
	if err := ReplaceFile(path, nil); !errors.Is(err, ErrAway) {
		t.Errorf("the link is replaced: %v", err)
	}
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(disk, "settings.json"), `{"version":1,"zone":"UTC"}`)
	connect(t, s, "b")
	got := again(t, s)
	if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if got.Zone != "UTC" || got.Theme != "dark" || len(got.Connections) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestWithoutRightsNothingIsKeptAndNothingIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		take     func(s *Store) string // gives what is to get its mode back
		mode     fs.FileMode
		openSays error
	}{
		"the folder may not be written": {func(s *Store) string { return filepath.Dir(s.Path()) }, 0o500, nil},
		"the folder may not be read":    {func(s *Store) string { return filepath.Dir(s.Path()) }, 0o000, ErrUnread},
		"the file may not be read":      {func(s *Store) string { return s.Path() }, 0o200, ErrUnread},
	} {
		t.Run(name, func(t *testing.T) {
			s := kept(t)
			before := text(t, s.Path())
			withstand.WithoutRights(t, filepath.Dir(s.Path()))
			what := c.take(s)
			back := func() { _ = os.Chmod(what, 0o700) }
			if err := os.Chmod(what, c.mode); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(back)
			other, err := open(s.Path(), at, time.Millisecond)
			if !errors.Is(err, c.openSays) {
				t.Errorf("opened: %v", err)
			}
			for _, one := range []*Store{s, other} {
				if err := one.Update(dark); !errors.Is(err, ErrNotKept) || !errors.Is(err, fs.ErrPermission) {
					t.Errorf("got %v", err)
				}
				if one.Get().Theme != "dark" {
					t.Error("it does not hold for the session")
				}
			}
			back()
			if text(t, s.Path()) != before {
				t.Error("the file was changed")
			}
			connect(t, other, "b")
			if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 2 {
				t.Errorf("afterwards: %+v", got)
			}
		})
	}
}

func TestAFileThatAnotherDeskHoldsForLongIsWrittenWhenItIsFree(t *testing.T) {
	s := kept(t)
	unlock, err := takeLock(s.Path()+".lock", 0)
	if err != nil {
		t.Fatal(err)
	}
	other, err := open(s.Path(), at, time.Millisecond)
	if err != nil || len(other.Get().Connections) != 1 {
		t.Errorf("it cannot even be read: %v", err)
	}
	if err := s.Update(dark); !errors.Is(err, ErrNotKept) || !errors.Is(err, ErrBusy) {
		t.Errorf("got %v", err)
	}
	unlock()
	connect(t, s, "b")
	if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestManyDesksThatWriteAtOnceLoseNothing(t *testing.T) {
	first := kept(t)
	const desks, each = 3, 8
	var all sync.WaitGroup
	for desk := range desks {
		s, err := open(first.Path(), at, time.Minute) // for the others, on whatever disk
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			for n := range each {
				id := fmt.Sprintf("d%d-%d", desk, n)
				if err := s.Update(func(to *Settings) { to.Connections = append(to.Connections, contoso(id)) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got := again(t, first); len(got.Connections) != 1+desks*each {
		t.Errorf("%d connections", len(got.Connections))
	}
}

func TestOnAFullDiskTheOldFilesHoldAndNothingElseIsLeft(t *testing.T) {
	if here, _ := withstand.Apart(t); !here {
		return
	}
	s := kept(t)
	folder := filepath.Dir(s.Path())
	before := text(t, s.Path())
	presets := OpenPresets(filepath.Join(folder, "presets"))
	saved, err := presets.Save(forms.Preset{Name: "Coffee", Entity: "e"})
	if err != nil {
		t.Fatal(err)
	}
	export := filepath.Join(folder, "export.json")
	put(t, export, "what was exported before")
	was := left(t, folder)

	room := withstand.FullAt(t, 20)
	nothingIsKept(t, s, presets, saved, export)
	room()

	if text(t, s.Path()) != before || text(t, export) != "what was exported before" {
		t.Error("an old file does not hold")
	}
	if now := left(t, folder); len(now) != len(was) || len(left(t, presets.Dir())) != 1 {
		t.Errorf("there is %v, and %v", now, left(t, presets.Dir()))
	}
	shelf, err := presets.Read()
	if err != nil || len(shelf.Presets) != 1 || shelf.Presets[0].Entity != "e" || len(shelf.Unread) != 0 {
		t.Errorf("%+v, %v", shelf, err)
	}
	connect(t, s, "b")
	if got := again(t, s); got.Theme != "dark" || len(got.Connections) != 2 {
		t.Errorf("afterwards: %+v", got)
	}
}

// nothingIsKept tries every way to write, on a disk that is full.
func nothingIsKept(t *testing.T, s *Store, presets *Presets, saved forms.Preset, export string) {
	t.Helper()
	saved.Entity = "f"
	_, changed := presets.Save(saved)
	_, added := presets.Save(forms.Preset{Name: "Tea", Entity: "e"})
	for what, c := range map[string]struct{ err, want error }{
		"settings":     {s.Update(dark), ErrNotKept},
		"a preset":     {changed, ErrPresetNotKept},
		"a new preset": {added, ErrPresetNotKept},
		"an export":    {presets.Export(export, []forms.Preset{saved}), ErrPresetNotKept},
		"connections":  {WriteConnections(export, []SharedConnection{{Connection: contoso("a")}}), ErrConnectionsNotWritten},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", what, c.err)
		}
	}
}

func TestWhatIsNoPresetIsToldAndLeft(t *testing.T) {
	presets := OpenPresets(t.TempDir())
	presets.WaitAtMost(time.Second)
	name := func(n int) string {
		return filepath.Join(presets.Dir(), fmt.Sprintf("00000000-0000-4000-8000-00000000000%d%s", n, presetSuffix))
	}
	if err := os.Mkdir(name(1), 0o700); err != nil {
		t.Fatal(err)
	}
	linkTo(t, filepath.Join(presets.Dir(), "nowhere"), name(2))
	if _, err := presets.Save(forms.Preset{Name: "Coffee", Entity: "e"}); err != nil {
		t.Fatal(err)
	}
	shelf, err := presets.Read()
	if err != nil || len(shelf.Presets) != 1 || len(shelf.Unread) != 2 {
		t.Fatalf("%+v, %v", shelf, err)
	}
	if !errors.Is(shelf.Unread[0].Err, forms.ErrPresetsDamaged) || !errors.Is(shelf.Unread[1].Err, ErrAway) {
		t.Errorf("%v; %v", shelf.Unread[0].Err, shelf.Unread[1].Err)
	}
	for n := 1; n <= 2; n++ {
		if !exists(name(n)) {
			t.Errorf("%s is gone", name(n))
		}
	}
	if _, err := presets.Import(name(1)); !errors.Is(err, forms.ErrPresetsDamaged) {
		t.Errorf("imported: %v", err)
	}
}

func TestAFolderOfPresetsThatIsAwayIsNotTakenForAnEmptyOne(t *testing.T) {
	folder := t.TempDir()
	presets := OpenPresets(filepath.Join(folder, "presets"))
	linkTo(t, filepath.Join(folder, "disk"), presets.Dir())
	if _, err := presets.Read(); !errors.Is(err, ErrAway) {
		t.Errorf("read: %v", err)
	}
	if _, err := presets.Save(forms.Preset{Name: "Coffee", Entity: "e"}); !errors.Is(err, ErrPresetNotKept) {
		t.Errorf("saved: %v", err)
	}
}
