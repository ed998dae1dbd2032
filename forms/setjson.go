// The way back: from a JSON text to the fields of a form.

package forms

import (
	"fmt"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Unknown says what SetJSON does with members that the metadata does not know.
type Unknown int

// The choices for unknown members. The first leaves the form as it is and
// answers with *UnknownMembersError, so that a person can choose one of the
// others.
const (
	AskUnknown Unknown = iota
	KeepUnknown
	DropUnknown
)

// Report is what SetJSON did that is not plain from the text.
type Report struct {
	Kept      []UnknownMember // unknown members that are now part of the payload
	Dropped   []UnknownMember // unknown members that are not
	ReadOnly  []string        // fields that are shown and not sent
	Converted []Conversion    // values that will be sent in another form than they were written
}

// UnknownMember is a member of a JSON text that the entity's metadata lacks.
type UnknownMember struct {
	Name  string
	Line  int    // in the text, from 1
	Meant string // a field whose name differs in case or separators only; can be empty
}

// Conversion is a value that was written in one form and will be sent in
// another, each as JSON: a number where the field is text, a local date.
type Conversion struct {
	Field string
	From  string
	To    string
}

// UnknownMembersError is why SetJSON changed nothing: the text has members
// that the metadata does not know, and nobody has said what to do with them.
type UnknownMembersError struct {
	Members []UnknownMember
}

// Error names the members.
func (e *UnknownMembersError) Error() string {
	names := make([]string, len(e.Members))
	for i, m := range e.Members {
		names[i] = fmt.Sprintf("%s (line %d)", quote(m.Name), m.Line)
	}
	return "members that the entity does not have: " + strings.Join(names, ", ")
}

// SetJSON takes one JSON object as the form's whole state: members become
// values or null, fields that it lacks are left out. A value of the wrong type
// is kept as written and becomes the field's problem.
//
// Where the text does not parse, the error is a *JSONError with line and
// column; where it has unknown members and nobody chose, a
// *UnknownMembersError. In both cases the form stays as it was.
func (f *Form) SetJSON(data []byte, unknown Unknown) (Report, error) {
	text := string(data)
	object, fault := parseObject(text)
	if fault != nil {
		return Report{}, fault
	}
	strangers := f.unknownMembers(text, object)
	if len(strangers) > 0 && unknown == AskUnknown {
		return Report{}, &UnknownMembersError{Members: strangers}
	}
	report := f.take(object, unknown == KeepUnknown)
	if unknown == KeepUnknown {
		report.Kept = strangers
	} else {
		report.Dropped = strangers
	}
	return report, nil
}

func (f *Form) unknownMembers(text string, object node) []UnknownMember {
	var list []UnknownMember
	for _, m := range object.names {
		if _, known := f.index[m.name]; !known {
			meant := f.similar(m.name)
			if slices.ContainsFunc(object.names, func(other member) bool { return other.name == meant }) {
				meant = "" // it is there already
			}
			list = append(list, UnknownMember{Name: m.name, Line: strings.Count(text[:m.pos], "\n") + 1, Meant: meant})
		}
	}
	return list
}

// similar finds the field whose name is name but for case and separators.
func (f *Form) similar(name string) string {
	plain := PlainName(name)
	for _, field := range f.fields {
		if plain != "" && PlainName(field.Name) == plain {
			return field.Name
		}
	}
	return ""
}

// take makes the members of an object the form's state.
func (f *Form) take(object node, keepUnknown bool) Report {
	for i := range f.cells {
		f.cells[i].state, f.cells[i].text = LeftOut, ""
	}
	f.extras = nil
	var report Report
	for at, m := range object.names {
		i, known := f.index[m.name]
		switch {
		case known:
			c := &f.cells[i]
			c.state, c.text = cellOf(object.items[at], f.fields[i].Type)
			if f.fields[i].ReadOnly {
				report.ReadOnly = append(report.ReadOnly, m.name)
			}
		case keepUnknown:
			f.extras = append(f.extras, Extra{Name: m.name, JSON: formatTree(object.items[at]), tree: object.items[at]})
		}
	}
	f.rebuild()
	for at, m := range object.names {
		if i, known := f.index[m.name]; known {
			report.Converted = append(report.Converted, f.conversion(i, object.items[at])...)
		}
	}
	return report
}

// conversion compares what was written with what will be sent.
func (f *Form) conversion(i int, n node) []Conversion {
	c := &f.cells[i]
	if c.problem != nil || c.state != Value || c.read.tree != nil || f.fields[i].ReadOnly {
		return nil
	}
	same := c.read.json == n.raw
	if n.kind == nodeString && c.read.kind == SpanString {
		same = c.read.sent == n.text
	}
	if same {
		return nil
	}
	return []Conversion{{Field: f.fields[i].Name, From: formatTree(n), To: c.read.json}}
}

// cellOf gives the state and text that a JSON value has in a field of type t.
func cellOf(n node, t metadata.DataType) (State, string) {
	if n.kind == nodeNull {
		return Null, ""
	}
	if n.kind == nodeString && !t.Collection && writtenAsText(t.Kind) {
		return Value, n.text
	}
	return Value, formatTree(n)
}

// writtenAsText tells the kinds whose values are JSON strings.
func writtenAsText(kind metadata.Kind) bool {
	switch kind {
	case metadata.KindText, metadata.KindDate, metadata.KindTimeOfDay, metadata.KindDateTime,
		metadata.KindGUID, metadata.KindBinary:
		return true
	}
	return false
}

// formatTree lays a JSON value out as a text of its own.
func formatTree(n node) string {
	w := treeWriter{}
	w.value(n, 0)
	w.end()
	var b strings.Builder
	for i, line := range w.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line.String())
	}
	return b.String()
}

// Extras are the unknown members that were kept, in the order they came.
func (f *Form) Extras() []Extra { return slices.Clone(f.extras) }

// DropExtra removes an unknown member from the payload.
func (f *Form) DropExtra(name string) {
	f.extras = slices.DeleteFunc(f.extras, func(e Extra) bool { return e.Name == name })
	f.rebuild()
}
