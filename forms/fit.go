// How what was kept fits an entity whose metadata may have changed since:
// which fields are new, gone, probably renamed, or of another type now.

package forms

import (
	"slices"
	"strings"
)

// FieldShape is what is remembered of a field beside what was typed into it,
// so that a later change of the metadata can be told.
type FieldShape struct {
	Name     string `json:"name"`
	Type     string `json:"type,omitempty"` // for people, as Field.TypeLabel
	Required bool   `json:"required,omitempty"`
	ReadOnly bool   `json:"readOnly,omitempty"`
}

// Kept is what was typed, with the fields that the entity had then. It
// marshals to JSON and back without loss.
type Kept struct {
	Fields []FieldShape `json:"fields,omitempty"` // in the metadata's order; none: not known
	Form   Snapshot     `json:"form"`
}

// Keep gives the form's typed state with the form's fields.
func (f *Form) Keep() Kept { return Kept{Fields: f.Shape(), Form: f.Snapshot()} }

// Shape is what the form's fields are, in the metadata's order.
func (f *Form) Shape() []FieldShape {
	shape := make([]FieldShape, len(f.fields))
	for i, field := range f.fields {
		shape[i] = FieldShape{Name: field.Name, Type: field.TypeLabel, Required: field.Required, ReadOnly: field.ReadOnly}
	}
	return shape
}

// Fit is how something kept fits a form. Values are as they were typed; the
// State of a field without one is empty.
type Fit struct {
	Added    []FieldShape    // fields that were not there then
	Removed  []FieldSnapshot // fields that are not there any more
	Renamed  []Rename        // of those, the ones that probably have another name now
	Retyped  []Retype        // fields of another type now
	Required []string        // fields that have to be filled now, and had not then
	ReadOnly []FieldSnapshot // filled fields that are set by the service now, and are not sent
	Zones    []string        // zones that this computer does not know
}

// Rename is a field that is gone and the new field that it probably is.
type Rename struct {
	From FieldSnapshot
	To   FieldShape
	// Alike: the names say so too. Else it is only the same type at the same
	// place.
	Alike bool
}

// Retype is a field whose type changed; what was typed is taken as it is.
type Retype struct {
	Field FieldSnapshot
	Is    string // the type now, for people; Field.Type is the one then
}

// Empty says that nothing has changed.
func (t Fit) Empty() bool {
	return len(t.Added)+len(t.Removed)+len(t.Renamed)+len(t.Retyped)+len(t.Required)+len(t.ReadOnly)+len(t.Zones) == 0
}

// Touches says that something that was typed is concerned: there is something
// to decide or to look at.
func (t Fit) Touches() bool {
	typed := func(value FieldSnapshot) bool { return value.State != "" }
	return len(t.ReadOnly)+len(t.Zones) > 0 || slices.ContainsFunc(t.Removed, typed) ||
		slices.ContainsFunc(t.Renamed, func(r Rename) bool { return typed(r.From) }) ||
		slices.ContainsFunc(t.Retyped, func(r Retype) bool { return typed(r.Field) })
}

// Fit compares what was kept with the form's fields. The form stays as it is.
func (f *Form) Fit(kept Kept) Fit {
	then := shapeOf(kept)
	before := make(map[string]FieldShape, len(then))
	for _, shape := range then {
		before[shape.Name] = shape
	}
	values := make(map[string]FieldSnapshot, len(kept.Form.Fields))
	for _, value := range kept.Form.Fields {
		values[value.Name] = value
	}
	var fit Fit
	for _, shape := range then {
		value, filled := values[shape.Name]
		if !filled {
			value = FieldSnapshot{Name: shape.Name, Type: shape.Type}
		}
		i, known := f.index[shape.Name]
		if !known {
			fit.Removed = append(fit.Removed, value)
			continue
		}
		fit.compare(shape, value, f.fields[i])
	}
	for _, shape := range f.Shape() {
		if _, known := before[shape.Name]; !known && len(kept.Fields) > 0 {
			fit.Added = append(fit.Added, shape)
		}
	}
	fit.findRenamed(then, f.Shape())
	for _, value := range kept.Form.Fields {
		if _, ok := zoneNamed(value.Zone); value.Zone != "" && !ok && !slices.Contains(fit.Zones, value.Zone) {
			fit.Zones = append(fit.Zones, value.Zone)
		}
	}
	return fit
}

