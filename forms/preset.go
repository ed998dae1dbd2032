// Presets: what was typed, kept under a name to be used again and again, and
// the file in which presets are kept and handed on.

package forms

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Preset is a filled form under a name. It may hold personal data.
type Preset struct {
	ID       string    `json:"id"`       // the same wherever the preset is handed on to
	Revision int       `json:"revision"` // raised by each change
	Name     string    `json:"name"`     // for people; unique within an entity on one computer
	Entity   string    `json:"entity"`   // the name for data requests
	SavedAt  time.Time `json:"savedAt"`
	// KeepKey: the key is used as it was typed. Else each use gets a new one,
	// for a key can be sent once only.
	KeepKey bool `json:"keepKey,omitempty"`
	Kept
}

// PresetVersion is of the file's form. Each new member raises it, so that an
// older desk refuses the file and loses nothing of it.
const PresetVersion = 1

// presetKind tells a file of presets from other JSON.
const presetKind = "activitydesk presets"

// Limits of a preset's name and of a file, in letters and in bytes.
const (
	MaxPresetName = 100
	MaxPresetFile = 16 << 20
)

// What can be said of a file of presets, or of a preset's name.
var (
	ErrPresetsNewer   = errors.New("the presets were written by a newer version of Activity Desk")
	ErrPresetsDamaged = errors.New("the file does not hold presets, or is damaged")
	ErrPresetName     = errors.New("a preset needs a name")
)

// presetFile is the form of a file.
type presetFile struct {
	Kind    string   `json:"kind"`
	Version int      `json:"version"`
	Presets []Preset `json:"presets"`
}

// EncodePresets writes presets as DecodePresets reads them: UTF-8 JSON, laid
// out for people, lines ended by LF.
func EncodePresets(list []Preset) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(presetFile{Kind: presetKind, Version: PresetVersion, Presets: list}); err != nil {
		return nil, fmt.Errorf("encode presets: %w", err)
	}
	return out.Bytes(), nil
}

// DecodePresets reads a file of presets. The error is ErrPresetsNewer or
// ErrPresetsDamaged; a file is taken whole or not at all.
func DecodePresets(data []byte) ([]Preset, error) {
	if len(data) > MaxPresetFile {
		return nil, fmt.Errorf("%w: it is larger than %d MB", ErrPresetsDamaged, MaxPresetFile>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // an editor may have put it there
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%w: it is not UTF-8", ErrPresetsDamaged)
	}
	var head struct {
		Kind    string `json:"kind"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPresetsDamaged, err)
	}
	switch {
	case head.Kind != presetKind || head.Version < 1:
		return nil, fmt.Errorf("%w: it is not marked as such", ErrPresetsDamaged)
	case head.Version > PresetVersion:
		return nil, fmt.Errorf("%w: version %d, this desk knows %d", ErrPresetsNewer, head.Version, PresetVersion)
	}
	var file presetFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPresetsDamaged, err)
	}
	for i := range file.Presets {
		if err := file.Presets[i].complete(); err != nil {
			return nil, fmt.Errorf("preset %d: %w", i+1, err)
		}
	}
	return file.Presets, nil
}

// complete checks a preset that was read.
func (p *Preset) complete() error {
	name, err := PresetName(p.Name)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrPresetsDamaged, err)
	case p.ID == "":
		return fmt.Errorf("%w: it has no id", ErrPresetsDamaged)
	case p.Entity == "":
		return fmt.Errorf("%w: it names no entity", ErrPresetsDamaged)
	case p.Form.Version > snapshotVersion:
		return fmt.Errorf("%w: its form is version %d, this desk knows %d", ErrPresetsNewer, p.Form.Version, snapshotVersion)
	}
	if _, err := (&Form{}).restoreExtras(p.Form.Extras); err != nil {
		return fmt.Errorf("%w: %w", ErrPresetsDamaged, err)
	}
	p.Name = name
	p.Revision = max(p.Revision, 1)
	return nil
}

// PresetName tidies a name that was typed: one line, no space at its ends. The
// error is ErrPresetName where nothing is left, or too much.
func PresetName(typed string) (string, error) {
	typed = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, typed)
	name := strings.Join(strings.Fields(typed), " ")
	switch letters := utf8.RuneCountInString(name); {
	case letters == 0:
		return "", ErrPresetName
	case letters > MaxPresetName:
		return "", fmt.Errorf("%w of at most %d letters", ErrPresetName, MaxPresetName)
	}
	return name, nil
}

// SameName says whether two names are one to people.
func SameName(a, b string) bool { return strings.EqualFold(a, b) }
