// What was typed, as a value that can be written down: for drafts and presets.

package forms

import (
	"fmt"
	"time"
)

// snapshotVersion is the form of Snapshot that this package writes.
const snapshotVersion = 1

// Snapshot is the typed state of a form. It marshals to JSON and back without
// loss. It holds texts as typed ("now-2d"), not what they came to.
type Snapshot struct {
	Version int             `json:"version"`
	Entity  string          `json:"entity"` // the name for data requests
	Fields  []FieldSnapshot `json:"fields,omitempty"`
	Extras  []Extra         `json:"extras,omitempty"`
}

// FieldSnapshot is one field that is not simply left out.
type FieldSnapshot struct {
	Name  string `json:"name"`
	Type  string `json:"type,omitempty"` // for people, as it was then
	State string `json:"state"`          // left out, null, value
	Text  string `json:"text,omitempty"`
	Zone  string `json:"zone,omitempty"` // only where the field has its own
}

// Unfit is what of a snapshot did not fit the form.
type Unfit struct {
	Gone    []FieldSnapshot // fields that the metadata no longer has
	Retyped []FieldSnapshot // fields of another type than then; their text was taken
	Zones   []string        // zones that this computer does not know
}

// Empty tells whether everything fitted.
func (u Unfit) Empty() bool { return len(u.Gone)+len(u.Retyped)+len(u.Zones) == 0 }

// Snapshot gives the form's typed state.
func (f *Form) Snapshot() Snapshot {
	s := Snapshot{Version: snapshotVersion, Entity: f.entity.DataName(), Extras: f.Extras()}
	for i, field := range f.fields {
		c := &f.cells[i]
		if c.state == LeftOut && c.zone == nil {
			continue
		}
		one := FieldSnapshot{Name: field.Name, Type: field.TypeLabel, State: c.state.String(), Text: c.text}
		if c.zone != nil {
			one.Zone = c.zone.String()
		}
		s.Fields = append(s.Fields, one)
	}
	return s
}

// Empty tells whether nothing was entered.
func (s Snapshot) Empty() bool { return len(s.Fields)+len(s.Extras) == 0 }

// Restore makes a snapshot the form's whole state and says what did not fit.
// The error speaks of snapshots that cannot be read at all: from a newer
// version, or with damaged members; the form is then as it was.
func (f *Form) Restore(s Snapshot) (Unfit, error) {
	if s.Version > snapshotVersion {
		return Unfit{}, fmt.Errorf("restore form: written by a newer version (%d, this one reads %d)", s.Version, snapshotVersion)
	}
	extras, err := f.restoreExtras(s.Extras)
	if err != nil {
		return Unfit{}, err
	}
	clear(f.cells)
	f.extras = extras
	var unfit Unfit
	for _, one := range s.Fields {
		i, known := f.index[one.Name]
		if !known {
			unfit.Gone = append(unfit.Gone, one)
			continue
		}
		c := &f.cells[i]
		c.state, c.text = stateNamed(one.State), one.Text
		if one.Zone != "" {
			zone, ok := zoneNamed(one.Zone)
			if !ok {
				unfit.Zones = append(unfit.Zones, one.Zone)
			}
			c.zone = zone
		}
		if one.Type != "" && one.Type != f.fields[i].TypeLabel {
			unfit.Retyped = append(unfit.Retyped, one)
		}
	}
	f.rebuild()
	return unfit, nil
}

// restoreExtras reads the values of kept members again.
func (f *Form) restoreExtras(saved []Extra) ([]Extra, error) {
	var extras []Extra
	seen := map[string]bool{}
	for name := range f.index {
		seen[name] = true
	}
	for _, extra := range saved {
		tree, fault := parseJSON(extra.JSON)
		if fault != nil {
			return nil, fmt.Errorf("restore form: member %q: %w", extra.Name, fault)
		}
		if seen[extra.Name] {
			return nil, fmt.Errorf("restore form: member %q is there twice", extra.Name)
		}
		seen[extra.Name] = true
		extras = append(extras, Extra{Name: extra.Name, JSON: extra.JSON, tree: tree})
	}
	return extras, nil
}

func stateNamed(name string) State {
	switch name {
	case Null.String():
		return Null
	case Value.String():
		return Value
	}
	return LeftOut
}

// zoneNamed finds a zone by the name that its String gave; nil and false for
// names that mean nothing here.
func zoneNamed(name string) (*time.Location, bool) {
	if name == time.Local.String() {
		return time.Local, true
	}
	if zone, ok := parseZoneName(name); ok {
		return zone, true
	}
	return nil, false
}
