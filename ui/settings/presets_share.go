// Handing presets on: a file with one or several, and taking such a file in.

package settings

import (
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/forms"
)

// Imported says what became of the presets of a file.
type Imported struct {
	Added   []forms.Preset // as they are kept now
	Renamed []forms.Preset // of those, the ones whose name was taken by another
	There   int            // were here already, the same in everything
}

// Export writes presets to a file of its own, in the place of what is there,
// for this user alone. The error is ErrPresetNotKept with its cause.
func (p *Presets) Export(path string, list []forms.Preset) error {
	data, err := forms.EncodePresets(list)
	if err != nil {
		return err
	}
	if err := ReplaceFile(path, data); err != nil {
		return fmt.Errorf("%w: %w", ErrPresetNotKept, err)
	}
	return nil
}

// Import takes in the presets of a file. One that is here already is left out;
// one whose name or id another has gets a new one, so nothing is replaced. A
// file that cannot be read whole changes nothing: the error is
// forms.ErrPresetsNewer, forms.ErrPresetsDamaged, or the system's. Where
// writing fails half way, what was added until then is given with the error.
func (p *Presets) Import(path string) (Imported, error) {
	data, err := readPresetFile(path)
	if err != nil {
		return Imported{}, fmt.Errorf("import presets: %w", err)
	}
	list, err := forms.DecodePresets(data)
	if err != nil {
		return Imported{}, fmt.Errorf("import presets: %w", err)
	}
	var done Imported
	err = p.change(func(shelf Shelf) error {
		for _, preset := range list {
			if err := p.importOne(preset, &shelf, &done); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

func (p *Presets) importOne(preset forms.Preset, shelf *Shelf, done *Imported) error {
	same, there := shelf.Find(preset.ID)
	if !there {
		same, there = shelf.Named(preset.Entity, preset.Name)
	}
	if there && samePreset(same, preset) {
		done.There++
		return nil
	}
	wanted := preset.Name
	preset.Name = freeName(*shelf, preset.Entity, wanted)
	if _, taken := shelf.Find(preset.ID); taken || !isID(preset.ID) {
		preset.ID = uuid.NewString() // no file is named by what a file from elsewhere says
	}
	preset.Revision = 0
	if err := p.admit(&preset, *shelf); err != nil {
		return err
	}
	if err := p.write(preset); err != nil {
		return err
	}
	shelf.Presets = append(shelf.Presets, preset)
	done.Added = append(done.Added, preset)
	if preset.Name != wanted {
		done.Renamed = append(done.Renamed, preset)
	}
	return nil
}

// samePreset compares what a person sees of two presets.
func samePreset(a, b forms.Preset) bool {
	return a.Name == b.Name && a.Entity == b.Entity && a.KeepKey == b.KeepKey && reflect.DeepEqual(a.Kept, b.Kept)
}

// freeName is the name, or the name with the first number that is free.
func freeName(shelf Shelf, entity, name string) string {
	for n := 1; ; n++ {
		free := name
		if n > 1 {
			suffix := " (" + strconv.Itoa(n) + ")"
			letters := []rune(name)
			letters = letters[:min(len(letters), forms.MaxPresetName-utf8.RuneCountInString(suffix))]
			free = string(letters) + suffix
		}
		if _, taken := shelf.Named(entity, free); !taken {
			return free
		}
	}
}