// shapeOf is what is known of the fields then: where they were not kept, those
// that were filled.
func shapeOf(kept Kept) []FieldShape {
	if len(kept.Fields) > 0 {
		return kept.Fields
	}
	var shape []FieldShape
	for _, value := range kept.Form.Fields {
		shape = append(shape, FieldShape{Name: value.Name, Type: value.Type})
	}
	return shape
}

// compare holds a field that is still there against what it was.
func (t *Fit) compare(then FieldShape, value FieldSnapshot, now *Field) {
	if then.Type != "" && then.Type != now.TypeLabel {
		value.Type = then.Type
		t.Retyped = append(t.Retyped, Retype{Field: value, Is: now.TypeLabel})
	}
	if now.Required && !then.Required && value.State == "" {
		t.Required = append(t.Required, now.Name)
	}
	if now.ReadOnly && !then.ReadOnly && value.State == Value.String() {
		t.ReadOnly = append(t.ReadOnly, value)
	}
}

// findRenamed takes pairs of a field that is gone and a new one out of both
// lists where they are probably the same: the most alike first.
func (t *Fit) findRenamed(then, now []FieldShape) {
	for {
		best, from, to := 0, -1, -1
		for r, removed := range t.Removed {
			for a, added := range t.Added {
				if score := likeness(removed.Name, added.Name, then, now); score > best {
					best, from, to = score, r, a
				}
			}
		}
		if best == 0 {
			return
		}
		t.Renamed = append(t.Renamed, Rename{From: t.Removed[from], To: t.Added[to], Alike: best >= alikeFrom})
		t.Removed = slices.Delete(t.Removed, from, from+1)
		t.Added = slices.Delete(t.Added, to, to+1)
	}
}

// likeness says how probably a field that is gone is a new one; 0: no sign of
// it. The same letters are the surest; else the type has to be the same, and
// the names alike or the place among the fields the same.
func likeness(gone, fresh string, then, now []FieldShape) int {
	a, b := PlainName(gone), PlainName(fresh)
	if a == b && a != "" {
		return 100
	}
	was, is := placeOf(gone, then), placeOf(fresh, now)
	if was < 0 || is < 0 || then[was].Type != now[is].Type {
		return 0
	}
	score := 0
	if alike := sharedShare(a, b); alike >= alikeFrom {
		score = alike
	}
	if len(then) == len(now) && was == is {
		score += 20
	}
	return min(score, 99)
}

// alikeFrom is the share of letters, in hundredths, from which names are alike.
const alikeFrom = 50

func placeOf(name string, list []FieldShape) int {
	return slices.IndexFunc(list, func(s FieldShape) bool { return s.Name == name })
}

// sharedShare is how many of a hundred letters of the longer name stand at the
// beginning or the end of both: PurchaseId and PurchaseKey share 8 of 11.
func sharedShare(a, b string) int {
	long, short := []rune(a), []rune(b)
	if len(long) < len(short) {
		long, short = short, long
	}
	if len(short) == 0 {
		return 0
	}
	if strings.Contains(string(long), string(short)) {
		return 100 * len(short) / len(long)
	}
	head := 0
	for head < len(short) && long[head] == short[head] {
		head++
	}
	tail := 0
	for tail < len(short)-head && long[len(long)-1-tail] == short[len(short)-1-tail] {
		tail++
	}
	return 100 * (head + tail) / len(long)
}

// Adapted gives what was kept for the form's fields as they are: the values of
// the given renames go to the new names, and a member that was kept without a
// field goes into the field that it has now.
func (f *Form) Adapted(s Snapshot, renames []Rename) Snapshot {
	to := make(map[string]FieldShape, len(renames))
	for _, r := range renames {
		to[r.From.Name] = r.To
	}
	fields := slices.Clone(s.Fields)
	for i, value := range fields {
		if shape, moved := to[value.Name]; moved {
			fields[i].Name, fields[i].Type = shape.Name, shape.Type
		}
	}
	var extras []Extra
	for _, extra := range s.Extras {
		at, known := f.index[extra.Name]
		tree, fault := parseJSON(extra.JSON)
		if !known || fault != nil || slices.ContainsFunc(fields, func(v FieldSnapshot) bool { return v.Name == extra.Name }) {
			extras = append(extras, extra)
			continue
		}
		state, text := cellOf(tree, f.fields[at].Type)
		fields = append(fields, FieldSnapshot{Name: extra.Name, State: state.String(), Text: text})
	}
	s.Fields, s.Extras = fields, extras
	return s
}
