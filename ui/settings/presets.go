// Presets on disk: one file for each, in a folder that two desks share.

package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/forms"
)

// What can be said of a change to the presets.
var (
	// ErrPresetTaken: another preset of the entity has this name.
	ErrPresetTaken = errors.New("another preset of this entity has the name")
	// ErrPresetChanged: the preset is not the one that was read: another desk
	// has changed it since. Nothing was written.
	ErrPresetChanged = errors.New("the preset was changed by another desk")
	// ErrPresetGone: the preset is not there any more. Nothing was written.
	ErrPresetGone = errors.New("the preset was deleted by another desk")
	// ErrPresetNotKept: the folder or the file cannot be written.
	ErrPresetNotKept = errors.New("the preset could not be written")
	// ErrPresetSecret: what was to be written to a file for others holds a secret
	// of a connection. Whoever writes looks for them; this package knows none.
	ErrPresetSecret = errors.New("it holds a key or a token")
)

// Presets are the presets of this user. Nothing is held in memory: each call
// reads what is on disk, so what another desk writes is seen. Its methods read
// and write files and may wait for another desk; they are safe for concurrent
// use.
type Presets struct {
	dir      string
	now      func() time.Time
	patience time.Duration // see takeLock
}

// Shelf is what a folder of presets holds.
type Shelf struct {
	Presets []forms.Preset // by entity and name
	// Unread are files that are no presets which this desk can read: damaged
	// ones, or a newer desk's. They are left as they are.
	Unread []UnreadPreset
}

// UnreadPreset is a file that could not be read as a preset. Err is
// forms.ErrPresetsNewer, forms.ErrPresetsDamaged, or the system's.
type UnreadPreset struct {
	Path string
	Err  error
}

// OpenPresets names the folder of the presets, which need not exist.
func OpenPresets(dir string) *Presets { return &Presets{dir: dir, now: time.Now} }

// WaitAtMost says how long another desk is waited for that holds the folder; 0:
// as long as for the settings.
func (p *Presets) WaitAtMost(patience time.Duration) { p.patience = patience }

// Dir is the folder.
func (p *Presets) Dir() string { return p.dir }

// Read gives all presets. No folder means none.
func (p *Presets) Read() (Shelf, error) {
	if !exists(p.dir) {
		return Shelf{}, nil
	}
	// A folder that cannot be written can still be read, without the lock. With
	// it, no desk replaces a file while it is open, which Windows refuses.
	if unlock, err := takeLock(p.lock(), p.patience); err == nil {
		defer unlock()
	}
	return p.read()
}

func (p *Presets) lock() string { return filepath.Join(p.dir, "presets.lock") }

func (p *Presets) read() (Shelf, error) {
	entries, err := os.ReadDir(p.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(p.dir):
		err = fmt.Errorf("%s: %w", p.dir, ErrAway)
	case errors.Is(err, fs.ErrNotExist):
		return Shelf{}, nil
	}
	if err != nil {
		return Shelf{}, fmt.Errorf("read presets: %w", err)
	}
	var shelf Shelf
	for _, entry := range entries {
		if !isPresetFile(entry.Name()) {
			continue
		}
		path := filepath.Join(p.dir, entry.Name())
		preset, err := readPreset(path)
		switch {
		case errors.Is(err, fs.ErrNotExist): // deleted meanwhile
		case err != nil:
			shelf.Unread = append(shelf.Unread, UnreadPreset{Path: path, Err: err})
		default:
			shelf.Presets = append(shelf.Presets, preset)
		}
	}
	slices.SortFunc(shelf.Presets, comparePresets)
	return shelf, nil
}

