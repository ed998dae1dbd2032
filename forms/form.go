// Package forms holds what a form is: fields made from an entity's metadata,
// what was typed into them, what is wrong with it, and the JSON payload that
// it makes. It knows neither a window nor the network.
package forms

import (
	"crypto/rand"
	"io"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// State says whether a field is part of the payload, and how.
type State int

// The states of a field. A field that nobody touched is left out; empty text
// is a value.
const (
	LeftOut State = iota
	Null
	Value
)

// String is the state's word in the field's menu.
func (s State) String() string {
	switch s {
	case Null:
		return "null"
	case Value:
		return "value"
	}
	return "left out"
}

// Options are what a form needs beside the entity.
type Options struct {
	All           []metadata.Entity       // the instance's entities, to find the customer
	Relationships []metadata.Relationship // of the instance, beside the entity's own
	Zone          *time.Location          // for texts without a zone; nil: UTC
	Now           func() time.Time        // nil: time.Now
	SampleRows    []map[string]any        // rows as decoded from JSON with UseNumber
	Random        io.Reader               // for new ids; nil: crypto/rand
}

// Form is one entity's values as they are being entered. It is not safe for
// use by several goroutines; what leaves it (JSON, Snapshot) is a copy.
type Form struct {
	entity  metadata.Entity
	fields  []*Field // in the metadata's order
	display []*Field // required first
	notes   []string
	index   map[string]int // position of a name in fields
	samples []map[string]any
	styles  map[string]timeStyle // by field, where sample rows say
	style   timeStyle            // of the entity's date-times otherwise

	zone   *time.Location
	now    func() time.Time
	random io.Reader

	cells    []cell        // what was typed, beside fields
	extras   []Extra       // unknown members that were kept
	problems int           // how many cells have one
	moving   map[int]bool  // cells whose value depends on the clock
	view     previewBuffer // the payload's lines
}

// cell is one field's state and what follows from it.
type cell struct {
	state   State
	text    string
	zone    *time.Location // nil: the form's
	read    reading
	problem *Problem
}

// Extra is a member of the payload that the metadata does not know.
type Extra struct {
	Name string `json:"name"`
	JSON string `json:"json"` // the value, laid out in lines

	tree node
}

// FromEntity makes an empty form of an entity: every field is left out.
func FromEntity(entity metadata.Entity, o Options) *Form {
	f := &Form{
		entity: entity, samples: o.SampleRows, zone: o.Zone, now: o.Now, random: o.Random,
		moving: map[int]bool{},
	}
	if f.zone == nil {
		f.zone = time.UTC
	}
	if f.now == nil {
		f.now = time.Now
	}
	if f.random == nil {
		f.random = rand.Reader
	}
	f.fields, f.notes = fieldsOf(entity, o)
	f.display = displayOrder(f.fields)
	f.index = make(map[string]int, len(f.fields))
	for i, field := range f.fields {
		f.index[field.Name] = i
	}
	f.findStyles()
	f.cells = make([]cell, len(f.fields))
	f.rebuild()
	return f
}

// findStyles learns from the sample rows how the entity's date-times are
// written.
func (f *Form) findStyles() {
	f.styles = map[string]timeStyle{}
	var all []string
	for _, field := range f.fields {
		if field.Kind != metadata.KindDateTime {
			continue
		}
		if seen := f.sampleTexts(field.Name); len(seen) > 0 {
			f.styles[field.Name] = styleOf(seen)
			all = append(all, seen...)
		}
	}
	f.style = styleOf(all)
}

func (f *Form) sampleTexts(name string) []string { return textsOf(f.samples, name) }

func textsOf(rows []map[string]any, name string) []string {
	var texts []string
	for _, row := range rows {
		if text, ok := row[name].(string); ok && text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// Entity is the metadata that the form was made of.
func (f *Form) Entity() metadata.Entity { return f.entity }

// Fields are the form's fields as people see them: marked mandatory first,
// then key, time and customer, then the metadata's order. The slice is a copy.
func (f *Form) Fields() []*Field { return slices.Clone(f.display) }

// Len is the number of fields.
func (f *Form) Len() int { return len(f.fields) }

// Field finds a field by its name, exactly.
func (f *Form) Field(name string) (*Field, bool) {
	if i, ok := f.index[name]; ok {
		return f.fields[i], true
	}
	return nil, false
}

// Notes are oddities of the metadata that people should know, such as a name
// listed twice, each without a final stop.
func (f *Form) Notes() []string { return slices.Concat(f.entity.Oddities, f.notes) }

// SetText takes what was typed. Text makes the field a value; clearing it
// leaves the field out, except where it already is the empty text (SetEmpty).
// Names that the form does not have are ignored here and below.
func (f *Form) SetText(name, text string) {
	c := f.cell(name)
	switch {
	case c == nil:
	case text != "":
		f.set(name, Value, text)
	case c.state == Value && c.text == "":
	default:
		f.set(name, LeftOut, "")
	}
}

// SetEmpty makes the field the empty text, which is a value.
func (f *Form) SetEmpty(name string) { f.set(name, Value, "") }

// SetNull makes the field null.
func (f *Form) SetNull(name string) { f.set(name, Null, "") }

// LeaveOut takes the field out of the payload.
func (f *Form) LeaveOut(name string) { f.set(name, LeftOut, "") }

// Clear leaves every field out and drops unknown members.
func (f *Form) Clear() {
	clear(f.cells)
	f.extras = nil
	f.rebuild()
}

// State tells whether a field is left out, null or a value.
func (f *Form) State(name string) State {
	if c := f.cell(name); c != nil {
		return c.state
	}
	return LeftOut
}

// Text is what was typed.
func (f *Form) Text(name string) string {
	if c := f.cell(name); c != nil {
		return c.text
	}
	return ""
}

// Zone is the zone of a field's texts that name none.
func (f *Form) Zone(name string) *time.Location {
	if c := f.cell(name); c != nil && c.zone != nil {
		return c.zone
	}
	return f.zone
}

// SetZone gives one field a zone of its own; nil returns it to the form's.
func (f *Form) SetZone(name string, zone *time.Location) {
	if c := f.cell(name); c != nil {
		c.zone = zone
		f.reread(f.index[name])
	}
}

// SetDefaultZone changes the zone of all fields that have none of their own.
func (f *Form) SetDefaultZone(zone *time.Location) {
	if zone == nil {
		zone = time.UTC
	}
	f.zone = zone
	f.rebuild()
}

// Problem is what is wrong with a field, nil for nothing.
func (f *Form) Problem(name string) *Problem {
	if c := f.cell(name); c != nil {
		return c.problem
	}
	return nil
}

// ProblemCount is how many fields have a problem; it costs nothing.
func (f *Form) ProblemCount() int { return f.problems }

// Problems lists what keeps the form from being sent, in the fields' order.
func (f *Form) Problems() []Problem {
	var list []Problem
	for _, field := range f.display {
		if len(list) == f.problems {
			break // a form without problems, which most are, is not looked through
		}
		if p := f.cells[f.index[field.Name]].problem; p != nil {
			list = append(list, *p)
		}
	}
	return list
}

// Hint is a soft word on a field's value: odd, but sent as it is.
func (f *Form) Hint(name string) string {
	if c := f.cell(name); c != nil && c.problem == nil {
		return c.read.hint
	}
	return ""
}

// SentAs is the value as it will be sent, where that differs from what was
// typed: "2026-11-23T13:05:00Z". It is empty otherwise.
func (f *Form) SentAs(name string) string {
	c := f.cell(name)
	if c == nil || c.state != Value || c.problem != nil || c.read.sent == c.text {
		return ""
	}
	return c.read.sent
}

func (f *Form) cell(name string) *cell {
	if i, ok := f.index[name]; ok {
		return &f.cells[i]
	}
	return nil
}

func (f *Form) set(name string, state State, text string) {
	c := f.cell(name)
	if c == nil || c.state == state && c.text == text && !f.moving[f.index[name]] {
		return
	}
	c.state, c.text = state, text
	f.reread(f.index[name])
}

// reread works out a cell's value and problem anew, and brings its lines of
// the preview up to date.
func (f *Form) reread(i int) {
	f.evaluate(i, f.now())
	f.view.update(f, i)
}

// rebuild does so for the whole form at one instant.
func (f *Form) rebuild() {
	now := f.now()
	f.problems = 0
	clear(f.moving)
	for i := range f.cells {
		f.cells[i].problem = nil
		f.evaluate(i, now)
	}
	f.view.build(f)
}

func (f *Form) evaluate(i int, now time.Time) {
	c, field := &f.cells[i], f.fields[i]
	if c.problem != nil {
		f.problems--
	}
	delete(f.moving, i)
	c.read, c.problem = reading{}, nil
	if c.state == Value {
		c.read, c.problem = read(c.text, field.Type, f.circumstances(i, now))
	}
	if c.problem == nil {
		c.problem = missing(field, c)
	}
	if field.ReadOnly {
		c.problem = nil // shown, not sent
	}
	if c.problem != nil {
		c.problem.Field, c.problem.Label = field.Name, field.Label
		f.problems++
		return
	}
	if c.read.relative {
		f.moving[i] = true
	}
	if c.state == Value && c.read.hint == "" {
		c.read.hint, c.read.offers = softHint(field, c.read.sent, now)
	}
}

func (f *Form) circumstances(i int, now time.Time) circumstances {
	in := circumstances{zone: f.zone, now: now, style: f.style}
	if zone := f.cells[i].zone; zone != nil {
		in.zone = zone
	}
	if style, ok := f.styles[f.fields[i].Name]; ok {
		in.style = style
	}
	return in
}

// missing tells what a required field lacks.
func missing(field *Field, c *cell) *Problem {
	if !field.Required {
		return nil
	}
	reason := "Required: "
	switch {
	case field.Key:
		reason += "it is the key"
	case field.Time:
		reason += "it is the activity's time"
	case field.CustomerRef:
		reason += "it leads to the customer"
	default:
		reason += "the service refuses the activity without it"
	}
	identifies := field.Key || field.Time || field.CustomerRef
	switch {
	case c.state == LeftOut:
		return &Problem{Text: reason + ". Fill it in", Brief: "required", Missing: true}
	case c.state == Null:
		return &Problem{Text: reason + ", so it cannot be null. Fill it in", Brief: "required"}
	case identifies && field.Kind == metadata.KindText && c.text == "":
		return &Problem{Text: reason + ", so it cannot be empty. Fill it in", Brief: "required"}
	}
	return nil
}
