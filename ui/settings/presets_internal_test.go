package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/forms"
)

func newPresets(t *testing.T) *Presets {
	t.Helper()
	return presetsIn(filepath.Join(t.TempDir(), "presets"))
}

func presetsIn(dir string) *Presets { return &Presets{dir: dir, now: at} }

// named is a preset that was not saved yet.
func named(name string) forms.Preset {
	return forms.Preset{Name: name, Entity: "eCommerce_eCommercePurchases", Kept: forms.Kept{
		Fields: []forms.FieldShape{{Name: "TotalPrice", Type: "Decimal"}},
		Form:   forms.Snapshot{Version: 1, Fields: []forms.FieldSnapshot{{Name: "TotalPrice", State: "value", Text: "12,50"}}},
	}}
}

func save(t *testing.T, p *Presets, preset forms.Preset) forms.Preset {
	t.Helper()
	kept, err := p.Save(preset)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func names(t *testing.T, p *Presets) string {
	t.Helper()
	shelf, err := p.Read()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, preset := range shelf.Presets {
		list = append(list, preset.Name)
	}
	return strings.Join(list, ", ")
}

func TestAPresetIsThereForTheNextDesk(t *testing.T) {
	p := newPresets(t)
	if got := names(t, p); got != "" {
		t.Errorf("a new folder holds %s", got)
	}
	kept := save(t, p, named("  Coffee\nfor two "))
	if kept.Name != "Coffee for two" || kept.Revision != 1 || !kept.SavedAt.Equal(at()) || kept.ID == "" {
		t.Errorf("kept as %+v", kept)
	}
	shelf, err := presetsIn(p.dir).Read()
	if err != nil {
		t.Fatal(err)
	}
	got, ok := shelf.Named(kept.Entity, "COFFEE for two")
	if !ok || !samePreset(got, kept) || got.Form.Fields[0].Text != "12,50" || len(shelf.Of("other")) != 0 {
		t.Errorf("read %+v", shelf)
	}
}

func TestPresetsAreTheUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("mode bits say nothing on Windows")
	}
	p := newPresets(t)
	kept := save(t, p, named("a"))
	for path, want := range map[string]os.FileMode{p.dir: 0o700, p.path(kept.ID): 0o600, p.lock(): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
		}
	}
}

func TestANameNeedNotBeOneThatAFileCanHave(t *testing.T) {
	p := newPresets(t)
	for _, name := range []string{"aux", "a/b\\c:*?", "..", "CON.preset", strings.Repeat("ü", forms.MaxPresetName)} {
		save(t, p, named(name))
	}
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "presets.lock" && !isPresetFile(e.Name()) {
			t.Errorf("a file is named %s", e.Name())
		}
	}
	if len(entries) != 6 {
		t.Errorf("%d files", len(entries))
	}
}

func TestANameIsThereOnceForAnEntity(t *testing.T) {
	p := newPresets(t)
	first := save(t, p, named("Coffee"))
	if _, err := p.Save(named("COFFEE")); !errors.Is(err, ErrPresetTaken) {
		t.Errorf("a second one: %v", err)
	}
	other := named("Coffee")
	other.Entity = "another"
	save(t, p, other)
	second := save(t, p, named("Tea"))
	second.Name = "coffee"
	if _, err := p.Save(second); !errors.Is(err, ErrPresetTaken) {
		t.Errorf("renamed to it: %v", err)
	}
	first.Name = "COFFEE"
	if kept := save(t, p, first); kept.Revision != 2 {
		t.Errorf("its own name in another case: %+v", kept)
	}
	if _, err := p.Save(named(" ")); !errors.Is(err, forms.ErrPresetName) {
		t.Errorf("no name: %v", err)
	}
}

func TestOfTwoDesksThatChangeAPresetTheSecondIsTold(t *testing.T) {
	here := newPresets(t)
	there := presetsIn(here.dir)
	mine := save(t, here, named("Coffee"))
	theirs := mine
	theirs.Form.Fields = nil
	theirs = save(t, there, theirs)
	if _, err := here.Save(mine); !errors.Is(err, ErrPresetChanged) {
		t.Errorf("overwritten: %v", err)
	}
	if err := here.Delete(mine); !errors.Is(err, ErrPresetChanged) {
		t.Errorf("deleted: %v", err)
	}
	if err := there.Delete(theirs); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Save(mine); !errors.Is(err, ErrPresetGone) {
		t.Errorf("written though it is gone: %v", err)
	}
	if err := here.Delete(mine); !errors.Is(err, ErrPresetGone) {
		t.Errorf("deleted twice: %v", err)
	}
	theirs.Revision = 0
	if back := save(t, there, theirs); back.ID != theirs.ID {
		t.Error("what was deleted comes back under another id")
	}
}