// comparePresets orders by entity and name as people read them.
func comparePresets(a, b forms.Preset) int {
	if c := strings.Compare(strings.ToLower(a.Entity), strings.ToLower(b.Entity)); c != 0 {
		return c
	}
	if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Of lists the presets of an entity.
func (s Shelf) Of(entity string) []forms.Preset {
	var list []forms.Preset
	for _, preset := range s.Presets {
		if preset.Entity == entity {
			list = append(list, preset)
		}
	}
	return list
}

// Find gives the preset with an id.
func (s Shelf) Find(id string) (forms.Preset, bool) {
	i := slices.IndexFunc(s.Presets, func(p forms.Preset) bool { return p.ID == id })
	if i < 0 {
		return forms.Preset{}, false
	}
	return s.Presets[i], true
}

// Named gives the preset of an entity with a name, in any case.
func (s Shelf) Named(entity, name string) (forms.Preset, bool) {
	i := slices.IndexFunc(s.Presets, func(p forms.Preset) bool { return p.Entity == entity && forms.SameName(p.Name, name) })
	if i < 0 {
		return forms.Preset{}, false
	}
	return s.Presets[i], true
}

// Save writes a preset and gives it as it is kept. Revision 0 makes a new one,
// under its ID or a new one; else the preset with the ID is replaced, if it
// still has that revision. Errors: ErrPresetTaken, ErrPresetChanged,
// ErrPresetGone, ErrPresetNotKept with its cause, forms.ErrPresetName.
func (p *Presets) Save(preset forms.Preset) (forms.Preset, error) {
	name, err := forms.PresetName(preset.Name)
	if err != nil {
		return forms.Preset{}, err
	}
	preset.Name = name
	err = p.change(func(shelf Shelf) error {
		if err := p.admit(&preset, shelf); err != nil {
			return err
		}
		return p.write(preset)
	})
	if err != nil {
		return forms.Preset{}, err
	}
	return preset, nil
}

// admit holds a preset against what is there, and completes it.
func (p *Presets) admit(preset *forms.Preset, shelf Shelf) error {
	if other, taken := shelf.Named(preset.Entity, preset.Name); taken && other.ID != preset.ID {
		return fmt.Errorf("%w %q", ErrPresetTaken, preset.Name)
	}
	before, there := shelf.Find(preset.ID)
	switch {
	case preset.Revision > 0 && !there:
		return ErrPresetGone
	case there && before.Revision != preset.Revision:
		return ErrPresetChanged
	case !there && (!isID(preset.ID) || exists(p.path(preset.ID))):
		preset.ID = uuid.NewString() // also where a file of this name is there and cannot be read
	}
	preset.Revision++
	preset.SavedAt = p.now().UTC().Truncate(time.Second)
	return nil
}

// Delete removes a preset, if it still has the revision that was read. It can
// be had back by saving it with revision 0.
func (p *Presets) Delete(preset forms.Preset) error {
	return p.change(func(shelf Shelf) error {
		before, there := shelf.Find(preset.ID)
		switch {
		case !there:
			return ErrPresetGone
		case before.Revision != preset.Revision:
			return ErrPresetChanged
		}
		if err := os.Remove(p.path(preset.ID)); err != nil {
			return fmt.Errorf("%w: %w", ErrPresetNotKept, err)
		}
		syncFolder(p.dir)
		return nil
	})
}

// change does work under the lock, on what the folder holds.
func (p *Presets) change(work func(Shelf) error) error {
	if err := private(p.dir); err != nil {
		return fmt.Errorf("%w: %w", ErrPresetNotKept, err)
	}
	unlock, err := takeLock(p.lock(), p.patience)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPresetNotKept, err)
	}
	defer unlock()
	sweep(p.dir, p.now())
	shelf, err := p.read()
	if err != nil {
		return err
	}
	return work(shelf)
}

func (p *Presets) write(preset forms.Preset) error {
	data, err := forms.EncodePresets([]forms.Preset{preset})
	if err != nil {
		return err
	}
	if err := ReplaceFile(p.path(preset.ID), data); err != nil {
		return fmt.Errorf("%w: %w", ErrPresetNotKept, err)
	}
	return nil
}

// presetSuffix ends the name of a preset's file. What stands before is the id
// and not the name, which may be none that a file can have: "aux", "a/b".
const presetSuffix = ".preset.json"

func (p *Presets) path(id string) string { return filepath.Join(p.dir, id+presetSuffix) }

// isPresetFile tells the files of presets from locks, leftovers and what
// people put there.
func isPresetFile(name string) bool {
	id, ok := strings.CutSuffix(name, presetSuffix)
	return ok && isID(id)
}

// isID says whether a text is an id as we write them: the name of a file on
// every system, and the same in every case.
func isID(text string) bool {
	id, err := uuid.Parse(text)
	return err == nil && id.String() == text
}

// readPreset reads the one preset of a file, which is named by its id.
func readPreset(path string) (forms.Preset, error) {
	data, err := readPresetFile(path)
	if err != nil {
		return forms.Preset{}, err
	}
	list, err := forms.DecodePresets(data)
	if err != nil {
		return forms.Preset{}, err
	}
	if len(list) != 1 || list[0].ID+presetSuffix != filepath.Base(path) {
		return forms.Preset{}, fmt.Errorf("%w: it holds other presets than its name says", forms.ErrPresetsDamaged)
	}
	return list[0], nil
}

// readPresetFile reads a file of presets, and no more than such a file holds.
// What is no file is forms.ErrPresetsDamaged.
func readPresetFile(path string) ([]byte, error) {
	data, err := readFile(path, forms.MaxPresetFile)
	if errors.Is(err, ErrNoFile) {
		err = fmt.Errorf("%w: %w", forms.ErrPresetsDamaged, err)
	}
	return data, err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
