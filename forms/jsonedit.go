// A form's JSON as a person edits it: which members of the text differ from
// what was shown, and what follows for the fields.

package forms

import (
	"reflect"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// JSONDraft is a text that is not applied to the form, as a value that can be
// written down. Shown is the text at which form and text last agreed.
type JSONDraft struct {
	Text  string `json:"text"`
	Shown string `json:"shown"`
}

// JSONEdit ties a text that is being edited to a form. Applying a text changes
// only members that differ from what the text last showed: a time that counts
// from the clock, a zone, a value with a problem stay as they were typed while
// another member is edited.
type JSONEdit struct {
	base   string            // the text at which form and text last agreed
	shown  map[string]string // its members: name to value
	extras map[string]bool   // those that the metadata does not know
	first  map[string][]firstCell
	kept   map[string]bool // unknown members that the person wants sent

	form  *Form
	after Snapshot // of the form when text and form last agreed
	zone  string
}

// firstCell is what a field held when editing began, and how the text showed
// it: writing that value again, or undoing, brings the typed text back.
type firstCell struct {
	shown string
	state State
	text  string
}

// EditJSON begins to edit a form's JSON.
func EditJSON(f *Form) *JSONEdit {
	e := newJSONEdit()
	text := f.EditText()
	object, _ := parseObject(text) // nested too deep: then the text itself is refused later
	e.agree(f, text, object)
	for i, field := range f.fields {
		c := &f.cells[i]
		if c.state == LeftOut || c.problem != nil && takesAnyJSON(field) {
			continue // what was typed is no JSON, but the text that stands for it is: writing it again mends it
		}
		e.first[field.Name] = []firstCell{{shown: e.shown[field.Name], state: c.state, text: c.text}}
	}
	return e
}

func newJSONEdit() *JSONEdit {
	return &JSONEdit{first: map[string][]firstCell{}, kept: map[string]bool{}}
}

// takesAnyJSON tells fields for which any JSON value is right, also a string.
func takesAnyJSON(field *Field) bool {
	return !field.Type.Collection && (field.Kind == metadata.KindJSON || field.Kind == metadata.KindUnknown)
}

// Remember lets values that another edit of the same form showed stand for
// what was typed, too: an older text that is put back freezes no time.
func (e *JSONEdit) Remember(other *JSONEdit) {
	for name, cells := range other.first {
		for _, cell := range cells {
			if !slices.Contains(e.first[name], cell) {
				e.first[name] = append(e.first[name], cell)
			}
		}
	}
}

// typed is what a field held when the text showed this value for it.
func (e *JSONEdit) typed(name, value string) (firstCell, bool) {
	for _, cell := range e.first[name] {
		if cell.shown == value {
			return cell, true
		}
	}
	return firstCell{}, false
}

// ResumeJSON goes on with a text that was left unapplied, for example by a
// window that was killed.
func ResumeJSON(f *Form, d JSONDraft) *JSONEdit {
	e := newJSONEdit()
	object, fault := parseObject(d.Shown)
	if fault != nil {
		return EditJSON(f)
	}
	e.agree(f, d.Shown, object)
	return e
}

// Shown is the text at which form and text last agreed.
func (e *JSONEdit) Shown() string { return e.base }

// Draft is a text that is not applied yet, to be written down.
func (e *JSONEdit) Draft(text string) JSONDraft { return JSONDraft{Text: text, Shown: e.base} }

// Keep has unknown members sent from now on.
func (e *JSONEdit) Keep(names ...string) {
	for _, name := range names {
		e.kept[name] = true
	}
}

// Stale tells whether the form was changed by anything else since it last
// agreed with the text. The clock alone makes no text stale.
func (e *JSONEdit) Stale(f *Form) bool {
	return e.form != f || e.zone != f.zone.String() || !reflect.DeepEqual(e.after, f.Snapshot())
}

// JSONResult is what came of applying a text.
type JSONResult struct {
	Fault   *JSONError      // the text does not parse; nil: it does
	Unknown []UnknownMember // members that nobody has decided upon
	Marks   []JSONMark      // by line
	Changed bool            // the form is another one now
	// Elsewhere says that the form had been changed by something else before:
	// the text shows old values of what it did not change.
	Elsewhere bool
}

// Applied tells whether form and text agree. Otherwise the form is as it was.
func (r JSONResult) Applied() bool { return r.Fault == nil && len(r.Unknown) == 0 }

// Apply makes what a person changed in the text the form's state. Where the
// text does not parse, or has members that the entity does not have and nobody
// chose to keep, the form stays as it was.
func (e *JSONEdit) Apply(f *Form, text string) JSONResult {
	object, fault := parseObject(text)
	if fault != nil {
		return JSONResult{Fault: fault, Marks: []JSONMark{{
			Kind: MarkFault, Line: fault.Line, Column: fault.Column, Text: fault.Text,
		}}}
	}
	if unknown := e.undecided(f, text, object); len(unknown) > 0 {
		return JSONResult{Unknown: unknown, Marks: unknownMarks(text, object, unknown)}
	}
	r := JSONResult{Elsewhere: e.Stale(f)}
	r.Changed = e.merge(f, object)
	e.agree(f, text, object)
	r.Marks = f.jsonMarks(text, object)
	return r
}

func parseObject(text string) (node, *JSONError) {
	object, fault := parseJSON(text)
	if fault != nil || object.kind == nodeObject {
		return object, fault
	}
	wrong := "an activity is one JSON object, in { and }"
	if object.kind == nodeArray {
		wrong += ". Take one object out of the [ and ]"
	}
	start := len(text) - len(strings.TrimLeft(strings.TrimPrefix(text, "\uFEFF"), " \t\r\n"))
	p := &jsonParser{text: text}
	return node{}, p.failAt(start, wrong)
}

// agree notes that form and text say the same.
func (e *JSONEdit) agree(f *Form, text string, object node) {
	e.base, e.form, e.after, e.zone = text, f, f.Snapshot(), f.zone.String()
	e.shown = make(map[string]string, len(object.names))
	e.extras = map[string]bool{}
	for at, m := range object.names {
		e.shown[m.name] = formatTree(object.items[at])
		if _, known := f.index[m.name]; !known {
			e.extras[m.name] = true
		}
	}
}

func (e *JSONEdit) undecided(f *Form, text string, object node) []UnknownMember {
	return slices.DeleteFunc(f.unknownMembers(text, object), func(m UnknownMember) bool {
		return e.kept[m.Name] || e.extras[m.Name]
	})
}

// merge changes the fields whose member differs from what the text last
// showed, and tells whether that made any difference.
func (e *JSONEdit) merge(f *Form, object node) (changed bool) {
	at := make(map[string]int, len(object.names))
	for i, m := range object.names {
		at[m.name] = i
	}
	for i, field := range f.fields {
		place, there := at[field.Name]
		value := ""
		if there {
			value = formatTree(object.items[place])
		}
		if value == e.shown[field.Name] {
			continue
		}
		c, state, text := &f.cells[i], LeftOut, ""
		if first, known := e.typed(field.Name, value); known {
			state, text = first.state, first.text
		} else if there {
			state, text = cellOf(object.items[place], field.Type)
		}
		if c.state != state || c.text != text {
			c.state, c.text = state, text
			changed = true
		}
	}
	if extras := e.mergeExtras(f, object, at); !slices.EqualFunc(extras, f.extras, sameExtra) {
		f.extras = extras
		changed = true
	}
	if changed {
		f.rebuild()
	}
	return changed
}

// mergeExtras gives the unknown members in the text's order. One that was
// dropped in the form meanwhile stays dropped unless the text changed it; one
// that came meanwhile stays.
func (e *JSONEdit) mergeExtras(f *Form, object node, at map[string]int) []Extra {
	had := map[string]Extra{}
	for _, extra := range f.extras {
		had[extra.Name] = extra
	}
	var list []Extra
	for i, m := range object.names {
		if _, known := f.index[m.name]; known {
			continue
		}
		value := formatTree(object.items[i])
		if !e.extras[m.name] || value != e.shown[m.name] {
			list = append(list, Extra{Name: m.name, JSON: value, tree: object.items[i]})
		} else if extra, there := had[m.name]; there {
			list = append(list, extra)
		}
	}
	for _, extra := range f.extras {
		if _, there := at[extra.Name]; !there && !e.extras[extra.Name] {
			list = append(list, extra)
		}
	}
	return list
}

// EditText is the form as JSON that parses: the payload, with what was typed
// in place of values that have a problem. A text that is no JSON value of its
// own stands there as a JSON string.
func (f *Form) EditText() string {
	lines := []Line{{Spans: []Span{{SpanPunctuation, "{"}}}}
	for i := range len(f.fields) + len(f.extras) {
		lines = f.editMember(lines, i)
	}
	if len(lines) == 1 {
		return "{}"
	}
	last := &lines[len(lines)-1]
	last.Spans = last.Spans[:len(last.Spans)-1] // its comma
	var b strings.Builder
	for _, line := range lines {
		for _, span := range line.Spans {
			b.WriteString(span.Text)
		}
		b.WriteByte('\n')
	}
	b.WriteByte('}')
	return b.String()
}

func (f *Form) editMember(lines []Line, i int) []Line {
	if i < len(f.fields) {
		if c := &f.cells[i]; c.problem != nil && c.state == Value {
			return appendMember(lines, f.fields[i].Name, editReading(f.fields[i], c.text))
		}
	}
	return f.memberLines(lines, i)
}

func editReading(field *Field, text string) reading {
	if field.Type.Collection || !writtenAsText(field.Kind) {
		if n, fault := parseJSON(text); fault == nil && formatTree(n) == text {
			return treeReading(n)
		}
	}
	return stringReading(text)
}
