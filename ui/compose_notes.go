// The line below a field: what the service said of it goes before what the
// desk knows, such as who the customer is.

package ui

import "github.com/activitydesk/activitydesk/ui/widgets"

// noteBoard holds both for each field.
type noteBoard struct {
	known map[string]fieldNote // the desk's
	marks map[string]string    // the service's
}

type fieldNote struct {
	text string
	role widgets.Role
}

func (b *noteBoard) say(field, text string, role widgets.Role) {
	if b.known == nil {
		b.known = map[string]fieldNote{}
	}
	b.known[field] = fieldNote{text, role}
}

// at is the line that is shown.
func (b *noteBoard) at(field string) fieldNote {
	if text := b.marks[field]; text != "" {
		return fieldNote{text, widgets.RoleProblem}
	}
	return b.known[field]
}

// ShowMarks shows what the service said of fields, and no more what it had
// said before.
func (w *composeWork) ShowMarks(marks []saidOf) {
	before := w.notes.marks
	w.notes.marks = make(map[string]string, len(marks))
	for _, mark := range marks {
		w.notes.marks[mark.Field] = mark.Text
	}
	for field := range before {
		if _, still := w.notes.marks[field]; !still {
			w.showNote(field)
		}
	}
	for field := range w.notes.marks {
		w.showNote(field)
	}
}

func (w *composeWork) showNote(field string) {
	note := w.notes.at(field)
	w.form.SetNote(field, note.text, note.role)
}

// GoTo shows the form and puts the cursor into a field.
func (w *composeWork) GoTo(field string) {
	w.ShowForm()
	w.form.FocusField(field)
}