func TestManyDesksThatSaveAtOnceLoseNothing(t *testing.T) {
	p := newPresets(t)
	kept := save(t, p, named("shared"))
	var all sync.WaitGroup
	won := make(chan forms.Preset, 8)
	for desk := range 8 {
		all.Go(func() {
			own := presetsIn(p.dir)
			own.WaitAtMost(time.Minute) // for seven others, on whatever disk
			if _, err := own.Save(named(fmt.Sprint("desk ", desk))); err != nil {
				t.Error(err)
			}
			if preset, err := own.Save(kept); err == nil {
				won <- preset
			} else if !errors.Is(err, ErrPresetChanged) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if shelf, err := p.Read(); err != nil || len(shelf.Presets) != 9 || len(shelf.Unread) != 0 || len(won) != 1 {
		t.Errorf("%d presets, %d unread, %d won, error %v", len(shelf.Presets), len(shelf.Unread), len(won), err)
	}
}

func TestFilesThatCannotBeReadAreToldAndLeft(t *testing.T) {
	p := newPresets(t)
	good, damaged, newer := save(t, p, named("good")), save(t, p, named("damaged")), save(t, p, named("newer"))
	put(t, p.path(damaged.ID), "{")
	put(t, p.path(newer.ID), `{"kind":"activitydesk presets","version":99,"presets":[]}`)
	put(t, filepath.Join(p.dir, "notes.txt"), "mine")
	put(t, filepath.Join(p.dir, ".desk-1.tmp"), "left by a kill")
	shelf, err := p.Read()
	if err != nil || len(shelf.Presets) != 1 || shelf.Presets[0].ID != good.ID || len(shelf.Unread) != 2 {
		t.Fatalf("read %+v, error %v", shelf, err)
	}
	found := map[string]error{}
	for _, u := range shelf.Unread {
		found[u.Path] = u.Err
	}
	if !errors.Is(found[p.path(damaged.ID)], forms.ErrPresetsDamaged) || !errors.Is(found[p.path(newer.ID)], forms.ErrPresetsNewer) {
		t.Errorf("told %v", found)
	}
	// Neither is written over, not even by its own preset coming back.
	damaged.Revision = 0
	if back := save(t, p, damaged); back.ID == damaged.ID {
		t.Error("the damaged file was replaced")
	}
	if text, err := os.ReadFile(p.path(damaged.ID)); err != nil || string(text) != "{" {
		t.Errorf("the damaged file holds %q, error %v", text, err)
	}
}

func TestAFolderThatCannotBeWrittenIsStillRead(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("modes do not bind this user")
	}
	p := newPresets(t)
	kept := save(t, p, named("Coffee"))
	if err := os.Remove(p.lock()); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(p.dir, 0o500); err != nil { //nolint:gosec // the case
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(p.dir, 0o700) }) //nolint:gosec // a folder
	if got := names(t, p); got != "Coffee" {
		t.Errorf("it holds %q", got)
	}
	if _, err := p.Save(named("Tea")); !errors.Is(err, ErrPresetNotKept) {
		t.Errorf("saved: %v", err)
	}
	if err := p.Delete(kept); !errors.Is(err, ErrPresetNotKept) {
		t.Errorf("deleted: %v", err)
	}
}

func TestAFolderThatCannotBeMadeIsSaid(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	put(t, blocked, "")
	if _, err := presetsIn(filepath.Join(blocked, "presets")).Save(named("a")); !errors.Is(err, ErrPresetNotKept) {
		t.Errorf("saved: %v", err)
	}
}

func TestWhatWasExportedIsImported(t *testing.T) {
	here := newPresets(t)
	coffee, tea := save(t, here, named("Coffee")), save(t, here, named("Tea"))
	file := filepath.Join(t.TempDir(), "mine.json")
	if err := here.Export(file, []forms.Preset{coffee, tea}); err != nil {
		t.Fatal(err)
	}
	there := newPresets(t)
	done, err := there.Import(file)
	if err != nil || len(done.Added) != 2 || len(done.Renamed) != 0 || names(t, there) != "Coffee, Tea" {
		t.Fatalf("imported %+v, error %v", done, err)
	}
	if done, err = there.Import(file); err != nil || len(done.Added) != 0 || done.There != 2 {
		t.Errorf("imported again %+v, error %v", done, err)
	}
	mine := coffee
	mine.Form.Fields = nil
	save(t, here, mine)
	if done, err = here.Import(file); err != nil || len(done.Renamed) != 1 || done.There != 1 || names(t, here) != "Coffee, Coffee (2), Tea" {
		t.Errorf("beside a changed one: %+v, %s, error %v", done, names(t, here), err)
	}
	if done.Added[0].ID == coffee.ID || done.Added[0].Form.Fields[0].Text != "12,50" {
		t.Errorf("the imported one is %+v", done.Added[0])
	}
}

func TestAFileThatCannotBeTakenInChangesNothing(t *testing.T) {
	p := newPresets(t)
	save(t, p, named("Coffee"))
	file := filepath.Join(t.TempDir(), "theirs.json")
	for text, want := range map[string]error{
		`{"kind":"activitydesk presets","version":99}`: forms.ErrPresetsNewer,
		"PK\x03\x04": forms.ErrPresetsDamaged,
		`{"kind":"activitydesk presets","version":1,"presets":[{"id":"1","name":"ok","entity":"e","form":{}},{"id":"2","entity":"e","form":{}}]}`: forms.ErrPresetsDamaged,
	} {
		put(t, file, text)
		if _, err := p.Import(file); !errors.Is(err, want) || names(t, p) != "Coffee" {
			t.Errorf("%.60s: %v, want %v; there is %s", text, err, want, names(t, p))
		}
	}
	if _, err := p.Import(file + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestAnImportedIDIsNoPath(t *testing.T) {
	p := newPresets(t)
	file := filepath.Join(t.TempDir(), "theirs.json")
	put(t, file, `{"kind":"activitydesk presets","version":1,"presets":[{"id":"../../evil","name":"x","entity":"e","form":{}}]}`)
	done, err := p.Import(file)
	if err != nil || len(done.Added) != 1 || !isID(done.Added[0].ID) {
		t.Errorf("imported %+v, error %v", done, err)
	}
}
